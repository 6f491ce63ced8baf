"""The plans that the running application is measured on."""

from dataclasses import dataclass
from pathlib import Path

from bench.workbench import Sizes
from data.example import load_example
from data.store import SqliteStore
from strategy import commands
from strategy.running import current_run
from strategy.sharing import share, take_snapshot

MADE = ("id", "plan_id", "lane", "goal_id", "position", "created_at", "archived_at", "version")


@dataclass(frozen=True)
class WebPlans:
    """Ids of plans in one database.

    Attributes
    ----------
    example : the worked example, looked at by one person
    boards : by number of tactics, a plan of the example's goals with that many
    told : the same again, on which what a move changes is looked at before it is settled
    people : one worked example for each person who acts
    token : of a share link to the worked example
    """

    example: str
    boards: dict[int, str]
    told: dict[int, str]
    people: tuple[str, ...]
    token: str


def keep_plans(database: Path, sizes: Sizes) -> WebPlans:
    """Make a database with the plans; return which they are."""
    store = SqliteStore.open(database)
    try:
        example = load_example(store).id
        boards, told = (
            {number: plan_of(store, number) for number in sizes.board_tactics} for _ in range(2)
        )
        people = tuple(load_example(store).id for _ in range(max(sizes.people)))
        current_run(store, store.board(example), draws=sizes.web_draws)
        snapshot = take_snapshot(store, example, "Bench", "Bench", draws=sizes.web_draws)
        _, token = share(store, example, "Bench", snapshot.id, "", 1)
        return WebPlans(example, boards, told, people, token)
    finally:
        store.close()


def plan_of(store: SqliteStore, number: int) -> str:
    """Keep a worked example with exactly `number` tactics, its own over and over."""
    plan_id = load_example(store).id
    own = store.board(plan_id).tactics
    for tactic in own[number:]:
        commands.archive_tactic(store, plan_id, "Bench", tactic.id)
    for place in range(len(own), number):
        source = own[place % len(own)]
        fields = {key: v for key, v in commands.fields_of(source).items() if key not in MADE}
        fields["title"] = f"{source.title} {place + 1}"
        commands.add_tactic(
            store, plan_id, "Bench", **fields, lane=source.lane, goal_id=source.goal_id
        )
    return plan_id

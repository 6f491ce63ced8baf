"""Snapshots never change and hold nothing private; links open one of them until they end."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data.store import SqliteStore
from simulation.defaults import defaults
from strategy import commands, sharing
from strategy.alignment import balance, unaligned_spend
from strategy.errors import InvalidValue, Missing
from strategy.levers import Levers
from strategy.model import AssumptionRange, ShareLink, Snapshot
from strategy.projection import engine_inputs
from strategy.running import current_run
from tests.store_samples import Clock
from tests.unit.test_strategy_samples import (
    BOARD,
    DRAWS,
    PLAN,
    WEEK,
    changes,
    fingerprint,
    planned_store,
    refused,
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[SqliteStore]:
    kept = planned_store(tmp_path / "plan.db", clock)
    yield kept
    kept.close()


def freeze(store: SqliteStore, title: str = "June review") -> Snapshot:
    return sharing.take_snapshot(store, "p1", "ann", title, draws=DRAWS)


def link_to(
    store: SqliteStore, snapshot: Snapshot, recipient: str = "The board", days: float = 30
) -> tuple[ShareLink, str]:
    return sharing.share(store, "p1", "ann", snapshot.id, recipient, days)


def opened(store: SqliteStore, token: str) -> Snapshot | None:
    found = store.snapshot_for_token(sharing.token_hash(token))
    return found[1] if found else None


def every_key(value: Any) -> set[str]:
    """Return every key anywhere in a JSON value."""
    if isinstance(value, dict):
        return set(value) | {key for each in value.values() for key in every_key(each)}
    if isinstance(value, list):
        return {key for each in value for key in every_key(each)}
    return set()


# ---- Snapshots ----------------------------------------------------------------------------


def test_a_snapshot_holds_only_what_is_meant_for_others(store: SqliteStore) -> None:
    content = freeze(store).content
    assert content.keys() == {
        "version",
        "plan",
        "goals",
        "tactics",
        "unaligned",
        "strategic_share",
        "board_run",
        "scenarios",
        "later_on",
        "rules_off",
        "assumptions",
    }
    assert content["plan"].keys() == {
        "name",
        "start_month",
        "months",
        "currency",
        "seats",
        "baseline_source",
    }
    for goal in content["goals"]:
        assert goal.keys() == {
            "id",
            "title",
            "owner",
            "metric",
            "baseline",
            "target",
            "due_month",
            "own_name",
            "own_unit",
            "progress",
        }
    for tactic in content["tactics"]:
        assert tactic.keys() == {
            "title",
            "owner",
            "lane",
            "goal_id",
            "effort_days",
            "start",
            "begin",
            "first_year_cost",
            "first_year_costs",
            "buys_tool",
            "preparation",
        }
    assert content["board_run"].keys() == {"model_version", "seed", "draws", "inputs", "summary"}


def test_notes_and_ideas_stay_at_home(store: SqliteStore) -> None:
    snapshot = freeze(store)
    text = json.dumps(snapshot.content)
    assert "A private note" not in text
    assert "Sales contest" not in text
    assert "note" not in every_key(snapshot.content["tactics"])
    titles = {tactic["title"] for tactic in snapshot.content["tactics"]}
    assert titles == {"Clean the CRM", "Coach weekly", "Quote by rule", "Second BI tool"}


def test_a_snapshot_says_what_the_board_says(store: SqliteStore) -> None:
    board, content = store.board("p1"), freeze(store).content
    assert content["strategic_share"] == balance(board).strategic_share
    assert content["unaligned"] == vars(unaligned_spend(board))
    run = current_run(store, board, draws=DRAWS)
    assert content["board_run"]["summary"] == run.summary
    assert content["board_run"]["inputs"] == engine_inputs(board)


def test_a_snapshot_holds_every_scenario_with_its_run(store: SqliteStore) -> None:
    made = commands.add_scenario(store, "p1", "ann", "Bold", {"seats": 12})
    gone = commands.add_scenario(store, "p1", "ann", "Gone", {"seats": 14})
    commands.archive_scenario(store, "p1", "ann", gone.id)
    (scenario,) = freeze(store).content["scenarios"]
    assert (scenario["name"], scenario["letter"]) == ("Bold", "A")
    assert scenario["overrides"] == {"seats": 12.0}
    run = current_run(store, store.board("p1"), made, draws=DRAWS)
    assert scenario["run"]["summary"] == run.summary


def test_a_snapshot_is_one_event_that_cannot_be_undone(store: SqliteStore) -> None:
    before = changes(store)
    freeze(store)
    event = store.events("p1")[0]
    assert changes(store) == before + 1
    assert (event.op, event.words, event.undoable) == ("take_snapshot", "Freeze snapshot 1", False)


def test_numbers_increase_and_an_empty_title_takes_its_number(store: SqliteStore) -> None:
    made = [freeze(store, title) for title in ("June", "  ", " July ")]
    assert [each.number for each in made] == [1, 2, 3]
    assert [each.title for each in made] == ["June", "Snapshot 2", "July"]
    assert [each.number for each in store.snapshots("p1")] == [3, 2, 1]
    other = sharing.take_snapshot(store, "p2", "ann", "", draws=DRAWS)
    assert other.number == 1


def test_a_title_that_is_too_long_is_refused(store: SqliteStore) -> None:
    freeze(store)  # keeps the run, which is a record and no part of the change
    with refused(store, InvalidValue, "The snapshot's title has 121 characters"):
        freeze(store, "x" * 121)


def test_the_hash_is_that_of_the_kept_content(store: SqliteStore) -> None:
    snapshot = freeze(store)
    kept = store.snapshots("p1")[0]
    text = json.dumps(kept.content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    assert kept.content == snapshot.content
    assert kept.content_hash == hashlib.sha256(text.encode()).hexdigest()


def test_the_same_plan_has_the_same_hash_and_another_plan_another(store: SqliteStore) -> None:
    first, second = freeze(store), freeze(store)
    assert first.content_hash == second.content_hash
    commands.archive_tactic(store, "p1", "ann", "t4")
    assert freeze(store).content_hash != first.content_hash


def test_editing_afterwards_changes_nothing_in_a_snapshot(store: SqliteStore) -> None:
    snapshot = freeze(store)
    goal = store.board("p1").goals[0]
    commands.edit_goal(store, "p1", "ann", "g1", commands.fields_of(goal), {"title": "Changed"})
    commands.archive_tactic(store, "p1", "ann", "t1")
    assert store.snapshots("p1") == (snapshot,)


def test_assumptions_are_listed_with_the_plans_own_range_and_the_decisive_ones_first() -> None:
    own: dict[str, Any] = {
        "low": 0.1,
        "mode": 0.2,
        "high": 0.3,
        "source": "CRM",
        "grade": "measured",
    }
    plan = replace(PLAN, assumptions={})
    rows = sharing.assumption_rows(plan)
    assert {row["name"] for row in rows} == defaults().assumptions.keys()
    front = [row["is_front"] for row in rows]
    assert front == sorted(front, reverse=True)
    assert not any(row["is_own"] for row in rows)
    kept = AssumptionRange(**own, set_by="ann", set_at="2026-01-01T00:00:00Z")
    with_own = sharing.assumption_rows(replace(plan, assumptions={"leak": kept}))
    leak = next(row for row in with_own if row["name"] == "leak")
    assert {name: leak[name] for name in own} == own
    assert (leak["is_own"], leak["set_by"]) == (True, "ann")


# ---- Links --------------------------------------------------------------------------------


def test_a_link_opens_its_snapshot_and_no_other(store: SqliteStore) -> None:
    first, second = freeze(store), freeze(store)
    _, one = link_to(store, first)
    _, two = link_to(store, second)
    assert opened(store, one) == first
    assert opened(store, two) == second


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "\ud800", "' OR 1=1 --"])
def test_an_unknown_token_opens_nothing(store: SqliteStore, token: str) -> None:
    link_to(store, freeze(store))
    assert opened(store, token) is None


def test_a_token_is_long_new_each_time_and_kept_only_as_its_hash(store: SqliteStore) -> None:
    snapshot = freeze(store)
    links = [link_to(store, snapshot) for _ in range(3)]
    assert len({token for _, token in links}) == 3
    for link, token in links:
        assert len(token) >= 43
        assert link.token_hash == hashlib.sha256(token.encode()).digest()
        assert link.token_hash == sharing.token_hash(token)


def test_a_token_is_nowhere_in_the_database_or_the_history(store: SqliteStore) -> None:
    link, token = link_to(store, freeze(store))
    sharing.revoke(store, "p1", "ann", link.id)
    store.back_up()
    files = [path for path in store.path.parent.rglob("*") if path.is_file()]
    assert store.path in files
    for path in files:
        assert token.encode() not in path.read_bytes()
    events = repr(store.events("p1"))
    assert token not in events
    assert "token_hash" not in events
    assert link.token_hash.hex() not in events


def test_a_link_is_one_event_that_names_its_recipient(store: SqliteStore) -> None:
    snapshot = freeze(store)
    link, _ = link_to(store, snapshot, "  The board ")
    assert (link.recipient, link.created_by) == ("The board", "ann")
    assert store.events("p1")[0].words == "Share snapshot 1 with The board"
    link_to(store, snapshot, "")
    event = store.events("p1")[0]
    assert (event.words, event.undoable) == ("Share snapshot 1", False)


def test_a_link_ends_at_its_time_by_the_stores_clock(store: SqliteStore, clock: Clock) -> None:
    snapshot = freeze(store)
    link, token = link_to(store, snapshot, days=1)
    assert link.expires_at == "2026-01-02T00:00:00Z"
    clock.move(hours=23, minutes=59, seconds=59)
    assert opened(store, token) == snapshot
    clock.move(seconds=1)
    assert opened(store, token) is None


def test_part_of_a_day_counts(store: SqliteStore) -> None:
    link, _ = link_to(store, freeze(store), days=1.5)
    assert link.expires_at == "2026-01-02T12:00:00Z"


@pytest.mark.parametrize("days", [0, 0.5, -1, 366, float("nan"), float("inf"), "7", None, True])
def test_days_out_of_bounds_are_refused(store: SqliteStore, days: Any) -> None:
    snapshot = freeze(store)
    with refused(store, InvalidValue, "The days until the link expires"):
        link_to(store, snapshot, days=days)


def test_a_recipient_that_is_too_long_is_refused(store: SqliteStore) -> None:
    snapshot = freeze(store)
    with refused(store, InvalidValue, "Who the link is for has 121 characters"):
        link_to(store, snapshot, "x" * 121)


def test_a_revoked_link_stops_at_once_and_the_others_go_on(store: SqliteStore) -> None:
    snapshot = freeze(store)
    link, token = link_to(store, snapshot, "Bob")
    _, other = link_to(store, snapshot, "Cleo")
    sharing.revoke(store, "p1", "ann", link.id)
    assert opened(store, token) is None
    assert opened(store, other) == snapshot
    event = store.events("p1")[0]
    assert (event.words, event.undoable) == ("Revoke a link for Bob", False)


def test_revoking_again_changes_nothing(store: SqliteStore, clock: Clock) -> None:
    link, _ = link_to(store, freeze(store))
    sharing.revoke(store, "p1", "ann", link.id)
    before = fingerprint(store)
    clock.move(days=1)
    sharing.revoke(store, "p1", "ann", link.id)
    assert fingerprint(store) == before


def test_links_of_another_plan_are_out_of_reach(store: SqliteStore) -> None:
    link, _ = link_to(store, freeze(store))
    with refused(store, Missing, "This snapshot does not exist in this plan"):
        sharing.share(store, "p2", "ann", link.snapshot_id, "Bob", 30)
    with refused(store, Missing, "This share link does not exist in this plan"):
        sharing.revoke(store, "p2", "ann", link.id)
    with refused(store, Missing, "This snapshot does not exist in this plan"):
        sharing.comment(store, "p2", link.snapshot_id, "Bob", "", "Hello")


# ---- Comments -----------------------------------------------------------------------------


def test_a_comment_is_trimmed_and_kept_in_order(store: SqliteStore) -> None:
    snapshot = freeze(store)
    first = sharing.comment(store, "p1", snapshot.id, " Bob ", " Win more ", "  Too low. ")
    second = sharing.comment(store, "p1", snapshot.id, "Cleo", "", "Agreed.")
    assert (first.author, first.about, first.body) == ("Bob", "Win more", "Too low.")
    assert store.comments("p1", snapshot.id) == (first, second)
    event = store.events("p1")[0]
    assert (event.actor, event.words, event.undoable) == ("Cleo", "Comment by Cleo", False)


@pytest.mark.parametrize(
    ("author", "about", "body", "words"),
    [
        (" ", "", "Hello", "Your name is empty"),
        ("x" * 81, "", "Hello", "Your name has 81 characters. Shorten it to 80"),
        ("Bob", "x" * 121, "Hello", "What the comment is about has 121 characters"),
        ("Bob", "", " \n ", "The comment is empty"),
        ("Bob", "", "x" * 4_001, "The comment has 4001 characters"),
        ("Bob", "", None, "The comment must be text"),
        (7, "", "Hello", "Your name must be text"),
        ("Bob", "", "\ud800", "not text"),
    ],
)
def test_a_comment_that_does_not_fit_is_refused(
    store: SqliteStore, author: Any, about: str, body: Any, words: str
) -> None:
    snapshot = freeze(store)
    with refused(store, InvalidValue, words):
        sharing.comment(store, "p1", snapshot.id, author, about, body)


def test_a_comment_on_a_snapshot_that_does_not_exist_is_refused(store: SqliteStore) -> None:
    with refused(store, Missing, "This snapshot does not exist"):
        sharing.comment(store, "p1", "nothing", "Bob", "", "Hello")


# ---- Scenarios in words -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("overrides", "sentence"),
    [
        ({"seats": 12}, "12 seats instead of 10"),
        ({"week": WEEK}, "A different rep week"),
        (
            {"destinations": {"selling": 0.75, "strategy": 0.25}},
            "Freed hours go to 75% selling, 25% strategy",
        ),
        (
            {"destinations": {"selling": [0.5, 0.75, 0.9], "strategy": 0.25}},
            "Freed hours go to 75% (50% to 90%) selling, 25% strategy",
        ),
        ({"plan_quality": 0.4}, "40% of freed hours have a destination and an owner"),
        (
            {"plan_quality": [0.2, 0.4, 0.6]},
            "40% (20% to 60%) of freed hours have a destination and an owner",
        ),
        ({"preparation": 0}, "Every tactic is prepared to 0%"),
        (
            {"shifts": {"quotes": {"share": 0.5, "start": 6}}},
            "50% of Quotes, proposals, approvals automated from Jun 2027",
        ),
        ({"assumptions": {"win_rate": 0.25}}, "Win rate today: 0.25"),
        ({"assumptions": {"win_rate": [0.2, 0.25, 0.3]}}, "Win rate today: 0.2 / 0.25 / 0.3"),
        ({"without": ["t4"]}, "Without Second BI tool"),
        ({"without": ["t-gone"]}, "Without an archived tactic"),
    ],
)
def test_each_override_is_a_sentence(overrides: dict[str, Any], sentence: str) -> None:
    assert sharing.describe_levers(Levers.from_json(overrides), BOARD) == [sentence]


def test_no_override_is_no_sentence_and_several_are_several() -> None:
    assert sharing.describe_levers(Levers(), BOARD) == []
    both = Levers.from_json({"seats": 12, "plan_quality": 1})
    assert len(sharing.describe_levers(both, BOARD)) == 2


@pytest.mark.parametrize("value", [1_250_000.0, [1_000_000.0, 1_250_000.0, 1_500_000.0]])
def test_large_money_is_written_out_in_full(value: Any) -> None:
    levers = Levers.from_json({"assumptions": {"deal_size": value}})
    (sentence,) = sharing.describe_levers(levers, BOARD)
    assert "e+" not in sentence
    assert "1250000" in sentence.replace(",", "")

"""A plan leaves as a document and comes back the same; a broken document is refused whole."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.example import load_example
from data.store import SqliteStore
from simulation.defaults import defaults
from strategy import commands
from strategy.document import read_document, to_document
from strategy.errors import InvalidValue, PlanError
from strategy.importing import import_plan
from strategy.model import Actual, Board, Goal, Plan, Tactic
from strategy.order import keys_for
from strategy.running import current_run
from tests.store_samples import Clock


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    kept = SqliteStore.open(tmp_path_factory.mktemp("document") / "plan.db", Clock())
    yield kept
    kept.close()


@pytest.fixture(scope="module")
def example(store: SqliteStore) -> Plan:
    return load_example(store)


def document_of(store: SqliteStore, plan_id: str) -> dict[str, Any]:
    return to_document(store.board(plan_id), store.scenarios(plan_id), store.actuals(plan_id))


def encoded(document: dict[str, Any]) -> bytes:
    return json.dumps(document).encode()


def numbered(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document with its ids replaced by places, so that two plans compare."""
    ids = [
        row["id"] for part in ("goals", "tactics", "scenarios", "actuals") for row in document[part]
    ]
    text = json.dumps(document | {"plan": document["plan"] | {"id": "plan"}})
    for place, each in enumerate(ids):
        text = text.replace(json.dumps(each), f'"row {place}"')
    found: dict[str, Any] = json.loads(text)
    for scenario in found["scenarios"]:
        scenario["overrides"].get("without", []).sort()
    return found


def imported(store: SqliteStore, document: dict[str, Any]) -> Plan:
    return import_plan(store, "ann", read_document(encoded(document)))


def test_the_example_comes_back_as_it_left(store: SqliteStore, example: Plan) -> None:
    left = document_of(store, example.id)
    plan = imported(store, left)
    assert numbered(document_of(store, plan.id)) == numbered(left)
    assert [event.op for event in store.events(plan.id)] == ["create_plan"]
    assert len(current_run(store, store.board(plan.id), draws=200).summary["goals"]) == 4


def test_seasons_headcount_and_budget_come_back_as_they_left(
    store: SqliteStore, example: Plan
) -> None:
    wanted = {
        "season": {"win_rate": [1.5] * 6 + [0.5] * 6},
        "headcount": {"seats": 30, "start": 4, "yearly_cost": 90_000},
        "budget": 70_000,
    }
    tactic = store.board(example.id).tactics[0].id
    own = wanted | {"starts": {tactic: [2, 3, 7]}, "adoption": {tactic: 0.4}}
    left = document_of(store, example.id)
    left["plan"] |= wanted
    left["tactics"][0] |= {"start": 4, "start_low": 3, "start_high": 6}
    left["scenarios"][0]["overrides"] = own
    plan = imported(store, left)
    found = document_of(store, plan.id)
    assert {name: found["plan"][name] for name in wanted} == wanted
    kept = found["scenarios"][0]["overrides"]
    assert {name: kept[name] for name in wanted} == wanted
    assert [*kept["starts"].values(), *kept["adoption"].values()] == [[2, 3, 7], 0.4]
    first = found["tactics"][0]
    assert [first["start_low"], first["start"], first["start_high"]] == [3, 4, 6]
    assert kept["starts"].keys() <= {row["id"] for row in found["tactics"]}
    assert current_run(store, store.board(plan.id), draws=200).inputs["headcount"]["seats"] == 30


def test_ranges_of_seats_and_of_freed_hours_come_back_as_they_left(
    store: SqliteStore, example: Plan
) -> None:
    seats = {"seats": [26, 30, 33], "start": 4, "yearly_cost": 90_000}
    own = {
        "headcount": seats | {"seats": [20, 22, 30]},
        "destinations": {"selling": [0.4, 0.6, 0.7], "strategy": 0.4, "coaching": 0.0},
        "plan_quality": [0.2, 0.5, 0.9],
    }
    left = document_of(store, example.id)
    left["plan"]["headcount"], left["scenarios"][0]["overrides"] = seats, own
    plan = imported(store, left)
    found = document_of(store, plan.id)
    assert found["plan"]["headcount"] == seats
    assert found["scenarios"][0]["overrides"] == own
    assert json.loads(json.dumps(found)) == found
    board, scenario = store.board(plan.id), store.scenarios(plan.id)[0]
    run = current_run(store, board, scenario, draws=200)
    assert {name: run.inputs[name] for name in own} == own
    assert current_run(store, board, draws=200).inputs["headcount"] == seats


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("season", {"win_rate": [1] * 11}, "The season of the win rate is not a year"),
        ("season", {"win_rate": [2] * 12}, "The season of the win rate averages 2"),
        ("season", {"win_rate": "flat"}, "must be a list"),
        ("season", {"win_rate": [1] * 11 + ["x"]}, "must be a number"),
        ("season", {"opportunities": [1] * 11 + [13]}, "Dec in the season of new opportunities"),
        ("headcount", {"seats": 0}, "Seats is 0"),
        ("headcount", {"seats": "many"}, "must be a number"),
        ("headcount", {"seats": [8, "many", 10]}, "must be a number"),
        ("headcount", {"seats": None}, "must be a number"),
        ("headcount", {"seats": [9, 8, 10]}, r"Seats is \[9, 8, 10\]"),
        ("budget", -1, "The budget is -1"),
    ],
)
def test_what_a_plan_cannot_have_later_on_is_refused(
    store: SqliteStore, example: Plan, field: str, value: Any, words: str
) -> None:
    left = document_of(store, example.id)
    left["plan"][field] = value
    with pytest.raises(InvalidValue, match=words):
        imported(store, left)


TITLES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30).map(
    lambda text: text.strip() or "x"
)
SHARES = st.floats(0.01, 0.3)
TASKS = st.dictionaries(st.sampled_from(list(defaults().admin_tasks)), st.floats(0, 1), max_size=3)


@st.composite
def a_goal(draw: st.DrawFn, place: int, key: str) -> Goal:
    return Goal(
        id=f"goal {place}",
        plan_id="",
        title=draw(TITLES),
        owner=draw(TITLES),
        metric=draw(st.sampled_from(["win_rate", "own"])),
        baseline=0.2,
        target=draw(st.sampled_from([0.1, 0.3])),
        due_month="2027-12",
        own_name="Score",
        progress=draw(st.none() | st.floats(-5, 5)),
        position=key,
    )


@st.composite
def a_tactic(draw: st.DrawFn, place: int, key: str, goals: list[str]) -> Tactic:
    under = draw(st.sampled_from(goals)) if goals and draw(st.booleans()) else None
    return Tactic(
        id=f"tactic {place}",
        plan_id="",
        title=draw(TITLES),
        lane="goal" if under else draw(st.sampled_from(["unaligned", "ideas"])),  # type: ignore[arg-type]
        goal_id=under,
        supports=draw(st.dictionaries(st.sampled_from(goals), SHARES, max_size=2)) if goals else {},
        effort_days=draw(st.floats(0, 1000)),
        moves=draw(TASKS),
        seats=draw(st.none() | st.integers(0, 50)),
        note=draw(TITLES),
        test_metric=draw(TITLES),
        test_to=draw(st.none() | st.floats(-1e6, 1e6)),
        position=key,
    )


@st.composite
def boards(draw: st.DrawFn, plan: Plan) -> Board:
    goals = [draw(a_goal(*row)) for row in enumerate(keys_for(draw(st.integers(0, 3))))]
    ids = [goal.id for goal in goals]
    rows = enumerate(keys_for(draw(st.integers(0, 4))))
    tactics = [draw(a_tactic(*row, ids)) for row in rows]
    return Board(replace(plan, name=draw(TITLES)), tuple(goals), tuple(tactics), 0)


def _by_month(place: tuple[str, str]) -> tuple[str, str]:
    return place[1], place[0]


def an_actual(place: tuple[str, str], value: float, source: str) -> Actual:
    metric, month = place
    return Actual(
        f"actual {metric} {month}", "", metric, month, value, source, "Ann", "2027-03-01T09:30:00Z"
    )


ACTUALS = st.dictionaries(
    st.tuples(
        st.sampled_from(["bookings_quarter", "win_rate"]), st.sampled_from(["2027-01", "2027-02"])
    ),
    st.tuples(st.floats(0, 1), TITLES),
    max_size=3,
).map(
    lambda found: tuple(an_actual(place, *found[place]) for place in sorted(found, key=_by_month))
)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_plan_comes_back_as_it_left(
    store: SqliteStore, example: Plan, data: st.DataObject
) -> None:
    left = to_document(data.draw(boards(example)), (), data.draw(ACTUALS))
    plan = imported(store, left)
    assert numbered(document_of(store, plan.id)) == numbered(left)


BROKEN: list[tuple[str, bytes]] = [
    ("not JSON: line 1, column 1", b"plan"),
    ("text in UTF-8", b"\xff\xfe\x00"),
    ("object of named values", b"[]"),
    ("“fulcrum_plan” is missing", b"{}"),
    ("“fulcrum_plan” is missing", b'{"fulcrum_plan": true}'),
    ("newer Fulcrum", b'{"fulcrum_plan": 99}'),
    ("“other” is not known", b'{"fulcrum_plan": 1, "other": 1}'),
    ("“goals” must be a list", b'{"fulcrum_plan": 1, "goals": 7}'),
    ("“plan” must be an object", b'{"fulcrum_plan": 1}'),
    ("not finite", b'{"fulcrum_plan": NaN}'),
    ("too deep", b"[" * 100_000),
    ("at most 10 MB", b" " * (10 * 1024 * 1024 + 1)),
]


@pytest.mark.parametrize(("said", "content"), BROKEN, ids=[said for said, _ in BROKEN])
def test_what_is_no_plan_is_refused_in_words(said: str, content: bytes) -> None:
    with pytest.raises(InvalidValue, match=said):
        read_document(content)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("plan", "months"), 3.5, "“plan.months” must be a whole number"),
        (("plan", "months"), 4000, "horizon"),
        (("goals", 0, "target"), "high", r"“goals\[0\].target” must be a number"),
        (("goals", 0, "target"), 10**400, r"“goals\[0\].target” is too large"),
        (("goals", 1, "metric"), "luck", r"goals\[1\]: .*not a metric"),
        (("goals", 1, "id"), None, r"“goals\[1\].id” must be text"),
        (("tactics", 2, "lane"), "sky", r"“tactics\[2\].lane” must be one of goal"),
        (("tactics", 0, "goal_id"), "gone", r"tactics\[0\]: there is no goal “gone”"),
        (("tactics", 3, "effort_days"), -1, r"tactics\[3\]: Effort"),
        (("tactics", 0, "moves"), {"crm_entry": "all"}, r"“tactics\[0\].moves.crm_entry”"),
        (("tactics", 0, "colour"), "red", r"“tactics\[0\].colour” is not known"),
        (("scenarios", 0, "letter"), "AA", r"scenarios\[0\]: its letter"),
        (("scenarios", 0, "overrides"), {"speed": 1}, r"scenarios\[0\]"),
        (("scenarios", 1, "letter"), "A", "same letter"),
    ],
)
def test_a_document_with_a_fault_is_refused_by_its_place_and_nothing_is_kept(
    store: SqliteStore, example: Plan, path: tuple[Any, ...], value: Any, said: str
) -> None:
    document = json.loads(encoded(document_of(store, example.id)))
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    plans = len(store.plans())
    with pytest.raises(PlanError, match=said):
        imported(store, document)
    assert len(store.plans()) == plans


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"month": "2026-12"}, r"actuals\[1\]: 2026-12 is before the plan starts"),
        ({"month": "March"}, r"actuals\[1\]: “March” is not a month"),
        ({"value": 1.5}, r"actuals\[1\]: Win rate, 2027-02, is 150"),
        ({"metric": "cumulative_net"}, r"actuals\[1\]: Net benefit so far cannot be counted"),
        ({"month": "2027-01"}, r"actuals\[1\]: there is a second figure for 2027-01"),
        ({"set_at": "noon"}, r"actuals\[1\]: “set_at” is no time"),
    ],
)
def test_a_document_with_a_wrong_actual_is_refused_whole(
    store: SqliteStore, example: Plan, wrong: dict[str, Any], said: str
) -> None:
    rows = tuple(an_actual(("win_rate", month), 0.2, "") for month in ("2027-01", "2027-02"))
    document = to_document(store.board(example.id), (), rows)
    document["actuals"][1] |= wrong
    plans = len(store.plans())
    with pytest.raises(InvalidValue, match=said):
        imported(store, document)
    assert len(store.plans()) == plans


def test_a_document_from_before_there_were_actuals_is_read(
    store: SqliteStore, example: Plan
) -> None:
    document = document_of(store, example.id)
    del document["actuals"]
    assert store.actuals(imported(store, document).id) == ()


def test_a_document_without_a_field_takes_its_usual_value_or_says_it_is_missing(
    store: SqliteStore, example: Plan
) -> None:
    document = json.loads(encoded(document_of(store, example.id)))
    for tactic in document["tactics"]:
        del tactic["adoption"], tactic["supports"]
    plan = imported(store, document)
    assert {each.adoption for each in store.board(plan.id).tactics} == {0.9}
    del document["goals"][2]["target"]
    with pytest.raises(InvalidValue, match=r"“goals\[2\].target” is missing"):
        imported(store, document)


def test_an_import_keeps_the_status_and_the_shares(store: SqliteStore) -> None:
    board = store.board(load_example(store).id)
    tactic = next(each for each in board.tactics if each.status == "ready")
    other = next(goal for goal in board.goals if goal.id != tactic.goal_id)
    commands.split_tactic(store, board.plan.id, "ann", tactic.id, other.id, 0.25)
    plan = imported(store, document_of(store, board.plan.id))
    copy = next(each for each in store.board(plan.id).tactics if each.title == tactic.title)
    titles = {goal.id: goal.title for goal in store.board(plan.id).goals}
    assert copy.status == "ready"
    assert {titles[goal]: share for goal, share in copy.supports.items()} == {other.title: 0.25}

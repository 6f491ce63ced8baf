"""Other views of a plan: the filter, the schedule, the outline, and moving a tactic in time."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.timeline import NewStart, parse_open, parse_start
from data.example import load_example
from data.store import SqliteStore
from pages.plan.outline_view import goal_words, outline_table, tactic_words
from strategy import commands
from strategy.errors import InvalidValue, Missing
from strategy.filtering import Filter, kinds_of, read_filter, shown
from strategy.model import AssumptionRange, Board
from strategy.outline import outline
from strategy.running import current_run
from strategy.schedule import months_to_use, schedule
from strategy.starts import set_start
from strategy.undoing import next_undo, undo
from tests.store_samples import Clock


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    kept = SqliteStore.open(tmp_path_factory.mktemp("views") / "plan.db", Clock())
    yield kept
    kept.close()


@pytest.fixture
def board(store: SqliteStore) -> Board:
    return store.board(load_example(store).id)


def titles(board: Board, asked: Filter) -> set[str]:
    ids = shown(asked, board)
    return {each.title for each in board.tactics if each.id in ids}


# ---- the filter ----------------------------------------------------------------------------


def test_an_empty_filter_shows_every_tactic(board: Board) -> None:
    assert Filter().asks_nothing
    assert len(titles(board, Filter())) == len(board.tactics)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Filter(text="QUOT price"), {"Guided quoting with price rules"}),
        (Filter(owner="Tom Lindqvist"), {"Guided quoting with price rules", "Signatures online"}),
        (Filter(kind="operations"), {"Deal desk in operations"}),
        (Filter(start=3), {"One live forecast view"}),
        (Filter(text="oyelaran", kind="tool"), {"Call recording and summaries"}),
        (Filter(text="no such words"), set()),
    ],
)
def test_a_tactic_must_meet_all_that_is_asked(board: Board, asked: Filter, found: set[str]) -> None:
    assert titles(board, asked) == found


def test_status_and_kind_come_from_the_tactic(board: Board) -> None:
    ready = titles(board, Filter(status="ready"))
    assert "Signatures online" in ready and "Guided quoting with price rules" not in ready
    tool = next(each for each in board.tactics if each.title == "Call recording and summaries")
    assert kinds_of(tool) == {"tool", "frees", "strategic"}
    assert kinds_of(replace(tool, buys_tool=False, moves={}, destination="selling")) == {"people"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=200),
    lambda each: (
        st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=6), each, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = st.sampled_from(["text", "owner", "status", "kind", "start"])


@given(st.dictionaries(FIELDS, JSON) | JSON)
def test_whatever_a_browser_sends_is_a_filter(value: object) -> None:
    asked = read_filter(value)
    assert len(asked.text) <= 120 and asked.status in (None, "draft", "ready", "running", "done")
    assert asked.start is None or 1 <= asked.start <= 600


def test_a_sound_filter_is_read_as_it_was_sent() -> None:
    sent = {"text": "map", "owner": "Ann", "status": "ready", "kind": "tool", "start": 4}
    assert read_filter(sent) == Filter("map", "Ann", "ready", "tool", 4)


# ---- the timeline --------------------------------------------------------------------------


def test_the_schedule_has_every_live_tactic_once_under_its_goal(board: Board) -> None:
    groups = schedule(board)
    assert [group.title for group in groups] == [
        *(goal.title for goal in board.goals),
        "Not under a goal",
    ]
    rows = [row for group in groups for row in group.rows]
    live = [each.id for each in board.tactics if each.lane != "ideas"]
    assert sorted(row.tactic.id for row in rows) == sorted(live)
    assert all(row.start <= row.works <= row.used for row in rows)
    assert [group.due for group in groups] == [12, 12, 9, 10, None]


def test_nearly_everybody_uses_a_tactic_after_the_months_of_the_closed_form(board: Board) -> None:
    # (1 - .9) / (1 + .9 x q / p) is the decay at 90%: 7.4 months for p = .05 and q = .6.
    assert months_to_use(board.plan) == pytest.approx(7.4, abs=0.25)
    slow = AssumptionRange(0.2, 0.2, 0.2, "", "estimate", "", "")
    slower = replace(board.plan, assumptions={"adoption_imitation": slow})
    assert months_to_use(slower) > months_to_use(board.plan)


def test_a_new_start_is_one_change_in_words(store: SqliteStore, board: Board) -> None:
    plan, tactic = board.plan.id, board.tactics[0]
    assert set_start(store, plan, "ann", tactic.id, 7).start == 7
    change = next_undo(store.events(plan))
    assert change is not None and change.words == f"{tactic.title} starts Jul 2027"
    undo(store, plan, "ann", change.seq)
    assert store.board(plan).tactics[0].start == tactic.start


def test_a_new_start_takes_its_range_along_as_far_as_the_plan_goes(
    store: SqliteStore, board: Board
) -> None:
    plan, tactic = board.plan.id, board.tactics[0]
    unsure = {"start": 4, "start_low": 3, "start_high": 8}
    commands.edit_tactic(store, plan, "ann", tactic.id, commands.fields_of(tactic), unsure)
    assert set_start(store, plan, "ann", tactic.id, 7).begin == (6, 7, 11)
    change = next_undo(store.events(plan))
    assert change is not None
    assert change.words == f"{tactic.title} starts Jul 2027 (Jun 2027 to Nov 2027)"
    assert set_start(store, plan, "ann", tactic.id, 1).begin == (1, 1, 5)
    assert set_start(store, plan, "ann", tactic.id, 35).begin == (35, 35, 36)


@pytest.mark.parametrize("start", [0, 37])
def test_a_start_outside_the_plan_is_refused(store: SqliteStore, board: Board, start: int) -> None:
    with pytest.raises(InvalidValue, match="first month|last month"):
        set_start(store, board.plan.id, "ann", board.tactics[0].id, start)


def test_an_archived_tactic_does_not_move(store: SqliteStore, board: Board) -> None:
    commands.archive_tactic(store, board.plan.id, "ann", board.tactics[0].id)
    with pytest.raises(Missing, match="archived"):
        set_start(store, board.plan.id, "ann", board.tactics[0].id, 2)


def test_what_the_timeline_sends_is_checked() -> None:
    assert parse_start(None) is None and parse_open(None) is None
    assert parse_start({"tactic": "t1", "start": 3}) == NewStart("t1", 3)
    assert parse_open({"tactic": "t1"}) == "t1"


@pytest.mark.parametrize(
    "value",
    [
        [],
        {},
        {"tactic": "t1"},
        {"tactic": "t1", "start": 0},
        {"tactic": "t1", "start": True},
        {"tactic": "t1", "start": 2.5},
        {"tactic": "", "start": 2},
        {"tactic": "x" * 65, "start": 2},
    ],
)
def test_a_start_that_is_none_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="timeline"):
        parse_start(value)


# ---- the outline ---------------------------------------------------------------------------


def test_the_outline_says_all_that_the_board_shows(store: SqliteStore, board: Board) -> None:
    run = current_run(store, board, draws=500)
    rows = {row["id"]: row for row in run.summary["goals"]}
    text = outline(board, lambda g: goal_words(g, rows), lambda t: tactic_words(board, t))
    for row in (*board.goals, *board.tactics):
        assert text.count(row.title) == 1
    assert "1. Grow new bookings. Bookings a quarter, by Dec 2027: " in text
    assert "   4.1 Guided quoting with price rules. Tom Lindqvist, from Feb 2027, $86k, " in text
    table = outline_table(board, rows)
    assert list(table["Tactic"]) == [
        each.title
        for place in [*(goal.id for goal in board.goals), "unaligned", "ideas"]
        for each in board.tactics
        if (each.goal_id or each.lane) == place
    ]

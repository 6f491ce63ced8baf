"""What happened is kept figure by figure: one change each, undone, never overwritten unseen."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from data.store import SqliteStore
from strategy import commands
from strategy.actuals import (
    Figures,
    Place,
    counted_metrics,
    month_label_of,
    set_actuals,
)
from strategy.errors import EditConflict, InvalidValue, PlanError
from strategy.metrics import GOAL_METRICS
from strategy.restoring import restore
from strategy.undoing import next_redo, next_undo, undo
from tests.store_samples import Clock
from tests.unit.test_strategy_samples import planned_store

JAN, FEB = Place("bookings_quarter", "2027-01"), Place("bookings_quarter", "2027-02")
RATE = Place("win_rate", "2027-01")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[SqliteStore]:
    kept = planned_store(tmp_path / "plan.db", clock)
    clock.move(minutes=1)
    yield kept
    kept.close()


def figures(store: SqliteStore) -> dict[Place, float]:
    return {Place(each.metric, each.month): each.value for each in store.actuals("p1")}


def keep(store: SqliteStore, wanted: Figures, who: str = "Ann", source: str = "") -> int:
    return set_actuals(store, "p1", who, figures(store), wanted, source=source)


def undo_last(store: SqliteStore) -> None:
    event = next_undo(store.events("p1"))
    assert event is not None
    undo(store, "p1", "Ben", event.seq)


def test_a_figure_is_kept_with_who_when_and_where_from(store: SqliteStore) -> None:
    keep(store, {RATE: 0.2}, source="CRM report")
    [kept] = store.actuals("p1")
    assert (kept.metric, kept.month, kept.value) == ("win_rate", "2027-01", 0.2)
    assert (kept.set_by, kept.set_at, kept.source) == ("Ann", "2026-01-01T00:01:00Z", "CRM report")


def test_a_share_is_told_in_percent(store: SqliteStore) -> None:
    keep(store, {RATE: 0.2})
    keep(store, {RATE: 0.211})
    assert store.events("p1")[0].words == "Win rate, Jan 2027: 20% to 21.1%"


def test_setting_changing_and_removing_are_a_change_each_and_come_back_one_by_one(
    store: SqliteStore,
) -> None:
    for value in (400_000.0, 410_000.0, None):
        keep(store, {JAN: value})
    assert figures(store) == {}
    assert [event.words for event in store.events("p1")[:3]] == [
        "Remove the figure Bookings in the month, Jan 2027",
        "Bookings in the month, Jan 2027: 400,000 to 410,000",
        "Bookings in the month, Jan 2027: 400,000",
    ]
    seen = []
    for _ in range(3):
        undo_last(store)
        seen.append(figures(store).get(JAN))
    assert seen == [410_000.0, 400_000.0, None]


def test_an_undone_figure_is_done_again(store: SqliteStore) -> None:
    keep(store, {JAN: 400_000.0})
    undo_last(store)
    event = next_redo(store.events("p1"))
    assert event is not None
    undo(store, "p1", "Ben", event.seq)
    assert figures(store) == {JAN: 400_000.0}


def test_a_figure_that_was_removed_is_brought_back_and_not_repeated(store: SqliteStore) -> None:
    for value in (1.0, None, 2.0):
        keep(store, {JAN: value})
    assert figures(store) == {JAN: 2.0}
    with closing(Database(store.path)) as db:
        assert db.table("actuals").count == 1


def test_many_figures_are_one_change(store: SqliteStore) -> None:
    before = len(store.events("p1"))
    assert keep(store, {JAN: 1.0, FEB: 2.0, RATE: 0.2}, source="q1.csv") == 3
    assert len(store.events("p1")) == before + 1
    assert store.events("p1")[0].words == "Set 3 figures, Jan 2027 to Feb 2027, from q1.csv"
    undo_last(store)
    assert figures(store) == {}


def test_a_figure_that_is_there_already_is_no_change(store: SqliteStore) -> None:
    keep(store, {JAN: 1.0})
    before = store.change_seq("p1")
    assert keep(store, {JAN: 1.0}, who="Ben") == 0
    assert store.change_seq("p1") == before
    assert store.actuals("p1")[0].set_by == "Ann"


def test_one_wrong_figure_keeps_all_others_out(store: SqliteStore) -> None:
    before = store.change_seq("p1")
    with pytest.raises(InvalidValue, match="Win rate, 2027-01, is 120. Use a number from 0 to 100"):
        keep(store, {JAN: 1.0, RATE: 1.2})
    assert figures(store) == {}
    assert store.change_seq("p1") == before


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (Place("win_rate", "2026-12"), 0.2, "before the plan starts"),
        (Place("win_rate", "2029-01"), 0.2, "after the plan ends: it covers 24 months"),
        (Place("win_rate", "2027-13"), 0.2, "is not a month"),
        (Place("luck", "2027-01"), 0.2, "is not a metric"),
        (Place("cumulative_net", "2027-01"), 5.0, "cannot be counted"),
        (JAN, -1.0, "from 0 to"),
        (JAN, float("nan"), "Bookings in the month"),
        (JAN, float("inf"), "Bookings in the month"),
        (JAN, 1e300, "Bookings in the month"),
        (JAN, True, "is not a number"),
        (JAN, "12", "is not a number"),
    ],
)
def test_a_figure_that_cannot_be_true_is_refused_in_words(
    store: SqliteStore, place: Place, value: float, said: str
) -> None:
    with pytest.raises(InvalidValue, match=said):
        keep(store, {place: value})
    assert figures(store) == {}


def test_what_somebody_else_set_meanwhile_is_not_overwritten(store: SqliteStore) -> None:
    keep(store, {JAN: 1.0})
    seen = figures(store)
    keep(store, {JAN: 2.0}, who="Ben")
    with pytest.raises(EditConflict) as refused:
        set_actuals(store, "p1", "Ann", seen, {JAN: 3.0, FEB: 4.0})
    assert refused.value.fields == {"Bookings in the month, 2027-01": (2.0, 3.0)}
    assert figures(store) == {JAN: 2.0}
    assert set_actuals(store, "p1", "Ann", seen, {JAN: 2.0}) == 0


def test_two_people_set_different_figures_at_once(store: SqliteStore) -> None:
    seen = figures(store)
    set_actuals(store, "p1", "Ann", seen, {JAN: 1.0})
    set_actuals(store, "p1", "Ben", seen, {FEB: 2.0})
    assert figures(store) == {JAN: 1.0, FEB: 2.0}


def test_an_undo_does_not_take_a_later_figure_away(store: SqliteStore) -> None:
    keep(store, {JAN: 1.0})
    keep(store, {JAN: 2.0})
    second = store.change_seq("p1")
    keep(store, {JAN: 3.0})
    with pytest.raises(PlanError, match="changed again since"):
        undo(store, "p1", "Ben", second)
    assert figures(store) == {JAN: 3.0}


def test_going_back_with_the_plan_leaves_what_happened(store: SqliteStore) -> None:
    before = store.change_seq("p1")
    keep(store, {JAN: 1.0})
    commands.add_goal(
        store, "p1", "Ann", title="More", owner="", metric="deal_size", baseline=1.0, target=2.0,
        due_month="2027-12",
    )  # fmt: skip
    restore(store, "p1", "Ben", before, "Monday")
    assert figures(store) == {JAN: 1.0}
    assert [goal.title for goal in store.board("p1").goals] == ["Win more", "Sell faster"]


def test_a_single_figure_goes_back_to_a_moment(store: SqliteStore) -> None:
    keep(store, {JAN: 1.0})
    then = store.change_seq("p1")
    keep(store, {JAN: 2.0, FEB: 3.0})
    [row] = [each for each in store.actuals("p1") if each.month == "2027-01"]
    words = restore(store, "p1", "Ben", then, "Monday", only=row.id)
    assert words == "Restore “Bookings in the month, Jan 2027” as of Monday"
    assert figures(store) == {JAN: 1.0, FEB: 3.0}


def test_what_goals_count_comes_first_and_net_benefit_is_never_asked(store: SqliteStore) -> None:
    keep(store, {Place("deal_size", "2027-01"): 30_000.0})
    metrics = counted_metrics(store.board("p1").goals, store.actuals("p1"))
    assert [each.key for each in metrics[:3]] == ["win_rate", "cycle_days", "deal_size"]
    assert {each.key for each in metrics} == GOAL_METRICS.keys() - {"cumulative_net"}


def test_a_month_of_a_quarterly_metric_is_named_as_a_month() -> None:
    for metric in GOAL_METRICS.values():
        assert ("quarter" in month_label_of(metric)) is False


def test_a_plan_that_is_opened_by_another_program_shows_each_figure_once(
    store: SqliteStore,
) -> None:
    keep(store, {JAN: 1.0})
    with closing(Database(store.path)) as db:
        [row] = db.table("actuals").rows
        with pytest.raises(Exception, match="UNIQUE"):
            db.table("actuals").insert({**row, "id": "actual_2"})

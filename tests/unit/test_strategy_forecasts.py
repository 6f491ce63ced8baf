"""A frozen forecast stays what it was, and what happened is laid over it month by month."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data.store import SqliteStore
from strategy import commands
from strategy.actuals import Place, set_actuals
from strategy.against import by_month, compared, in_goal_unit, observed
from strategy.errors import Missing
from strategy.forecasts import Forecast, choices, read_forecast, usual_choice
from strategy.metrics import GOAL_METRICS, metric_of
from strategy.model import Actual, ForecastMark
from strategy.running import current_run
from strategy.sharing import take_snapshot
from tests.store_samples import Clock
from tests.unit.test_strategy_samples import DRAWS, planned_store

BOOKINGS, RATE = GOAL_METRICS["bookings_quarter"], GOAL_METRICS["win_rate"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[SqliteStore]:
    kept = planned_store(tmp_path / "plan.db", clock)
    clock.move(minutes=1)
    yield kept
    kept.close()


def run(store: SqliteStore) -> None:
    current_run(store, store.board("p1"), draws=DRAWS)


def forecast(store: SqliteStore, at: int = 0) -> Forecast:
    return read_forecast(store, store.board("p1"), store.forecast_marks("p1")[at])


def rename(store: SqliteStore, **wanted: object) -> None:
    base = commands.fields_of(store.board("p1").plan)
    commands.edit_plan(store, "p1", "Ann", base, wanted)


def happened(metric: str, figures: dict[str, float]) -> list[Actual]:
    return [
        Actual(f"a{month}", "p1", metric, month, value, "", "Ann", "2027-01-01T00:00:00Z",
               created_at="2027-01-01T00:00:00Z")
        for month, value in figures.items()
    ]  # fmt: skip


def mark(at: str, kind: str = "run") -> ForecastMark:
    return ForecastMark(kind, f"{kind} {at}", at)  # type: ignore[arg-type]


# ---- which forecast ------------------------------------------------------------------------


def test_runs_of_the_board_and_snapshots_are_forecasts_newest_first(
    store: SqliteStore, clock: Clock
) -> None:
    run(store)
    scenario = commands.add_scenario(store, "p1", "Ann", "Bold", {"seats": 12})
    clock.move(hours=1)
    take_snapshot(store, "p1", "Ann", "Review", draws=DRAWS)
    marks = store.forecast_marks("p1")
    assert [(each.kind, each.title, each.number) for each in marks] == [
        ("snapshot", "Review", 1),
        ("run", "", 0),
    ]
    assert store.runs("p1", scenario.id)
    assert marks[1].made_at < marks[0].made_at


def test_a_forecast_can_be_frozen_from_a_scenario(store: SqliteStore, clock: Clock) -> None:
    bold = commands.add_scenario(store, "p1", "Ann", "Bold", {"seats": 12})
    assert store.forecast_marks("p1", bold.id) == ()
    current_run(store, store.board("p1"), bold, draws=DRAWS)
    run(store)
    clock.move(hours=1)
    take_snapshot(store, "p1", "Ann", "Review", draws=DRAWS)
    later = commands.add_scenario(store, "p1", "Ann", "Later", {"seats": 8})
    snapshot, stored = store.forecast_marks("p1", bold.id)
    assert (snapshot.kind, stored.kind) == ("snapshot", "run")
    assert {snapshot.scenario_id, stored.scenario_id} == {bold.id}
    assert store.forecast_marks("p1", later.id) == ()
    found = [read_forecast(store, store.board("p1"), each) for each in (snapshot, stored)]
    assert [each.inputs["organisation"]["seats"] for each in found] == [12.0, 12.0]
    assert found[0].series == found[1].series != forecast(store).series


def test_a_forecast_is_not_read_as_one_of_another_scenario(store: SqliteStore) -> None:
    run(store)
    later = commands.add_scenario(store, "p1", "Ann", "Later", {"seats": 8})
    take_snapshot(store, "p1", "Ann", "Review", draws=DRAWS)
    bold = commands.add_scenario(store, "p1", "Ann", "Bold", {"seats": 12})
    for each in store.forecast_marks("p1"):
        with pytest.raises(Missing):
            read_forecast(store, store.board("p1"), replace(each, scenario_id=bold.id))
    [_, stored] = store.forecast_marks("p1", later.id)
    with pytest.raises(Missing):
        read_forecast(store, store.board("p1"), replace(stored, scenario_id=None))


def test_figures_per_seat_count_the_seats_of_the_forecasts_scenario(store: SqliteStore) -> None:
    bold = commands.add_scenario(store, "p1", "Ann", "Bold", {"seats": 12})
    current_run(store, store.board("p1"), bold, draws=DRAWS)
    [stored] = store.forecast_marks("p1", bold.id)
    frozen = read_forecast(store, store.board("p1"), stored)
    [figure] = observed(happened("selling_hours_week", {"2027-01": 12.0}), frozen)
    assert figure.value == pytest.approx(12.0 * 52 / 12 * 12)


def test_of_the_runs_the_first_and_the_last_of_each_day_are_offered() -> None:
    times = ["2027-01-02T10:00:00Z", "2027-01-02T09:00:00Z", "2027-01-01T12:00:00Z",
             "2027-01-01T11:00:00Z", "2027-01-01T10:00:00Z"]  # fmt: skip
    snapshot = mark("2027-01-01T11:30:00Z", "snapshot")
    found = choices([mark(times[0]), mark(times[1]), mark(times[2]), snapshot,
                     mark(times[3]), mark(times[4])])  # fmt: skip
    assert [each.made_at for each in found] == [times[0], times[2], snapshot.made_at, times[4]]


def test_the_usual_forecast_is_the_newest_from_before_the_first_month() -> None:
    marks = [
        mark("2027-03-05T00:00:00Z"),
        mark("2026-12-20T00:00:00Z"),
        mark("2026-11-01T00:00:00Z"),
    ]
    typed = [
        replace(each, created_at="2027-04-01T00:00:00Z")
        for each in happened("win_rate", {"2027-01": 0.2})
    ]
    assert usual_choice(marks, typed) == marks[1]
    assert usual_choice(marks, []) == marks[0]
    assert usual_choice([], typed) is None


def test_a_forecast_made_after_the_first_figure_was_typed_is_not_the_usual_one() -> None:
    marks = [mark("2026-12-20T00:00:00Z"), mark("2026-11-01T00:00:00Z")]
    typed = [
        replace(each, created_at="2026-12-01T00:00:00Z")
        for each in happened("win_rate", {"2027-01": 0.2})
    ]
    assert usual_choice(marks, typed) == marks[1]


def test_where_every_forecast_is_later_the_oldest_is_taken() -> None:
    marks = [mark("2027-06-01T00:00:00Z"), mark("2027-05-01T00:00:00Z")]
    assert usual_choice(marks, happened("win_rate", {"2027-01": 0.2})) == marks[1]


def test_a_forecast_stays_as_it_was_when_the_plan_changes(store: SqliteStore) -> None:
    run(store)
    before = forecast(store)
    assert store.forecast_marks("p1") == (before.mark,)
    rename(store, start_month="2027-02", months=30, seats=30)
    run(store)
    after = read_forecast(store, store.board("p1"), before.mark)
    assert after == before
    assert (after.start_month, after.months, after.last_month) == ("2027-01", 24, "2028-12")
    assert forecast(store).start_month == "2027-02"


def test_a_snapshot_is_a_forecast_with_the_plans_months_of_then(store: SqliteStore) -> None:
    take_snapshot(store, "p1", "Ann", "Review", draws=DRAWS)
    rename(store, start_month="2027-06", months=20)
    [snapshot] = [each for each in store.forecast_marks("p1") if each.kind == "snapshot"]
    found = read_forecast(store, store.board("p1"), snapshot)
    assert (found.start_month, found.months) == ("2027-01", 24)
    assert found.series == forecast(store, 1).series


def test_a_forecast_of_another_plan_is_not_found(store: SqliteStore) -> None:
    with pytest.raises(Missing):
        read_forecast(store, store.board("p1"), mark("2027-01-01T00:00:00Z"))
    with pytest.raises(Missing):
        read_forecast(store, store.board("p1"), mark("2027-01-01T00:00:00Z", "snapshot"))


# ---- month by month ------------------------------------------------------------------------


def test_a_quarter_is_the_sum_of_its_months_and_waits_for_all_of_them() -> None:
    figures = {1: 10.0, 2: 20.0, 3: 30.0, 5: 50.0, 6: 60.0, 7: 70.0}
    assert in_goal_unit(BOOKINGS, figures) == {1: 30.0, 2: 45.0, 3: 60.0, 7: 180.0}
    assert in_goal_unit(RATE, figures) == figures


def test_figures_outside_the_forecasts_months_are_left_out() -> None:
    rows = happened("win_rate", {"2026-12": 0.1, "2027-01": 0.2, "2027-03": 0.3})
    assert by_month(RATE, rows, "2027-01", 2) == {1: 0.2}
    assert by_month(BOOKINGS, rows, "2027-01", 2) == {}


def test_each_month_is_judged_by_its_own_range(store: SqliteStore) -> None:
    run(store)
    frozen = forecast(store)
    bands = frozen.series["win_rate"]["plan"]
    rows = compared(
        RATE,
        happened("win_rate", {"2027-01": bands["p10"][0], "2027-02": bands["p10"][1] - 0.01,
                              "2027-04": bands["p90"][3] + 0.01}),
        frozen,
    )  # fmt: skip
    assert [(each.number, each.month, each.verdict) for each in rows] == [
        (1, "2027-01", "inside"),
        (2, "2027-02", "below"),
        (4, "2027-04", "above"),
    ]
    assert rows[2].middle == bands["p50"][3]


def test_figures_reach_the_model_in_its_own_units(store: SqliteStore) -> None:
    run(store)
    rows = [
        *happened("bookings_quarter", {"2027-02": 400_000.0}),
        *happened("cycle_days", {"2027-01": 91.3125}),
        *happened("selling_hours_week", {"2027-01": 12.0}),
        *happened("cumulative_net", {"2027-01": 5.0}),
    ]
    found = {(each.metric, each.month): each.value for each in observed(rows, forecast(store))}
    assert found == {
        ("bookings", 2): 400_000.0,
        ("cycle", 1): pytest.approx(3.0),
        ("selling_hours", 1): pytest.approx(12.0 * 52 / 12 * 10),
    }


def test_typed_figures_equal_to_the_middle_line_come_back_as_the_models_own(
    store: SqliteStore,
) -> None:
    run(store)
    frozen = forecast(store)
    line = frozen.series["selling_hours_week"]["plan"]["mean"]
    [figure] = observed(happened("selling_hours_week", {"2027-05": line[4]}), frozen)
    means = store.run("p1", frozen.mark.id).summary["hours"]["selling_hours"]["plan"]
    assert figure.value == pytest.approx(means[4], rel=1e-3)


def test_what_is_kept_is_laid_over_the_forecast(store: SqliteStore) -> None:
    run(store)
    set_actuals(store, "p1", "Ann", {}, {Place("win_rate", "2027-02"): 0.9})
    [row] = compared(metric_of("win_rate"), store.actuals("p1"), forecast(store))
    assert (row.month, row.verdict) == ("2027-02", "above")

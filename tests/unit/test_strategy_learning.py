"""Assumptions learn from what happened: proposed, taken over as one change, with the months."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data.store import SqliteStore
from simulation.defaults import defaults
from strategy import commands
from strategy.actuals import Place, set_actuals
from strategy.errors import InvalidValue
from strategy.forecasts import Forecast, read_forecast
from strategy.learning import (
    Lesson,
    Proposal,
    has_learned_from,
    labels,
    learn,
    proposals,
    ranges_of,
)
from strategy.running import current_run
from strategy.undoing import next_undo, undo
from tests.store_samples import Clock
from tests.unit.test_strategy_samples import planned_store

DRAWS, ERROR = 1_000, 0.05
SPAN = "Jan 2027 to Jun 2027"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[SqliteStore]:
    """Keep a plan with a forecast, and six months with a win rate and a cycle that are high."""
    kept = planned_store(tmp_path / "plan.db", clock)
    current_run(kept, kept.board("p1"), draws=DRAWS)
    clock.move(minutes=1)
    wanted = {
        Place(metric, f"2027-0{month}"): value
        for metric, value in (("win_rate", 0.25), ("cycle_days", 97.0))
        for month in range(1, 7)
    }
    set_actuals(kept, "p1", "Ann", {}, wanted)
    yield kept
    kept.close()


def forecast(store: SqliteStore, at: int = 0) -> Forecast:
    return read_forecast(store, store.board("p1"), store.forecast_marks("p1")[at])


def lesson(store: SqliteStore) -> Lesson:
    return learn(forecast(store), store.actuals("p1"), ERROR)


def proposed(store: SqliteStore) -> dict[str, Proposal]:
    found = proposals(store.board("p1").plan, forecast(store), lesson(store))
    return {each.learned.name: each for each in found}


def apply(store: SqliteStore, *names: str) -> None:
    ranges = ranges_of(lesson(store), names, SPAN)
    commands.set_assumptions(store, "p1", "Ann", ranges, f"Update from actuals, {SPAN}")


def test_what_the_figures_are_about_moves_and_comes_first(store: SqliteStore) -> None:
    found = proposed(store)
    moved = [name for name, each in found.items() if each.learned.has_moved]
    assert {"win_rate", "cycle_months"} <= set(moved)
    assert list(found)[: len(moved)] == moved
    for name in ("win_rate", "cycle_months"):
        assert found[name].learned.after[1] > found[name].learned.before[1]
        assert found[name].is_as_forecast


def test_months_and_figures_are_counted(store: SqliteStore) -> None:
    found = lesson(store)
    assert (found.months, found.figures) == (("2027-01", "2027-06"), 12)
    assert 1 <= found.updated.effective < DRAWS


def test_taking_ranges_over_is_one_change_with_its_source_and_undo(store: SqliteStore) -> None:
    before = store.board("p1").plan.assumptions
    events = len(store.events("p1"))
    apply(store, "win_rate", "cycle_months")
    kept = store.board("p1").plan.assumptions
    assert set(kept) == {"win_rate", "cycle_months"}
    assert kept["win_rate"].source.startswith(
        "Updated from actuals, Jan 2027 to Jun 2027 (12 figures"
    )
    assert kept["win_rate"].grade == "measured"
    shipped = defaults().assumptions["win_rate"].range
    assert shipped.low <= kept["win_rate"].low < kept["win_rate"].high <= shipped.high
    assert kept["win_rate"].high - kept["win_rate"].low < shipped.high - shipped.low
    assert len(store.events("p1")) == events + 1
    event = next_undo(store.events("p1"))
    assert event is not None
    undo(store, "p1", "Ben", event.seq)
    assert store.board("p1").plan.assumptions == before


def test_the_plan_runs_with_what_it_learned_and_comes_closer_to_what_happened(
    store: SqliteStore,
) -> None:
    apply(store, "win_rate", "cycle_months")
    new = current_run(store, store.board("p1"), draws=DRAWS)
    for metric, happened in (("win_rate", 0.25), ("cycle_days", 97.0)):
        old_middle = forecast(store, -1).series[metric]["plan"]["p50"][0]
        new_middle = new.summary["series"][metric]["plan"]["p50"][0]
        assert abs(new_middle - happened) < abs(old_middle - happened)


def test_a_range_somebody_changed_since_is_marked(store: SqliteStore) -> None:
    row = {"low": 0.2, "mode": 0.22, "high": 0.24, "source": "CRM", "grade": "measured"}
    commands.set_assumptions(store, "p1", "Ben", {"win_rate": row}, "Import")
    found = proposed(store)
    assert not found["win_rate"].is_as_forecast
    assert (found["win_rate"].now.low, found["win_rate"].now.high) == (0.2, 0.24)
    assert found["cycle_months"].is_as_forecast


def test_a_forecast_made_after_the_plan_learned_says_so(store: SqliteStore, clock: Clock) -> None:
    assert not has_learned_from(store.board("p1").plan, forecast(store))
    apply(store, "win_rate")
    assert not has_learned_from(store.board("p1").plan, forecast(store))
    clock.move(minutes=1)
    current_run(store, store.board("p1"), draws=DRAWS)
    assert has_learned_from(store.board("p1").plan, forecast(store))
    assert not has_learned_from(store.board("p1").plan, forecast(store, -1))


@pytest.mark.parametrize("error", [0.0, 0.009, 0.51, float("nan")])
def test_an_error_out_of_bounds_is_refused(store: SqliteStore, error: float) -> None:
    with pytest.raises(InvalidValue, match="Use a number from 1 to 50%"):
        learn(forecast(store), store.actuals("p1"), error)


def test_a_forecast_of_another_model_is_refused(store: SqliteStore) -> None:
    old = replace(forecast(store), model_version="0.9.0+s1")
    with pytest.raises(InvalidValue, match="another version of the model"):
        learn(old, store.actuals("p1"), ERROR)


def test_a_forecast_whose_months_have_no_figure_is_refused(store: SqliteStore) -> None:
    later = replace(forecast(store), start_month="2028-01")
    with pytest.raises(InvalidValue, match="No figure lies in the months"):
        learn(later, store.actuals("p1"), ERROR)


def test_figures_before_the_forecast_begins_do_not_count(store: SqliteStore) -> None:
    later = replace(forecast(store), start_month="2027-04")
    found = learn(later, store.actuals("p1"), ERROR)
    assert (found.months, found.figures) == (("2027-04", "2027-06"), 6)


def test_every_assumption_has_a_name_people_read() -> None:
    assert labels("win_rate") == (defaults().assumptions["win_rate"].label, "share")


def test_names_that_are_not_proposed_are_left_out(store: SqliteStore) -> None:
    assert ranges_of(lesson(store), ["luck"], SPAN) == {}

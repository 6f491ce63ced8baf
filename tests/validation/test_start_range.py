"""A tactic's start month as a range: drawn in each world, neutral where its ends are equal."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench.reference.engine import simulate_on as reference_run
from simulation.audit import audit
from simulation.checking import InputError
from simulation.defaults import Range
from simulation.draw_table import read_draw_table, write_draw_table
from simulation.draws import sample, whole_at
from simulation.engine import simulate_modes, simulate_on
from simulation.inputs import METRICS, Inputs
from simulation.ledger import freed_hours_ledger
from simulation.misalignment import misalignment
from simulation.mixes import evaluate_mixes
from simulation.net_parts import net_parts
from simulation.outcome import Outcome
from simulation.policy_ranges import likely_policy
from simulation.reach_levers import LEVERS
from simulation.seats import seats_of
from simulation.swaps import Swap, swapped_chances
from simulation.tornado import tornado
from simulation.worked import work_by_hand
from tests.validation.plans import Plan

UNSURE = [2, 4, 8]
TOOL = {
    "name": "Tool",
    "goal": "g",
    "moves": {"quotes": 0.5},
    "moves_ops": {"forecast": 0.2},
    "delay": 1.5,
    "seat_price": 30,
    "fixed_monthly": 200,
    "one_off": 9_000,
    "training_hours": 3,
    "upkeep_hours": 12,
    "win": 0.1,
    "deal": 0.02,
}
OTHER = {"name": "Other", "goal": "h", "start": 3, "moves": {"quotes": 0.3, "crm_entry": 0.4}}
THIRD = {"name": "Third", "to": "ops", "moves": {"orders": 0.5}, "upkeep_hours": 3}
GOALS = [
    {"id": "g", "metric": "bookings", "target": 830_000, "due": 12},
    {"id": "h", "metric": "cumulative_net", "target": 0, "due": 12},
]


def inputs_with(start: Any, third: Any = 5, **more: Any) -> Inputs:
    tactics = [TOOL | {"start": start}, OTHER, THIRD | {"start": third}]
    plan: Plan = {"months": 12, "tactics": tactics, "goals": GOALS, "plan_quality": 0.5}
    return Inputs.from_json(plan | more)


def same(left: Any, right: Any) -> bool:
    return all(np.array_equal(left[name], right[name], equal_nan=True) for name in METRICS)


@pytest.fixture(scope="module")
def drawn() -> Outcome:
    """A run of a plan in which two tactics start when nobody knows."""
    inputs = inputs_with(UNSURE, [1, 6, 14])
    return simulate_on(inputs, sample(inputs, 60, 2))


@pytest.mark.parametrize("month", [1, 4, 30])
def test_a_range_of_one_month_is_that_month_bit_for_bit(month: int) -> None:
    single, equal = inputs_with(month), inputs_with([month] * 3)
    assert single == equal
    draws = sample(equal, 300, 2)
    assert not draws.start_quantiles
    assert same(simulate_on(single, draws).metrics, simulate_on(equal, draws).metrics)


def test_a_draw_of_a_range_is_a_run_of_the_month_it_drew(drawn: Outcome) -> None:
    starts = drawn.draws.starts(drawn.inputs)
    assert (starts[1] == 3).all()
    assert starts[2].max() > drawn.inputs.months  # some never start
    for place in (0, 17, 30, 59):
        months = [int(starts[tactic, place]) for tactic in (0, 2)]
        fixed = simulate_on(inputs_with(*months), drawn.draws)
        for name in METRICS:
            np.testing.assert_allclose(
                drawn.metrics[name][place], fixed.metrics[name][place], rtol=1e-10, err_msg=name
            )
        np.testing.assert_array_equal(
            drawn.path.work.adoption[:, :, place], fixed.path.work.adoption[:, :, place]
        )


def test_the_slow_way_of_running_a_plan_agrees(drawn: Outcome) -> None:
    slow = reference_run(drawn.inputs, drawn.draws)
    for name in METRICS:
        np.testing.assert_allclose(
            drawn.metrics[name], slow.metrics[name], rtol=1e-8, atol=1e-6, err_msg=name
        )


def test_every_month_of_a_range_is_drawn_as_often_as_its_part_of_the_curve() -> None:
    inputs = inputs_with(UNSURE)
    starts = sample(inputs, 20_000, 2).starts(inputs)[0]
    months, counts = np.unique(starts, return_counts=True)
    assert months.tolist() == [2, 3, 4, 5, 6, 7, 8]
    assert counts.argmax() in (1, 2)
    assert counts[0] > 0.02 * counts.sum()
    mean = (1.5 + 4 * 4 + 8.5) / 6
    assert starts.mean() == pytest.approx(mean, abs=0.05)


def test_a_range_leaves_all_other_luck_alone_and_keeps_its_quantiles_when_edited() -> None:
    single, wide = sample(inputs_with(4), 50, 2), sample(inputs_with(UNSURE), 50, 2)
    later = sample(inputs_with([5, 7, 11]), 50, 2)
    for name, column in single.values.items():
        np.testing.assert_array_equal(wide.values[name], column)
    for key, noise in single.fit_noise.items():
        np.testing.assert_array_equal(wide.fit_noise[key], noise)
    np.testing.assert_array_equal(wide.demand_noise, single.demand_noise)
    np.testing.assert_array_equal(wide.start_quantiles["Tool"], later.start_quantiles["Tool"])
    inputs = inputs_with([5, 7, 11])
    np.testing.assert_array_equal(wide.starts(inputs)[0], wide.starts(inputs_with(UNSURE))[0] + 3)


@pytest.mark.parametrize("other", [[1, 4, 8], [2, 5, 8], [2, 4, 9]])
def test_each_end_and_the_likely_month_move_the_result(drawn: Outcome, other: list[int]) -> None:
    moved = simulate_on(inputs_with(other, [1, 6, 14]), drawn.draws)
    gap = moved.metrics["cost"].sum() - drawn.metrics["cost"].sum()
    assert gap > 0 if other[0] == 1 else gap < 0


def test_the_baseline_does_not_know_the_range() -> None:
    draws = sample(inputs_with(UNSURE), 50, 2)
    single, wide = (simulate_on(inputs_with(each), draws) for each in (4, UNSURE))
    assert same(single.baseline, wide.baseline)


def test_at_the_modes_the_likely_month_counts() -> None:
    likely, single = simulate_modes(inputs_with(UNSURE)), simulate_modes(inputs_with(4))
    for name in METRICS:
        np.testing.assert_allclose(likely.metrics[name], single.metrics[name], rtol=1e-12)


def test_what_is_counted_beside_the_engine_knows_each_start(drawn: Outcome) -> None:
    assert all(check.holds for check in audit(drawn))
    ledger = freed_hours_ledger(drawn)
    assert ledger.gap < 1e-6 * ledger.promised.max()
    seats = seats_of(drawn)
    live = drawn.draws.starts(drawn.inputs)[0][:, None] <= np.arange(1, 13)
    np.testing.assert_allclose(seats.paid_in_each, 30 * 20 * live)
    np.testing.assert_allclose(seats.paid, seats.paid_in_each.mean(axis=0))
    used = seats.used_share[live]
    assert ((used >= 0) & (used <= 1)).all()
    assert np.isnan(seats.used_share[~live]).all()
    parts = net_parts(drawn.inputs, drawn.draws)
    total = sum(parts.gains.values()) + sum(parts.costs.values())
    np.testing.assert_allclose(total, parts.net, atol=1e-6)
    found = misalignment(drawn.inputs, drawn.draws)
    assert found.spend == pytest.approx(drawn.metrics["cost"].sum(axis=1).mean(), rel=1e-9)
    assert found.tactics[0].shelfware == pytest.approx(seats.unused.sum(axis=1).mean(), rel=1e-9)


def test_mixes_and_swaps_draw_it_as_a_run_does() -> None:
    inputs = inputs_with(UNSURE, [1, 6, 14])
    draws = sample(inputs, 1_100, 5)
    mixes = evaluate_mixes(inputs, draws, (1, 4, 5, 7))
    for place, kept in enumerate(((0,), (2,), (0, 2), (0, 1, 2))):
        chosen = replace(inputs, tactics=tuple(inputs.tactics[each] for each in kept))
        outcome = simulate_on(chosen, draws)
        assert mixes.npv_mean[place] == pytest.approx(outcome.finance.npv.mean(), rel=1e-9)
    own = likely_policy(inputs)
    tool, other, third = inputs.tactics
    tried = [
        (0, None),
        (1, None),
        (0, replace(tool, goal="h")),
        (1, replace(other, goal="g")),
        (1, replace(other, goal=None)),
        (0, replace(tool, start=Range.fixed_at(3))),
        (0, replace(tool, start=Range(1, 1, 12))),
        (2, replace(third, goal="g", start=Range.fixed_at(2))),
        (2, replace(third, goal="new")),
    ]
    swaps = [Swap(place, tactic, own) for place, tactic in tried]
    usual, found = swapped_chances(inputs, draws, [True] * 3, swaps)
    assert usual.tolist() == hits(inputs, draws)
    for chances, (place, tactic) in zip(found, tried, strict=True):
        tactics = list(inputs.tactics)
        tactics[place : place + 1] = [] if tactic is None else [tactic]
        expected = hits(replace(inputs, tactics=tuple(tactics)), draws)
        assert chances.tolist() == expected, (place, tactic)


def hits(inputs: Inputs, draws: Any) -> list[float]:
    outcome = simulate_on(inputs, draws)
    return [float(outcome.goal_hits(goal).mean()) for goal in inputs.goals]


def test_tactics_of_one_name_draw_for_themselves_and_keep_it_when_one_goes() -> None:
    inputs = Inputs.from_json({"tactics": [TOOL | {"start": UNSURE}] * 2})
    draws = sample(inputs, 30, 1)
    first, second = draws.starts(inputs)
    assert not np.array_equal(first, second)
    left = replace(inputs, tactics=inputs.tactics[1:])
    np.testing.assert_array_equal(draws.without_tactic(inputs, 0).starts(left)[0], second)


def test_a_run_in_parts_draws_it_in_each_part() -> None:
    inputs = inputs_with(UNSURE)
    first, second = (sample(inputs, 30, 1, part=part).start_quantiles["Tool"] for part in (0, 1))
    assert not np.array_equal(first, second)


def test_the_tornado_has_a_bar_for_it() -> None:
    fixed = {name: spread.mode for name, spread in inputs_with(4).assumptions.items()}
    inputs = inputs_with(UNSURE, assumptions=fixed)
    draws = sample(inputs, 200, 3)
    (bar,) = tornado(inputs, draws)[0].bars
    assert (bar.assumption, bar.tactic) == ("start:Tool", 0)
    ends = whole_at(Range(*UNSURE), np.array([0.1, 0.9])).tolist()
    assert [bar.low_value, bar.high_value] == ends == [3, 6]
    for value, headline in ((bar.low_value, bar.low), (bar.high_value, bar.high)):
        outcome = simulate_on(inputs_with(int(value), assumptions=fixed), draws)
        assert np.median(outcome.finance.npv) == pytest.approx(headline, rel=1e-9)
    assert bar.correlation is not None


def test_a_future_worked_by_hand_uses_what_it_drew() -> None:
    inputs = inputs_with(UNSURE, [1, 6, 14])
    draws = sample(inputs, 1, 8)
    worked = work_by_hand(inputs, draws, 12)
    bookings = simulate_on(inputs, draws).metrics["bookings"][0]
    assert [each.bookings for each in worked.months] == pytest.approx(bookings.tolist(), rel=1e-9)


def test_the_way_to_month_1_moves_the_whole_range() -> None:
    earlier = next(each for each in LEVERS if each.key == "earlier")
    half, there = (earlier.change(inputs_with(UNSURE), share).tactics[0] for share in (0.5, 1))
    assert half.start == Range(2, 2, 4)
    assert there.start == Range.fixed_at(1)


def test_a_table_of_draws_repeats_the_run(tmp_path: Path, drawn: Outcome) -> None:
    table = tmp_path / "draws.csv"
    write_draw_table(table, drawn)
    again = read_draw_table(table, drawn.inputs, sample(drawn.inputs, 60, 9))
    assert same(simulate_on(drawn.inputs, again).metrics, drawn.metrics)
    table.write_text("start_quantile:Tool\n" + "1.5\n" * 60, encoding="utf-8")
    with pytest.raises(InputError, match=r"start_quantile:Tool' is 1\.5"):
        read_draw_table(table, drawn.inputs, sample(drawn.inputs, 60, 9))


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ([5, 4, 9], "low <= mode <= high"),
        ([5, 9], "has 2 values"),
        ([0, 4, 9], "is 0"),
        ([2, 4.5, 9], "is 4.5"),
        ([2, True, 9], "is True"),
        (2.5, "is 2.5"),
        ("soon", "is 'soon'"),
    ],
)
def test_what_is_no_start_is_refused(start: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        inputs_with(start)

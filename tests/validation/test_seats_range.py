"""Seats later on as a range: whole seats drawn in each world, neutral where ends are equal."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench.reference.engine import simulate_on as reference_run
from simulation.audit import audit
from simulation.checking import InputError
from simulation.decided import decided
from simulation.defaults import Range
from simulation.draw_table import read_draw_table, write_draw_table
from simulation.draws import sample, whole_at
from simulation.engine import simulate_modes, simulate_on
from simulation.inputs import METRICS, Inputs
from simulation.ledger import freed_hours_ledger
from simulation.mixes import evaluate_mixes
from simulation.net_parts import net_parts
from simulation.outcome import Outcome
from simulation.policy_ranges import likely_policy
from simulation.swaps import Swap, swapped_chances
from simulation.tornado import tornado
from simulation.worked import work_by_hand
from tests.validation.plans import Plan

UNSURE = [14, 22, 27]
TOOL = {"name": "Tool", "goal": "g", "moves": {"quotes": 0.7, "crm_entry": 0.6}, "one_off": 9_000}
OTHER = {"name": "Other", "goal": "h", "start": 3, "moves": {"forecast": 0.5, "quotes": 0.4}}
GOALS = [
    {"id": "g", "metric": "bookings", "target": 860_000, "due": 12},
    {"id": "h", "metric": "selling_hours", "target": 40, "due": 10, "per_seat": True},
    {"id": "i", "metric": "selling_hours", "target": 40, "due": 2, "per_seat": True},
]


def inputs_with(seats: Any = 22, start: int = 4, **more: Any) -> Inputs:
    change = {"seats": seats, "start": start, "yearly_cost": 120_000}
    plan: Plan = {"months": 12, "tactics": [TOOL, OTHER], "goals": GOALS, "headcount": change}
    return Inputs.from_json(plan | more)


def same(left: Any, right: Any) -> bool:
    return all(np.array_equal(left[name], right[name], equal_nan=True) for name in METRICS)


@pytest.fixture(scope="module")
def drawn() -> Outcome:
    """A run of a plan in which nobody knows how many seats there will be."""
    inputs = inputs_with(UNSURE)
    return simulate_on(inputs, sample(inputs, 60, 2))


@pytest.mark.parametrize("seats", [14, 20, 27])
def test_a_range_of_one_number_is_that_number_bit_for_bit(seats: int) -> None:
    single, equal = inputs_with(seats), inputs_with([seats] * 3)
    assert single == equal
    draws = sample(equal, 300, 2)
    assert not draws.policy_quantiles
    assert same(simulate_on(single, draws).metrics, simulate_on(equal, draws).metrics)


def test_whole_seats_are_drawn_as_often_as_their_part_of_the_curve() -> None:
    inputs = inputs_with(UNSURE)
    draws = sample(inputs, 20_000, 2)
    seats, counts = np.unique(decided(inputs, draws).seats, return_counts=True)
    assert seats.tolist() == list(range(14, 28))
    assert seats[counts.argmax()] in (21, 22, 23)
    mean = (13.5 + 4 * 22 + 27.5) / 6
    assert decided(inputs, draws).seats.mean() == pytest.approx(mean, abs=0.05)


def test_a_draw_is_a_run_of_the_seats_it_drew(drawn: Outcome) -> None:
    seats = decided(drawn.inputs, drawn.draws).seats
    assert (seats < 20).any() and (seats > 20).any() and (seats == 20).any()
    for count in np.unique(seats):
        fixed = simulate_on(inputs_with(float(count)), drawn.draws)
        place = int(np.flatnonzero(seats == count)[0])
        for name in METRICS:
            np.testing.assert_allclose(
                drawn.metrics[name][place], fixed.metrics[name][place], rtol=1e-9, err_msg=name
            )


def test_the_slow_way_of_running_a_plan_agrees(drawn: Outcome) -> None:
    slow = reference_run(drawn.inputs, drawn.draws)
    for name in METRICS:
        np.testing.assert_allclose(
            drawn.metrics[name], slow.metrics[name], rtol=1e-8, atol=1e-6, err_msg=name
        )


def test_a_range_leaves_all_other_luck_alone_and_keeps_its_quantiles_when_edited() -> None:
    single, wide = sample(inputs_with(), 50, 2), sample(inputs_with(UNSURE), 50, 2)
    for name, column in single.values.items():
        np.testing.assert_array_equal(wide.values[name], column)
    np.testing.assert_array_equal(wide.demand_noise, single.demand_noise)
    later = inputs_with([each + 3 for each in UNSURE])
    assert sample(later, 50, 2).policy_quantiles.keys() == {"seats"}
    moved = decided(later, wide).seats
    np.testing.assert_array_equal(moved, decided(inputs_with(UNSURE), wide).seats + 3)


@pytest.mark.parametrize("more", [[16, 22, 27], [14, 23, 27], [14, 22, 30]])
def test_each_end_and_the_likely_number_bring_heads_and_cost(
    drawn: Outcome, more: list[int]
) -> None:
    moved = simulate_on(inputs_with(more), drawn.draws).metrics
    for name in ("heads", "cost"):
        assert moved[name].mean() > drawn.metrics[name].mean()


def test_a_wider_range_widens_the_fan() -> None:
    known = {name: spread.mode for name, spread in inputs_with().assumptions.items()}

    def spread(seats: Any) -> float:
        inputs = inputs_with(seats, assumptions=known)
        draws = replace(sample(inputs, 500, 3), is_noiseless=True)
        net = simulate_on(inputs, draws).metrics["cumulative_net"][:, -1]
        return float(np.subtract(*np.percentile(net, [90, 10])))

    assert spread([16, 22, 28]) > 1.5 * spread([20, 22, 24]) > 1.5 * spread(22)


def test_before_its_month_and_for_the_baseline_nothing_differs(drawn: Outcome) -> None:
    single = simulate_on(inputs_with(), drawn.draws)
    assert same(single.baseline, drawn.baseline)
    for name in METRICS:
        np.testing.assert_array_equal(single.metrics[name][:, :3], drawn.metrics[name][:, :3])


def test_at_the_modes_the_likely_number_counts() -> None:
    likely, single = simulate_modes(inputs_with(UNSURE)), simulate_modes(inputs_with())
    for name in METRICS:
        np.testing.assert_allclose(likely.metrics[name], single.metrics[name], rtol=1e-12)


def test_a_goal_for_each_seat_divides_by_the_seats_of_the_world_when_it_is_due(
    drawn: Outcome,
) -> None:
    _, later, before = drawn.inputs.goals
    hours, seats = drawn.metrics["selling_hours"], decided(drawn.inputs, drawn.draws).seats
    np.testing.assert_allclose(drawn.goal_values(later), hours[:, 9] / seats)
    np.testing.assert_allclose(drawn.goal_values(before), hours[:, 1] / 20)
    base = drawn.baseline["selling_hours"]
    np.testing.assert_allclose(drawn.goal_values(later, of_baseline=True), base[:, 9] / 20)
    whole = replace(later, per_seat=False)
    np.testing.assert_array_equal(drawn.goal_values(whole), hours[:, 9])


def test_what_is_counted_beside_the_engine_knows_the_seats(drawn: Outcome) -> None:
    assert all(check.holds for check in audit(drawn))
    ledger = freed_hours_ledger(drawn)
    assert ledger.gap < 1e-6 * ledger.promised.max()
    parts = net_parts(drawn.inputs, drawn.draws)
    total = sum(parts.gains.values()) + sum(parts.costs.values())
    np.testing.assert_allclose(total, parts.net, atol=1e-6)


def test_mixes_and_swaps_draw_them_as_a_run_does() -> None:
    inputs = inputs_with(UNSURE)
    draws = sample(inputs, 1_100, 5)
    mixes = evaluate_mixes(inputs, draws, (1, 3))
    for place, count in enumerate((1, 2)):
        chosen = replace(inputs, tactics=inputs.tactics[:count])
        outcome = simulate_on(chosen, draws)
        assert mixes.npv_mean[place] == pytest.approx(outcome.finance.npv.mean(), rel=1e-9)
        assert mixes.chances[place].tolist() == hits(chosen, draws)
    usual, found = swapped_chances(
        inputs, draws, [True] * 2, [Swap(1, None, likely_policy(inputs))]
    )
    assert usual.tolist() == hits(inputs, draws)
    assert found[0].tolist() == hits(replace(inputs, tactics=inputs.tactics[:1]), draws)
    assert 0.05 < usual[1] < 0.95


def hits(inputs: Inputs, draws: Any) -> list[float]:
    outcome = simulate_on(inputs, draws)
    return [float(outcome.goal_hits(goal).mean()) for goal in inputs.goals]


def test_the_tornado_has_a_bar_for_them() -> None:
    fixed = {name: spread.mode for name, spread in inputs_with().assumptions.items()}
    inputs = inputs_with(UNSURE, assumptions=fixed)
    (bar,) = tornado(inputs, sample(inputs, 200, 3))[0].bars
    assert (bar.assumption, bar.tactic, bar.is_policy) == ("seats", None, True)
    ends = whole_at(Range(*UNSURE), np.array([0.1, 0.9])).tolist()
    assert [bar.low_value, bar.high_value] == ends
    draws = sample(inputs, 200, 3)
    for value, headline in ((bar.low_value, bar.low), (bar.high_value, bar.high)):
        outcome = simulate_on(inputs_with(value, assumptions=fixed), draws)
        assert np.median(outcome.finance.npv) == pytest.approx(headline, rel=1e-9)
    assert bar.correlation is not None


def test_a_future_worked_by_hand_uses_what_it_drew() -> None:
    inputs = inputs_with(UNSURE)
    for seed in (8, 9, 10):
        draws = sample(inputs, 1, seed)
        worked = work_by_hand(inputs, draws, 12)
        bookings = simulate_on(inputs, draws).metrics["bookings"][0]
        found = [each.bookings for each in worked.months]
        assert found == pytest.approx(bookings.tolist(), rel=1e-9)


def test_a_table_of_draws_repeats_the_run(tmp_path: Path, drawn: Outcome) -> None:
    table = tmp_path / "draws.csv"
    write_draw_table(table, drawn)
    again = read_draw_table(table, drawn.inputs, sample(drawn.inputs, 60, 9))
    assert same(simulate_on(drawn.inputs, again).metrics, drawn.metrics)


@pytest.mark.parametrize(
    ("seats", "words"),
    [
        ([24, 22, 30], "low <= mode <= high"),
        ([22, 30], "has 2 values"),
        ([0, 22, 30], "headcount.seats is 0"),
        ([14, 22.5, 30], "headcount.seats is 22.5; it must be a whole number"),
        ([14, True, 30], "headcount.seats is True"),
    ],
)
def test_what_is_no_range_of_seats_is_refused(seats: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        inputs_with(seats)


@pytest.mark.parametrize("wrong", [1, "yes", None])
def test_a_goal_is_for_each_seat_or_not(wrong: Any) -> None:
    with pytest.raises(InputError, match=r"goals\[0\].per_seat is .*; it must be true or false"):
        inputs_with(goals=[GOALS[0] | {"per_seat": wrong}])

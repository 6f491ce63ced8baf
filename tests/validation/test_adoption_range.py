"""A tactic's adoption as a range: drawn in each world, neutral where its ends are equal."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulation.checking import InputError
from simulation.defaults import Range
from simulation.draw_table import read_draw_table, write_draw_table
from simulation.draws import sample
from simulation.engine import simulate_modes, simulate_on
from simulation.inputs import METRICS, Inputs
from simulation.mixes import evaluate_mixes
from simulation.pert import pert
from simulation.policy_ranges import likely_policy
from simulation.swaps import Swap, swapped_chances
from simulation.tornado import tornado
from simulation.worked import work_by_hand
from tests.validation.plans import Plan

UNSURE = [0.2, 0.5, 0.9]
TOOL = {"name": "Tool", "moves": {"quotes": 0.5}, "seat_price": 30, "win": 0.1}
OTHER = {"name": "Other", "moves": {"crm_entry": 0.4}, "adopt": 0.7}
GOAL = {"id": "g", "metric": "bookings", "target": 830_000, "due": 12}


def inputs_with(adopt: Any, **more: Any) -> Inputs:
    plan: Plan = {"months": 12, "tactics": [TOOL | {"adopt": adopt}, OTHER], "goals": [GOAL]}
    return Inputs.from_json(plan | more)


def same(left: Any, right: Any) -> bool:
    return all(np.array_equal(left[name], right[name], equal_nan=True) for name in METRICS)


@pytest.mark.parametrize("share", [0.0, 0.35, 1.0])
def test_a_range_of_one_value_is_that_value_bit_for_bit(share: float) -> None:
    single, equal = inputs_with(share), inputs_with([share] * 3)
    assert single == equal
    draws = sample(equal, 300, 2)
    assert not draws.adopt_quantiles
    assert same(simulate_on(single, draws).metrics, simulate_on(equal, draws).metrics)


def test_a_draw_of_a_range_is_a_run_of_the_value_it_drew() -> None:
    inputs = inputs_with(UNSURE)
    draws = sample(inputs, 40, 2)
    most = draws.most(inputs)
    assert len(set(most[0].tolist())) == 40
    assert (most[1] == 0.7).all()
    drawn = simulate_on(inputs, draws)
    for place in (0, 17, 39):
        fixed = simulate_on(inputs_with(float(most[0, place])), draws)
        for name in METRICS:
            np.testing.assert_array_equal(
                drawn.metrics[name][place], fixed.metrics[name][place], err_msg=name
            )


def test_drawn_values_keep_to_the_range_and_its_mean() -> None:
    inputs = inputs_with(UNSURE)
    most = sample(inputs, 20_000, 2).most(inputs)[0]
    assert 0.2 <= most.min() < 0.25
    assert 0.85 < most.max() <= 0.9
    mean = (0.2 + 4 * 0.5 + 0.9) / 6
    deviation = np.sqrt((mean - 0.2) * (0.9 - mean) / 7)
    assert most.mean() == pytest.approx(mean, abs=4 * deviation / np.sqrt(20_000))


def test_a_range_leaves_all_other_luck_alone_and_keeps_its_quantiles_when_edited() -> None:
    single, wide = sample(inputs_with(0.5), 50, 2), sample(inputs_with(UNSURE), 50, 2)
    narrow = sample(inputs_with([0.4, 0.5, 0.6]), 50, 2)
    for name, column in single.values.items():
        np.testing.assert_array_equal(wide.values[name], column)
    for key, noise in single.fit_noise.items():
        np.testing.assert_array_equal(wide.fit_noise[key], noise)
    np.testing.assert_array_equal(wide.demand_noise, single.demand_noise)
    np.testing.assert_array_equal(wide.adopt_quantiles["Tool"], narrow.adopt_quantiles["Tool"])


def test_the_baseline_does_not_know_the_range() -> None:
    draws = sample(inputs_with(UNSURE), 50, 2)
    single, wide = (simulate_on(inputs_with(each), draws) for each in (0.5, UNSURE))
    assert same(single.baseline, wide.baseline)


def test_at_the_modes_the_likely_value_counts() -> None:
    likely, single = simulate_modes(inputs_with(UNSURE)), simulate_modes(inputs_with(0.5))
    assert same(likely.metrics, single.metrics)


def test_a_range_that_is_moved_moves_each_draw_with_it() -> None:
    draws = sample(inputs_with(UNSURE), 2_000, 2)
    usual, moved = (
        draws.most(inputs_with(each))[0] for each in (UNSURE, [each + 0.1 for each in UNSURE])
    )
    np.testing.assert_allclose(moved, usual + 0.1, atol=1e-9)


def test_mixes_and_swaps_draw_it_as_a_run_does() -> None:
    inputs = inputs_with(UNSURE)
    draws = sample(inputs, 300, 5)
    mixes = evaluate_mixes(inputs, draws, (1, 2, 3))
    for place, kept in enumerate(((0,), (1,), (0, 1))):
        chosen = replace(inputs, tactics=tuple(inputs.tactics[each] for each in kept))
        outcome = simulate_on(chosen, draws)
        assert mixes.npv_mean[place] == pytest.approx(outcome.finance.npv.mean(), rel=1e-9)
    own = likely_policy(inputs)
    usual, found = swapped_chances(inputs, draws, [True, True], [Swap(1, None, own)])
    assert usual[0] == simulate_on(inputs, draws).goal_hits(inputs.goals[0]).mean()
    alone = simulate_on(replace(inputs, tactics=inputs.tactics[:1]), draws)
    assert found[0, 0] == alone.goal_hits(inputs.goals[0]).mean()


def test_tactics_of_one_name_draw_for_themselves_and_keep_it_when_one_goes() -> None:
    inputs = Inputs.from_json({"tactics": [TOOL | {"adopt": UNSURE}] * 2})
    draws = sample(inputs, 30, 1)
    first, second = draws.most(inputs)
    assert not np.array_equal(first, second)
    left = replace(inputs, tactics=inputs.tactics[1:])
    np.testing.assert_array_equal(draws.without_tactic(inputs, 0).most(left)[0], second)


def test_a_run_in_parts_draws_it_in_each_part() -> None:
    inputs = inputs_with(UNSURE)
    first, second = (sample(inputs, 30, 1, part=part).adopt_quantiles["Tool"] for part in (0, 1))
    assert not np.array_equal(first, second)


def test_the_tornado_has_a_bar_for_it() -> None:
    fixed = {name: spread.mode for name, spread in inputs_with(0.5).assumptions.items()}
    inputs = inputs_with(UNSURE, assumptions=fixed)
    draws = sample(inputs, 200, 3)
    money = tornado(inputs, draws)[0]
    (bar,) = money.bars
    assert (bar.assumption, bar.tactic) == ("adopt:Tool", 0)
    ends = pert(Range(*UNSURE), np.array([0.1, 0.9]))
    assert (bar.low_value, bar.high_value) == pytest.approx(tuple(ends))
    for value, headline in ((bar.low_value, bar.low), (bar.high_value, bar.high)):
        outcome = simulate_on(inputs_with(value, assumptions=fixed), draws)
        assert np.median(outcome.finance.npv) == pytest.approx(headline, rel=1e-12)
    assert bar.correlation is not None


def test_a_future_worked_by_hand_uses_what_it_drew() -> None:
    inputs = inputs_with(UNSURE)
    draws = sample(inputs, 1, 8)
    worked = work_by_hand(inputs, draws, 12)
    bookings = simulate_on(inputs, draws).metrics["bookings"][0]
    assert [each.bookings for each in worked.months] == pytest.approx(bookings.tolist(), rel=1e-9)


def test_a_table_of_draws_repeats_the_run(tmp_path: Path) -> None:
    inputs = inputs_with(UNSURE)
    outcome = simulate_on(inputs, sample(inputs, 20, 1))
    table = tmp_path / "draws.csv"
    write_draw_table(table, outcome)
    again = read_draw_table(table, inputs, sample(inputs, 20, 9))
    assert same(simulate_on(inputs, again).metrics, outcome.metrics)
    table.write_text("adopt_quantile:Tool\n" + "1.5\n" * 20, encoding="utf-8")
    with pytest.raises(InputError, match=r"adopt_quantile:Tool' is 1\.5"):
        read_draw_table(table, inputs, sample(inputs, 20, 9))


@pytest.mark.parametrize(
    ("adopt", "words"),
    [
        ([0.5, 0.4, 0.9], "low <= mode <= high"),
        ([0.5, 0.9], "has 2 values"),
        ([0.5, 0.9, 1.2], "is 1.2"),
        ("most", "is 'most'"),
    ],
)
def test_what_is_no_adoption_is_refused(adopt: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        inputs_with(adopt)

"""What becomes of freed hours as ranges: drawn in each world, neutral where ends are equal."""

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
from simulation.draws import Draws, sample
from simulation.engine import simulate_modes, simulate_on
from simulation.inputs import DESTINATIONS, METRICS, Inputs
from simulation.ledger import freed_hours_ledger
from simulation.mixes import evaluate_mixes
from simulation.net_parts import net_parts
from simulation.outcome import Outcome
from simulation.pert import pert
from simulation.policy_ranges import likely_policy
from simulation.reach_levers import LEVERS
from simulation.swaps import Swap, swapped_chances
from simulation.tornado import tornado
from simulation.worked import work_by_hand
from tests.validation.plans import Plan

SPLIT = {"selling": 0.5, "strategy": 0.3, "coaching": 0.2}
UNSURE = {"selling": [0.2, 0.5, 0.6], "strategy": [0.1, 0.3, 0.8], "coaching": 0.2}
QUALITY = [0.2, 0.5, 0.9]
TOOL = {"name": "Tool", "goal": "g", "moves": {"quotes": 0.7, "crm_entry": 0.6}, "one_off": 9_000}
OTHER = {"name": "Other", "goal": "h", "start": 3, "moves_ops": {"forecast": 0.5, "quotes": 0.4}}
GOALS = [
    {"id": "g", "metric": "bookings", "target": 840_000, "due": 12},
    {"id": "h", "metric": "cumulative_net", "target": 0, "due": 12},
]


def inputs_with(destinations: Any = SPLIT, quality: Any = 0.5, **more: Any) -> Inputs:
    policy = {"destinations": destinations, "plan_quality": quality}
    plan: Plan = {"months": 12, "tactics": [TOOL, OTHER], "goals": GOALS} | policy
    return Inputs.from_json(plan | more)


def same(left: Any, right: Any) -> bool:
    return all(np.array_equal(left[name], right[name], equal_nan=True) for name in METRICS)


@pytest.fixture(scope="module")
def drawn() -> Outcome:
    """A run of a plan in which nobody knows what becomes of freed hours."""
    inputs = inputs_with(UNSURE, QUALITY)
    return simulate_on(inputs, sample(inputs, 60, 2))


def test_ranges_of_one_number_are_that_number_bit_for_bit() -> None:
    single = inputs_with()
    equal = inputs_with({use: [share] * 3 for use, share in SPLIT.items()}, [0.5] * 3)
    assert single == equal
    draws = sample(equal, 300, 2)
    assert not draws.policy_quantiles
    assert same(simulate_on(single, draws).metrics, simulate_on(equal, draws).metrics)


def test_a_draw_is_a_run_of_the_numbers_it_drew(drawn: Outcome) -> None:
    found = decided(drawn.inputs, drawn.draws)
    for place in (0, 17, 30, 59):
        shares = {use: float(each[place]) for use, each in found.destinations.items()}
        fixed = simulate_on(inputs_with(shares, float(found.quality[place])), drawn.draws)
        for name in METRICS:
            np.testing.assert_allclose(
                drawn.metrics[name][place], fixed.metrics[name][place], rtol=1e-10, err_msg=name
            )


def test_shares_of_a_world_are_its_draws_scaled_to_all_hours(drawn: Outcome) -> None:
    found = decided(drawn.inputs, drawn.draws).destinations
    np.testing.assert_allclose(sum(found.values()), 1.0)
    quantiles = drawn.draws.policy_quantiles
    assert quantiles.keys() == {"plan_quality", "destination:selling", "destination:strategy"}
    selling = pert(Range(*UNSURE["selling"]), quantiles["destination:selling"])
    strategy = pert(Range(*UNSURE["strategy"]), quantiles["destination:strategy"])
    np.testing.assert_allclose(found["selling"], selling / (selling + strategy + 0.2))
    np.testing.assert_allclose(found["coaching"], 0.2 / (selling + strategy + 0.2))


def test_the_slow_way_of_running_a_plan_agrees(drawn: Outcome) -> None:
    slow = reference_run(drawn.inputs, drawn.draws)
    for name in METRICS:
        np.testing.assert_allclose(
            drawn.metrics[name], slow.metrics[name], rtol=1e-8, atol=1e-6, err_msg=name
        )


def test_a_range_leaves_all_other_luck_alone_and_keeps_its_quantiles_when_edited() -> None:
    single = sample(inputs_with(), 50, 2)
    wide = sample(inputs_with(UNSURE, QUALITY), 50, 2)
    other = sample(inputs_with(UNSURE, [0.3, 0.6, 1]), 50, 2)
    for name, column in single.values.items():
        np.testing.assert_array_equal(wide.values[name], column)
    for key, noise in single.fit_noise.items():
        np.testing.assert_array_equal(wide.fit_noise[key], noise)
    np.testing.assert_array_equal(wide.demand_noise, single.demand_noise)
    for name, column in wide.policy_quantiles.items():
        np.testing.assert_array_equal(other.policy_quantiles[name], column)


def test_a_run_in_parts_draws_it_in_each_part() -> None:
    inputs = inputs_with(quality=QUALITY)
    one, two = (
        sample(inputs, 30, 1, part=each).policy_quantiles["plan_quality"] for each in (0, 1)
    )
    assert not np.array_equal(one, two)


@pytest.mark.parametrize("use", DESTINATIONS)
def test_a_higher_range_of_a_use_brings_it_more_hours(use: str) -> None:
    shares: dict[str, Any] = {each: [0.1, share, 0.7] for each, share in SPLIT.items()}
    inputs = inputs_with(shares)
    draws = sample(inputs, 200, 4)
    before, share = hours_and_share(inputs, draws, use)
    for low, high in ((0.15, 0.7), (0.1, 0.9)):
        moved = inputs_with(shares | {use: [low, SPLIT[use], high]})
        after, higher = hours_and_share(moved, draws, use)
        assert higher > share
        assert after > before * (1 + 1e-6)


def hours_and_share(inputs: Inputs, draws: Draws, use: str) -> tuple[float, float]:
    """Return the mean hours of a use, and its mean share of freed hours."""
    hours = simulate_on(inputs, draws).metrics[f"{use}_hours"]
    return float(hours.mean()), float(decided(inputs, draws).destinations[use].mean())


@pytest.mark.parametrize("better", [[0.3, 0.5, 0.9], [0.2, 0.6, 0.9], [0.2, 0.5, 1.0]])
def test_each_end_and_the_likely_share_with_an_owner_bring_selling_hours(
    drawn: Outcome, better: list[float]
) -> None:
    inputs = inputs_with(UNSURE, better)
    moved = simulate_on(inputs, drawn.draws).metrics["selling_hours"]
    assert moved.mean() > drawn.metrics["selling_hours"].mean() * (1 + 1e-6)
    before, after = (decided(each, drawn.draws).quality for each in (drawn.inputs, inputs))
    assert after.mean() > before.mean()


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ((SPLIT, 0.5), (SPLIT, QUALITY)),
        ((SPLIT, [0.4, 0.5, 0.6]), (SPLIT, [0.1, 0.5, 0.9])),
        ((SPLIT, 0.5), (UNSURE, 0.5)),
        (
            (SPLIT | {"selling": [0.4, 0.5, 0.6]}, 0.5),
            (SPLIT | {"selling": [0.1, 0.5, 0.9]}, 0.5),
        ),
    ],
)
def test_a_wider_range_widens_the_fan(narrow: Any, wide: Any) -> None:
    known = {name: spread.mode for name, spread in inputs_with().assumptions.items()}

    def spread(policy: Any) -> float:
        inputs = inputs_with(*policy, assumptions=known)
        draws = replace(sample(inputs, 500, 3), is_noiseless=True)
        hours = simulate_on(inputs, draws).metrics["selling_hours"][:, -1]
        return float(np.subtract(*np.percentile(hours, [90, 10])))

    assert spread(wide) > 1.02 * spread(narrow)


def test_the_baseline_does_not_know_the_range(drawn: Outcome) -> None:
    assert same(simulate_on(inputs_with(), drawn.draws).baseline, drawn.baseline)


def test_at_the_modes_the_likely_shares_count() -> None:
    likely, single = simulate_modes(inputs_with(UNSURE, QUALITY)), simulate_modes(inputs_with())
    for name in METRICS:
        np.testing.assert_allclose(likely.metrics[name], single.metrics[name], rtol=1e-12)


def test_what_is_counted_beside_the_engine_knows_each_share(drawn: Outcome) -> None:
    assert all(check.holds for check in audit(drawn))
    ledger = freed_hours_ledger(drawn)
    assert ledger.gap < 1e-6 * ledger.promised.max()
    parts = net_parts(drawn.inputs, drawn.draws)
    total = sum(parts.gains.values()) + sum(parts.costs.values())
    np.testing.assert_allclose(total, parts.net, atol=1e-6)


def test_mixes_and_swaps_draw_it_as_a_run_does_whatever_policy_they_ask_for() -> None:
    inputs = inputs_with(UNSURE, QUALITY)
    draws = sample(inputs, 1_100, 5)
    asked = ({"selling": 0.0, "strategy": 0.0, "coaching": 1.0}, 0.1)
    for policy_of in (None, lambda mask: asked):
        mixes = evaluate_mixes(inputs, draws, (1, 3), policy_of=policy_of)
        for place, count in enumerate((1, 2)):
            outcome = simulate_on(replace(inputs, tactics=inputs.tactics[:count]), draws)
            assert mixes.npv_mean[place] == pytest.approx(outcome.finance.npv.mean(), rel=1e-9)
    for policy in (likely_policy(inputs), asked):
        swaps = [Swap(1, None, policy), Swap(1, replace(inputs.tactics[1], goal="g"), policy)]
        usual, found = swapped_chances(inputs, draws, [True] * 2, swaps)
        assert usual.tolist() == hits(inputs, draws)
        assert found[0].tolist() == hits(replace(inputs, tactics=inputs.tactics[:1]), draws)


def test_a_mix_keeps_its_own_share_with_an_owner_where_only_destinations_are_drawn() -> None:
    inputs = inputs_with(UNSURE, 0.5)
    draws = sample(inputs, 300, 5)
    likely = likely_policy(inputs)[0]
    mixes = evaluate_mixes(inputs, draws, (3,), policy_of=lambda mask: (likely, 0.1))
    outcome = simulate_on(replace(inputs, plan_quality=Range.fixed_at(0.1)), draws)
    assert mixes.npv_mean[0] == pytest.approx(outcome.finance.npv.mean(), rel=1e-9)


def hits(inputs: Inputs, draws: Any) -> list[float]:
    outcome = simulate_on(inputs, draws)
    return [float(outcome.goal_hits(goal).mean()) for goal in inputs.goals]


def test_the_tornado_has_a_bar_for_each() -> None:
    fixed = {name: spread.mode for name, spread in inputs_with().assumptions.items()}
    inputs = inputs_with(UNSURE, QUALITY, assumptions=fixed)
    draws = sample(inputs, 200, 3)
    bars = {bar.assumption: bar for bar in tornado(inputs, draws)[0].bars}
    assert bars.keys() == draws.policy_quantiles.keys()
    assert all(bar.is_policy and bar.tactic is None for bar in bars.values())
    bar = bars["plan_quality"]
    ends = pert(Range(*QUALITY), np.array([0.1, 0.9]))
    assert [bar.low_value, bar.high_value] == ends.tolist()
    for value, headline in ((bar.low_value, bar.low), (bar.high_value, bar.high)):
        outcome = simulate_on(inputs_with(UNSURE, value, assumptions=fixed), draws)
        assert np.median(outcome.finance.npv) == pytest.approx(headline, rel=1e-9)
    assert bar.low < bar.high
    assert bar.correlation is not None and bar.correlation > 0
    share = bars["destination:selling"]
    held = {**draws.policy_quantiles, "destination:selling": np.full(200, 0.9)}
    outcome = simulate_on(inputs, replace(draws, policy_quantiles=held))
    assert np.median(outcome.finance.npv) == pytest.approx(share.high, rel=1e-9)


def test_a_future_worked_by_hand_uses_what_it_drew() -> None:
    inputs = inputs_with(UNSURE, QUALITY)
    draws = sample(inputs, 1, 8)
    worked = work_by_hand(inputs, draws, 12)
    bookings = simulate_on(inputs, draws).metrics["bookings"][0]
    assert [each.bookings for each in worked.months] == pytest.approx(bookings.tolist(), rel=1e-9)


def test_the_way_to_one_use_and_to_an_owner_of_every_hour_moves_the_whole_range() -> None:
    inputs = inputs_with(UNSURE, QUALITY)
    levers = {each.key: each for each in LEVERS}
    half = levers["selling"].change(inputs, 0.5)
    assert half.destinations["selling"].as_given == pytest.approx([0.6, 0.75, 0.8])
    assert half.destinations["strategy"].as_given == pytest.approx([0.05, 0.15, 0.4])
    quality = levers["quality"].change(inputs, 0.5).plan_quality
    assert quality.as_given == pytest.approx([0.6, 0.75, 0.95])
    there = levers["coaching"].change(inputs, 1)
    assert likely_policy(there)[0] == {"selling": 0, "strategy": 0, "coaching": 1}
    assert all(each.is_fixed for each in there.destinations.values())


def test_a_table_of_draws_repeats_the_run(tmp_path: Path, drawn: Outcome) -> None:
    table = tmp_path / "draws.csv"
    write_draw_table(table, drawn)
    again = read_draw_table(table, drawn.inputs, sample(drawn.inputs, 60, 9))
    assert same(simulate_on(drawn.inputs, again).metrics, drawn.metrics)
    table.write_text("policy_quantile:plan_quality\n" + "1.5\n" * 60, encoding="utf-8")
    with pytest.raises(InputError, match=r"policy_quantile:plan_quality' is 1\.5"):
        read_draw_table(table, drawn.inputs, sample(drawn.inputs, 60, 9))


@pytest.mark.parametrize(
    ("destinations", "quality", "words"),
    [
        (SPLIT, [0.5, 0.4, 0.9], "low <= mode <= high"),
        (SPLIT, [0.5, 0.9], "has 2 values"),
        (SPLIT, [0.5, 0.6, 1.1], "plan_quality is 1.1"),
        (SPLIT | {"selling": [0.6, 0.5, 0.7]}, 0.5, "destinations.selling is"),
        (SPLIT | {"selling": [0.1, 0.6, 0.7]}, 0.5, "destinations sums to 1.1"),
        (SPLIT | {"selling": [-0.1, 0.5, 0.7]}, 0.5, "destinations.selling is -0.1"),
        (SPLIT | {"sleep": [0, 0, 1]}, 0.5, "sleep is unknown"),
    ],
)
def test_what_is_no_share_is_refused(destinations: Any, quality: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        inputs_with(destinations, quality)

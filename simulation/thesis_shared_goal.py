"""Thesis 1: the same tactics with one goal and a plan, and with neither."""

from dataclasses import replace

import numpy as np

from simulation.defaults import Range
from simulation.draws import Draws
from simulation.engine import simulate_on
from simulation.holding import with_values
from simulation.inputs import Inputs
from simulation.thesis import (
    AHEAD,
    Figure,
    Thesis,
    Verdict,
    middle,
    share,
    share_ahead,
    verdict_on,
)
from simulation.types import FloatArray

MECHANISMS = ("coordination_hours", "unplanned_leak", "fit_gain", "attrition_fit_effect")


def shared_goal(inputs: Inputs, draws: Draws) -> Thesis:
    """Compare the plan's tactics scattered and unprepared with the same ones aligned."""
    figures: tuple[Figure, ...] = ()
    verdict: Verdict = "cannot be tested on this plan"
    why_not = None
    if sum(tactic.start.low <= inputs.months for tactic in inputs.tactics) < 2:
        why_not = "Sharing a goal takes at least two tactics inside the horizon."
    else:
        apart, together = _pair(inputs, draws)
        verdict = verdict_on(together - apart)
        figures = _figures(inputs, draws, apart, together)
    return Thesis(
        number=1,
        claim="Tactics that share a goal, and were prepared and planned for it, are worth more "
        "than the same tactics without.",
        run="The plan's tactics, each with a goal of its own, unprepared and without a plan for "
        "freed hours; against the same tactics with one goal, prepared and planned. Then the "
        "same pair with nothing left that alignment could act on.",
        figures=figures,
        verdict=verdict,
        rule=AHEAD,
        refuted_if="With no coordination hours, no extra leak, no gain in fit from preparation "
        "and no leavers because of bad tools, both are worth the same.",
        refutation_in_range=all(inputs.assumptions[name].low <= 0 for name in MECHANISMS),
        why_not=why_not,
    )


def _figures(
    inputs: Inputs, draws: Draws, apart: FloatArray, together: FloatArray
) -> tuple[Figure, ...]:
    nothing = dict.fromkeys(MECHANISMS, 0.0)
    one, other = _pair(inputs, with_values(draws, nothing))
    # Planned hours of operations become account work; a plan's quality acts there as well.
    uncounted = {**nothing, "ops_strategy_weight": 0.0}
    last_one, last_other = _pair(inputs, with_values(draws, uncounted))
    money = "currency"
    return (
        middle("npv_apart", "Net benefit without a shared goal", apart, money),
        middle("npv_together", "Net benefit with a shared goal", together, money),
        middle("difference", "Difference in the same future", together - apart, money),
        Figure(
            "ahead",
            "Futures in which the shared goal is ahead",
            share_ahead(together - apart),
            "share",
        ),
        share("pays_apart", "Chance of a gain without a shared goal", apart > 0),
        share("pays_together", "Chance of a gain with a shared goal", together > 0),
        middle(
            "difference_without_mechanisms",
            "Difference with the four effects at zero",
            other - one,
            money,
        ),
        Figure(
            "largest_difference_left",
            "Largest difference with planned operations hours left out as well",
            float(np.max(np.abs(last_other - last_one))),
            money,
        ),
    )


def _pair(inputs: Inputs, draws: Draws) -> tuple[FloatArray, FloatArray]:
    """Return net benefit apart and together, each (draws,)."""
    scattered = tuple(
        replace(tactic, goal=f"goal {place}", preparation=0.0)
        for place, tactic in enumerate(inputs.tactics)
    )
    aligned = tuple(replace(tactic, goal="goal", preparation=1.0) for tactic in inputs.tactics)
    nobody, everybody = Range.fixed_at(0.0), Range.fixed_at(1.0)
    apart = simulate_on(replace(inputs, tactics=scattered, goals=(), plan_quality=nobody), draws)
    together = simulate_on(
        replace(inputs, tactics=aligned, goals=(), plan_quality=everybody),
        draws,
        baseline=apart.baseline_path,
    )
    return apart.finance.npv, together.finance.npv

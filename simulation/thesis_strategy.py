"""Thesis 5: freed hours from all selling to all strategy, and the tipping condition."""

from dataclasses import replace

import numpy as np

from simulation.defaults import Range
from simulation.draws import Draws
from simulation.engine import simulate_on
from simulation.inputs import Inputs
from simulation.outcome import Outcome
from simulation.progress import Progress, tracked
from simulation.thesis import (
    AHEAD,
    Figure,
    Thesis,
    Verdict,
    middle,
    relative_change,
    share,
    share_ahead,
    verdict_on,
)
from simulation.tipping import tipping

STEPS = (0.0, 0.25, 0.5, 0.75, 1.0)


def time_for_strategy(inputs: Inputs, draws: Draws, progress: Progress | None = None) -> Thesis:
    """Sweep the destination of freed hours; add which next hour is worth more."""
    hours = tipping(draws.values, inputs.week)
    figures: tuple[Figure, ...] = (
        share(
            "strategic_hour_wins", "Futures in which the next strategic hour wins", hours.is_ahead
        ),
        middle("strategic", "Strategic elasticity, all effects together", hours.strategic, "%"),
        middle("needed", "Strategic elasticity needed to win", hours.needed, "%"),
    )
    verdict: Verdict = "cannot be tested on this plan"
    why_not = None
    if not any(
        tactic.adopt.high * sum(tactic.moves.values()) > 0 and tactic.start.low <= inputs.months
        for tactic in inputs.tactics
    ):
        why_not = "No tactic frees hours of reps inside the horizon."
    else:
        sweep = _sweep(inputs, draws, progress)
        best = max(sweep[1:], key=lambda each: float(np.median(each.finance.npv)))
        difference = best.finance.npv - sweep[0].finance.npv
        verdict = verdict_on(difference)
        figures = (
            *_sweep_figures(sweep),
            Figure(
                "best_share",
                "Share for strategy with the highest net benefit, of those tried above none",
                best.inputs.destinations["strategy"].mode,
                "share",
            ),
            middle("difference", "Its difference to all for selling", difference, "currency"),
            Figure("ahead", "Futures in which it is ahead", share_ahead(difference), "share"),
            *figures,
        )
    return Thesis(
        number=5,
        claim="Part of the time won belongs to strategy.",
        run="The plan with its freed hours from all for selling to all for account strategy, in "
        "quarters; the best share above none against all for selling. The next hour is judged "
        "by the tipping condition, in the long run and without leaks.",
        figures=figures,
        verdict=verdict,
        rule=AHEAD,
        refuted_if="Account work moves win odds, deals and attention by less than the "
        "elasticity needed.",
        refutation_in_range=bool((hours.is_ahead == 0).any()),
        why_not=why_not,
    )


def _sweep(inputs: Inputs, draws: Draws, progress: Progress | None) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for strategy in tracked(STEPS, progress):
        shares = {"selling": 1 - strategy, "strategy": strategy, "coaching": 0.0}
        destinations = {use: Range.fixed_at(share) for use, share in shares.items()}
        baseline = outcomes[0].baseline_path if outcomes else None
        outcomes.append(
            simulate_on(replace(inputs, destinations=destinations), draws, baseline=baseline)
        )
    return outcomes


def _sweep_figures(sweep: list[Outcome]) -> tuple[Figure, ...]:
    found = []
    for strategy, each in zip(STEPS, sweep, strict=True):
        label, name = f"{strategy:.0%} for strategy", "expected_bookings"
        change = relative_change(each.metrics[name][:, -1], each.baseline[name][:, -1])
        key = f"{strategy * 100:.0f}"
        found += [
            middle(f"npv_{key}", f"Net benefit, {label}", each.finance.npv, "currency"),
            middle(
                f"bookings_{key}", f"Bookings gained in the last month, {label}", change, "share"
            ),
        ]
    return tuple(found)

"""Thesis 3: what systems take over, less what they bring back and need."""

from functools import cache

import numpy as np

from simulation.break_even import turns
from simulation.draws import Draws
from simulation.engine import simulate_on
from simulation.holding import with_values
from simulation.inputs import Inputs
from simulation.mixes import mix_of
from simulation.progress import Progress, tracked
from simulation.thesis import AHEAD, Figure, Thesis, Verdict, middle, share, verdict_on
from simulation.types import FloatArray

POINTS = 11


def systems_carry(inputs: Inputs, draws: Draws, progress: Progress | None = None) -> Thesis:
    """Compare the hours the plan's systems take over with rework, upkeep and overflow."""
    mask = sum(1 << place for place, each in enumerate(inputs.tactics) if each.to == "system")
    systems, worlds = mix_of(inputs, draws, mask)
    moved, net = carried(systems, worlds)
    figures: tuple[Figure, ...] = ()
    verdict: Verdict = "cannot be tested on this plan"
    why_not, in_range = None, False
    if not moved.any():
        why_not = "No tactic hands work to a system inside the horizon."
    else:
        verdict = verdict_on(net)
        zero, always = _rework_at_zero(systems, worlds, progress)
        in_range = always or (zero is not None and zero <= inputs.assumptions["rework"].high)
        kept = np.divide(net, moved, out=np.zeros_like(net), where=moved > 0)
        figures = (
            middle("moved", "Hours systems take over", moved, "hours"),
            middle("net", "Hours left after rework, upkeep and overflow", net, "hours"),
            middle("kept", "Share of the hours that is left", kept, "share"),
            share("positive", "Futures in which hours are left", net > 0),
            Figure("rework_at_zero", "Rework at which none are left", zero, "share"),
        )
    return Thesis(
        number=3,
        claim="Systems can carry tactical work.",
        run="The plan's tactics that hand work to systems, over the whole horizon: hours taken "
        "over less rework, upkeep and what operations can no longer absorb.",
        figures=figures,
        verdict=verdict,
        rule=AHEAD,
        refuted_if="Rework of badly fitting tools comes near the hours moved, or upkeep exceeds "
        "them.",
        refutation_in_range=in_range,
        why_not=why_not,
    )


def carried(inputs: Inputs, draws: Draws) -> tuple[FloatArray, FloatArray]:
    """Return hours moved to systems and what is left of them, over the horizon, (draws,).

    Overflow counts as far as it exceeds that of carrying on as today.
    """
    outcome = simulate_on(inputs, draws)
    metrics = outcome.metrics
    overflow = metrics["overflow_hours"] - outcome.baseline["overflow_hours"]
    upkeep = sum(
        each.upkeep_hours * np.maximum(inputs.months - start + 1, 0)
        for each, start in zip(inputs.tactics, draws.starts(inputs), strict=True)
    )
    left = metrics["system_hours"].sum(axis=1)
    moved = left + metrics["rework_hours"].sum(axis=1)
    return moved, left - upkeep - overflow.sum(axis=1)


def _rework_at_zero(
    inputs: Inputs, draws: Draws, progress: Progress | None
) -> tuple[float | None, bool]:
    """Return the rework at which nothing is left, and whether that is so at any rework."""

    @cache
    def is_left(rework: float) -> bool:
        _, net = carried(inputs, with_values(draws, {"rework": rework}))
        return bool(np.median(net) > 0)

    steps = [float(step) for step in np.linspace(0.0, 1.0, POINTS)]
    for step in tracked(steps, progress):
        is_left(step)
    falls = turns(steps, is_left)
    return (falls[0].value if falls else None), not is_left(0.0)

"""Thesis 4: the plan's tactics bought without preparation and with all of it."""

from dataclasses import replace

import numpy as np

from simulation.draws import Draws
from simulation.engine import simulate_on
from simulation.inputs import Inputs
from simulation.outcome import Outcome, Path
from simulation.seats import seat_cost
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


def preparation_pays(inputs: Inputs, draws: Draws) -> Thesis:
    """Compare return, chance of a gain and unused seats at preparation 0 and 1."""
    figures: tuple[Figure, ...] = ()
    verdict: Verdict = "cannot be tested on this plan"
    why_not = None
    without = _prepared(inputs, draws, 0.0)
    if not without.metrics["cost"].any():
        why_not = "No tactic costs money inside the horizon."
    else:
        prepared = _prepared(inputs, draws, 1.0, without.baseline_path)
        difference = prepared.finance.npv - without.finance.npv
        verdict = verdict_on(difference)
        figures = (
            *_figures("unprepared", "without preparation", without),
            *_figures("prepared", "fully prepared", prepared),
            middle("difference", "Difference in the same future", difference, "currency"),
            Figure(
                "ahead", "Futures in which preparation is ahead", share_ahead(difference), "share"
            ),
        )
    return Thesis(
        number=4,
        claim="Software bought without goals and preparation costs money and yields little.",
        run="The plan's tactics with none of the four preparations done, against the same "
        "tactics with all four. Preparation itself costs nothing in the model.",
        figures=figures,
        verdict=verdict,
        rule=AHEAD,
        refuted_if="Preparation adds nothing to how well a tool fits.",
        refutation_in_range=inputs.assumptions["fit_gain"].low <= 0,
        why_not=why_not,
    )


def _prepared(
    inputs: Inputs, draws: Draws, preparation: float, baseline: Path | None = None
) -> Outcome:
    tactics = tuple(replace(tactic, preparation=preparation) for tactic in inputs.tactics)
    return simulate_on(replace(inputs, tactics=tactics), draws, baseline=baseline)


def _seat_spending(outcome: Outcome) -> float:
    """Return what is paid for seats over the horizon, currency, the mean of the draws."""
    inputs, starts = outcome.inputs, outcome.draws.starts(outcome.inputs)
    return sum(
        seat_cost(inputs, tactic) * float(np.maximum(inputs.months - start + 1, 0).mean())
        for tactic, start in zip(inputs.tactics, starts, strict=True)
    )


def _figures(key: str, label: str, outcome: Outcome) -> tuple[Figure, ...]:
    money, seats = outcome.finance, _seat_spending(outcome)
    spent = float(outcome.metrics["cost"].sum(axis=1).mean())
    unused = float(outcome.metrics["shelfware"].sum(axis=1).mean())
    return (
        middle(f"{key}_roi", f"Return on what is spent, {label}", money.roi, "ratio"),
        middle(f"{key}_npv", f"Net benefit, {label}", money.npv, "currency"),
        share(f"{key}_pays", f"Chance of a gain, {label}", money.npv > 0),
        Figure(
            f"{key}_unused",
            f"Seat spending that nobody uses, {label}",
            unused / seats if seats > 0 else None,
            "share",
        ),
        Figure(
            f"{key}_unused_of_all",
            f"Part of all spending that pays for unused seats, {label}",
            unused / spent,
            "share",
        ),
    )

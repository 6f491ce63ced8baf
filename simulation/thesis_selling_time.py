"""Thesis 2: a large number of selling hours for free, and what becomes of bookings."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from simulation.break_even import turns
from simulation.defaults import Range, defaults
from simulation.draws import Draws
from simulation.engine import simulate_on
from simulation.holding import with_values
from simulation.inputs import DESTINATIONS, Inputs
from simulation.progress import Progress, tracked
from simulation.thesis import Figure, Thesis, Verdict, middle, relative_change
from simulation.types import FloatArray

FREED = 0.3  # share of all tactical work that is taken over, and then twice that
LEAST_GAIN = 0.01  # of selling hours; with fewer there is nothing to see
NO_GAIN = 0.01
IN_PROPORTION, OUT_OF_PROPORTION = 0.95, 0.8
PRESSURES = 13
# A takeover that is immediate, complete and perfect, so that only the hours matter.
PERFECT = {
    "fit_unprepared": 10.0,
    "fit_spread": 0.0,
    "rework": 0.0,
    "realised_share": 1.0,
    "adoption_innovation": 10.0,
    "attrition_fit_effect": 0.0,
}


@dataclass(frozen=True)
class _Gain:
    """Relative gains of one experiment, each (draws,)."""

    hours: FloatArray
    first_year: FloatArray
    end: FloatArray


def selling_time(inputs: Inputs, draws: Draws, progress: Progress | None = None) -> Thesis:
    """Free selling hours at no cost and see whether bookings follow in proportion."""
    figures: tuple[Figure, ...] = ()
    verdict: Verdict = "cannot be tested on this plan"
    why_not = None
    gain = freed_selling(inputs, draws, FREED, {})
    if np.median(gain.hours) < LEAST_GAIN:
        why_not = (
            "Hardly an hour reaches selling: there is too little tactical work, all freed hours "
            "leak, or the horizon is too short."
        )
    else:
        twice = freed_selling(inputs, draws, 2 * FREED, {})
        ratio = float(np.median(gain.end) / np.median(gain.hours))
        verdict = _verdict(ratio)
        figures = _figures(inputs, draws, gain, twice, progress)
    return Thesis(
        number=2,
        claim="More selling time does not bring revenue in proportion.",
        run=f"{FREED:.0%} of all tactical work taken over at once, perfectly and for nothing, "
        "all freed hours for selling; then twice as much. Once with the plan's own assumptions, "
        "once with buyers who have time to spare, once with buyers under pressure.",
        figures=figures,
        verdict=verdict,
        rule="In proportion, bookings would grow in the last month by as many per cent as selling "
        f"hours. Holds if the middle future grows by less than {OUT_OF_PROPORTION:g} of that; "
        f"does not hold from {IN_PROPORTION:g} on.",
        refuted_if="1% more selling hours bring about 1% more opportunities and buyers have time "
        "for all of it. That more time brings nothing at all is a stronger claim: it needs the "
        "buyer pressure given here.",
        refutation_in_range=_largest_elasticity(inputs) >= IN_PROPORTION,
        why_not=why_not,
    )


def _verdict(ratio: float) -> Verdict:
    if ratio < OUT_OF_PROPORTION:
        return "holds on your numbers"
    return "does not hold" if ratio >= IN_PROPORTION else "no clear difference"


def freed_selling(inputs: Inputs, draws: Draws, freed: float, values: Mapping[str, float]) -> _Gain:
    """Free a share of all tactical work for selling, with some assumptions held at values."""
    tactic = Inputs.from_json(
        {
            "tactics": [
                {
                    "name": "Freed",
                    "moves": dict.fromkeys(defaults().admin_tasks, freed),
                    "adopt": 1,
                }
            ]
        }
    ).tactics[0]
    worlds = with_values(draws, {**PERFECT, **values})
    outcome = simulate_on(
        replace(
            inputs,
            tactics=(tactic,),
            goals=(),
            destinations={use: Range.fixed_at(float(use == "selling")) for use in DESTINATIONS},
            plan_quality=Range.fixed_at(1.0),
        ),
        replace(worlds, fit_noise={"Freed": np.zeros(draws.count)}),
    )

    def change(metric: str, month: int) -> FloatArray:
        at = month - 1
        return relative_change(outcome.metrics[metric][:, at], outcome.baseline[metric][:, at])

    last = inputs.months
    return _Gain(
        hours=change("selling_hours", last),
        first_year=change("expected_bookings", min(12, last)),
        end=change("expected_bookings", last),
    )


def _figures(
    inputs: Inputs, draws: Draws, gain: _Gain, twice: _Gain, progress: Progress | None
) -> tuple[Figure, ...]:
    ranges = inputs.assumptions
    spare = {"buyer_pressure": ranges["buyer_pressure"].low, "attention_decline": 0.0}
    pressed = {name: ranges[name].high for name in ("buyer_pressure", "attention_decline")}
    settings = {
        "own": ("your assumptions", gain),
        "spare": ("buyers with time to spare", freed_selling(inputs, draws, FREED, spare)),
        "pressed": ("buyers under pressure", freed_selling(inputs, draws, FREED, pressed)),
    }
    early = min(12, inputs.months)
    gains = [
        figure
        for key, (label, each) in settings.items()
        for figure in (
            middle(f"{key}_hours", f"Selling hours gained, {label}", each.hours, "share"),
            middle(
                f"{key}_early",
                f"Bookings gained in month {early}, {label}",
                each.first_year,
                "share",
            ),
            middle(
                f"{key}_end",
                f"Bookings gained in month {inputs.months}, {label}",
                each.end,
                "share",
            ),
        )
    ]
    hours, end = (float(np.median(each)) for each in (gain.hours, gain.end))
    return (
        *gains,
        Figure("proportion", "Bookings gained for each 1% of selling hours", end / hours, "%"),
        Figure(
            "twice_hours",
            "Hours gained when twice as much work is taken over",
            float(np.median(twice.hours)) / hours,
            "times",
        ),
        Figure(
            "twice_bookings",
            "Bookings gained when twice as much work is taken over",
            float(np.median(twice.end)) / end if end > 0 else None,
            "times",
        ),
        Figure(
            "pressure_without_gain",
            f"Buyer pressure from which the gain in month {inputs.months} is under 1%",
            _pressure_without_gain(inputs, draws, progress),
            "hours per hour",
        ),
    )


def _pressure_without_gain(inputs: Inputs, draws: Draws, progress: Progress | None) -> float | None:
    """Return the lowest pressure above which more selling time brings under 1%.

    Searched from the low end of its range to the highest value accepted; None if the gain
    never falls so low there, and the low end if it is so low everywhere.
    """
    low = inputs.assumptions["buyer_pressure"].low
    high = defaults().assumptions["buyer_pressure"].bounds[1]
    steps = [float(step) for step in np.geomspace(low, high, PRESSURES)]

    @cache
    def brings_something(pressure: float) -> bool:
        gain = freed_selling(inputs, draws, FREED, {"buyer_pressure": pressure})
        return bool(np.median(gain.end) >= NO_GAIN)

    for step in tracked(steps, progress):
        brings_something(step)
    if not brings_something(low):
        return low
    falls = [each.value for each in turns(steps, brings_something) if each.better == "below"]
    return falls[0] if falls else None


def _largest_elasticity(inputs: Inputs) -> float:
    """Return the highest elasticity to selling hours that the ranges allow (equation 11)."""
    ranges = inputs.assumptions
    pressure, sharpness = ranges["buyer_pressure"].low, ranges["ceiling_sharpness"]
    crowding: float = pressure ** (sharpness.high if pressure < 1 else sharpness.low)
    return min(
        ranges["selling_elasticity"].high, (1 - ranges["inbound_share"].low) / (1 + crowding)
    )

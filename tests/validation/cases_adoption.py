"""Cases on adoption: V6, V6b and V6c, all of a tool that fits and is never abandoned."""

import numpy as np
from scipy.optimize import brentq

from tests.validation.case import Case, figures
from tests.validation.engineered import adoption_at

BASS = "Bass (1969), Management Science 15(5)"
# Innovation and imitation a year.
DURABLES = {
    "refrigerators": (0.0026167, 0.21566),
    "room air conditioners": (0.010399, 0.41861),
    "clothes dryers": (0.017206, 0.35688),
    "steam irons": (0.028632, 0.32791),
}


def peak_time(innovation: float, imitation: float) -> float:
    """Return when adoption is fastest: there the curve is symmetric around its own point."""

    def lopsided(time: float) -> float:
        before, here, after = adoption_at((time - 0.5, time, time + 0.5), innovation, imitation)
        return float(before + after - 2 * here)

    return float(brentq(lopsided, 1.0, 40.0, xtol=1e-8))


def published_average() -> list[float]:
    rates = (0.03, 0.38)
    peak, step = peak_time(*rates), 1e-3
    before, here, after = adoption_at((peak - step, peak, peak + step), *rates)
    return [*adoption_at(range(1, 6), *rates), peak, here, (after - before) / (2 * step)]


def durables() -> list[float]:
    return [peak_time(*rates) for rates in DURABLES.values()]


def default_adoption() -> list[float]:
    rates = (0.05, 0.6)
    half = brentq(lambda time: float(adoption_at((time,), *rates)[0]) - 0.5, 1, 12, xtol=1e-9)
    return [*np.asarray(adoption_at((1, 3, 6, 12), *rates)), float(half)]


CASES = (
    Case(
        "V6",
        "diffusion with the average coefficients of many studies",
        BASS + "; averages of Sultan, Farley & Lehmann (1990)",
        "`adoption` of tactics in a run",
        figures(
            1e-4,
            {
                "users after 1 period": "0.035758",
                "after 2": "0.085056",
                "after 3": "0.150500",
                "after 4": "0.233150",
                "after 5": "0.331199",
                "time of the peak": "6.1926",
                "users at the peak": "0.4605",
                "speed at the peak": "0.1106",
            },
        ),
        published_average,
    ),
    Case(
        "V6b",
        "time of peak sales of four durables, years",
        BASS + ", table of durables",
        "`adoption` of tactics in a run, a month for a year",
        figures(0.2, dict(zip(DURABLES, ("20.1", "8.6", "8.1", "6.8"), strict=True))),
        durables,
    ),
    Case(
        "V6c",
        "adoption with the default coefficients",
        "closed form; p .05, q .6 a month",
        "`adoption` of a tactic in a run",
        figures(
            1e-6,
            {
                "users after 1 month": "0.065793",
                "after 3 months": "0.316821",
                "after 6 months": "0.788282",
                "after 12 months": "0.994700",
            },
        )
        + figures(5e-4, {"months until half of the users": "4.060"}),
        default_adoption,
    ),
)

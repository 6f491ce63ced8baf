"""Cases on buyers' response to selling effort: V4, V5, V5b and V18."""

import numpy as np

from tests.validation.case import Case, Figure, figures
from tests.validation.engineered import after_moving, at_effort, last

META_ANALYSIS = "Albers, Mantrala & Sridhar (2010), Journal of Marketing Research 47(5)"
CEILING = {
    "selling_elasticity": 0.31,
    "inbound_share": 0.2,
    "buyer_pressure": 0.8,
    "ceiling_sharpness": 2,
}
# Buyers with all the time in the world, no opportunity without selling: a pure power of effort.
PURE_POWER = {"inbound_share": 0, "buyer_pressure": 0.001, "ceiling_sharpness": 6}
EDGES = (
    # elasticity asked for, pressure, elasticity that buyers allow near today
    (0.31, 0.8, 0.31),
    (0.31, 2.0, 0.8 / 5),
    (0.55, 0.25, 0.55),
    (1.5, 1.0, 0.4),
)
POWERS = (0.25, 0.5, 1.5, 2.0, 4.0)
PRESSURES = (0.25, 0.8, 2.0)


def response(effort: float, **changes: float) -> float:
    """Return new opportunities relative to before at so many times the selling hours."""
    return last(at_effort(effort, CEILING | changes), "response")


def elasticities() -> list[float]:
    pairs = ((0.34, 1.1), (0.34, 1.2), (0.31, 1.1), (0.31, 1.2), (0.31, 2.0))
    return [response(effort, **PURE_POWER, selling_elasticity=eps) for eps, effort in pairs]


def ceilings() -> list[float]:
    return [response(effort) for effort in (1.1, 1.2, 1.5, 2.0, 1e6)]


def limit_figures() -> tuple[Figure, ...]:
    """Return the closed forms of the four limits, to 9 digits."""
    power = {
        f"{effort:g} times the hours, u -> 0": 0.2 + 0.8 * effort ** (0.31 / 0.8)
        for effort in POWERS
    }
    most = {
        f"ceiling at u {u:g}": 0.2
        + 0.8 * (np.sqrt(1 + u**2) / u) ** min(0.31 * (1 + u**2) / 0.8, 1)
        for u in PRESSURES
    }
    slope = {f"slope at 1, eps {eps:g}, u {u:g}": local for eps, u, local in EDGES}
    exact = power | most | {"no selling at all, a .35": 0.35} | slope
    return figures(1e-6, {label: f"{value:.9f}" for label, value in exact.items()})


def limits() -> list[float]:
    spare = {"buyer_pressure": 0.001, "ceiling_sharpness": 6}
    return [
        *(response(effort, **spare) for effort in POWERS),
        *(response(1e6, buyer_pressure=u) for u in PRESSURES),
        response(0.0, inbound_share=0.35),
        *(slope_at_today(eps, u) for eps, u, _ in EDGES),
    ]


def slope_at_today(eps: float, pressure: float) -> float:
    changes = {"selling_elasticity": eps, "buyer_pressure": pressure}
    step = 1e-5
    return (response(1 + step, **changes) - response(1 - step, **changes)) / (2 * step)


def slopes_of_bookings() -> list[float]:
    share = 9e-5
    slopes = []
    for destination in ("selling", "strategy"):
        outcome = after_moving(share, destination, 120)
        before = outcome.baseline["expected_bookings"][0, -1]
        slopes.append(float(np.log(last(outcome, "expected_bookings") / before) / share))
    return slopes


CASES = (
    Case(
        "V4",
        "constant elasticity of sales to selling effort",
        META_ANALYSIS + ": mean .34, corrected .31",
        "`response` of runs in which a tool frees the hours",
        figures(
            1e-6,
            {
                "eps .34, 1.1 times the hours": "1.032936",
                "eps .34, 1.2 times": "1.063951",
                "eps .31, 1.1 times": "1.029987",
                "eps .31, 1.2 times": "1.058147",
                "eps .31, twice": "1.239708",
            },
        ),
        elasticities,
    ),
    Case(
        "V5",
        "ceiling of buyers' attention",
        "closed form of equations 10 to 12; eps .31, a .2, u .8, k 2",
        "`response` of runs in which a tool frees the hours",
        figures(
            1e-4,
            {
                "1.1 times the hours": "1.0289",
                "1.2 times": "1.0542",
                "1.5 times": "1.1124",
                "twice": "1.1715",
                "without end (a million times)": "1.2788",
            },
        ),
        ceilings,
    ),
    Case(
        "V5b",
        "limits of the response",
        "closed form of equations 10 to 12",
        "`response` of runs that free hours or lose them to training",
        limit_figures(),
        limits,
    ),
    Case(
        "V18",
        "tipping condition: growth of bookings for a share of all hours moved",
        "closed form, section The tipping condition of the model",
        "`expected_bookings` after 120 months with .009% of hours moved",
        figures(0.01, {"to selling": "1.107", "to strategy": "0.836"}, relative=True),
        slopes_of_bookings,
    ),
)

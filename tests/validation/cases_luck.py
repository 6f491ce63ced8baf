"""Cases on chance: V12 to V14."""

from dataclasses import replace

import numpy as np
from scipy.special import ndtri

from calibration.shrinkage import SEGMENT_STRENGTH, fit_strength, shrunk
from simulation.draws import sample
from simulation.engine import simulate_on
from simulation.inputs import Inputs
from simulation.types import FloatArray
from tests.validation.case import Case, figures

DRAWS = 20_000
MEAN, VARIANCE = 0.315, 0.00721786
# Three Monte Carlo standard errors; the variance's assumes tails no heavier than a normal's.
MEAN_ERROR = round(3 * float(np.sqrt(VARIANCE / DRAWS)), 6)
VARIANCE_ERROR = round(3 * VARIANCE * float(np.sqrt(2 / DRAWS)), 6)


def pert_moments() -> list[float]:
    inputs = Inputs.from_json({"months": 1, "tactics": []})
    values = sample(inputs, DRAWS, 3).values["selling_elasticity"]
    return [float(values.mean()), float(values.var())]


def booked(wins: float, deal: float, variation: float, luck: FloatArray) -> FloatArray:
    """Return one month's bookings of a run with so many expected wins, one for each luck."""
    inputs = Inputs.from_json(
        {
            "months": 1,
            "organisation": {"seats": 20},
            "assumptions": {
                "bookings_per_seat": wins * deal / 20,
                "deal_size": deal,
                "deal_size_variation": variation,
                "attention_decline": 0,
                "demand_spread": 0,
            },
            "tactics": [],
        }
    )
    draws = replace(sample(inputs, luck.size, 1), bookings_noise=luck[None, :])
    return np.asarray(simulate_on(inputs, draws).metrics["bookings"][:, 0])


def even_luck(count: int) -> FloatArray:
    """Return standard normal quantiles at evenly spaced chances: no sampling error."""
    return np.asarray(ndtri((np.arange(count) + 0.5) / count))


def month_of_ten_deals() -> list[float]:
    sums = booked(10, 30_000, 1, even_luck(DRAWS))
    return [float(sums.mean()), float(sums.std()), float(np.mean(sums >= 400_000))]


# Wins and leads by origin of a public lead funnel (Olist, a Brazilian marketplace).
ORIGINS = (
    *((56, 499), (6, 118), (15, 493), (271, 2296), (4, 150), (3, 65), (195, 1586), (24, 284)),
    *((75, 1350), (179, 1099)),
)


def prior_of_the_origins() -> list[float]:
    wins, leads = np.array(ORIGINS, dtype=np.float64).T
    fit = fit_strength(wins, leads, SEGMENT_STRENGTH)
    return [fit.mean * fit.strength, (1 - fit.mean) * fit.strength, fit.strength]


CASES = (
    Case(
        "V12",
        "12 wins of 40 with a prior of mean .22 and strength 40",
        "closed form of the beta-binomial",
        "`shrunk` of the CRM import",
        figures(1e-6, {"mean": "0.26", "standard deviation": "0.048737"}),
        lambda: shrunk(12, 40, 0.22, 40),
    ),
    Case(
        "V12b",
        "prior fitted to the win rates of ten origins by marginal likelihood",
        "public lead funnel of a marketplace (Olist), 842 wins of 8,000 leads",
        "`fit_strength` of the CRM import",
        figures(0.01, {"a": "3.4768", "b": "37.7251", "strength": "41.2"}, relative=True),
        prior_of_the_origins,
    ),
    Case(
        "V13",
        "PERT range .10, .31, .55",
        "closed form: mean (a + 4m + b) / 6, variance (mean - a)(b - mean) / 7",
        f"`sample`, {DRAWS:,} draws; tolerance 3 standard errors",
        figures(MEAN_ERROR, {"mean": "0.315"})
        + figures(VARIANCE_ERROR, {"variance": "0.00721786"}),
        pert_moments,
    ),
    Case(
        "V14",
        "a month of ten expected deals of 30,000 with variation 1",
        "closed form; the chance by simulating single deals",
        "`bookings` of a run, luck at even chances",
        figures(2e-3, {"mean": "300000"}, relative=True)
        + figures(1e-2, {"standard deviation": "134164"}, relative=True)
        + figures(0.02, {"chance of 400,000 or more": "0.204"}),
        month_of_ten_deals,
    ),
)

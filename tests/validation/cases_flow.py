"""Cases on what fills and drains: pipeline (V9), slow stocks (V10, V10b), people (V15)."""

import numpy as np
from scipy.special import logit

from tests.validation.case import Case, Figure, figures
from tests.validation.engineered import (
    STILL,
    after_moving,
    at_modes,
    dips_after_a_lost_month,
    last,
)
from tests.validation.equations import headcounts

CREATED = 800_000 / (0.22 * 30_000)
CYCLES = (0.75, 1.0, 7.5)


def littles_law(cycle: float, win_rate: float) -> float:
    """Return the open pipeline of three first-order stages."""
    passing = win_rate ** (1 / 3)
    return CREATED * cycle / 3 * (1 + passing + passing**2)


def pipeline_figures() -> tuple[Figure, ...]:
    exact = {"today's cycle of 3 months, after 36 months": f"{littles_law(3, 0.22):.9f}"}
    exact |= {
        f"brought to {cycle:g} months and a win rate of .3": f"{littles_law(cycle, 0.3):.9f}"
        for cycle in CYCLES
    }
    printed = figures(5e-5, {"as printed": "238.5590"})
    wins = {f"wins a month there, cycle {cycle:g}": f"{0.3 * CREATED:.9f}" for cycle in CYCLES}
    return printed + figures(1e-9, exact | wins, relative=True)


def pipelines() -> list[float]:
    quiet = {"months": 36, "tactics": [], "assumptions": {"attention_decline": 0}}
    today = last(at_modes(quiet), "pipeline")
    runs = [
        at_modes(
            {
                "months": 120,
                "assumptions": STILL,
                "tactics": [{"adopt": 1, "cycle": 1 - cycle / 3, "win": logit(0.3) - logit(0.22)}],
            }
        )
        for cycle in CYCLES
    ]
    settled = [last(run, "pipeline") for run in runs]
    return [today, today, *settled, *(last(run, "wins") for run in runs)]


def carry_over() -> list[float]:
    dips = dips_after_a_lost_month(120, strategy_decay=0.3)
    shares = np.cumsum(dips) / dips.sum()
    kept = dips[1] / dips[0]
    return [dips.sum() / dips[0], *shares[[0, 2, 5]], np.log(0.1) / np.log(kept)]


def strategy_stock() -> list[float]:
    account, skill = (
        after_moving(0.06, use, 13).metrics[stock][0]
        for use, stock in (("strategy", "strategy_stock"), ("coaching", "skill_stock"))
    )
    month = np.arange(13)
    off = (np.abs(account - (2 - 0.88**month)).max(), np.abs(skill - (2 - 0.75**month)).max())
    dips = dips_after_a_lost_month(120)
    lag = (dips * np.arange(dips.size)).sum() / dips.sum()
    return [account[12], *off, lag, np.log(0.5) / np.log(dips[1] / dips[0])]


def people() -> list[float]:
    run = at_modes({"months": 12, "tactics": []})
    heads = last(run, "heads")
    hires = (20 - heads) / 2.5
    team = headcounts(20, 0.32, 2.5, 5, [])[0]
    selling = team.productivity * (sum(team.ramping) + team.full)
    return [heads, 20 - heads, hires, hires / heads, sum(team.ramping), team.full, selling]


def full_reps_worth() -> float:
    """Return the steady team in fully productive reps: cohorts of 1/6, 1/2, 5/6, then 1."""
    leaving, hires = 0.0316276, 0.586201
    cohort, weights = hires / (0.6 + leaving), (1 / 6, 1 / 2, 5 / 6)
    stay = 0.6 / (0.6 + leaving)
    return 15.887343 + sum(weight * cohort * stay**n for n, weight in enumerate(weights))


CASES = (
    Case(
        "V9",
        "Little's law: open opportunities are inflow times time in the pipeline",
        "closed form for three first-order stages; 121.2 opportunities a month, win rate .22",
        "`pipeline` and `wins` of runs; a tactic changes cycle and odds",
        pipeline_figures(),
        pipelines,
    ),
    Case(
        "V10",
        "geometric carry-over of .7",
        "Clarke (1976), Journal of Marketing Research 13(4)",
        "`strategy_stock` after one month without account work",
        figures(
            1e-4,
            {
                "long-run multiplier": "3.3333",
                "share of the effect after 1 period": "0.3",
                "after 3 periods": "0.657",
                "after 6 periods": "0.882351",
                "periods until 90%": "6.4557",
            },
        ),
        carry_over,
    ),
    Case(
        "V10b",
        "stocks of account work and skill that forget 12% and 25% a month",
        "Nerlove & Arrow (1962), Economica 29; closed form",
        "`strategy_stock` and `skill_stock` of runs",
        figures(1e-6, {"account work doubled for 12 months": "1.784329"})
        + figures(
            1e-9,
            {
                "farthest from 2 - .88^n in 12 months": "0.000000000",
                "skill: farthest from 2 - .75^n": "0.000000000",
            },
        )
        + figures(5e-3, {"mean lag, months": "7.33", "half-life, months": "5.42"}),
        strategy_stock,
    ),
    Case(
        "V15",
        "headcount where attrition and hiring balance",
        "closed form; 20 seats, attrition 32% a year, 2.5 months to hire, 5 to ramp",
        "`heads` of a run; ramp from the steady team",
        figures(
            1e-6,
            {
                "filled seats": "18.534497",
                "vacant": "1.465503",
                "hires a month": "0.586201",
                "leavers a month a head": "0.0316276",
                "in ramp": "2.647153",
                "fully productive": "15.887343",
            },
        )
        + figures(1e-5, {"worth in full reps": f"{full_reps_worth():.5f}"}),
        people,
    ),
)

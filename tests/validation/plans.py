"""Random plans, sensible and absurd, and how their runs are compared."""

from typing import Any

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from simulation.defaults import defaults
from simulation.engine import simulate
from simulation.inputs import METRICS, SEASONAL, YEAR, Inputs
from simulation.outcome import Outcome

Plan = dict[str, Any]

ADMIN_ROWS = defaults().admin_tasks
OPS_ROWS = tuple(defaults().ops_tasks)
ADMIN_SHARE = sum(defaults().tasks[row].share for row in ADMIN_ROWS)
HOURS_USED = ("selling", "strategy", "coaching", "slack", "admin", "meeting")
SIGNED = ("net_benefit", "cumulative_net")
AMOUNTS = tuple(metric for metric in METRICS if metric not in SIGNED)
MONEY = ("bookings", "expected_bookings", "revenue", "deal_size", "cost", "shelfware", *SIGNED)

few = settings(max_examples=40, deadline=None)
fewer = settings(max_examples=25, deadline=None)


def real(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False, allow_infinity=False)


def amount(high: float) -> st.SearchStrategy[float]:
    """Draw nothing or at least a cent: a return on less overflows and interests nobody."""
    return st.just(0.0) | real(0.01, high)


def moved(rows: tuple[str, ...]) -> st.SearchStrategy[dict[str, float]]:
    return st.dictionaries(st.sampled_from(rows), real(0, 1), max_size=3)


def tactics(*, wild: bool = False) -> st.SearchStrategy[Plan]:
    """Build one tactic without a name; wild ones go to the edge of what is accepted."""
    big = 1e4 if wild else 1.0
    return st.fixed_dictionaries(
        {
            "goal": st.sampled_from([None, "g1", "g2"]),
            "start": st.integers(1, 30)
            | st.lists(st.integers(1, 30), min_size=3, max_size=3).map(sorted),
            "delay": real(0, 6),
            "to": st.sampled_from(["system", "system", "ops"]),
            "moves": moved(ADMIN_ROWS),
            "moves_ops": moved(OPS_ROWS),
            "adopt": real(0, 1) | st.lists(real(0, 1), min_size=3, max_size=3).map(sorted),
            "preparation": real(0, 1),
            "seat_price": amount(200 * big),
            "seats": st.none() | amount(50 * big),
            "one_off": amount(1e5 * big),
            "fixed_monthly": amount(5e3 * big),
            "training_hours": real(0, 10 * big),
            "upkeep_hours": real(0, 20 * big),
            "cycle": real(-5, 0.95) if wild else real(-0.1, 0.3),
            "win": real(-10, 10) if wild else real(-0.2, 0.2),
            "deal": real(-0.95, 3) if wild else real(-0.1, 0.1),
            "attention": real(-0.95, 3) if wild else real(-0.1, 0.1),
        }
    )


@st.composite
def policies(draw: st.DrawFn) -> dict[str, float | list[float]]:
    """Build destinations whose likely shares sum to 1, some of them ranges."""
    weights = [draw(st.integers(0, 10)) for _ in range(3)]
    weights[draw(st.integers(0, 2))] += 1
    total = sum(weights)
    return {
        name: perhaps_ranged(draw, weight / total)
        for name, weight in zip(("selling", "strategy", "coaching"), weights, strict=True)
    }


def perhaps_ranged(draw: st.DrawFn, share: float) -> float | list[float]:
    """Return a share, or a range round it."""
    if not draw(st.booleans()):
        return share
    return [draw(real(0, 1)) * share, share, share + draw(real(0, 1)) * (1 - share)]


SEATS = real(1, 300) | st.lists(st.integers(1, 300), min_size=3, max_size=3).map(sorted)
HEADCOUNT = {"seats": SEATS, "start": st.integers(1, 30), "yearly_cost": amount(3e5)}


@st.composite
def seasons(draw: st.DrawFn) -> dict[str, list[float]]:
    """Build monthly factors that average 1, of some of what has a season."""
    found = {}
    for name in draw(st.lists(st.sampled_from(SEASONAL), unique=True)):
        weights = [draw(st.integers(0, 9)) for _ in range(YEAR)]
        weights[draw(st.integers(0, YEAR - 1))] += 1
        found[name] = [YEAR * weight / sum(weights) for weight in weights]
    return found


@st.composite
def plans(draw: st.DrawFn, *, least: int = 0, most: int = 4, wild: bool = False) -> Plan:
    """Build a plan of up to 24 months whose tactics have different names."""
    count = draw(st.integers(least, most))
    return {
        "months": draw(st.integers(1, 24)),
        "organisation": {
            "seats": draw(real(1, 300)),
            "ops_people": draw(real(0, 30)),
            "hours_per_rep_month": draw(real(50, 200)),
        },
        "destinations": draw(policies()),
        "plan_quality": perhaps_ranged(draw, draw(real(0, 1))),
        "tactics": [
            draw(tactics(wild=wild)) | {"name": f"Tactic {place}"} for place in range(count)
        ],
        "assumptions": draw(extremes()) if wild else {},
        "season": draw(seasons()),
        "headcount": draw(st.none() | st.fixed_dictionaries(HEADCOUNT)),
    }


@st.composite
def extremes(draw: st.DrawFn) -> dict[str, float]:
    """Fix some assumptions anywhere inside their bounds, the bounds included."""
    # The three ops shares must sum to 1 and money has no upper bound worth the name.
    free = [
        name
        for name, each in defaults().assumptions.items()
        if not name.startswith("ops_") and each.bounds[1] < 1e6
    ]
    names = draw(st.lists(st.sampled_from(free), unique=True, max_size=6))
    return {name: draw(real(*defaults().assumptions[name].bounds)) for name in names}


def run(plan: Plan, draws: int = 4) -> Outcome:
    return simulate(Inputs.from_json(plan), draws, seed=7)


def assert_same(left: Outcome, right: Outcome, *, months: int | None = None) -> None:
    """Compare every metric up to rounding; money relative to its own size."""
    for metric in METRICS:
        one, two = (each.metrics[metric][:, :months] for each in (left, right))
        size = np.abs(left.metrics["bookings"]).max() if metric in SIGNED else 0.0
        np.testing.assert_allclose(one, two, rtol=1e-9, atol=1e-9 * (1 + size), err_msg=metric)

"""The engine against runs computed once, independently, from the equations of docs/model.md.

Every printed figure is kept as text: how many digits it has says how exact it is.
"""

from functools import cache
from typing import Any

import numpy as np
import pytest

from simulation.engine import simulate, simulate_modes
from simulation.inputs import Inputs
from simulation.outcome import Outcome

# name, rep work moved, ops work moved, delay, seat price, one-off, training, upkeep, direct effect
STACK: tuple[tuple[Any, ...], ...] = (
    ("Capture", {"crm_entry": 0.7, "forecast": 0.2}, {"crm_entry": 0.4}, 2, 40, 10e3, 2, 6, {}),
    (
        "CPQ",
        {"quotes": 0.6, "orders": 0.2},
        {"quotes": 0.4, "orders": 0.2},
        *(5, 100, 60e3, 8, 16),
        {"cycle": 0.08},
    ),
    ("Scheduling", {"scheduling": 0.5}, {}, 0.5, 14, 1e3, 0.5, 1, {}),
    ("E-signature", {"orders": 0.5}, {"orders": 0.3}, 1, 40, 3e3, 1, 2, {"cycle": 0.03}),
    ("Calls", {"crm_entry": 0.3, "research": 0.1}, {}, 1.5, 130, 8e3, 4, 6, {"win": 0.03}),
    ("Forecasting", {"forecast": 0.6}, {"forecast": 0.4}, 2, 90, 15e3, 2, 6, {}),
    ("Enrichment", {"research": 0.5}, {}, 2, 80, 8e3, 2, 4, {}),
)
DEAL_DESK = {
    "name": "Deal desk",
    "goal": "g",
    "start": 1,
    "delay": 1,
    "to": "ops",
    "moves": {"quotes": 0.5},
    "preparation": 1,
    "training_hours": 1,
    "upkeep_hours": 4,
}


def tool(place: int, preparation: float, goal: str | None) -> dict[str, Any]:
    """Return the tool at this place of the stack; it starts in month place + 1."""
    name, moves, moves_ops, delay, price, one_off, training, upkeep, direct = STACK[place]
    return {
        "name": name,
        "goal": goal,
        "start": place + 1,
        "delay": delay,
        "moves": moves,
        "moves_ops": moves_ops,
        "adopt": 0.9,
        "preparation": preparation,
        "seat_price": price,
        "one_off": one_off,
        "training_hours": training,
        "upkeep_hours": upkeep,
        **direct,
    }


def stack(preparation: float, goal: str | None) -> list[dict[str, Any]]:
    return [tool(place, preparation, goal) for place in range(len(STACK))]


MIXED = {"selling": 0.5, "strategy": 0.3, "coaching": 0.2}
RUNS: dict[str, dict[str, Any]] = {
    "none": {"tactics": []},
    "capture": {"tactics": [tool(0, 0.67, "g")], "plan_quality": 0.67},
    "aligned": {"tactics": stack(1, "g"), "plan_quality": 1, "destinations": MIXED},
    "unaligned": {"tactics": stack(0, None), "plan_quality": 0},
    "deal desk": {"tactics": [DEAL_DESK]},
}

# fmt: off
COLUMNS = (
    "run", "month", "expected_bookings", "revenue", "win_rate", "selling_hours", "admin_hours",
    "system_hours", "strategy_stock", "cost",
)
GOLDEN = """
none       1  799998.96  799999.91  .22    809.59   1416.78  0       1       0
none      12  797892.78  799079.93  .22    811.03   1414.72  0       1.0003  0
none      36  792308.38  793609.53  .22    814.52   1409.72  0       1.0019  0
capture    1  -          -          -      -        -        -       -       13239.32
capture    6  798767.66  799557.82  .22    839.69   1369.61  50.74   .9980   800
capture   12  815123.34  803848.63  .22    883.37   1304.03  134.73  .9991   800
capture   36  811312.04  812921.51  .22    883.89   1303.67  129.98  1.0000  800
aligned    6  799160.46  799514.14  .2200  811.35   1413.89  80.01   1.0021  25381.04
aligned   12  867300.40  814962.80  .2246  979.50   972.13   485.76  1.1598  9880
aligned   36  893729.48  894897.65  .2293  1038.12  842.98   620.99  1.6236  9880
unaligned  6  796856.88  799192.02  .2199  771.63   1477.13  54.45   .9912   31164.13
unaligned 12  828036.68  803653.36  .2218  896.05   1228.55  261.71  .9909   9880
unaligned 36  816270.04  818152.39  .2216  886.45   1244.34  236.96  .9996   9880
"""
TOTALS = {
    #             NPV           ROI       payback
    "capture":   ("178103.57",  "5.4104", "17"),
    "aligned":   ("596785.50",  "1.7641", "22"),
    "unaligned": ("-138950.79", "-.2550", "inf"),
    "deal desk": ("109658.79",  "nan",    "9"),
}
# fmt: on


def cells() -> list[tuple[str, int, str, str]]:
    """Return (run, month, metric, printed figure) for every figure of the table."""
    found = []
    for line in GOLDEN.split("\n")[1:-1]:
        run, month, *figures = line.split()
        for metric, printed in zip(COLUMNS[2:], figures, strict=True):
            if printed != "-":
                found.append((run, int(month), metric, printed))
    return found


def near(printed: str) -> Any:
    """Return the printed figure, good to 1e-4 and to half a unit of its last digit."""
    decimals = len(printed.partition(".")[2])
    return pytest.approx(float(printed), rel=1e-4, abs=0.5000001 * 10**-decimals)


@cache
def outcome(run: str) -> Outcome:
    return simulate_modes(Inputs.from_json({"months": 36, **RUNS[run]}))


@pytest.mark.parametrize(("run", "month", "metric", "printed"), cells())
def test_the_engine_reproduces_the_golden_run(
    run: str, month: int, metric: str, printed: str
) -> None:
    assert outcome(run).metrics[metric][0, month - 1] == near(printed)


@pytest.mark.parametrize("run", TOTALS)
def test_the_engine_reproduces_the_golden_money(run: str) -> None:
    npv, roi, payback = TOTALS[run]
    money = outcome(run).finance
    assert money.npv[0] == near(npv)
    assert money.payback[0] == float(payback)
    if roi == "nan":
        assert np.isnan(money.roi[0])
    else:
        assert money.roi[0] == near(roi)


def test_the_deal_desk_costs_no_cash_and_fills_operations_to_its_cap() -> None:
    metrics = outcome("deal desk").metrics
    assert not metrics["cost"].any()
    assert metrics["ops_hours"].max() == near("249.6")


def test_training_makes_the_aligned_stack_dip_below_the_baseline_first() -> None:
    aligned = outcome("aligned")
    change = (aligned.metrics["expected_bookings"] - aligned.baseline["expected_bookings"])[0]
    assert change[1:6].max() < 0
    assert change[11] > 0


def test_a_plan_without_tactics_is_worth_nothing_and_costs_nothing() -> None:
    money = outcome("none").finance
    assert (money.npv[0], money.payback[0]) == (0, 1)
    assert np.isnan(money.roi[0])


# The reference distributions come from 4,000 draws of another generator. The standard error of a
# percentile of 4,000 draws is sqrt(p (1 - p) / 4000) / density: about .013 at the median and .028
# at the 90th percentile of the widest of these distributions. Two such runs differ by sqrt(2)
# times that, so .03 holds at p10 and p50, while p90 needs .05 and still is below two standard
# errors. Our side has 10,000 draws, so that the comparison does not hang on one seed.
DRAWS = 10_000
SPREADS = {
    # preparation: (goal, plan quality, ROI p10, p50, p90)
    0.0: (None, 0.0, -0.74, -0.38, 0.11),
    0.33: ("g", 0.33, -0.15, 0.39, 1.14),
    0.67: ("g", 0.67, 0.22, 0.99, 2.06),
    1.0: ("g", 1.0, 0.53, 1.48, 2.80),
}


@cache
def spread_of_stack(preparation: float) -> Outcome:
    goal, quality, *_ = SPREADS[preparation]
    plan = {"tactics": stack(preparation, goal), "plan_quality": quality}
    return simulate(Inputs.from_json({"months": 36, **plan}), DRAWS, seed=1)


@pytest.mark.parametrize("preparation", SPREADS)
def test_the_stack_earns_back_what_the_reference_says(preparation: float) -> None:
    p10, p50, p90 = np.percentile(spread_of_stack(preparation).finance.roi, [10, 50, 90])
    _, _, low, middle, high = SPREADS[preparation]
    assert (p10, p50) == pytest.approx((low, middle), abs=0.03)
    assert p90 == pytest.approx(high, abs=0.05)


@pytest.mark.parametrize(("preparation", "chance"), [(0.0, 0.11), (0.33, 0.74), (1.0, 0.99)])
def test_the_stack_pays_off_as_often_as_the_reference_says(
    preparation: float, chance: float
) -> None:
    npv = spread_of_stack(preparation).finance.npv
    assert np.mean(npv > 0) == pytest.approx(chance, abs=0.03)


def test_half_prepared_tools_pay_back_within_two_years_as_often_as_the_reference_says() -> None:
    payback = spread_of_stack(0.33).finance.payback
    assert np.mean(payback <= 24) == pytest.approx(0.23, abs=0.03)


@pytest.mark.parametrize(("preparation", "share"), [(0.0, 0.47), (0.33, 0.42), (1.0, 0.32)])
def test_unused_seats_eat_as_much_of_the_spending_as_the_reference_says(
    preparation: float, share: float
) -> None:
    metrics = spread_of_stack(preparation).path.metrics
    wasted = metrics["shelfware"].sum(axis=1) / metrics["cost"].sum(axis=1)
    assert wasted.mean() == pytest.approx(share, abs=0.02)


# Mean change of expected bookings for fully prepared tools, as docs/model.md prints it in per cent.
@pytest.mark.parametrize(
    ("destinations", "after_12", "after_36"),
    [
        ({"selling": 1.0}, 0.09, 0.11),
        ({"strategy": 1.0}, 0.06, 0.10),
        ({"selling": 0.6, "strategy": 0.4}, 0.08, 0.12),
    ],
    ids=["selling", "strategy", "mix"],
)
def test_selling_leads_in_the_first_year_and_a_mix_in_the_long_run(
    destinations: dict[str, float], after_12: float, after_36: float
) -> None:
    plan = {"months": 36, "tactics": stack(1, "g"), "destinations": destinations}
    run = simulate(Inputs.from_json(plan), 3000, seed=1)
    change = (run.metrics["expected_bookings"] / run.baseline["expected_bookings"] - 1).mean(axis=0)
    assert (change[11], change[35]) == pytest.approx((after_12, after_36), abs=0.006)

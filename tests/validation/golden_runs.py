"""Plans whose runs were computed once, independently, from the equations of docs/model.md.

Every printed figure is kept as text: how many digits it has says how exact it is.
"""

from typing import Any

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

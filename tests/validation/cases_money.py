"""Cases on money: V7, V7d, V8 and V17."""

import numpy as np

from tests.validation.case import Case, figures
from tests.validation.engineered import at_modes
from tests.validation.equations import payback, present_value
from tests.validation.golden_runs import RUNS

PLANS = ("none", "capture", "aligned")


def spreadsheet() -> list[float]:
    return [present_value(0.10, {12: -10_000, 24: 3_000, 36: 4_200, 48: 6_800})]


def library() -> list[float]:
    return [present_value(0.281, {12: 39, 24: 59, 36: 55, 48: 20}) - 100]


def paid_back() -> list[float]:
    later = {12: 500.0, 24: 500.0, 36: 500.0}
    # The outlay falls in period 1, so that the periods after it are one fewer.
    return [payback([-1000, 500, 500, 500]) - 1, present_value(0.10, later) - 1000]


def ranks() -> list[float]:
    """Return the rank by cumulative net of no tool, one and seven, after 12 and 36 months."""
    runs = [at_modes({"months": 36, **RUNS[name]}) for name in PLANS]
    net = np.array([run.metrics["cumulative_net"][0] for run in runs])
    best_first = np.argsort(-net, axis=0)
    return [
        float(np.where(best_first[:, month - 1] == plan)[0][0] + 1)
        for month in (12, 36)
        for plan in range(len(PLANS))
    ]


CASES = (
    Case(
        "V7",
        "net present value of four yearly payments at 10%",
        "Microsoft, documentation of the spreadsheet function NPV",
        "the present value that a run's money uses",
        figures(1e-6, {"-10,000, 3,000, 4,200, 6,800": "1188.443412"}),
        spreadsheet,
    ),
    Case(
        "V7d",
        "net present value at 28.1%",
        "numpy-financial, documentation of npv",
        "the present value that a run's money uses",
        figures(1e-6, {"-100 today, then 39, 59, 55, 20": "-0.0084786"}),
        library,
    ),
    Case(
        "V8",
        "payback of 1,000 by 500 a period",
        "closed form",
        "the payback and the present value that a run's money uses",
        figures(1e-3, {"periods after the outlay": "2.0", "value at 10%": "243.426"}),
        paid_back,
    ),
    Case(
        "V17",
        "the first year ranks plans the other way round than three years",
        "Zoltners, Sinha & Lorimer (2006), Harvard Business Review: 87 > 84 > 83 against "
        "301 < 321 < 351 million",
        "`cumulative_net` of no tool, one tool and seven tools; rank 1 is best",
        figures(
            0,
            {
                "no tool after 12 months": "1",
                "one tool after 12 months": "2",
                "seven tools after 12 months": "3",
                "no tool after 36 months": "3",
                "one tool after 36 months": "2",
                "seven tools after 36 months": "1",
            },
        ),
        ranks,
    ),
)

"""V19: the golden runs, month by month and in total."""

from functools import cache

from simulation.outcome import Outcome
from tests.validation.case import Case, Figure
from tests.validation.engineered import at_modes
from tests.validation.golden_runs import COLUMNS, GOLDEN, RUNS, TOTALS

METRICS = COLUMNS[2:]
ROWS = [line.split() for line in GOLDEN.strip().splitlines()]


@cache
def outcome(run: str) -> Outcome:
    return at_modes({"months": 36, **RUNS[run]})


def printed_figure(label: str, printed: str) -> Figure:
    """Return a figure good to 1e-4 and to half a unit of its last printed digit."""
    decimals = len(printed.partition(".")[2])
    tolerance = max(1e-4 * abs(float(printed)), 0.5000001 * 10**-decimals)
    return Figure(label, printed, tolerance)


def near_printed(printed: str, got: float) -> bool:
    """Whether a number agrees with a printed one."""
    return printed_figure("", printed).allows(got)


def monthly(run: str) -> tuple[Figure, ...]:
    return tuple(
        printed_figure(f"{metric}, month {month}", printed)
        for name, month, *cells in ROWS
        for metric, printed in zip(METRICS, cells, strict=True)
        if name == run and printed != "-"
    )


def monthly_got(run: str) -> list[float]:
    return [
        float(outcome(run).metrics[metric][0, int(month) - 1])
        for name, month, *cells in ROWS
        for metric, printed in zip(METRICS, cells, strict=True)
        if name == run and printed != "-"
    ]


def totals(run: str) -> tuple[Figure, ...]:
    npv, roi, payback = TOTALS[run]
    return (
        printed_figure("NPV", npv),
        printed_figure("ROI", roi),
        Figure("payback, month", payback, 0),
    )


def totals_got(run: str) -> list[float]:
    money = outcome(run).finance
    return [float(each[0]) for each in (money.npv, money.roi, money.payback)]


def golden_case(run: str) -> Case:
    has_months = any(row[0] == run for row in ROWS)

    def compute() -> list[float]:
        return monthly_got(run) + (totals_got(run) if run in TOTALS else [])

    return Case(
        f"V19 {run}",
        f"golden run: {run}",
        "an independent implementation of the equations",
        "metrics and money of a run at the modes" if has_months else "money of a run at the modes",
        monthly(run) + (totals(run) if run in TOTALS else ()),
        compute,
    )


CASES = tuple(golden_case(run) for run in RUNS)

"""Every checkable case, in the order of its number, and those the product has no place for."""

from functools import cache

from tests.validation import (
    cases_adoption,
    cases_flow,
    cases_golden,
    cases_luck,
    cases_money,
    cases_response,
)
from tests.validation.case import Absent, Case

CASES: tuple[Case, ...] = (
    *cases_response.CASES,
    *cases_adoption.CASES,
    *cases_money.CASES,
    *cases_flow.CASES,
    *cases_luck.CASES,
    *cases_golden.CASES,
)

NO_CURVE = (
    "The response is equations 10 to 12, bounded by buyers' attention; there is no second, "
    "S-shaped curve to calibrate."
)
ABSENT: tuple[Absent, ...] = (
    Absent(
        "V1",
        "four-point calibration of a response curve",
        "Little (1970), Management Science 16(8)",
        NO_CURVE,
    ),
    Absent("V1b", "the same, other points", "Little (1970), Management Science 16(8)", NO_CURVE),
    Absent(
        "V2",
        "least squares of that curve on nine points",
        "Crawford Labs data, in marketing engineering courses",
        NO_CURVE,
    ),
    Absent(
        "V3",
        "return of sales-force size with carry-over shares",
        "Zoltners, Sinha & Lorimer (2006), Harvard Business Review",
        "Seats are an input of the organisation, not something a plan buys; carry-over is "
        "simulated (V9, V10), not entered as shares.",
    ),
    Absent(
        "V7b",
        "net present value at dated payments",
        "Microsoft, documentation of the spreadsheet function XNPV",
        "Every payment falls at the end of a month; there are no dates.",
    ),
    Absent(
        "V7c",
        "internal rate of return",
        "Microsoft, documentation of the spreadsheet function IRR",
        "The product reports present value, return and payback. The rate of V7d is left out "
        "for the same reason.",
    ),
    Absent(
        "V8 discounted",
        "payback of discounted payments, 2.352 periods",
        "closed form",
        "Payback is counted in whole months of undiscounted money.",
    ),
    Absent(
        "V11",
        "waiting lines with one and two servers",
        "textbook queueing theory",
        "Operations have a capacity and an overflow (equation 6), but no turnaround time.",
    ),
    Absent(
        "V16",
        "effort at which profit is largest",
        "Dorfman & Steiner (1954), American Economic Review 44(5)",
        "The product compares plans people make; it prices no selling hour and searches no "
        "optimum.",
    ),
)


@cache
def answers(case: Case) -> tuple[float, ...]:
    """Return what the model answers to a case, one number a figure."""
    return tuple(float(value) for value in case.compute())


def by_number(identity: str) -> tuple[int, str]:
    """Return the order of a case id such as V7b: its number, then what follows."""
    digits = "".join(letter for letter in identity.split()[0] if letter.isdigit())
    return int(digits), identity.removeprefix(f"V{digits}")

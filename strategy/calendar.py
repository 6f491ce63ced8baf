"""Months of a plan: month 1 is the plan's start month."""

import re

from strategy.errors import InvalidValue

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


def month_index(month: object) -> int:
    """Return a running number of "YYYY-MM"; raise InvalidValue for anything else."""
    found = _MONTH.fullmatch(month) if isinstance(month, str) else None
    if not found:
        raise InvalidValue(f"“{month}” is not a month. Write it as 2027-03.")
    return int(found[1]) * 12 + int(found[2]) - 1


def month_of_plan(start_month: str, month: str) -> int:
    """Return which month of the plan "YYYY-MM" is; below 1 if it lies before the start."""
    return month_index(month) - month_index(start_month) + 1


def month_name(start_month: str, month: int) -> str:
    """Return month number `month` of a plan as "YYYY-MM"."""
    running = month_index(start_month) + month - 1
    return f"{running // 12:04d}-{running % 12 + 1:02d}"


def month_label(start_month: str, month: int) -> str:
    """Return "Dec 2027" for a month of the plan; month 1 is `start_month` ("YYYY-MM")."""
    year, at = divmod(month_index(start_month) + month - 1, 12)
    return f"{MONTHS[at]} {year}"

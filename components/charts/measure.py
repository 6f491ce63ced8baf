"""What an explanation counts in: money, or the chance of a goal."""

from typing import Literal

from components.numbers import chance, format_change, money

Measure = Literal["money", "chance"]


def measured(value: float, measure: Measure, currency: str) -> str:
    """Return an amount, "$1.4M", or a chance, "52%"."""
    return money(value, currency) if measure == "money" else chance(value)


def measured_change(value: float, measure: Measure, currency: str) -> str:
    """Return a difference with its sign: "+$0.4M", or in points of a chance, "+3.1 pt"."""
    return format_change(value, "money" if measure == "money" else "percent", currency)

"""What must hold for every run, counted in this one."""

import streamlit as st

from components.numbers import joined
from pages.frame.text import plain
from strategy.amounts import symbol
from strategy.evidence import Evidence

UNITS = {"hours": " h", "people": " people", "points": " points", "share": "%"}
HUNDREDFOLD = ("share", "points")
LEAST_SHOWN = 1e-6


def figure_text(figure: float, unit: str, currency: str) -> str:
    """Return the figure behind a check; what rounding leaves of zero is written as a bound."""
    shown = 100 * figure if unit in HUNDREDFOLD else figure
    is_tiny = shown != 0 and abs(shown) < LEAST_SHOWN
    amount = LEAST_SHOWN if is_tiny else abs(shown)
    digits = f"{amount:,.6f}".rstrip("0").rstrip(".")
    sign = "\N{MINUS SIGN}" if shown < 0 and not is_tiny else ""
    before = symbol(currency) if unit == "currency" else ""
    written = joined(sign, f"{before}{digits}{UNITS.get(unit, '')}")
    return f"under {written}" if is_tiny else written


def checks(found: Evidence, currency: str) -> None:
    """Draw a tick or a cross for each check."""
    st.caption(
        "Counted anew from all futures and months of this run. Rounding leaves a few of sixteen "
        "digits; more than that fails a check."
    )
    for check in found.checks:
        _row(check.name, figure_text(check.figure, check.unit, currency), check.holds)
    repeated = "the same to the last digit kept" if found.repeats else "not the same"
    _row("Run again from the stored inputs and seed, the numbers are", repeated, found.repeats)


def _row(name: str, figure: str, holds: bool) -> None:
    mark = (
        ":green-badge[:material/check_circle: Holds]"
        if holds
        else ":red-badge[:material/error: Fails]"
    )
    st.markdown(f"{mark} {plain(name)} **{plain(figure)}**")

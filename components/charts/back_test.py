"""Past forecasts as 80% bars with what happened on them; a miss is a brick diamond."""

from collections.abc import Sequence
from typing import TypedDict

import altair as alt
import pandas as pd

from components.charts.marks import Width, chart_config, rows_of
from components.numbers import format_range, format_value
from components.palette import Palette

HEIGHT = 260
_THOUSAND = 1000


class PastForecast(TypedDict):
    """One forecast of a quarter's bookings: when it was made, what it said, what happened."""

    made_on: str
    quarter: str  # such as '2025 Q4'
    low: float  # currency units, like the three below
    middle: float
    high: float
    actual: float


def side_of(row: PastForecast) -> str:
    """Return whether what happened lies 'inside', 'above' or 'below' the range."""
    if row["low"] <= row["actual"] <= row["high"]:
        return "inside"
    return "above" if row["actual"] > row["high"] else "below"


def back_test_chart(
    rows: Sequence[PastForecast],
    *,
    palette: Palette,
    currency: str = "$",
    width: Width = "container",
) -> alt.LayerChart:
    """Return one bar a quarter with the outcome on it; outcomes outside are brick diamonds."""
    data = rows_of([_drawn(row, palette, currency) for row in rows])
    # A year over its quarter is narrow enough for four years on a phone.
    axis = alt.Axis(
        title=None, labelAngle=0, labelExpr="split(datum.value, ' ')", ticks=False,
        domain=False, labelOverlap=True,
    )  # fmt: skip
    base = alt.Chart(data).encode(x=alt.X("quarter:N", sort=None, axis=axis), tooltip="tip:N")
    money = alt.Axis(
        title=f"Bookings of the quarter, {currency} thousand", grid=True,
        gridColor=palette.border, domain=False,
        format=",.0f", titleFontWeight="normal",
    )  # fmt: skip
    y = alt.Y("low:Q", scale=alt.Scale(zero=False), axis=money)
    bars = base.mark_bar(size=18, color=palette.teal_band, cornerRadius=3).encode(y=y, y2="high:Q")
    middles = base.mark_tick(size=18, thickness=2, color=palette.teal).encode(y="middle:Q")
    dots = base.mark_point(
        size=110, filled=True, opacity=1, stroke=palette.bg, strokeWidth=1.4
    ).encode(
        y="actual:Q",
        shape=alt.Shape("shape:N", scale=None),
        fill=alt.Fill("color:N", scale=None),
    )
    layered = alt.layer(bars, middles, dots).properties(width=width, height=HEIGHT)
    drawn: alt.LayerChart = layered.configure(**chart_config(palette))
    return drawn


def _drawn(row: PastForecast, palette: Palette, currency: str) -> dict[str, object]:
    is_hit = side_of(row) == "inside"
    return {
        "quarter": row["quarter"],
        "low": row["low"] / _THOUSAND,
        "middle": row["middle"] / _THOUSAND,
        "high": row["high"] / _THOUSAND,
        "actual": row["actual"] / _THOUSAND,
        "shape": "circle" if is_hit else "diamond",
        "color": palette.text if is_hit else palette.brick,
        "tip": _said(row, currency),
    }


def _said(row: PastForecast, currency: str) -> str:
    span = format_range(row["low"], row["high"], "money", currency)
    booked = format_value(row["actual"], "money", currency)
    return (
        f"{row['quarter']}, forecast on {row['made_on']}: {span}; booked {booked}, {side_of(row)}"
    )


def back_test_alt(rows: Sequence[PastForecast], *, currency: str = "$") -> str:
    """Return the chart as sentences, the misses named."""
    hits = sum(side_of(row) == "inside" for row in rows)
    told = "; ".join(_said(row, currency) for row in rows)
    return f"{hits} of {len(rows)} outcomes lie inside the 80% range. {told}."


def back_test_table(rows: Sequence[PastForecast], *, currency: str = "$") -> pd.DataFrame:
    """Return one row a forecast, money in whole units of the currency."""
    return pd.DataFrame(
        [
            (
                row["quarter"], row["made_on"], round(row["low"]), round(row["middle"]),
                round(row["high"]), round(row["actual"]), side_of(row),
            )
            for row in rows
        ],
        columns=[
            "Quarter", "Forecast made on", f"1 in 10 below ({currency})", f"Middle ({currency})",
            f"9 in 10 below ({currency})", f"Booked ({currency})", "80% range",
        ],
    )  # fmt: skip

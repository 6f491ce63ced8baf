"""One outcome of several scenarios as dots with 80% whiskers; right is always better."""

from collections.abc import Sequence
from typing import TypedDict

import altair as alt
import pandas as pd

from components.charts.bands import Comparison, finite, number
from components.charts.marks import DASH, SOLID, Dash, Width, chart_config, rows_of
from components.numbers import Unit, format_range, format_value
from components.palette import Palette, scenario_colours

ROW = 14
MARGIN = 10


class Whisker(TypedDict):
    """One scenario's outcome: its letter, its name and its 80% range."""

    letter: str
    name: str
    p10: float
    p50: float
    p90: float


def strip_chart(
    rows: Sequence[Whisker],
    *,
    palette: Palette,
    unit: Unit,
    currency: str = "$",
    today: float | None = None,
    target: float | None = None,
    comparison: Comparison = ">=",
    width: Width = "container",
) -> alt.LayerChart:
    """Return one line a scenario on a shared scale, with today in grey and the target dashed.

    The scale runs backwards where lower is better, so that right is better in every strip.
    """
    height = ROW * max(len(rows), 1) + 8
    values = finite([today, target, *(r[key] for r in rows for key in ("p10", "p50", "p90"))])
    ends = sorted([min(values, default=0.0), max(values, default=1.0)], reverse=comparison == "<=")
    layers = [
        *_rules([(today, palette.control, SOLID), (target, palette.text, DASH)], ends),
        *_whiskers(rows, ends, palette, unit, currency),
    ]
    chart = alt.layer(*layers).properties(
        width=width,
        height=height,
        padding={"left": MARGIN, "right": MARGIN, "top": 0, "bottom": 0},
        autosize=alt.AutoSizeParams(type="none", contains="padding"),
    )
    drawn: alt.LayerChart = chart.configure(**chart_config(palette))
    return drawn


def _x(ends: Sequence[float], field: str) -> alt.X:
    scale = alt.Scale(domain=list(ends), nice=False, zero=False)
    return alt.X(f"{field}:Q", scale=scale, axis=None)


def _rules(
    levels: Sequence[tuple[float | None, str, Dash]], ends: Sequence[float]
) -> list[alt.Chart]:
    return [
        alt.Chart(rows_of([{"value": value}]))
        .mark_rule(color=color, strokeWidth=1.3, strokeDash=list(dash))
        .encode(x=_x(ends, "value"))
        for value, color, dash in levels
        if value is not None
    ]


def _whiskers(
    rows: Sequence[Whisker], ends: Sequence[float], palette: Palette, unit: Unit, currency: str
) -> list[alt.Chart]:
    data = rows_of(
        [
            {
                "low": number(row["p10"]),
                "middle": number(row["p50"]),
                "high": number(row["p90"]),
                "y": 4 + ROW * at + ROW / 2,
                "color": scenario_colours(row["letter"], palette)[0],
                "tip": _tip(row, unit, currency),
            }
            for at, row in enumerate(rows)
        ]
    )
    height = ROW * max(len(rows), 1) + 8
    place = alt.Y("y:Q", scale=alt.Scale(domain=[0, height], range=[0, height]), axis=None)
    color = alt.Color("color:N", scale=None)
    base = alt.Chart(data)
    bars = base.mark_rule(strokeWidth=5, opacity=0.35, strokeCap="round")
    dots = base.mark_point(
        size=70, filled=True, opacity=1, shape="circle", stroke=palette.bg, strokeWidth=1.4
    )
    fill = alt.Fill("color:N", scale=None)
    return [
        bars.encode(x=_x(ends, "low"), x2="high:Q", y=place, color=color, tooltip="tip:N"),
        dots.encode(x=_x(ends, "middle"), y=place, fill=fill, tooltip="tip:N"),
    ]


def _tip(row: Whisker, unit: Unit, currency: str) -> str:
    middle = format_value(row["p50"], unit, currency)
    span = format_range(row["p10"], row["p90"], unit, currency)
    return f"{row['letter']} {row['name']}: {middle}, 80% range {span}"


def strip_alt(
    rows: Sequence[Whisker],
    *,
    unit: Unit,
    currency: str = "$",
    label: str = "Outcome",
    today: float | None = None,
    target: float | None = None,
) -> str:
    """Return the strip as sentences: each scenario's middle and range, today and the target."""
    said = [f"{label}. " + "; ".join(_tip(row, unit, currency) for row in rows) + "."]
    if today is not None:
        said.append(f"Today {format_value(today, unit, currency)}.")
    if target is not None:
        said.append(f"Target {format_value(target, unit, currency)}.")
    return " ".join(said)


def strip_table(rows: Sequence[Whisker]) -> pd.DataFrame:
    """Return one row a scenario with its middle and 80% range."""
    return pd.DataFrame(
        [(r["letter"], r["name"], r["p10"], r["p50"], r["p90"]) for r in rows],
        columns=["Scenario", "Name", "1 in 10 below", "Middle", "9 in 10 below"],
    )

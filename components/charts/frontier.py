"""What each amount of money buys: a step line through the best mixes, and the plan beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import altair as alt
import pandas as pd

from components.charts.frame import FONT_SIZE, LABEL_GAP, Frame, MonthMark, make_frame
from components.charts.geometry import Scale, nice_ticks, spread, text_width
from components.charts.marks import DASH, Layers, Width, finish, paper, x_month, y_value
from components.charts.marks import text as words_at
from components.charts.picture import Picture, layer
from components.numbers import Unit, axis_labels, chance, format_value, typed_cost
from components.palette import Palette


@dataclass(frozen=True)
class Mix:
    """A choice of tactics: cost of year one in currency, what it brings, and its tactics."""

    cost: float
    score: float
    tactics: str


@dataclass(frozen=True)
class Named(Mix):
    """A mix with a name on the chart; `role` is "plan", "aligned" or "best"."""

    name: str
    role: str


def frontier_chart(
    frontier: Sequence[Mix],
    others: Sequence[Mix],
    named: Sequence[Named],
    *,
    palette: Palette,
    unit: Unit,
    currency: str = "$",
    width: Width = "container",
    height: int = 340,
) -> Picture:
    """Return the best that each amount of money buys, and mixes that are talked about.

    Parameters
    ----------
    frontier : mixes that no cheaper one equals, cheapest first
    others : further mixes, as faint dots
    named : mixes with a name, joined in their order by a dashed line
    unit : "money", or "percent" for a chance from 0 to 1
    """
    frame = _frame([*frontier, *others, *named], unit, currency, width, height)
    dots = _dots(others, palette.grey, 40, 0.55, unit, currency)
    steps = _dots(frontier, palette.teal, 30, 1.0, unit, currency)
    layers = paper(frame, palette) + _steps(frontier, frame, palette) + dots + steps
    layers += _joined(named, palette)
    for one in named:
        layers += _dots([one], _color(one, palette)[0], 130, 1.0, unit, currency)
    layers += _names(named, frame, palette, unit, currency)
    return finish(layers, frame, palette, width)


def written(score: float, unit: Unit, currency: str) -> str:
    """Return what a mix brings, in words of the axis: money, or a chance in whole per cent."""
    return chance(score) if unit == "percent" else format_value(score, unit, currency)


def _frame(mixes: Sequence[Mix], unit: Unit, currency: str, width: Width, height: int) -> Frame:
    """Return a frame whose months are whole units of currency."""
    if not mixes:
        raise ValueError("there is no mix to draw")
    ends = max(max(mix.cost for mix in mixes), 1.0)
    frame = make_frame(
        [mix.score for mix in mixes],
        unit=unit,
        currency=currency,
        start_month="2000-01",
        first=0,
        last=max(round(1.04 * ends), 1),
        width=width if isinstance(width, int) else None,
        height=height,
        top=26.0,
    )
    return replace(frame, months=_cost_marks(frame, currency))


def _cost_marks(frame: Frame, currency: str) -> tuple[MonthMark, ...]:
    """Return the amounts to label; every second is spare where room is short."""
    ticks = [tick for tick in nice_ticks(0, frame.last, 7) if tick <= frame.last]
    labels = axis_labels(ticks, "money", currency)
    x = Scale(0, frame.last, 0.0, frame.inner_width)
    return tuple(
        MonthMark(round(tick), label, is_spare=at % 2 == 1)
        for at, (tick, label) in enumerate(zip(ticks, labels, strict=True))
        if x(tick) + text_width(label) <= frame.inner_width + frame.right
    )


def _steps(frontier: Sequence[Mix], frame: Frame, palette: Palette) -> Layers:
    """Return the line: money up to the next mix buys the one before."""
    if not frontier:
        return []
    reach = [*frontier, replace(frontier[-1], cost=frame.last)]
    rows = [{"month": mix.cost, "value": mix.score} for mix in reach]
    return [_stairs(rows, palette.teal)]


@layer
def _stairs(color: str) -> alt.Chart:
    mark = alt.Chart().mark_line(interpolate="step-after", color=color, strokeWidth=2)
    drawn: alt.Chart = mark.encode(x=x_month(), y=y_value())
    return drawn


def _joined(named: Sequence[Named], palette: Palette) -> Layers:
    rows = [{"month": mix.cost, "value": mix.score, "order": at} for at, mix in enumerate(named)]
    return [_dashes(rows, palette.stone)]


@layer
def _dashes(color: str) -> alt.Chart:
    mark = alt.Chart().mark_line(color=color, strokeWidth=1.6, strokeDash=list(DASH))
    drawn: alt.Chart = mark.encode(x=x_month(), y=y_value(), order="order:Q")
    return drawn


def _color(mix: Named, palette: Palette) -> tuple[str, str]:
    """Return the colour of a mix's dot and of its words."""
    known = {
        "best": (palette.teal, palette.teal_text),
        "aligned": (palette.stone, palette.stone_text),
    }
    return known.get(mix.role, (palette.text, palette.text))


def _dots(
    mixes: Sequence[Mix],
    color: str,
    size: float,
    opacity: float,
    unit: Unit,
    currency: str,
) -> Layers:
    rows = [
        {"month": mix.cost, "value": mix.score, "tip": _tip(mix, unit, currency)} for mix in mixes
    ]
    return [_points(rows, color, size, opacity)]


@layer
def _points(color: str, size: float, opacity: float) -> alt.Chart:
    mark = alt.Chart().mark_point(
        filled=True, size=size, color=color, opacity=opacity, shape="circle"
    )
    drawn: alt.Chart = mark.encode(x=x_month(), y=y_value(), tooltip="tip:N")
    return drawn


def _tip(mix: Mix, unit: Unit, currency: str) -> str:
    name = f"{mix.name}: " if isinstance(mix, Named) else ""
    brings, cost = written(mix.score, unit, currency), typed_cost(mix.cost, currency)
    return f"{name}{brings} for {cost} in year one. {mix.tactics}"


def _names(
    named: Sequence[Named], frame: Frame, palette: Palette, unit: Unit, currency: str
) -> Layers:
    """Return a name over the best mix and under the others, kept apart."""
    wanted = [frame.y(mix.score) + (-16 if mix.role == "best" else 16) for mix in named]
    pixels = spread(wanted, LABEL_GAP + 2, -16.0, frame.inner_height - 8)
    layers: Layers = []
    for mix, pixel in zip(named, pixels, strict=True):
        text = f"{mix.name} {written(mix.score, unit, currency)}"
        style: dict[str, Any] = {
            "align": _side(mix.cost / frame.last),
            "fontWeight": 600,
            "fontSize": FONT_SIZE,
        }
        rows = [{"month": mix.cost, "value": frame.y.invert(pixel), "label": text}]
        halo = {"stroke": palette.bg, "strokeWidth": 4, "strokeJoin": "round"}
        layers += [
            words_at(rows, color=palette.bg, **style, **halo),
            words_at(rows, color=_color(mix, palette)[1], **style),
        ]
    return layers


def _side(share: float) -> str:
    """Return how words at a share of the width are set, so that they stay on the plot."""
    if share > 0.75:
        return "right"
    return "left" if share < 0.25 else "center"


def frontier_alt(
    frontier: Sequence[Mix],
    named: Sequence[Named],
    *,
    label: str,
    unit: Unit,
    currency: str = "$",
) -> str:
    """Return the chart as sentences: the two ends of the line, and each mix with a name."""
    said = [f"{label} by cost of year one."]
    if frontier:
        first, last = frontier[0], frontier[-1]
        said.append(
            f"The best rises from {written(first.score, unit, currency)} for "
            f"{typed_cost(first.cost, currency)} to {written(last.score, unit, currency)} for "
            f"{typed_cost(last.cost, currency)}."
        )
    said += [
        f"{mix.name}: {written(mix.score, unit, currency)} for {typed_cost(mix.cost, currency)}."
        for mix in named
    ]
    return " ".join(said)


def frontier_table(
    frontier: Sequence[Mix],
    named: Sequence[Named],
    *,
    label: str,
    unit: Unit,
    currency: str = "$",
) -> pd.DataFrame:
    """Return the mixes with a name, then those of the line, cheapest first."""
    rows: list[tuple[str, Mix]] = [(mix.name, mix) for mix in named]
    rows += [("Best for its money", mix) for mix in frontier]
    return pd.DataFrame(
        [
            (name, typed_cost(m.cost, currency), written(m.score, unit, currency), m.tactics)
            for name, m in rows
        ],
        columns=["Mix", "Cost of year one", label, "Tactics in it"],
    )

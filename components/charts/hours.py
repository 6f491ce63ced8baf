"""One rep's week as two bars: where the hours go today, and where they go with the plan."""

from typing import Any

import altair as alt
import pandas as pd

from components.charts.geometry import text_width
from components.charts.marks import Layers, Width, chart_config
from components.charts.picture import Layer, Picture, layer, picture
from components.charts.week import (
    BAR_HEIGHT,
    BY_SYSTEMS,
    LANE_HEIGHT,
    NOTICEABLE,
    Hours,
    Segment,
    Week,
    Words,
    lay_out_week,
    systems_hours,
    task_order,
)
from components.numbers import format_value
from components.palette import Palette

ASSUMED_WIDTH = 900
MARGIN = 14
LINE = 15
_IF_ROOM = "width * datum.share < datum.need ? 0 : 1"
_IF_BELOW = "width < 0.85 * datum.room ? 0 : 1"


def hours_chart(
    before: Hours,
    after: Hours,
    labels: Words,
    groups: Words,
    *,
    palette: Palette,
    systems: float | None = None,
    plan_label: str = "With the plan",
    today_label: str = "Today",
    width: Width = "container",
) -> Picture:
    """Return today's week above the plan's week, coloured by group.

    Parameters
    ----------
    before, after : hours a rep week by task
    labels, groups : by task, its name and one of selling, prospecting, account (or strategic),
        coaching, tactical and other
    plan_label, today_label : what stands above the two bars
    systems : hours a week that systems take over, drawn in a light bar at the end; without it,
        what `after` lacks against `before`
    """
    room = (width if isinstance(width, int) else ASSUMED_WIDTH) - 2 * MARGIN
    week = lay_out_week(before, after, labels, groups, systems=systems, room=room)
    layers = [
        *_ruler(week, palette),
        _bars(week, palette),
        *_inside(week, palette),
        *_below(week, palette),
        *_headings(week, (today_label, plan_label), palette),
    ]
    return picture(
        layers,
        width=width,
        height=week.height,
        margins={"left": MARGIN, "right": MARGIN, "top": 0, "bottom": 0},
        config=chart_config(palette),
    )


def group_colours(group: str, palette: Palette) -> tuple[str, str]:
    """Return the fill of a group and the colour of words inside it."""
    known = {
        "selling": (palette.teal, palette.on_teal),
        "prospecting": (palette.soft, palette.on_soft),
        "account": (palette.deep, palette.on_deep),
        "strategic": (palette.deep, palette.on_deep),
        "coaching": (palette.blue, palette.on_blue),
        "tactical": (palette.stone, palette.on_stone),
        BY_SYSTEMS: (palette.stone_band, palette.text),
    }
    return known.get(group, (palette.grey_band, palette.text))


def _x(field: str = "x") -> alt.X:
    """Return a place in hours; the ruler reaches from the first to the last."""
    return alt.X(f"{field}:Q", scale=alt.Scale(nice=False), axis=None)


def _y(height: float, field: str = "y") -> alt.Y:
    """Return a place in pixels from the top."""
    scale = alt.Scale(domain=[0, height], range=[0, height], nice=False)
    return alt.Y(f"{field}:Q", scale=scale, axis=None)


def _bars(week: Week, palette: Palette) -> Layer:
    rows = [
        {
            "x": one.start,
            "x2": one.end,
            "y": top,
            "y2": top + BAR_HEIGHT,
            "fill": group_colours(one.group, palette)[0],
            "tip": one.tip,
        }
        for top, segments in week.bars
        for one in segments
    ]
    return _boxes(rows, week.height, palette.bg)


@layer
def _boxes(height: float, gap: str) -> alt.Chart:
    mark = alt.Chart().mark_rect(stroke=gap, strokeWidth=1)
    drawn: alt.Chart = mark.encode(
        x=_x(),
        x2="x2:Q",
        y=_y(height),
        y2="y2:Q",
        fill=alt.Fill("fill:N", scale=None),
        tooltip="tip:N",
    )
    return drawn


@layer
def _text(height: float, *, align: Any = "left", shown: str = "1", **style: Any) -> alt.Chart:
    mark = alt.Chart().mark_text(align=align, opacity=alt.ExprRef(shown), **style)
    color = alt.Color("color:N", scale=None)
    drawn: alt.Chart = mark.encode(x=_x(), y=_y(height), text="label:N", color=color)
    return drawn


@layer
def _rules(height: float, color: str, start: str, end: str, shown: str = "1") -> alt.Chart:
    """Return upright rules between two fields of pixels."""
    mark = alt.Chart().mark_rule(color=color, opacity=alt.ExprRef(shown))
    drawn: alt.Chart = mark.encode(x=_x(), y=_y(height, start), y2=f"{end}:Q")
    return drawn


@layer
def _floor(height: float, color: str) -> alt.Chart:
    mark = alt.Chart().mark_rule(color=color)
    drawn: alt.Chart = mark.encode(x=_x(), x2="far:Q", y=_y(height))
    return drawn


def _inside(week: Week, palette: Palette) -> Layers:
    rows: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    for top, segments in week.bars:
        for one in segments:
            color = group_colours(one.group, palette)[1]
            first = top + BAR_HEIGHT / 2 - LINE * (len(one.lines) - 1) / 2
            for at, text in enumerate(one.lines):
                place = {"x": one.start, "y": first + LINE * at, "label": text, "color": color}
                place |= {
                    "share": (one.end - one.start) / week.total,
                    "need": max(text_width(line) for line in one.lines) + 5,
                }
                rows[text in one.name].append(place)
    return [
        _text(rows[True], week.height, dx=5, fontWeight=600, shown=_IF_ROOM),
        _text(rows[False], week.height, dx=5, shown=_IF_ROOM),
    ]


def _below(week: Week, palette: Palette) -> Layers:
    """Return the words of segments too narrow for them, each at the end of a short leader."""
    rows = {is_left: _lane_rows(week, palette, is_left) for is_left in (False, True)}
    leaders, height = rows[False] + rows[True], week.height
    return [
        _rules(leaders, height, palette.control, "foot", "y", shown=_IF_BELOW),
        _text(rows[False], height, dx=4, shown=_IF_BELOW),
        _text(rows[True], height, align="right", dx=-4, shown=_IF_BELOW),
    ]


def _lane_rows(week: Week, palette: Palette, is_left: bool) -> list[dict[str, Any]]:
    def row(top: float, one: Segment, lane: int) -> dict[str, Any]:
        foot = top + BAR_HEIGHT
        y = foot + 12 + LANE_HEIGHT * (lane - 1)
        label = f"{one.name} {one.words}"
        place = {"x": one.middle, "y": y, "foot": foot, "room": week.room}
        return {**place, "label": label, "color": palette.text2}

    return [
        row(top, one, one.lane)
        for top, segments in week.bars
        for one in segments
        if one.lane and one.is_left is is_left
    ]


def _headings(week: Week, labels: tuple[str, str], palette: Palette) -> Layers:
    rows = [
        {"x": 0, "y": top - 11, "label": label, "color": color}
        for top, label, color in (
            (week.tops[0], labels[0], palette.text),
            (week.tops[1], labels[1], palette.teal_text),
        )
    ]
    return [_text(rows, week.height, fontWeight=600)]


def _ruler(week: Week, palette: Palette) -> Layers:
    """Return the axis: a mark every eight hours, and the whole week."""
    marks = [float(at) for at in range(0, int(week.hours) + 1, 8) if at == 0 or week.hours - at > 3]
    said = f"{round(week.hours, 1):g} h a week"
    whole = [_mark(week.hours, said, week, palette)]
    end, height = "right" if week.hours > 0.93 * week.total else "center", week.height
    taken = text_width(said) * (1 if end == "right" else 0.5)
    rows = [
        _mark(at, f"{at:g} h", week, palette)
        | {
            "share": (week.hours - at) / week.total,
            "need": taken + text_width(f"{at:g} h") / 2 + 6,
        }
        for at in marks
    ]
    return [
        _floor(rows[:1], height, palette.control),
        _rules(rows + whole, height, palette.control, "y", "end"),
        _text(rows, height, align="center", dy=16, shown=_IF_ROOM),
        _text(whole, height, align=end, dy=16),
    ]


def _mark(at: float, label: str, week: Week, palette: Palette) -> dict[str, Any]:
    place = {"x": at, "y": week.axis, "end": week.axis + 5, "far": week.total}
    return {**place, "label": label, "color": palette.text3}


def hours_alt(before: Hours, after: Hours, labels: Words, *, systems: float | None = None) -> str:
    """Return the week in sentences: the hours systems take, and the largest changes."""
    taken = systems_hours(before, after, systems)
    changes = {task: after.get(task, 0.0) - before.get(task, 0.0) for task in [*before, *after]}
    largest = sorted(changes, key=lambda task: -abs(changes[task]))[:4]
    moved = [
        f"{labels.get(task, task)} {format_value(before.get(task, 0.0), 'hours')} to "
        f"{format_value(after.get(task, 0.0), 'hours')}"
        for task in largest
        if abs(changes[task]) >= NOTICEABLE
    ]
    said = [f"One rep's week of {format_value(sum(before.values()), 'hours')}."]
    if taken >= NOTICEABLE:
        said.append(f"With the plan, systems do {format_value(taken, 'hours')} of today's work.")
    said.append(f"Largest changes: {'; '.join(moved)}." if moved else "No task changes.")
    return " ".join(said)


def hours_table(
    before: Hours,
    after: Hours,
    labels: Words,
    groups: Words,
    *,
    systems: float | None = None,
) -> pd.DataFrame:
    """Return hours a rep week by task: today, with the plan and the change."""
    tasks = task_order(list(dict.fromkeys([*before, *after])), groups)
    rows = [
        (labels.get(t, t), groups.get(t, "other"), before.get(t, 0.0), after.get(t, 0.0))
        for t in tasks
    ]
    rows.append(("Done by systems", BY_SYSTEMS, 0.0, systems_hours(before, after, systems)))
    table = pd.DataFrame(rows, columns=["Task", "Group", "Hours today", "Hours with the plan"])
    table["Change"] = table["Hours with the plan"] - table["Hours today"]
    return table.round(2)

"""The charts as static, script-free SVG for pages that allow no script and no inline style.

Colours are CSS variables (`components.palette.css_variables`) with the light palette behind them;
pass a palette to fix them, for files. Every word is escaped.
"""

from collections.abc import Sequence

from components.charts.bands import Bands, Comparison
from components.charts.cash import cash_alt
from components.charts.fan import fan_alt
from components.charts.marks import DASH
from components.charts.payback import Cash, Payback, lay_out_cash
from components.charts.scene import Fan, lay_out_fan
from components.numbers import Unit
from components.palette import Palette
from components.svg_goal import goal_bar_svg, goal_scale
from components.svg_parts import (
    curve,
    ends,
    ink,
    paper,
    picture,
    rule,
    shaded,
    written,
)

WIDE, COMPACT = 720, 360
DASHED = " ".join(map(str, DASH))

__all__ = ["cash_svg", "fan_parts", "fan_svg", "goal_bar_svg", "goal_scale"]


def fan_svg(
    bands: Bands,
    *,
    unit: Unit,
    start_month: str,
    currency: str = "$",
    target: float | None = None,
    due: int | None = None,
    comparison: Comparison = ">=",
    dots: Sequence[float] | None = None,
    baseline: Bands | Sequence[float] | None = None,
    chance: float | None = None,
    label: str = "The middle future",
    title: str | None = None,
    compact: bool = False,
    palette: Palette | None = None,
) -> str:
    """Return the fan of `fan_chart`; `compact` is drawn for a column of about 360 pixels."""
    fan = lay_out_fan(
        bands,
        unit=unit,
        currency=currency,
        start_month=start_month,
        target=target,
        due=due,
        comparison=comparison,
        dots=dots,
        baseline=baseline,
        width=COMPACT if compact else WIDE,
        height=230 if compact else 300,
        compact=compact,
    )
    said = title or fan_alt(
        bands,
        unit=unit,
        start_month=start_month,
        currency=currency,
        label=label,
        target=target,
        due=due,
        comparison=comparison,
        dots=dots,
        baseline=baseline,
        chance=chance,
    )
    body, size = fan_parts(fan, bands, palette), fan.frame
    return picture(
        body, width=size.width, height=size.height, title=said, name="fan", palette=palette
    )


def fan_parts(fan: Fan, bands: Bands, palette: Palette | None) -> list[str]:
    """Return the elements of a fan that is laid out, the lowest first."""
    return [
        *paper(fan.frame, palette),
        *shaded(fan.frame, fan.rows, bands, palette),
        *_fan_lines(fan, palette),
        *_fan_rules(fan, palette),
        *_fan_dots(fan, palette),
        *_fan_words(fan, palette),
    ]


def _fan_lines(fan: Fan, palette: Palette | None) -> list[str]:
    frame, rows, parts = fan.frame, fan.rows, []
    if fan.baseline_label:
        parts.append(curve(frame, rows, "baseline", ink("grey", palette), 1.8))
    parts.append(curve(frame, rows, "p50", ink("teal", palette)))
    return parts


def _fan_rules(fan: Fan, palette: Palette | None) -> list[str]:
    frame, parts = fan.frame, []
    if fan.due is not None:
        x = frame.left + frame.x(fan.due)
        parts.append(rule(x, frame.top, x, frame.top + frame.inner_height, ink("control", palette)))
    if fan.target is not None:
        y = frame.top + frame.y(fan.target)
        end = frame.left + frame.inner_width
        parts.append(rule(frame.left, y, end, y, ink("text", palette), dash=DASHED))
    return parts


def _fan_dots(fan: Fan, palette: Palette | None) -> list[str]:
    if fan.due is None:
        return []
    frame, teal = fan.frame, ink("teal", palette)
    start, radius = frame.left + frame.x(fan.due), fan.dot_size / 2 - 0.6
    return [
        f'<circle class="{"met" if dot.is_met else "missed"}" '
        f'cx="{start + fan.dots_step * (dot.column + 0.65):.1f}" '
        f'cy="{frame.top + frame.y(dot.value):.1f}" r="{radius:.1f}" '
        f'fill="{teal if dot.is_met else ink("bg", palette)}" stroke="{teal}" stroke-width="1.4"/>'
        for dot in fan.dots
    ]


def _fan_words(fan: Fan, palette: Palette | None) -> list[str]:
    frame, quiet = fan.frame, ink("text3", palette)
    parts = ends(fan.ends, frame, ink("teal_text", palette))
    if fan.baseline_label:
        parts.append(written(fan.baseline_label, frame, quiet, palette, dx=4))
    if fan.due_label:
        parts.append(written(fan.due_label, frame, quiet, palette, dx=-3))
    if fan.target_label:
        parts.append(written(fan.target_label, frame, ink("text", palette), palette, dy=5))
    return parts


def cash_svg(
    bands: Bands,
    *,
    start_month: str,
    currency: str = "$",
    payback: Payback | None = None,
    payback_chance: float | None = None,
    linear: Sequence[float] | None = None,
    title: str | None = None,
    compact: bool = False,
    palette: Palette | None = None,
) -> str:
    """Return the cash chart of `cash_chart`; `compact` is drawn for about 360 pixels."""
    cash = lay_out_cash(
        bands,
        payback=payback,
        payback_chance=payback_chance,
        linear=linear,
        start_month=start_month,
        currency=currency,
        width=COMPACT if compact else WIDE,
        height=230 if compact else 300,
    )
    frame, ground = cash.frame, ink("bg", palette)
    zero, end = frame.top + frame.y(0.0), frame.left + frame.inner_width
    body = [
        *paper(frame, palette),
        *shaded(frame, cash.rows, bands, palette),
        curve(frame, cash.rows, "p50", ink("teal", palette)),
        *_linear(cash, palette),
    ]
    body.append(rule(frame.left, zero, end, zero, ink("text", palette)))
    if cash.dot is not None:
        low, high = (
            frame.left + frame.x(cash.dot if month is None else month)
            for month in (cash.low, cash.high)
        )
        body.append(
            f'<path class="payback" d="M{low:.1f},{zero:.1f}L{high:.1f},{zero:.1f}" '
            f'stroke="{ink("text2", palette)}" stroke-width="5" stroke-opacity="0.5" '
            f'stroke-linecap="round"/><circle cx="{frame.left + frame.x(cash.dot):.1f}" '
            f'cy="{zero:.1f}" r="4.6" fill="{ink("text", palette)}" stroke="{ground}" '
            f'stroke-width="1.6"/>'
        )
    for label in cash.labels:
        color = ink("text" if label.is_strong else "text3", palette)
        body.append(written(label, frame, color, palette, dy=0))
    body += ends(cash.ends, frame, ink("teal_text", palette))
    if cash.linear_end:
        body += ends([cash.linear_end], frame, ink("stone_text", palette))
    said = title or cash_alt(
        bands,
        start_month=start_month,
        currency=currency,
        payback=payback,
        payback_chance=payback_chance,
        linear=linear,
    )
    return picture(
        body, width=frame.width, height=frame.height, title=said, name="cash", palette=palette
    )


def _linear(cash: Cash, palette: Palette | None) -> list[str]:
    """Return the dashed line of a linear calculator and its words."""
    if cash.linear_label is None:
        return []
    line = curve(cash.frame, cash.rows, "linear", ink("stone", palette), 1.8, dash=DASHED)
    return [line, written(cash.linear_label, cash.frame, ink("stone_text", palette), palette)]

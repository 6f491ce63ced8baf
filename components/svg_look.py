"""The fan as a picture in the size of a page's chart, to stand over it for a moment."""

from collections.abc import Sequence
from dataclasses import replace

from components.charts.bands import Bands, Comparison
from components.charts.frame import stretched
from components.charts.scene import Fan, lay_out_fan
from components.charts.what_happened import Actuals, verdict_of
from components.numbers import Unit
from components.palette import Palette
from components.svg import fan_parts
from components.svg_parts import picture, written

HEIGHT = 280
DOT, SIDE, RISE = 4.4, 8.6, 7.4  # pixels: radius of a dot, half a triangle's foot, half its height


def fan_look_svg(
    bands: Bands,
    *,
    width: int,
    palette: Palette,
    unit: Unit,
    start_month: str,
    currency: str = "$",
    target: float | None = None,
    due: int | None = None,
    comparison: Comparison = ">=",
    dots: Sequence[float] | None = None,
    baseline: Bands | Sequence[float] | None = None,
    actuals: Actuals | None = None,
) -> str:
    """Return what `fan_chart` draws of the same numbers, without tooltips.

    Parameters
    ----------
    width : of the page's chart in pixels; everything else as in `fan_chart`
    """
    laid = lay_out_fan(
        bands,
        unit=unit,
        currency=currency,
        start_month=start_month,
        target=target,
        due=due,
        comparison=comparison,
        dots=dots,
        baseline=baseline,
        actuals=actuals,
        width=None,
        height=HEIGHT,
        compact=False,
    )
    fan = replace(laid, frame=stretched(laid.frame, width))
    body = [*fan_parts(fan, bands, palette), *_happened(fan, bands, actuals or {}, palette)]
    return picture(body, width=width, height=HEIGHT, title="", name="fan", palette=palette)


def _happened(fan: Fan, bands: Bands, actuals: Actuals, palette: Palette) -> list[str]:
    """Return a mark for each month's figure: a dot inside the range, a triangle outside it."""
    frame = fan.frame
    parts = [
        _mark(
            frame.left + frame.x(month),
            frame.top + frame.y(value),
            verdict_of(bands, month, value),
            palette,
        )
        for month, value in actuals.items()
    ]
    if fan.actual_label:
        parts.append(written(fan.actual_label, frame, palette.text, palette, dy=0))
    return parts


def _mark(x: float, y: float, verdict: str, palette: Palette) -> str:
    edge = f'stroke="{palette.bg}" stroke-width="1"'
    if verdict == "inside":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{DOT}" fill="{palette.text}" {edge}/>'
    tip = -RISE if verdict == "above" else RISE
    return (
        f'<path class="{verdict}" d="M{x:.1f},{y + tip:.1f}L{x + SIDE:.1f},{y - tip:.1f}'
        f'H{x - SIDE:.1f}Z" fill="{palette.brick}" {edge}/>'
    )

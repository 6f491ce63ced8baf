"""The marks of what happened: a dot inside the range, a triangle that points out of it."""

from collections.abc import Sequence

import altair as alt

from components.charts.bands import Bands, Row
from components.charts.marks import Layers, x_month, y_value
from components.charts.picture import layer
from components.charts.what_happened import Actuals, verdict_of
from components.palette import Palette


def points(rows: Sequence[Row], bands: Bands, actuals: Actuals, palette: Palette) -> Layers:
    """Return a dot for each month inside the range, and triangles that point to the others' side.

    There is a layer for each kind of mark even if no month has it, so that a range that moves
    over a figure changes data alone.
    """
    tips = {row["month"]: row["tip"] for row in rows}
    found: dict[str, list[Row]] = {"inside": [], "below": [], "above": []}
    for month, value in actuals.items():
        said = verdict_of(bands, month, value)
        found[said].append({"month": month, "value": value, "tip": tips[month]})
    return [
        _marked(found["inside"], "circle", 60, palette.text, palette.bg),
        _marked(found["above"], "triangle-up", 150, palette.brick, palette.bg),
        _marked(found["below"], "triangle-down", 150, palette.brick, palette.bg),
    ]


@layer
def _marked(shape: str, size: int, color: str, edge: str) -> alt.Chart:
    mark = alt.Chart().mark_point(
        shape=shape,
        size=size,
        filled=True,
        opacity=1,
        color=color,
        stroke=edge,
        strokeWidth=1,
        aria=False,  # else: an image without a name while no month lies there
    )
    drawn: alt.Chart = mark.encode(x=x_month(), y=y_value(), tooltip="tip:N")
    return drawn

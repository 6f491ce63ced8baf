"""Elements of static pictures: escaped text, colours with a fallback, paper and labels."""

from collections.abc import Sequence
from html import escape

from components.charts.bands import Bands, Row, shades
from components.charts.frame import Frame
from components.charts.geometry import Point, smooth_path
from components.charts.scene import Label
from components.palette import LIGHT, Palette, css_name

FONTS = "'Source Sans 3','Source Sans',system-ui,sans-serif"


def ink(token: str, palette: Palette | None) -> str:
    """Return a colour: fixed by a palette, else the page's CSS variable with light behind it."""
    if palette is not None:
        return str(getattr(palette, token))
    return f"var({css_name(token)},{getattr(LIGHT, token)})"


def picture(
    body: Sequence[str],
    *,
    width: float,
    height: float,
    title: str,
    name: str,
    palette: Palette | None,
) -> str:
    """Return a whole picture that fills its container's width and is read out as `title`."""
    fonts = f"var(--font,{FONTS})" if palette is None else FONTS
    said = escape(title, quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{name}" width="100%" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{said}" '
        f'font-family="{fonts}" fill="none"><title>{said}</title>{"".join(body)}</svg>'
    )


def text(
    words: str,
    x: float,
    y: float,
    color: str,
    *,
    size: float = 12.0,
    anchor: str = "start",
    weight: int = 400,
    halo: str = "",
) -> str:
    """Return a line of escaped text; `halo` is a colour drawn behind the letters."""
    behind = (
        f' stroke="{halo}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
        if halo
        else ""
    )
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" '
        f'font-weight="{weight}" fill="{color}"{behind}>{escape(words)}</text>'
    )


def rule(x1: float, y1: float, x2: float, y2: float, color: str, *, dash: str = "") -> str:
    """Return a thin straight line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="M{x1:.1f},{y1:.1f}L{x2:.1f},{y2:.1f}" stroke="{color}" '
        f'stroke-width="1.2"{dashed}/>'
    )


def points(frame: Frame, rows: Sequence[Row], field: str) -> list[Point]:
    """Return the pixels of one field over the months in which it is known."""
    return [
        (frame.left + frame.x(float(row["month"] or 0)), frame.top + frame.y(float(value)))
        for row in rows
        if (value := row.get(field)) is not None
    ]


def curve(
    frame: Frame,
    rows: Sequence[Row],
    field: str,
    color: str,
    width: float = 2.2,
    *,
    dash: str = "",
) -> str:
    """Return a smooth line through one field."""
    path = smooth_path(points(frame, rows, field))
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path class="{field}" d="{path}" stroke="{color}" stroke-width="{width:g}"{dashed}/>'


def band(frame: Frame, rows: Sequence[Row], low: str, high: str, color: str, opacity: float) -> str:
    """Return the area between two fields."""
    top = smooth_path(points(frame, rows, high))
    foot = smooth_path(points(frame, rows, low)[::-1])
    joined = f"{top}L{foot[1:]}Z" if top and foot else ""
    return f'<path class="{low}" d="{joined}" fill="{color}" fill-opacity="{opacity:g}"/>'


def shaded(frame: Frame, rows: Sequence[Row], bands: Bands, palette: Palette | None) -> list[str]:
    """Return the bands around a middle line."""
    teal = ink("teal", palette)
    return [band(frame, rows, low, high, teal, how) for low, high, how in shades(bands)]


def paper(frame: Frame, palette: Palette | None) -> list[str]:
    """Return grid lines, the month axis and their labels."""
    left, right = frame.left, frame.left + frame.inner_width
    floor = frame.top + frame.inner_height
    quiet, edge = ink("text3", palette), ink("control", palette)
    parts = []
    for value, label in zip(frame.ticks, frame.tick_labels, strict=True):
        y = frame.top + frame.y(value)
        parts.append(rule(left, y, right, y, ink("border", palette)))
        parts.append(text(label, left - 8, y + 4, quiet, anchor="end"))
    parts.append(rule(left, floor, right, floor, edge))
    for mark in frame.months:
        x = left + frame.x(mark.month)
        parts.append(rule(x, floor, x, floor + 5, edge))
        parts.append(text(mark.label, x, floor + 19, quiet))
    return parts


def written(
    label: Label,
    frame: Frame,
    color: str,
    palette: Palette | None,
    *,
    dx: float = 0.0,
    dy: float = 6.0,
) -> str:
    """Return a label at its month and value, with a halo so that lines never cut its letters."""
    is_right = label.align == "right"
    x = frame.left + frame.x(label.month) + (-dx if is_right else dx)
    y = frame.top + frame.y(label.value) + (-dy if label.is_above else dy + 9)
    return text(
        label.text,
        x,
        y,
        color,
        anchor="end" if is_right else "start",
        weight=600 if label.is_strong else 400,
        halo=ink("bg", palette),
    )


def ends(labels: Sequence[Label], frame: Frame, color: str) -> list[str]:
    """Return the labels at the right end, already kept apart."""
    return [
        text(
            label.text,
            frame.left + frame.x(label.month) + 7,
            frame.top + frame.y(label.value) + 4,
            color,
            weight=600 if label.is_strong else 400,
        )
        for label in labels
    ]

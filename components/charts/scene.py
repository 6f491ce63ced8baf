"""What a fan shows, decided once: the Altair chart and the static picture both draw it."""

from collections.abc import Sequence
from dataclasses import dataclass

from components.charts.bands import (
    Bands,
    Comparison,
    Row,
    band_rows,
    check_bands,
    finite,
    is_met,
    middle_of,
    number,
)
from components.charts.frame import FONT_SIZE, LABEL_GAP, Frame, make_frame
from components.charts.geometry import dot_columns, spread, text_width
from components.charts.what_happened import Actuals, check_actuals, with_actuals
from components.numbers import Unit, format_value
from strategy.calendar import month_label

DOT_SIZES = (9.5, 7.5, 5.5)
MOST_COLUMNS = 6
AS_TODAY = "carrying on as today"
ACTUAL = "actual"
MARK_ROOM = 7.0  # pixels from the middle of a mark to the word beside it
END_NAMES = {"p90": "9 in 10 below", "p50": "middle", "p10": "1 in 10 below"}


@dataclass(frozen=True)
class Label:
    """A word on the plot, at a month and a value; `is_above` puts it above its value."""

    text: str
    month: float
    value: float
    align: str = "left"
    is_above: bool = True
    is_strong: bool = False


@dataclass(frozen=True)
class Dot:
    """One of 20 equally likely futures at the due month; columns count away from the rule."""

    value: float
    column: int
    is_met: bool


@dataclass(frozen=True)
class Fan:
    """A fan, laid out: rows to draw and words to write, with every place decided."""

    frame: Frame
    rows: tuple[Row, ...]
    ends: tuple[Label, ...]
    dots: tuple[Dot, ...]
    dot_size: float
    target: float | None
    target_label: Label | None
    due: int | None
    due_label: Label | None
    baseline_label: Label | None
    actual_label: Label | None

    @property
    def dots_step(self) -> float:
        """Return the pixels from one column of dots to the next; below zero runs left."""
        is_left = self.due is not None and self.frame.is_late(self.due)
        return -self.dot_size if is_left else self.dot_size


def lay_out_fan(
    bands: Bands,
    *,
    unit: Unit,
    currency: str,
    start_month: str,
    target: float | None,
    due: int | None,
    comparison: Comparison,
    dots: Sequence[float] | None,
    baseline: Bands | Sequence[float] | None,
    width: int | None,
    height: int,
    compact: bool,
    actuals: Actuals | None = None,
) -> Fan:
    """Return where everything in a fan goes; `actuals` are what happened by month."""
    months = check_bands(bands)
    middle = _baseline_line(baseline, months)
    happened = actuals or {}
    check_actuals(happened, months)
    ends = _end_words(bands, unit, currency, compact)
    frame = make_frame(
        finite([*bands["p10"], *bands["p90"], *middle, *happened.values(), *(dots or ()), target]),
        unit=unit,
        currency=currency,
        start_month=start_month,
        first=1,
        last=months,
        width=width,
        height=height,
        end_labels=[text for text, _ in ends],
    )
    rows = _rows(bands, middle, unit, currency, start_month)
    if happened:
        with_actuals(rows, bands, happened, unit=unit, currency=currency)
    size, placed = _dots(frame, dots, target, comparison)
    return Fan(
        frame=frame,
        rows=tuple(rows),
        ends=_ends(frame, ends, months),
        dots=placed if due is not None else (),
        dot_size=size,
        target=target,
        target_label=_target_label(
            frame, rows, target, due, f"target {format_value(target or 0.0, unit, currency)}"
        ),
        due=due,
        due_label=_due_label(frame, due, start_month),
        baseline_label=_baseline_label(frame, rows, due),
        actual_label=_actual_label(frame, rows),
    )


def _baseline_line(baseline: Bands | Sequence[float] | None, months: int) -> Sequence[float]:
    line = middle_of(baseline)
    if line is None:
        return ()
    if len(line) != months:
        raise ValueError(f"baseline holds {len(line)} months, the bands hold {months}")
    return line


def _rows(
    bands: Bands,
    baseline: Sequence[float],
    unit: Unit,
    currency: str,
    start_month: str,
) -> list[Row]:
    rows = band_rows(bands, unit=unit, currency=currency, start_month=start_month)
    for row, value in zip(rows, baseline, strict=False):
        row["baseline"] = number(value)
        row["tip"] = f"{row['tip']}. Carrying on as today {format_value(value, unit, currency)}"
    return rows


def _end_words(bands: Bands, unit: Unit, currency: str, compact: bool) -> list[tuple[str, float]]:
    words = []
    for name, meaning in END_NAMES.items():
        value = number(bands[name][-1])
        if value is not None:
            text = format_value(value, unit, currency)
            words.append((text if compact else f"{text} {meaning}", value))
    return words


def _ends(frame: Frame, ends: Sequence[tuple[str, float]], last: int) -> tuple[Label, ...]:
    pixels = spread([frame.y(v) for _, v in ends], LABEL_GAP, 0.0, frame.inner_height)
    return tuple(
        Label(text, last, frame.y.invert(pixel), is_strong=at == 1)
        for at, ((text, _), pixel) in enumerate(zip(ends, pixels, strict=True))
    )


def _dots(
    frame: Frame, dots: Sequence[float] | None, target: float | None, comparison: Comparison
) -> tuple[float, tuple[Dot, ...]]:
    values = finite(dots or ())
    pixels = [frame.y(value) for value in values]
    for size in DOT_SIZES:
        columns = dot_columns(pixels, size)
        if max(columns, default=0) < MOST_COLUMNS:
            break
    met = [target is None or is_met(value, target, comparison) for value in values]
    return size, tuple(Dot(*one) for one in zip(values, columns, met, strict=True))


def _target_label(
    frame: Frame, rows: Sequence[Row], target: float | None, due: int | None, text: str
) -> Label | None:
    """Return the words on the target's line: at its left end, or else beside what happened."""
    if target is None:
        return None
    marked = [float(row["month"] or 0) for row in rows if row.get("actual") is not None]
    month, align = float(frame.first), "left"
    if marked and due is not None and frame.is_late(due):
        month = marked[-1] + 0.02 * (frame.last - frame.first)
    elif marked:
        month, align = float(frame.last), "right"
    begin = frame.x(month) - (text_width(text) if align == "right" else 0.0)
    is_above = target_fits_above(frame, rows, target, text, begin)
    return Label(text, month, target, align, is_above=is_above, is_strong=True)


def target_fits_above(
    frame: Frame, rows: Sequence[Row], target: float, text: str, begin: float = 0.0
) -> bool:
    """Say whether the words fit above the target without a line through them.

    `begin` is where they begin, in pixels from the left end.
    """
    first, last = frame.x.invert(begin), frame.x.invert(begin + text_width(text))
    near = [row for row in rows if first <= float(row["month"] or 0) <= last]
    lines = [row.get(name) for row in near for name in ("p50", "baseline", "actual")]
    gaps = [frame.y(target) - frame.y(float(value)) for value in lines if value is not None]
    return not any(0 < gap < 1.8 * FONT_SIZE for gap in gaps)


def _due_label(frame: Frame, due: int | None, start_month: str) -> Label | None:
    if due is None:
        return None
    if not frame.first <= due <= frame.last:
        raise ValueError(f"due month {due} lies outside {frame.first} to {frame.last}")
    align = "right" if frame.is_late(due) else "left"
    return Label(f"due {month_label(start_month, due)}", due, frame.high, align)


def _baseline_label(frame: Frame, rows: Sequence[Row], due: int | None) -> Label | None:
    """Return the words beside the grey line, on the side away from the middle line."""
    last = rows[-1]
    line, middle = last.get("baseline"), last.get("p50")
    if line is None or middle is None:
        return None
    month = float(frame.last)
    if due is not None and frame.is_late(due):
        month = due - 0.02 * (frame.last - frame.first)
        at = min(rows, key=lambda row: abs(float(row["month"] or 0) - month))
        line, middle = at.get("baseline") or line, at.get("p50") or middle
    return Label(AS_TODAY, month, float(line), "right", is_above=float(line) > float(middle))


def _actual_label(frame: Frame, rows: Sequence[Row]) -> Label | None:
    """Return the word beside the last mark, on the side away from the middle line.

    It always stands above its place, and the place moves: another style would be another look.
    """
    marked = [row for row in rows if row.get("actual") is not None]
    if not marked:
        return None
    last = marked[-1]
    month, value, middle = (float(last[name] or 0) for name in ("month", "actual", "p50"))
    rise = MARK_ROOM if value >= middle else -MARK_ROOM - FONT_SIZE
    place = frame.y.invert(frame.y(value) - rise)
    return Label(ACTUAL, month, place, "right" if frame.is_late(month) else "left")

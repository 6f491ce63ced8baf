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
from components.numbers import Unit, format_value, month_label

DOT_SIZES = (9.5, 7.5, 5.5)
MOST_COLUMNS = 6
AS_TODAY = "carrying on as today"
ACTUAL = "actual"
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
    actuals: Sequence[float] | None,
    width: int | None,
    height: int,
    compact: bool,
) -> Fan:
    """Return where everything in a fan goes; months before month 1 hold the actuals."""
    months = check_bands(bands)
    middle = _baseline_line(baseline, months)
    past = list(actuals or ())
    ends = _end_words(bands, unit, currency, compact)
    frame = make_frame(
        finite([*bands["p10"], *bands["p90"], *middle, *past, *(dots or ()), target]),
        unit=unit,
        currency=currency,
        start_month=start_month,
        first=1 - len(past),
        last=months,
        width=width,
        height=height,
        end_labels=[text for text, _ in ends],
    )
    rows = _rows(bands, middle, past, unit, currency, start_month)
    size, placed = _dots(frame, dots, target, comparison)
    return Fan(
        frame=frame,
        rows=tuple(rows),
        ends=_ends(frame, ends, months),
        dots=placed if due is not None else (),
        dot_size=size,
        target=target,
        target_label=_target_label(frame, rows, target, unit, currency),
        due=due,
        due_label=_due_label(frame, due, start_month),
        baseline_label=_baseline_label(frame, rows, due),
        actual_label=_actual_label(frame, past),
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
    past: Sequence[float],
    unit: Unit,
    currency: str,
    start_month: str,
) -> list[Row]:
    rows = band_rows(bands, unit=unit, currency=currency, start_month=start_month)
    for row, value in zip(rows, baseline, strict=False):
        row["baseline"] = number(value)
        row["tip"] = f"{row['tip']}. Carrying on as today {format_value(value, unit, currency)}"
    before: list[Row] = []
    for at, value in enumerate(past):
        month = at + 1 - len(past)
        words = f"{month_label(start_month, month)}: {format_value(value, unit, currency)}, actual"
        before.append({"month": month, "actual": number(value), "tip": words})
    if before:
        before[-1] |= dict.fromkeys(("p10", "p25", "p50", "p75", "p90"), number(past[-1]))
        if baseline:
            before[-1]["baseline"] = number(past[-1])
    return before + rows


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
    frame: Frame, rows: Sequence[Row], target: float | None, unit: Unit, currency: str
) -> Label | None:
    if target is None:
        return None
    text = f"target {format_value(target, unit, currency)}"
    is_above = target_fits_above(frame, rows, target, text)
    return Label(text, frame.first, target, is_above=is_above, is_strong=True)


def target_fits_above(frame: Frame, rows: Sequence[Row], target: float, text: str) -> bool:
    """Say whether the words fit above the target's left end without a line through them."""
    until = frame.x.invert(text_width(text))
    early = [row for row in rows if float(row["month"] or 0) <= until]
    lines = [row.get(name) for row in early for name in ("p50", "baseline", "actual")]
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


def _actual_label(frame: Frame, past: Sequence[float]) -> Label | None:
    if len(past) < 3:
        return None
    lowest = min(range(len(past) - 1), key=lambda at: past[at])
    return Label(ACTUAL, lowest + 1 - len(past), float(past[lowest]), is_above=False)

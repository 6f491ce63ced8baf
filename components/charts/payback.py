"""Where a cash chart's parts go: month 0 at zero, the payback, and words the bands leave free."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from components.charts.bands import PERCENTILES, Bands, Row, band_rows, check_bands, finite, number
from components.charts.frame import LABEL_GAP, Frame, make_frame
from components.charts.geometry import spread, text_width
from components.charts.scene import Label
from components.numbers import futures, money
from strategy.calendar import month_label

ROW = 15.0
LINEAR = "linear calculator"

Payback = Mapping[str, float | None]


@dataclass(frozen=True)
class Cash:
    """A cash chart, laid out: rows with month 0 at zero, payback dot, range and words.

    Rows hold `linear`, and `linear_end` and `linear_label` its value and words, where the promise
    of a linear calculator is drawn.
    """

    frame: Frame
    rows: tuple[Row, ...]
    ends: tuple[Label, ...]
    dot: float | None
    low: float | None
    high: float | None
    labels: tuple[Label, ...]
    linear_end: Label | None
    linear_label: Label | None


def lay_out_cash(
    bands: Bands,
    *,
    payback: Payback | None,
    payback_chance: float | None,
    linear: Sequence[float] | None,
    start_month: str,
    currency: str,
    width: int | None,
    height: int,
) -> Cash:
    """Return where everything in a cash chart goes."""
    last = check_bands(bands)
    promised = check_linear(linear, last)
    finals = [number(line[-1]) if line else None for line in (bands["p50"], promised)]
    frame = make_frame(
        finite([*bands["p10"], *bands["p90"], *promised]),
        unit="money",
        currency=currency,
        start_month=start_month,
        first=0,
        last=last,
        width=width,
        height=height,
        end_labels=[money(value, currency) for value in finals if value is not None],
        zero=True,
    )
    dot, low, high = (_within((payback or {}).get(name), last) for name in ("p50", "p10", "p90"))
    said = payback_words(payback, payback_chance, start_month=start_month, last=last)
    rows = _rows(bands, promised, currency, start_month)
    ours, theirs = _ends(frame, finals, currency)
    return Cash(
        frame=frame,
        rows=tuple(rows),
        ends=() if ours is None else (ours,),
        dot=dot,
        low=low,
        high=last if dot is not None and high is None else high,
        labels=_labels(frame, rows, said, dot, low),
        linear_end=theirs,
        linear_label=_linear_label(last, *finals),
    )


def check_linear(linear: Sequence[float] | None, months: int) -> Sequence[float]:
    """Return the line, empty if there is none; raise ValueError if it has other months."""
    line = linear or ()
    if line and len(line) != months:
        raise ValueError(f"the linear line holds {len(line)} months, the bands hold {months}")
    return line


def _ends(frame: Frame, finals: Sequence[float | None], currency: str) -> list[Label | None]:
    """Return the last values as labels that keep apart, ours first and strong."""
    known = [value for value in finals if value is not None]
    pixels = spread([frame.y(value) for value in known], LABEL_GAP, 0.0, frame.inner_height)
    places = iter(pixels)
    return [
        None
        if value is None
        else Label(
            money(value, currency), frame.last, frame.y.invert(next(places)), is_strong=at == 0
        )
        for at, value in enumerate(finals)
    ]


def _linear_label(last: int, ours: float | None, theirs: float | None) -> Label | None:
    """Return the words at the end of the linear line, on the side away from ours."""
    if theirs is None:
        return None
    return Label(LINEAR, last, theirs, "right", is_above=ours is None or theirs >= ours)


def _within(month: float | None, last: int) -> float | None:
    known = number(month)
    return known if known is not None and known <= last else None


def _rows(bands: Bands, promised: Sequence[float], currency: str, start_month: str) -> list[Row]:
    start: Row = dict.fromkeys((name for name in PERCENTILES if name in bands), 0.0)
    start |= {"month": 0, "tip": f"Before {month_label(start_month, 1)}: nothing spent yet"}
    rows = band_rows(bands, unit="money", currency=currency, start_month=start_month)
    if promised:
        start["linear"] = 0.0
    for row, value in zip(rows, promised, strict=False):
        row["linear"] = number(value)
        row["tip"] = f"{row['tip']}. Linear calculator {money(value, currency)}"
    return [start, *rows]


def payback_words(
    payback: Payback | None,
    chance: float | None = None,
    *,
    start_month: str,
    last: int,
) -> list[str]:
    """Return "pays back Dec 2027" and its range, or words when it does not within the plan.

    `payback` holds months of the plan; a missing or infinite one lies beyond its end, and so
    does one above `last`. `chance` is the share of futures that pay back by then.
    """
    by = month_label(start_month, last)
    never = [] if chance is None or chance > 0.99 else [f"not by {by} in {futures(1 - chance)}"]
    middle = _within((payback or {}).get("p50"), last)
    if middle is None:
        return ["does not pay back", *(never or [f"by {by} in the middle future"])]
    ends = [_month_words((payback or {}).get(name), start_month, last) for name in ("p10", "p90")]
    when = _month_words(middle, start_month, last)
    return [f"pays back {when}", f"{ends[0]} to {ends[1]}", *never]


def _month_words(month: float | None, start_month: str, last: int) -> str:
    known = _within(month, last)
    if known is None:
        return f"later than {month_label(start_month, last)}"
    return month_label(start_month, max(math.ceil(known - 1e-9), 1))


def _labels(
    frame: Frame, rows: Sequence[Row], said: Sequence[str], dot: float | None, low: float | None
) -> tuple[Label, ...]:
    """Return the words near the payback, in the first place the bands leave free."""
    width, height = max(text_width(text) for text in said), ROW * len(said)
    zero = frame.y(0.0)
    middle, start = frame.x(dot or 0), frame.x(low if low is not None else dot or 0)
    places = [
        (start, zero - height - 8, "right"),
        (middle, zero + 9, "left"),
        (middle, zero + 9, "right"),
        (8.0, zero - height - 8, "left"),
        (8.0, 4.0, "left"),
    ]
    x, top, align = min(
        places if dot is not None else places[-2:],
        key=lambda place: _covered(frame, rows, place, width, height),
    )
    return tuple(
        Label(
            text,
            frame.x.invert(x),
            frame.y.invert(top + ROW * at),
            align,
            is_above=False,
            is_strong=at == 0,
        )
        for at, text in enumerate(said)
    )


def _covered(
    frame: Frame,
    rows: Sequence[Row],
    place: tuple[float, float, str],
    width: float,
    height: float,
) -> int:
    """Return how many months of band and line a block of words would hide; many if it leaves."""
    x, top, align = place
    left = x - width if align == "right" else x
    if left < 0 or left + width > frame.inner_width or not 0 <= top <= frame.inner_height - height:
        return len(rows) + 1
    first, last = frame.x.invert(left - 6), frame.x.invert(left + width + 6)
    return sum(
        frame.y(float(low)) > top and frame.y(float(high)) < top + height
        for row in rows
        if first <= float(row["month"] or 0) <= last
        for low, high in ((row["p10"], row["p90"]), (row.get("linear"), row.get("linear")))
        if low is not None and high is not None
    )

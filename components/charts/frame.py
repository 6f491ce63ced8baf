"""The frame of a chart over time: margins, scales, ticks and month marks, in plain numbers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from components.charts.geometry import Scale, nice_ticks, text_width
from components.numbers import Unit, axis_labels
from strategy.calendar import month_label

ASSUMED_WIDTH, COMPACT_WIDTH = 640, 360
LABEL_GAP = 15.0
FONT_SIZE = 12.0
MONTH_ROOM = 58.0


@dataclass(frozen=True)
class MonthMark:
    """A labelled month on the horizontal axis; every second is spare where room is short."""

    month: int
    label: str
    is_spare: bool = False


@dataclass(frozen=True)
class Frame:
    """Everything about a chart's paper that does not depend on who draws it.

    `width` is the whole width in pixels, assumed where the page decides it. Months run from
    `first` to `last`; values from `low` to `high`, with the ticks between them.
    """

    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    first: int
    last: int
    low: float
    high: float
    ticks: tuple[float, ...]
    tick_labels: tuple[str, ...]
    months: tuple[MonthMark, ...]

    @property
    def inner_height(self) -> float:
        """Return the height of the plot without its margins."""
        return self.height - self.top - self.bottom

    @property
    def inner_width(self) -> float:
        """Return the width of the plot without its margins."""
        return self.width - self.left - self.right

    @property
    def y(self) -> Scale:
        """Return the scale from values to pixels below the top of the plot."""
        return Scale(self.low, self.high, self.inner_height, 0.0)

    @property
    def x(self) -> Scale:
        """Return the scale from months to pixels right of the plot's left edge."""
        return Scale(self.first, self.last, 0.0, self.inner_width)

    @property
    def month_step(self) -> float:
        """Return the share of the plot's width between two labelled months."""
        months = [mark.month for mark in self.months]
        gaps = [b - a for a, b in zip(months, months[1:], strict=False)]
        return min(gaps, default=self.last - self.first) / max(self.last - self.first, 1)

    def is_late(self, month: float) -> bool:
        """Say whether words about a month belong to its left, for want of room at its right."""
        return (self.last - month) / max(self.last - self.first, 1) < 0.25


def make_frame(
    values: Iterable[float],
    *,
    unit: Unit,
    currency: str,
    start_month: str,
    first: int,
    last: int,
    width: int | None,
    height: int,
    end_labels: Iterable[str] = (),
    top: float = 22.0,
    zero: bool = False,
) -> Frame:
    """Return a frame that encloses the values and leaves room for the labels at its end."""
    known = list(values) or [0.0, 1.0]
    low, high = min(known), max(known)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    low, high, ticks = _trimmed(low, high, nice_ticks(low, high, 5 if height >= 220 else 4))
    labels = axis_labels(ticks, unit, currency)
    total = width or ASSUMED_WIDTH
    left = max(text_width(label, FONT_SIZE) for label in labels) + 12
    right = max((text_width(label, FONT_SIZE) for label in end_labels), default=0.0) + 16
    return Frame(
        width=total,
        height=height,
        left=round(left),
        right=round(right),
        top=top,
        bottom=26.0,
        first=first,
        last=last,
        low=low,
        high=high,
        ticks=tuple(ticks),
        tick_labels=tuple(labels),
        months=month_marks(start_month, first, last, room=total - left - right, spill=right),
    )


def stretched(frame: Frame, width: int) -> Frame:
    """Return a frame made for no width in particular in the width a page gives it.

    As in a chart that a page stretches, months that are spare lose their labels where room is
    short.
    """
    wide = replace(frame, width=width)
    if wide.inner_width * wide.month_step >= MONTH_ROOM:
        return wide
    months = (replace(mark, label="") if mark.is_spare else mark for mark in wide.months)
    return replace(wide, months=tuple(months))


def _trimmed(low: float, high: float, ticks: list[float]) -> tuple[float, float, list[float]]:
    """Return the ends of the plot and its ticks, without an outer step that stays mostly empty."""
    start, end, step = ticks[0], ticks[-1], ticks[1] - ticks[0]
    if len(ticks) > 3 and 0.6 * step < end - high <= step:
        end, ticks = high + 0.06 * step, ticks[:-1]
    if len(ticks) > 3 and 0.6 * step < low - start <= step:
        start, ticks = low - 0.06 * step, ticks[1:]
    return start, end, ticks


def month_marks(
    start_month: str, first: int, last: int, *, room: float, spill: float = 0.0
) -> tuple[MonthMark, ...]:
    """Return the months to label: January and July, or fewer or more to suit the room.

    `room` is the width of the plot in pixels, `spill` what the last label may use beyond it.
    """
    span = max(last - first, 1)
    fits = min(max(room / MONTH_ROOM, 1.0), 7.0)
    every = next((step for step in (1, 2, 3, 6, 12) if span / step <= fits), 24)
    calendar = int(start_month.split("-")[1]) - 1
    marks = (
        MonthMark(month, month_label(start_month, month), (calendar + month - 1) // every % 2 == 1)
        for month in range(first, last + 1)
        if (calendar + month - 1) % every == 0
    )
    x = Scale(first, last, 0.0, room)
    return tuple(m for m in marks if x(m.month) + text_width(m.label) <= room + spill)

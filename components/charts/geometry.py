"""Where things go: ticks, labels that keep apart, dots that do not touch, smooth lines."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]
_NARROW = " .,:;il'|()"


@dataclass(frozen=True)
class Scale:
    """Map values from `low`..`high` to pixels from `start`..`end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the pixel of a value."""
        return self.start + (value - self.low) / self._span * (self.end - self.start)

    def invert(self, pixel: float) -> float:
        """Return the value at a pixel."""
        return self.low + (pixel - self.start) / (self.end - self.start) * self._span

    @property
    def _span(self) -> float:
        return (self.high - self.low) or 1.0


def nice_ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Return about `count` round, evenly spaced numbers that enclose `low` and `high`."""
    if high - low < 1e-9 * max(abs(high), abs(low), 1e-9):
        room = abs(high) * 0.1 or 1.0
        low, high = low - room, high + room
    rough = (high - low) / max(count - 1, 1)
    base = 10.0 ** math.floor(math.log10(rough))
    step = next(base * m for m in (1, 2, 2.5, 5, 10) if base * m >= rough * 0.99)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(step * at, 12) for at in range(first, last + 1)]


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move positions as little as possible until neighbours are `gap` apart.

    Returns them in the order given. When they do not fit between `low` and `high` the gap
    shrinks evenly.
    """
    if not wanted:
        return []
    gap = min(gap, (high - low) / max(len(wanted) - 1, 1))
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    settled = _in_order([wanted[at] - rank * gap for rank, at in enumerate(order)])
    roof = high - (len(wanted) - 1) * gap
    placed = [0.0] * len(wanted)
    for rank, at in enumerate(order):
        placed[at] = min(max(settled[rank], low), roof) + rank * gap
    return placed


def _in_order(values: Sequence[float]) -> list[float]:
    """Return the closest sequence that never falls (pool adjacent violators)."""
    pools: list[tuple[float, int]] = []
    for value in values:
        pool = (value, 1)
        while pools and pools[-1][0] > pool[0]:
            mean, size = pools.pop()
            total = size + pool[1]
            pool = ((mean * size + pool[0] * pool[1]) / total, total)
        pools.append(pool)
    return [mean for mean, size in pools for _ in range(size)]


def dot_columns(pixels: Sequence[float], diameter: float) -> list[int]:
    """Return a column for each dot so that no two dots in a column touch."""
    columns: list[list[float]] = []
    chosen = [0] * len(pixels)
    for at in sorted(range(len(pixels)), key=lambda at: pixels[at]):
        free = (c for c, used in enumerate(columns) if pixels[at] - used[-1] >= diameter)
        column = next(free, len(columns))
        if column == len(columns):
            columns.append([])
        columns[column].append(pixels[at])
        chosen[at] = column
    return chosen


def text_width(text: str, size: float = 12.0) -> float:
    """Return about how many pixels a line of Source Sans takes; a little too much is safe."""
    return sum(_letter_width(letter) for letter in text) * size


def _letter_width(letter: str) -> float:
    if letter in _NARROW:
        return 0.27
    return 0.6 if letter.isupper() else 0.49


def smooth_path(points: Sequence[Point]) -> str:
    """Return an SVG path through the points that never overshoots between them."""
    if len(points) < 2:
        return "".join(f"M{x:.1f},{y:.1f}" for x, y in points)
    slopes = _tangents(points)
    path = [f"M{points[0][0]:.1f},{points[0][1]:.1f}"]
    for at, ((x0, y0), (x1, y1)) in enumerate(zip(points, points[1:], strict=False)):
        third = (x1 - x0) / 3
        bend0, bend1 = y0 + slopes[at] * third, y1 - slopes[at + 1] * third
        path.append(f"C{x0 + third:.1f},{bend0:.1f} {x1 - third:.1f},{bend1:.1f} {x1:.1f},{y1:.1f}")
    return "".join(path)


def _tangents(points: Sequence[Point]) -> list[float]:
    rises = [
        (y1 - y0) / ((x1 - x0) or 1.0)
        for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False)
    ]
    inner = [_limited(before, after) for before, after in zip(rises, rises[1:], strict=False)]
    return [rises[0], *inner, rises[-1]]


def _limited(before: float, after: float) -> float:
    """Return a slope of zero at a turn, else the harmonic mean, so curves stay monotone."""
    return 0.0 if before * after <= 0 else 2 * before * after / (before + after)

"""Where the hours of a rep's week go on two bars, and where their words fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from components.charts.geometry import text_width
from components.numbers import format_change, format_value

GROUP_ORDER = ("selling", "prospecting", "account", "strategic", "coaching", "tactical", "other")
BY_SYSTEMS = "by systems"
NOTICEABLE = 0.05
INSIDE, LANES, LANE_HEIGHT = 0, 3, 15
BAR_HEIGHT = 58
_ROOM, _GAP = 10, 10

Hours = Mapping[str, float]
Words = Mapping[str, str]


@dataclass(frozen=True)
class Segment:
    """A task's hours in one bar, from hour `start` to hour `end`.

    `lane` is 0 for words inside, which are `lines`, 1 to 3 for a line below the bar, None for
    no words; `is_left` puts the words below to the left of their leader.
    """

    task: str
    name: str
    words: str
    group: str
    start: float
    end: float
    tip: str
    lane: int | None = INSIDE
    lines: tuple[str, ...] = ()
    is_left: bool = False

    @property
    def middle(self) -> float:
        """Return the hour in the middle of the segment."""
        return (self.start + self.end) / 2


@dataclass(frozen=True)
class Week:
    """Two bars laid out: their segments, their tops in pixels, and the axis below them."""

    today: tuple[Segment, ...]
    planned: tuple[Segment, ...]
    hours: float
    total: float
    tops: tuple[float, float]
    axis: float
    height: float
    room: float

    @property
    def bars(self) -> tuple[tuple[float, tuple[Segment, ...]], ...]:
        """Return each bar's top with its segments."""
        return ((self.tops[0], self.today), (self.tops[1], self.planned))


def lay_out_week(
    before: Hours,
    after: Hours,
    labels: Words,
    groups: Words,
    *,
    systems: float | None,
    room: float,
) -> Week:
    """Return both bars, `room` pixels wide, as high as their words need."""
    taken = systems_hours(before, after, systems)
    total = max(sum(before.values()), sum(after.values()) + taken, 1.0)
    today = _placed(_segments(before, None, labels, groups), room / total, room)
    plan = [*_segments(after, before, labels, groups), *_systems(after, taken)]
    planned = _placed(plan, room / total, room)
    first = 24.0
    second = first + BAR_HEIGHT + _lanes(today) * LANE_HEIGHT + 38
    axis = second + BAR_HEIGHT + _lanes(planned) * LANE_HEIGHT + 12
    return Week(
        tuple(today),
        tuple(planned),
        sum(before.values()),
        total,
        (first, second),
        axis,
        axis + 32,
        room,
    )


def systems_hours(before: Hours, after: Hours, systems: float | None = None) -> float:
    """Return the hours a week that systems take over, never below zero."""
    return max(sum(before.values()) - sum(after.values()) if systems is None else systems, 0.0)


def task_order(tasks: Sequence[str], groups: Words) -> list[str]:
    """Return tasks by group, selling first; inside a group they keep their order."""
    ranks = {group: rank for rank, group in enumerate(GROUP_ORDER)}
    return sorted(tasks, key=lambda task: ranks.get(groups.get(task, ""), len(ranks)))


def _segments(hours: Hours, before: Hours | None, labels: Words, groups: Words) -> list[Segment]:
    segments, start = [], 0.0
    for task in task_order(list(hours), groups):
        amount = float(hours[task])
        if amount < 0.005:
            continue
        name = labels.get(task, task)
        words = _words(amount, amount if before is None else before.get(task, 0.0))
        tip = f"{name}: {words} {'today' if before is None else 'with the plan'}"
        group = groups.get(task, "other")
        segments.append(Segment(task, name, words, group, start, start + amount, tip))
        start += amount
    return segments


def _words(amount: float, before: float) -> str:
    written = format_value(amount, "hours")
    if abs(amount - before) < NOTICEABLE:
        return written
    if before < 0.005:
        return f"{written} new"
    return f"{written} ({format_change(amount - before, 'hours').removesuffix(' h')})"


def _systems(after: Hours, taken: float) -> list[Segment]:
    if taken < NOTICEABLE:
        return []
    start, words = sum(after.values()), format_value(taken, "hours")
    tip = f"Done by systems: {words} a week"
    return [Segment("", BY_SYSTEMS, words, BY_SYSTEMS, start, start + taken, tip)]


def _lanes(segments: Sequence[Segment]) -> int:
    return max((one.lane or 0 for one in segments), default=0)


def _placed(segments: Sequence[Segment], scale: float, room: float) -> list[Segment]:
    """Return segments with a place for their words, chosen from right to left.

    A leader passes every lane above its own, so words in a lane must end before the next
    leader that reaches that lane or a deeper one.
    """
    free = [room] * (LANES + 1)
    placed: list[Segment] = []
    for one in reversed(segments):
        lines = _lines_inside(one, (one.end - one.start) * scale - _ROOM)
        if lines:
            placed.append(replace(one, lines=lines))
            continue
        lane, is_left, start = _free_lane(one, scale, room, free)
        if lane is None:
            lines = _hours_inside(one, (one.end - one.start) * scale - _ROOM)
        placed.append(replace(one, lane=lane, is_left=is_left, lines=lines))
        for above in range(1, (lane or 0) + 1):
            free[above] = start - _GAP
    return placed[::-1]


def _lines_inside(one: Segment, width: float) -> tuple[str, ...]:
    """Return name and hours on two or three lines that fit the width, or nothing."""
    name, hours = _halves(one.name), _halves(one.words, after_first=2)
    choices = ((one.name, one.words), (*name, one.words), (one.name, *hours))
    return next((c for c in choices if all(text_width(line) <= width for line in c)), ())


def _hours_inside(one: Segment, width: float) -> tuple[str, ...]:
    """Return the hours alone, for a segment whose name fits nowhere."""
    hours = _halves(one.words, after_first=2)
    return hours if all(text_width(line) <= width for line in hours) else ()


def _halves(text: str, after_first: int | None = None) -> tuple[str, ...]:
    """Return the text on two lines of about equal length, or after its first words."""
    parts = text.split(" ")
    cuts = [after_first] if after_first else range(1, len(parts))
    halves = [(" ".join(parts[:cut]), " ".join(parts[cut:])) for cut in cuts]
    best = min(halves, key=lambda half: max(map(len, half)), default=(text, ""))
    return best if best[1] else (text,)


def _free_lane(
    one: Segment, scale: float, room: float, free: Sequence[float]
) -> tuple[int | None, bool, float]:
    leader, need = one.middle * scale, text_width(f"{one.name} {one.words}") + 4
    is_left = leader + need > room
    end = leader if is_left else leader + need
    lanes = (
        lane
        for lane in range(1, LANES + 1)
        if end <= free[lane] and all(leader <= free[above] for above in range(1, lane))
    )
    return next(lanes, None), is_left, end - need

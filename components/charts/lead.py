"""Which of two scenarios leads, and where the lead changes hands for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from components.charts.bands import Bands, Comparison, finite

CLEAR_LEAD = 0.02


class Series(TypedDict):
    """One scenario: its letter, its name and its bands by month."""

    letter: str
    name: str
    bands: Bands


@dataclass(frozen=True)
class Crossing:
    """Where the lead changes for good: the last month of the first, and the point itself."""

    month: int
    at: float
    value: float
    first: str
    then: str


def lead_changes(series: Sequence[Series], comparison: Comparison = ">=") -> Crossing | None:
    """Return where the lead between two scenarios changes for good, or None if it does not.

    Leads below 2% of the values' spread do not count: they would be noise.
    """
    if len(series) != 2:
        return None
    one, other = (list(s["bands"]["p50"]) for s in series)
    known = finite([*one, *other])
    if len(known) != len(one) + len(other):
        return None
    sign = 1.0 if comparison == ">=" else -1.0
    ahead = [sign * (a - b) for a, b in zip(one, other, strict=True)]
    final_is_one = ahead[-1] > 0
    last = max((at for at, lead in enumerate(ahead) if (lead > 0) != final_is_one), default=-1)
    small = CLEAR_LEAD * (max(known) - min(known))
    if last < 0 or max(map(abs, ahead[: last + 1])) < small or abs(ahead[-1]) < small:
        return None
    letters = [s["letter"] for s in series]
    first, then = reversed(letters) if final_is_one else letters
    share = ahead[last] / (ahead[last] - ahead[last + 1])
    value = one[last] + share * (one[last + 1] - one[last])
    return Crossing(last + 1, last + 1 + share, value, first, then)

"""Let a lever show at once what it would do: a picture over the page's chart, before all else.

`look.js` becomes part of each component that has levers. It asks the server for the picture over
an address of its own, because that takes a fraction of what a page's script and its drawing take,
and sends what was set only then. A browser can send anything, so what it asks passes
`parse_asked` before it is used.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

LOOK_SCRIPT = (Path(__file__).parent / "look.js").read_text(encoding="utf-8")
LOOK = "/look/"  # the address a lever asks what it would do
LONGEST_NAME = 64
NARROWEST, WIDEST = 160, 8000


class LookSpot(TypedDict):
    """Where looks are asked for and shown.

    `address` answers them, `place` is the key of the container they cover, `metric` what the
    chart in it shows.
    """

    address: str
    place: str
    metric: str


@dataclass(frozen=True)
class Asked:
    """What a browser asks a look of.

    Attributes
    ----------
    part : which levers were set
    message : what their component would send, unchecked
    metric : name of the chart's metric, unchecked
    width : of the chart, in pixels
    is_dark : whether the page is dark
    has_bar : whether the outcome bar is in sight
    """

    part: str
    message: object
    metric: str
    width: int
    is_dark: bool
    has_bar: bool


def parse_asked(value: object) -> Asked:
    """Return what a browser asks.

    Raises
    ------
    ValueError
        If it is no question; says which part is wrong.
    """
    if not isinstance(value, Mapping):
        raise ValueError("The question must be a set of named values.")
    width, flags = value.get("width"), [value.get(name) for name in ("is_dark", "has_bar")]
    if isinstance(width, bool) or not isinstance(width, int | float) or not math.isfinite(width):
        raise ValueError("The width must be a number.")
    if not NARROWEST <= width <= WIDEST:
        raise ValueError(f"The width must be {NARROWEST} to {WIDEST} pixels.")
    is_dark, has_bar = (each is True for each in flags)
    if not all(isinstance(each, bool) for each in flags):
        raise ValueError("The page must be dark or not, and have an outcome bar or not.")
    part, metric = _name(value, "part"), _name(value, "metric")
    return Asked(part, value.get("message"), metric, round(width), is_dark, has_bar)


def _name(value: Mapping[object, object], name: str) -> str:
    found = value.get(name)
    if not isinstance(found, str) or not 0 < len(found) <= LONGEST_NAME:
        raise ValueError(f"The {name} must be a name.")
    return found

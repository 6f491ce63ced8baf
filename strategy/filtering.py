"""Which tactics to show: by words, owner, status, kind and start; sums always count all."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from strategy.model import Board, Status, Tactic

Kind = Literal["tool", "frees", "operations", "strategic", "people"]
KIND_NAMES: dict[Kind, str] = {
    "tool": "Buys a tool",
    "frees": "Frees rep time",
    "operations": "Moves work to operations",
    "strategic": "Time for account work or coaching",
    "people": "No software",
}
LONGEST = 120


@dataclass(frozen=True)
class Filter:
    """What a tactic must meet to be shown; an empty part asks for nothing.

    `start` is the month of the plan in which it starts, counted from 1.
    """

    text: str = ""
    owner: str = ""
    status: Status | None = None
    kind: Kind | None = None
    start: int | None = None

    @property
    def asks_nothing(self) -> bool:
        """Whether every tactic is shown."""
        return self == Filter()


def kinds_of(tactic: Tactic) -> frozenset[Kind]:
    """Return what a tactic is, by what it does and buys; it may be several things."""
    found: dict[Kind, bool] = {
        "tool": tactic.buys_tool,
        "frees": bool(tactic.moves) and tactic.to == "system",
        "operations": bool(tactic.moves) and tactic.to == "ops",
        "strategic": tactic.destination in ("strategy", "coaching")
        or tactic.library_key == "account_programme",
        "people": not tactic.buys_tool,
    }
    return frozenset(kind for kind, is_so in found.items() if is_so)


def shows(asked: Filter, tactic: Tactic) -> bool:
    """Return whether a tactic meets all that is asked; case does not matter."""
    words = asked.text.casefold().split()
    where = f"{tactic.title} {tactic.owner} {tactic.note} {tactic.test_metric}".casefold()
    return (
        all(word in where for word in words)
        and (not asked.owner or tactic.owner == asked.owner)
        and asked.status in (None, tactic.status)
        and (asked.kind is None or asked.kind in kinds_of(tactic))
        and asked.start in (None, tactic.start)
    )


def shown(asked: Filter, board: Board) -> frozenset[str]:
    """Return the ids of the tactics that are shown."""
    return frozenset(each.id for each in board.tactics if shows(asked, each))


def owners(tactics: Iterable[Tactic]) -> tuple[str, ...]:
    """Return who owns a tactic, in the order of the alphabet."""
    return tuple(sorted({each.owner for each in tactics if each.owner}, key=str.casefold))


def read_filter(value: object) -> Filter:
    """Return a filter a browser sent; whatever is not one of ours asks for nothing."""
    given = value if isinstance(value, dict) else {}
    text, owner = (_text(given.get(name)) for name in ("text", "owner"))
    status, kind, start = given.get("status"), given.get("kind"), given.get("start")
    is_month = isinstance(start, int) and not isinstance(start, bool) and 1 <= start <= 600
    return Filter(
        text=text,
        owner=owner,
        status=status if status in get_args(Status) else None,
        kind=kind if kind in get_args(Kind) else None,
        start=start if is_month else None,
    )


def _text(value: object) -> str:
    return value[:LONGEST] if isinstance(value, str) else ""

"""Who is looking at a plan right now, and what each is editing: kept in memory, gone in seconds.

One process serves one database, so its memory knows everybody. Nothing here is worth keeping.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

GONE_AFTER_SECONDS = 6.0
MOST_PEOPLE = 500


@dataclass(frozen=True)
class Person:
    """Somebody at a plan; `editing` is the id of the goal or tactic whose dialog is open."""

    id: str
    name: str
    page: str
    editing: str | None = None
    seen: float = 0.0


class Presence:
    """The people at each plan, as their pages report them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with nobody there; `clock` counts seconds."""
        self._clock = clock
        self._lock = threading.Lock()
        self._people: dict[tuple[str, str], Person] = {}

    def note(self, plan_id: str, person: Person) -> tuple[Person, ...]:
        """Note that somebody is at a plan; return the others there, by name."""
        seen = replace(person, seen=self._clock())
        with self._lock:
            self._people = {
                key: each
                for key, each in self._people.items()
                # Who moves on to another plan is no longer at the first.
                if seen.seen - each.seen <= GONE_AFTER_SECONDS and key[1] != person.id
            }
            others = [each for (plan, _), each in self._people.items() if plan == plan_id]
            if len(self._people) < MOST_PEOPLE:
                self._people[plan_id, person.id] = seen
        return tuple(sorted(others, key=lambda each: (each.name.casefold(), each.id)))


PRESENCE = Presence()

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
    editing_title: str = ""
    seen: float = 0.0


class Presence:
    """The people at each plan, as their pages report them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with nobody there; `clock` counts seconds."""
        self._clock = clock
        self._lock = threading.Lock()
        # The longest silent first.
        self._people: dict[tuple[str, str], Person] = {}

    def note(self, plan_id: str, person: Person) -> tuple[Person, ...]:
        """Note that somebody is at a plan; return the others there, by name."""
        with self._lock:
            # Who moves on to another plan is no longer at the first.
            for place in [each for each in self._people if each[1] == person.id]:
                del self._people[place]
            self._people[plan_id, person.id] = replace(person, seen=self._clock())
            while len(self._people) > MOST_PEOPLE:
                del self._people[next(iter(self._people))]
            return self._others(plan_id, person.id)

    def still(self, plan_id: str, person_id: str) -> tuple[Person, ...]:
        """Note that somebody is still where they were; return the others at the plan, by name."""
        with self._lock:
            person = self._people.pop((plan_id, person_id), None)
            if person is not None:
                self._people[plan_id, person_id] = replace(person, seen=self._clock())
            return self._others(plan_id, person_id)

    def _others(self, plan_id: str, person_id: str) -> tuple[Person, ...]:
        earliest = self._clock() - GONE_AFTER_SECONDS
        others = [
            each
            for (plan, person), each in self._people.items()
            if plan == plan_id and person != person_id and each.seen >= earliest
        ]
        return tuple(sorted(others, key=lambda each: (each.name.casefold(), each.id)))


PRESENCE = Presence()

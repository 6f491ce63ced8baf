"""How long many people wait who act at once."""

import asyncio

from bench.people import Tally, crowd
from bench.timing import Row, Target
from bench.turns import percentile_95
from bench.web import Web
from data.database import reading

MOST_TIMES, MOST_MS = 6, 500


class Crowds:
    """Crowds of different sizes, and what became of their actions last."""

    def __init__(self, web: Web) -> None:
        """Take the running application."""
        self._web = web
        self._last: dict[int, Tally] = {}

    def slow(self, number: int) -> float:
        """Let so many people act; return the 95th percentile of their waits in seconds."""
        web, sizes = self._web, self._web.sizes
        people = web.plans.people[:number]
        tally = asyncio.run(
            crowd(web.app, people, sizes.people_seconds, sizes.pace, self._runs_kept)
        )
        self._last[number] = tally
        return percentile_95(tally.waits)

    def _runs_kept(self) -> int:
        with reading(self._web.database) as db:
            return db.table("runs").count

    def last_slow(self, number: int) -> float:
        """Return the 95th percentile of the last crowd of this size."""
        last = self._last.get(number)
        return percentile_95(last.waits) if last else self.slow(number)

    def lost(self) -> float:
        """Return how many actions the last crowds of all sizes lost."""
        return float(sum(tally.lost for tally in self._last.values()))


def people_rows(web: Web) -> list[Row]:
    """Return a row for each number of people, and one for what was lost in all of them."""
    crowds, sizes = Crowds(web), web.sizes
    alone, most = sizes.people[0], sizes.people[-1]

    def row(number: int) -> Row:
        people = f"{number} {'person' if number == 1 else 'people'}"
        what = (
            f"{people} acting every {sizes.pace:g} s, {sizes.web_draws:,} draws each, "
            "95th percentile"
        )
        if number == alone:
            return Row(what, "ms", lambda: crowds.slow(number))
        targets = (Target(MOST_TIMES), Target(MOST_MS, is_ratio=False)) if number == most else ()
        return Row(
            what,
            "ms",
            lambda: crowds.slow(number),
            f"{alone} person",
            lambda: crowds.last_slow(alone),
            targets=targets,
        )

    return [
        *map(row, sizes.people),
        Row(
            "actions of all these people that were lost, in a round",
            "lost",
            crowds.lost,
            targets=(Target(0, is_ratio=False),),
        ),
    ]

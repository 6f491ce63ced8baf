"""The address the Plan board reads after it is drawn: what each card would change in each lane.

The chances are counted in one thread, a few cards at a time, and only while no run is at work:
nobody waits for them. A table belongs to a plan as it is after its last change; everybody who has
that plan open reads the same one. When the plan changes, the rest of it is not counted any more.
"""

import asyncio
import json
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from pages.plan.prospect_words import card_preview
from pages.plan.view import PREVIEW
from simulation.threads import turn
from strategy.errors import PlanError
from strategy.model import Board, Run
from strategy.ports import Store
from strategy.previewing import Outlook
from strategy.running import current_run

CARDS_AT_ONCE = 8
REST_SECONDS = 0.4  # after a change the next one may be near; a card in somebody's hand is not
TABLES_KEPT = 8
IDLE_SECONDS = 1.0  # a room that never rests gets its previews too, only later
LOOK_SECONDS = 0.02
HEADERS = {"Cache-Control": "no-store"}
_LOG = logging.getLogger("fulcrum.previews")


def step_aside() -> None:
    """Wait while a run is at work, though not for ever."""
    turn().wait_until_idle(IDLE_SECONDS)


class Table:
    """What each card of one plan would change, as far as it is counted; safe across threads.

    `lines` holds a line of JSON a card in the order they were found.
    """

    def __init__(self, board: Board) -> None:
        """Take the plan as it is; the cards most often moved come first."""
        order = {"unaligned": 0, "goal": 1, "ideas": 2}
        cards = sorted(board.tactics, key=lambda each: order[each.lane])
        self.board = board
        self.lines: list[str] = []
        self.is_over = not cards
        self._waiting = [each.id for each in cards]
        self._wanted: str | None = None
        self._rests_until = time.monotonic() + REST_SECONDS
        self._lock = threading.Lock()
        self._ready: tuple[Run, Outlook] | None = None

    def put_first(self, card: str) -> None:
        """Let a card be counted next and at once, if it still waits."""
        with self._lock:
            if card in self._waiting:
                self._wanted = card

    def is_due(self) -> bool:
        """Say whether it is time to count: somebody lifts a card, or the plan has rested."""
        rested = time.monotonic() >= self._rests_until
        return not self.is_over and (rested or self._wanted is not None)

    def count_some(self, store: Store, draws: int) -> None:
        """Count the next few cards."""
        if self._ready is None:
            run = current_run(store, self.board, draws=draws)
            self._ready = run, Outlook(self.board, run)
        run, outlook = self._ready
        cards = self._take_some()
        counted = outlook.of(cards, let_others=step_aside)
        found = [card_preview(self.board, run, each, outlook.draws) for each in counted]
        self.lines += [json.dumps(each, separators=(",", ":")) for each in found]
        if not self._waiting:
            self.end()

    def _take_some(self) -> list[str]:
        with self._lock:
            cards = self._waiting[:CARDS_AT_ONCE] if self._wanted is None else [self._wanted]
            self._wanted = None
            self._waiting = [each for each in self._waiting if each not in cards]
            return cards

    def end(self) -> None:
        """Count no more; what was found stays."""
        self.is_over = True
        self._ready = None  # its draws are large


class Previews:
    """The tables of the plans last looked at, and the one thread that counts them."""

    def __init__(self, store_of: Callable[[], Store], draws: int) -> None:
        """Take the store and the futures a run of a plan has."""
        self._store_of = store_of
        self._draws = draws
        self._tables: OrderedDict[str, Table] = OrderedDict()
        self._change = threading.Condition()
        self._thread: threading.Thread | None = None

    def table(self, plan_id: str, card: str | None = None) -> Table:
        """Return the table of a plan as it is now, with a card to be counted next if given.

        Raises
        ------
        Missing
            If there is no such plan.
        """
        board = self._store_of().board(plan_id)
        with self._change:
            known = self._tables.get(plan_id)
            if known is None or known.board.change_seq != board.change_seq:
                if known is not None:
                    known.end()
                known = self._tables[plan_id] = Table(board)
            self._tables.move_to_end(plan_id)
            while len(self._tables) > TABLES_KEPT:
                self._tables.popitem(last=False)[1].end()
            if card is not None:
                known.put_first(card)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="previews", daemon=True)
                self._thread.start()
            self._change.notify()
        return known

    def _work(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(self._has_work)
                self._change.wait_for(self._next, REST_SECONDS / 4)
                table = self._next()
            if table is not None:
                self._count_some(table)

    def _has_work(self) -> bool:
        return any(not each.is_over for each in self._tables.values())

    def _next(self) -> Table | None:
        return next((each for each in reversed(self._tables.values()) if each.is_due()), None)

    def _count_some(self, table: Table) -> None:
        step_aside()
        try:
            store = self._store_of()
            if store.change_seq(table.board.plan.id) == table.board.change_seq:
                table.count_some(store, self._draws)
            else:
                table.end()
        except PlanError:  # the page says what is wrong with the plan
            table.end()
        except Exception:  # the thread must outlive a mistake in one plan
            _LOG.exception("A preview could not be counted.")
            table.end()


def preview_routes(store_of: Callable[[], Store], draws: int) -> list[Route]:
    """Return the route of previews, to be given to the application."""
    previews = Previews(store_of, draws)

    async def answer(request: Request) -> Response:
        plan_id, card = request.path_params["plan_id"], request.query_params.get("card")
        try:
            table = await run_in_threadpool(previews.table, plan_id, card)
        except PlanError:
            return PlainTextResponse("There is no such plan.", 404, HEADERS)
        if request.method == "HEAD":  # asks for a card to come first in an answer under way
            return Response(None, 204, HEADERS)
        return StreamingResponse(_lines(table), 200, HEADERS, "application/x-ndjson")

    return [Route(PREVIEW + "{plan_id}", answer)]


async def _lines(table: Table) -> AsyncIterator[str]:
    """Send the plan's revision, then each card's line as soon as it is there."""
    yield json.dumps({"revision": table.board.change_seq}) + "\n"
    sent = 0
    while True:
        was_over, found = table.is_over, table.lines[sent:]
        if found:
            sent += len(found)
            yield "".join(f"{line}\n" for line in found)
        elif was_over:
            return
        else:
            await asyncio.sleep(LOOK_SECONDS)

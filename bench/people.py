"""People without browsers: each speaks Streamlit's protocol over a socket of their own.

A person opens Simulate on a plan of their own, and then leaves a tactic out of the scenario or
takes it in again: one click that is saved, simulated and drawn. States never repeat, so that
each action is a new run, and an answer without a run that was kept counts as lost. Like a
browser's page, each asks twice in three seconds what is new.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from bench.kept_open import KeptOpen
from bench.turns import gray_code
from pages.frame.people_here import HERE

PATIENCE = 10.0  # seconds; an action without an answer by then is lost
LARGEST = 64 * 1024**2
ASK_SECONDS = 1.5  # as components/people/people.js does


@dataclass
class Tally:
    """What became of people's actions: seconds of those answered, and how many were lost."""

    taken: list[float] = field(default_factory=list)
    lost: int = 0

    @property
    def waits(self) -> list[float]:
        """Return how long people waited; who lost an action waited as long as they would."""
        return self.taken + [PATIENCE] * self.lost


@dataclass
class Person:
    """One open page.

    Attributes
    ----------
    table : the id of the table of tactics
    rows : by tactic, what its row shows: share, start, and whether the tactic is in
    script : the page, as the server names it
    finished : is set when the whole page was drawn again
    failed : whether the page ever showed an error
    """

    socket: ClientConnection
    plan: str
    script: str = ""
    table: str = ""
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    finished: asyncio.Event = field(default_factory=asyncio.Event)
    failed: bool = False

    async def open(self) -> None:
        """Ask for the page and wait until it is drawn."""
        await self.ask()
        await asyncio.wait_for(self.finished.wait(), 6 * PATIENCE)

    async def ask(self, widgets: tuple[WidgetState, ...] = ()) -> None:
        """Ask the server to run the page's script."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string = urlencode({"plan": self.plan, "levers": "Tactics"})
        if self.script:
            state.page_script_hash = self.script
        else:
            state.page_name = "simulate"
        state.widget_states.widgets.extend(widgets)
        await self.socket.send(message.SerializeToString())

    async def act(self, tactic: str) -> float | None:
        """Leave a tactic out or take it in; return the seconds until the page is drawn with it.

        None if no answer came in time.
        """
        row = self.rows[tactic] | {"is_in": not self.rows[tactic]["is_in"]}
        said = [{"event": "set", "value": {"rows": {tactic: row}, "terms": {}}}]
        trigger = WidgetState(id=events_of(self.table), json_trigger_value=json.dumps(said))
        self.finished.clear()
        started = time.perf_counter()
        with suppress(TimeoutError, ConnectionClosed):
            await self.ask((trigger,))
            await asyncio.wait_for(self.finished.wait(), PATIENCE)
            self.rows[tactic] = row
            return None if self.failed else time.perf_counter() - started
        return None

    async def listen(self) -> None:
        """Take in what the server sends until the socket closes."""
        with suppress(ConnectionClosed):
            async for frame in self.socket:
                message = ForwardMsg.FromString(frame)
                self.take(message)

    def take(self, message: ForwardMsg) -> None:
        """Take in one message."""
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self.script = message.navigation.page_script_hash
        elif kind == "delta" and (rows := rows_of(message.delta.new_element.bidi_component)):
            self.table = message.delta.new_element.bidi_component.id
            for row in rows:
                shown = {"share": row["share"], "start": row["start"] or 1, "is_in": row["is_in"]}
                self.rows.setdefault(row["id"], shown)
        elif kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
            self.failed = True
        elif kind == "script_finished" and (
            message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        ):
            self.finished.set()

    async def ask_for_news(self, address: str) -> None:
        """Ask again and again what is new."""
        async with KeptOpen(address) as server:
            while True:
                await asyncio.sleep(ASK_SECONDS)
                with suppress(OSError, EOFError, TimeoutError):
                    await asyncio.wait_for(
                        server.get(f"{HERE}{self.plan}?me={self.plan}"), PATIENCE
                    )


async def crowd(
    address: str,
    plans: tuple[str, ...],
    seconds: float,
    pace: float,
    runs_kept: Callable[[], int],
) -> Tally:
    """Open a page for each plan, then let all people act every `pace` seconds.

    Pages are opened one after the other, so that what is measured is people at work. A page
    that does not open is lost. `runs_kept` counts the runs in the application's database.
    """
    tally = Tally()
    async with AsyncExitStack() as stack:
        people = []
        for plan in plans:
            try:
                people.append(await stack.enter_async_context(visitor(address, plan)))
            except (OSError, TimeoutError, WebSocketException):
                tally.lost += 1
        before = runs_kept()
        async with asyncio.TaskGroup() as group:
            for place, person in enumerate(people):
                wait = pace * place / len(people)
                group.create_task(act_on(person, wait, seconds, pace, tally))
        tally.lost += max(len(tally.taken) - (runs_kept() - before), 0)
    return tally


@asynccontextmanager
async def visitor(address: str, plan: str) -> AsyncIterator[Person]:
    """Open Simulate on a plan; leave it when the block ends."""
    url = address.replace("http", "ws", 1) + "/_stcore/stream"
    async with connect(url, subprotocols=["streamlit"], max_size=LARGEST, proxy=None) as socket:
        person = Person(socket, plan)
        listening = asyncio.create_task(person.listen())
        asking = asyncio.create_task(person.ask_for_news(address))
        try:
            await person.open()
            yield person
        finally:
            asking.cancel()
            listening.cancel()


async def act_on(person: Person, wait: float, seconds: float, pace: float, tally: Tally) -> None:
    """Wait, then act every `pace` seconds until the time is over."""
    await asyncio.sleep(wait)
    tactics = sorted(person.rows)
    turns = fresh_turns(person.plan, len(tactics))
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        taken = await person.act(tactics[next(turns)])
        if taken is None:
            tally.lost += 1
        else:
            tally.taken.append(taken)
        await asyncio.sleep(max(pace - (taken or 0.0), 0.0))


TURNS: dict[str, Iterator[int]] = {}


def rows_of(component: BidiComponent) -> list[dict[str, Any]]:
    """Return the rows of a table of levers that may be left out; nothing of anything else."""
    if not component.component_name.endswith("fulcrum_levers"):
        return []
    rows: list[dict[str, Any]] = json.loads(component.json)["rows"]
    return rows if any(row["is_in"] is not None for row in rows) else []


def events_of(component: str) -> str:
    """Return the name under which Streamlit takes a component's triggers."""
    return f"$$STREAMLIT_INTERNAL_KEY_{component}__events"


def fresh_turns(plan: str, tactics: int) -> Iterator[int]:
    """Return which tactic to flip next; goes on where the plan's last visitor stopped."""
    return TURNS.setdefault(plan, gray_code(tactics))

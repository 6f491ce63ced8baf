"""Messages leave together and in order; what Streamlit and uvicorn do around them stays."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from socket import AF_INET, socket
from types import SimpleNamespace
from typing import cast

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.runtime import Runtime, RuntimeState
from streamlit.runtime.session_manager import SessionClient, SessionClientDisconnectedError
from streamlit.web.server.starlette.starlette_server_config import WEBSOCKET_MAX_SEND_QUEUE_SIZE
from streamlit.web.server.starlette.starlette_websocket import StarletteSessionClient
from uvicorn.protocols.http.auto import AutoHTTPProtocol
from websockets.asyncio.client import connect

from batching import MOST_BYTES, MOST_MESSAGES, Batched, send_in_batches
from bench.kept_open import KeptOpen


class Wire(asyncio.Transport):
    """A transport that notes each call of the system."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[bytes] = []
        self.is_closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.sent.append(bytes(data))

    def is_closing(self) -> bool:
        return self.is_closed

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def turns() -> list[Callable[[], None]]:
    """Return what waits for the loop's next turn."""
    return []


def test_what_is_written_in_one_turn_goes_out_in_one_piece(
    turns: list[Callable[[], None]],
) -> None:
    wire = Wire()
    batched = Batched(wire, turns.append)
    for part in (b"a", b"b", b"c"):
        batched.write(part)
    assert (wire.sent, len(turns)) == ([], 1)
    turns.pop()()
    assert wire.sent == [b"abc"]
    batched.write(b"d")
    turns.pop()()
    assert wire.sent == [b"abc", b"d"]


def test_much_does_not_wait_so_that_a_transport_can_say_stop(
    turns: list[Callable[[], None]],
) -> None:
    wire, much = Wire(), bytes(MOST_BYTES)
    batched = Batched(wire, turns.append)
    batched.write(b"before")
    batched.write(much)
    assert wire.sent == [b"before" + much]
    batched.write(b"after")
    for turn in turns:
        turn()
    assert wire.sent == [b"before" + much, b"after"]


def test_a_connection_closes_after_what_was_written(turns: list[Callable[[], None]]) -> None:
    wire = Wire()
    batched = Batched(wire, turns.append)
    batched.write(b"goodbye")
    batched.close()
    assert (wire.sent, batched.is_closing()) == ([b"goodbye"], True)
    batched.write(b"too late")
    for turn in turns:
        turn()
    assert wire.sent == [b"goodbye"]


@pytest.fixture
def _batching(monkeypatch: pytest.MonkeyPatch) -> None:
    """Send in batches until the test is over."""
    for owner, name in (
        (AppSession, "flush_browser_queue"),
        (Runtime, "_send_message"),
        (AutoHTTPProtocol, "connection_made"),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    send_in_batches()


def message(number: int) -> ForwardMsg:
    """Return a message that says its number."""
    found = ForwardMsg()
    found.delta.new_element.text.body = str(number)
    found.metadata.delta_path[:] = [0, number]
    return found


def number_in(frame: bytes) -> int:
    """Return the number that a message says."""
    return int(ForwardMsg.FromString(frame).delta.new_element.text.body)


async def loop_sends(client: SessionClient, count: int) -> list[str]:
    """Let Streamlit's own loop send what waits in a session; return which sessions it gave up."""
    queue, done, given_up = ForwardMsgQueue(), asyncio.Event(), []
    for number in range(count):
        queue.enqueue(message(number))
    session = SimpleNamespace(id="one", _browser_queue=queue, on_flushed_messages_sent=done.set)
    session.flush_browser_queue = partial(AppSession.flush_browser_queue, session)  # type: ignore[arg-type]
    info = SimpleNamespace(session=session, client=client, script_run_count=0)
    loop = asyncio.get_running_loop()
    objects = SimpleNamespace(
        must_stop=asyncio.Event(),
        need_send_data=asyncio.Event(),
        started=loop.create_future(),
        stopped=loop.create_future(),
    )
    runtime = Runtime.__new__(Runtime)
    runtime._state = RuntimeState.ONE_OR_MORE_SESSIONS_CONNECTED
    runtime._async_objs = objects  # type: ignore[assignment]
    runtime._session_mgr = SimpleNamespace(  # type: ignore[assignment]
        list_active_sessions=lambda: [info], list_sessions=list
    )
    runtime.disconnect_session = lambda name, **_: given_up.append(name)  # type: ignore[method-assign,misc]
    running = asyncio.create_task(runtime._loop_coroutine())
    await asyncio.wait_for(done.wait(), 30)
    objects.must_stop.set()
    await asyncio.wait_for(running, 30)
    assert objects.stopped.exception() is None
    return given_up


class Heard(SessionClient):
    """A browser that notes what comes and in which turn of the loop; it may leave."""

    client_context = None  # type: ignore[assignment]

    def __init__(self, most: int) -> None:
        self.numbers: list[int] = []
        self.batches: list[int] = []
        self._most, self._batch = most, 0

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        if len(self.numbers) == self._most:
            raise SessionClientDisconnectedError
        if not self._batch:
            asyncio.get_running_loop().call_soon(self._end)
        self._batch += 1
        self.numbers.append(number_in(msg.SerializeToString()))

    def _end(self) -> None:
        self.batches.append(self._batch)
        self._batch = 0


@pytest.mark.usefixtures("_batching")
def test_the_loop_has_a_turn_after_each_batch_of_a_page() -> None:
    heard = Heard(most=1_000)
    assert asyncio.run(loop_sends(heard, 2 * MOST_MESSAGES + 7)) == []
    assert heard.numbers == list(range(2 * MOST_MESSAGES + 7))
    assert heard.batches == [MOST_MESSAGES, MOST_MESSAGES, 7]


@pytest.mark.usefixtures("_batching")
def test_who_leaves_in_the_middle_of_a_batch_is_given_up() -> None:
    heard = Heard(most=MOST_MESSAGES // 2)
    assert asyncio.run(loop_sends(heard, MOST_MESSAGES)) == ["one"]


@asynccontextmanager
async def serving(application: Starlette) -> AsyncIterator[tuple[str, uvicorn.Server]]:
    """Serve an application as Streamlit does; gives host and port, and the server."""
    with socket(AF_INET) as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(application, lifespan="off", log_level="error"))
        running = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:
            await asyncio.sleep(0.01)
        yield ":".join(map(str, listening.getsockname())), server
        server.should_exit = True
        await running


@pytest.mark.usefixtures("_batching")
def test_a_page_of_more_messages_than_may_wait_reaches_a_browser_whole() -> None:
    count = 3 * WEBSOCKET_MAX_SEND_QUEUE_SIZE

    async def page(socket: WebSocket) -> None:
        await socket.accept()
        client = StarletteSessionClient(socket)
        assert await loop_sends(client, count) == []
        await socket.receive()
        await client.aclose()

    async def browse() -> list[int]:
        application = Starlette(routes=[WebSocketRoute("/", page)])
        async with (
            serving(application) as (address, _),
            connect(f"ws://{address}/") as browser,
        ):
            return [number_in(cast(bytes, await browser.recv())) for _ in range(count)]

    assert asyncio.run(browse()) == list(range(count))


@pytest.mark.usefixtures("_batching")
def test_a_large_answer_arrives_whole_and_its_connection_stays() -> None:
    body = bytes(range(256)) * 8 * 1024

    async def ask() -> list[bytes]:
        application = Starlette(routes=[Route("/", lambda _: Response(body))])
        async with (
            serving(application) as (address, server),
            KeptOpen(f"http://{address}") as browser,
        ):
            answers = [(await browser.get("/"))[1] for _ in range(2)]
            (connection,) = server.server_state.connections
            assert isinstance(connection.transport, Batched)
            return answers

    assert asyncio.run(ask()) == [body, body]

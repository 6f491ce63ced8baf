"""What stands in front of the application adds headers and refuses what it must."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from guards import APP_HEADERS, APP_POLICY, SecurityHeaders, SocketGuard
from tests.share_samples import Browser


def _own_policy(_request: Request) -> Response:
    return PlainTextResponse("own", headers={"content-security-policy": "default-src 'none'"})


def _fails(_request: Request) -> Response:
    raise RuntimeError("a secret in a message")


def guarded(raises: bool = False) -> Browser:
    app = Starlette(
        routes=[
            Route("/plain", lambda _request: PlainTextResponse("hello")),
            Route("/own", _own_policy),
            Route("/fails", _fails),
        ],
        middleware=[Middleware(SecurityHeaders), Middleware(SocketGuard)],
    )
    return Browser(app, raises)


@pytest.mark.parametrize("path", ["/plain", "/nowhere", "/own", "/fails"])
def test_every_answer_carries_every_header(path: str) -> None:
    for method in ("GET", "HEAD", "POST"):
        headers = guarded().request(method, path).headers
        assert {name.lower() for name in APP_HEADERS} <= set(headers)


def test_a_route_keeps_the_policy_it_set_itself() -> None:
    assert guarded().get("/own").headers["content-security-policy"] == "default-src 'none'"
    assert guarded().get("/plain").headers["content-security-policy"] == APP_POLICY


def test_the_policy_allows_no_code_from_elsewhere_and_no_eval() -> None:
    scripts = next(part for part in APP_POLICY.split("; ") if part.startswith("script-src"))
    assert scripts == "script-src 'self' blob:"
    assert "http" not in APP_POLICY and "*" not in APP_POLICY


def test_an_uncaught_error_says_nothing_but_that_it_happened() -> None:
    answer = guarded().get("/fails")
    assert answer.status_code == 500
    assert answer.text == "Something went wrong. Please try again."


def test_an_uncaught_error_is_still_raised_to_be_logged() -> None:
    with pytest.raises(RuntimeError, match="a secret"):
        guarded(raises=True).get("/fails")


def frame(**fields: Any) -> bytes:
    return bytes(BackMsg(**fields).SerializeToString())


class Session:
    """A socket that a test opens, feeds and closes by hand."""

    def __init__(self, guard: SocketGuard) -> None:
        self.frames: asyncio.Queue[Message] = asyncio.Queue()
        self.frames.put_nowait({"type": "websocket.connect"})
        self.sent: list[Message] = []
        self.task = asyncio.ensure_future(guard({"type": "websocket"}, self.frames.get, self._send))

    async def _send(self, message: Message) -> None:
        self.sent.append(message)

    async def feed(self, *frames: bytes | str) -> None:
        for each in frames:
            kind = "text" if isinstance(each, str) else "bytes"
            self.frames.put_nowait({"type": "websocket.receive", kind: each})
        await asyncio.sleep(0.01)

    async def close(self) -> None:
        self.frames.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await self.task


async def echo(_scope: Scope, receive: Receive, send: Send) -> None:
    while (message := await receive())["type"] != "websocket.disconnect":
        await send(message)


def passed(*frames: bytes | str) -> list[bytes | str]:
    """Return the frames that reach the application behind the guard, in order."""

    async def talk() -> list[Message]:
        session = Session(SocketGuard(echo))
        await session.feed(*frames)
        await session.close()
        return session.sent

    received = asyncio.run(talk())
    assert received[0] == {"type": "websocket.connect"}
    return [message.get("bytes", message.get("text")) for message in received[1:]]


def test_clearing_everybodys_cache_is_dropped_and_the_session_goes_on() -> None:
    clear, rerun = frame(clear_cache=True), frame(stop_script=True)
    hidden = rerun + clear
    assert BackMsg.FromString(hidden).WhichOneof("type") == "clear_cache"
    assert passed(rerun, clear, frame(clear_cache=False), clear, hidden, rerun) == [rerun, rerun]


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\xff\xff\xff",
        b"\x00" * 70_000,
        frame(stop_script=True),
        frame(debug_shutdown_runtime=True),
    ],
)
def test_other_binary_frames_pass_unchanged(sent: bytes) -> None:
    assert passed(sent) == [sent]


def test_text_frames_are_dropped() -> None:
    assert passed("hello", b"\xff", "") == [b"\xff"]


def test_sockets_beyond_the_cap_are_refused_until_one_closes() -> None:
    async def crowd() -> None:
        guard = SocketGuard(echo, most=2)
        first, second, third = Session(guard), Session(guard), Session(guard)
        await third.task
        assert third.sent == [{"type": "websocket.close", "code": 1013}]
        await first.close()
        fourth = Session(guard)
        await fourth.feed(b"\xff")
        assert fourth.sent[-1]["bytes"] == b"\xff"
        await second.close()
        await fourth.close()

    asyncio.run(crowd())


def test_a_session_that_fails_gives_its_place_back() -> None:
    async def fails(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise RuntimeError("broken session")

    guard = SocketGuard(fails, most=1)
    for _ in range(3):
        with pytest.raises(RuntimeError, match="broken session"):
            run(guard, {"type": "websocket"})


@pytest.mark.parametrize("wrap", [SecurityHeaders, SocketGuard])
def test_the_lifespan_passes_through(wrap: Callable[..., Any]) -> None:
    seen: list[str] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope["type"])

    run(wrap(app), {"type": "lifespan"})
    assert seen == ["lifespan"]


def run(app: Callable[[Scope, Receive, Send], Awaitable[None]], scope: Scope) -> list[Message]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    async def answer() -> None:
        await app(scope, receive, send)

    asyncio.run(answer())
    return sent

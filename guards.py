"""What stands in front of the whole application: headers on every answer, a lock on sockets.

Both are plain ASGI middleware for `streamlit.App(middleware=[...])`.
"""

import logging
from collections.abc import Mapping

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

# `blob:` lets inline components load; Streamlit styles its elements inline.
APP_POLICY = (
    "default-src 'self'; script-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
    "frame-ancestors 'none'; object-src 'none'; base-uri 'none'; form-action 'self'"
)
APP_HEADERS = {
    "Content-Security-Policy": APP_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
MOST_SOCKETS = 200
TRY_LATER = 1013
REFUSED = frozenset({"clear_cache"})

_LOG = logging.getLogger("fulcrum.guards")


class SecurityHeaders:
    """Add headers to every HTTP answer; what a route has set itself stays.

    An error that no route caught is answered here, because the answer of the outermost error
    handler would pass by this middleware; the error is raised again to be logged.
    """

    def __init__(self, app: ASGIApp, headers: Mapping[str, str] | None = None) -> None:
        """Take the application and the headers to add, `APP_HEADERS` unless given."""
        self._app = app
        self._headers = dict(APP_HEADERS if headers is None else headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and complete the headers of its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal has_started
            if message["type"] == "http.response.start":
                has_started = True
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception:
            if not has_started:
                await _say(send_with_headers, 500, b"Something went wrong. Please try again.")
            raise


async def _say(send: Send, status: int, words: bytes) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(words)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words})


class SocketGuard:
    """Cap the sockets that live at once, and drop messages no browser of ours may send.

    "clear_cache" would empty the caches of all sessions, and text frames only raise errors, so
    neither reaches Streamlit. Binary frames pass unchanged, also those that are no valid
    message: Streamlit closes the socket on them.
    """

    def __init__(self, app: ASGIApp, most: int = MOST_SOCKETS) -> None:
        """Take the application and how many sockets may live at once."""
        self._app = app
        self._most = most
        self._live = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a socket on while there is room for it."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        if self._live >= self._most:
            _LOG.warning("Refused a session: %d are open", self._live)
            await receive()
            await send({"type": "websocket.close", "code": TRY_LATER})
            return

        async def receive_allowed() -> Message:
            message = await receive()
            while _is_refused(message):
                message = await receive()
            return message

        self._live += 1
        try:
            await self._app(scope, receive_allowed, send)
        finally:
            self._live -= 1


def _is_refused(message: Message) -> bool:
    """Say whether a frame asks for something that is not for browsers to ask."""
    if message["type"] != "websocket.receive":
        return False
    frame = message.get("bytes")
    if frame is None:
        return True
    asked = BackMsg()
    try:
        asked.ParseFromString(frame)
    except DecodeError:
        return False
    return asked.WhichOneof("type") in REFUSED

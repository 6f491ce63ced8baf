"""Messages of a page leave the server in batches, not one in each turn of the server's loop.

Streamlit gives the loop a turn after each message, and each message is a call of the system by
itself. Both give Python's lock away: with many people at work the loop had to wait for it
hundreds of times a page.
"""

import asyncio
from collections.abc import Callable
from typing import Any, cast

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.session_manager import ActiveSessionInfo
from uvicorn.protocols.http.auto import AutoHTTPProtocol

MOST_MESSAGES = 100  # a batch; Streamlit drops a browser for which 500 wait
MOST_BYTES = 64 * 1024  # that wait for the end of a turn; as much as a transport holds by itself


class Batched:
    """A transport on which what is written in one turn of the loop goes out in one piece.

    All else is as the transport has it; it decides when a protocol has to pause.
    """

    def __init__(self, transport: asyncio.Transport, call_soon: Callable[..., Any]) -> None:
        """Take the transport, and what calls a function in the loop's next turn."""
        self._transport, self._call_soon = transport, call_soon
        self._waiting: list[bytes] = []
        self._bytes = 0

    def __getattr__(self, name: str) -> Any:
        """Return what the transport has under this name."""
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send data at the end of this turn of the loop, or now if it is much."""
        if not self._waiting:
            self._call_soon(self._flush)
        self._waiting.append(data)
        self._bytes += len(data)
        if self._bytes >= MOST_BYTES:
            self._flush()

    def close(self) -> None:
        """Close the transport after all that was written."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        data = b"".join(self._waiting)
        self._waiting.clear()
        self._bytes = 0
        if data and not self._transport.is_closing():
            self._transport.write(data)


def send_in_batches() -> None:
    """Do so for all pages and connections of this process."""
    _batch_messages()
    _batch_writes()


def _batch_messages() -> None:
    flush, send = AppSession.flush_browser_queue, Runtime._send_message

    def flush_batches(self: AppSession) -> list[list[ForwardMsg]]:
        messages = flush(self)
        return [
            messages[first : first + MOST_MESSAGES]
            for first in range(0, len(messages), MOST_MESSAGES)
        ]

    def send_batch(self: Runtime, info: ActiveSessionInfo, batch: list[ForwardMsg]) -> None:
        for message in batch:
            send(self, info, message)

    AppSession.flush_browser_queue = flush_batches  # type: ignore[assignment,method-assign]
    Runtime._send_message = send_batch  # type: ignore[assignment,method-assign]


def _batch_writes() -> None:
    made = AutoHTTPProtocol.connection_made

    def connection_made(self: asyncio.BaseProtocol, transport: asyncio.BaseTransport) -> None:
        call_soon = asyncio.get_running_loop().call_soon
        batched = Batched(cast(asyncio.Transport, transport), call_soon)
        made(self, cast(asyncio.BaseTransport, batched))

    AutoHTTPProtocol.connection_made = connection_made  # type: ignore[method-assign]

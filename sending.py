"""How the server sends: what is small goes out at once.

Streamlit makes its listening socket without naming TCP, and asyncio switches Nagle's algorithm
off only for sockets that do. With it the end of an answer waits until the other side has
acknowledged the beginning, which a receiver may put off for 40 milliseconds: an answer's body
waits for its headers, and a page's second message for its first.
"""

import asyncio
from socket import AF_INET, AF_INET6, IPPROTO_TCP, TCP_NODELAY

from uvicorn.protocols.http.auto import AutoHTTPProtocol


def send_at_once() -> None:
    """Switch the wait off for all connections of this process, also those that become sockets."""
    made = AutoHTTPProtocol.connection_made

    def connection_made(self: asyncio.BaseProtocol, transport: asyncio.BaseTransport) -> None:
        sock = transport.get_extra_info("socket")
        if sock is not None and sock.family in (AF_INET, AF_INET6):
            sock.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        made(self, transport)

    AutoHTTPProtocol.connection_made = connection_made  # type: ignore[method-assign]

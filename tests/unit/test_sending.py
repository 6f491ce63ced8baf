"""Small answers go out at once, on sockets made the way Streamlit makes them."""

import asyncio
from socket import AF_INET, IPPROTO_TCP, TCP_NODELAY, socket

import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from sending import send_at_once


async def goes_out_at_once() -> bool:
    """Serve one request; say whether the connection that was accepted waits for nothing."""
    with socket(AF_INET) as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(PlainTextResponse("yes"), lifespan="off", log_level="error")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:
            await asyncio.sleep(0.01)
        reader, writer = await asyncio.open_connection(*listening.getsockname())
        writer.write(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
        assert b"200" in await reader.readline()
        (connection,) = server.server_state.connections
        accepted = connection.transport.get_extra_info("socket")
        found = bool(accepted.getsockopt(IPPROTO_TCP, TCP_NODELAY))
        writer.close()
        server.should_exit = True
        await serving
        return found


def test_nothing_waits_for_an_acknowledgement(monkeypatch: pytest.MonkeyPatch) -> None:
    made = AutoHTTPProtocol.connection_made
    monkeypatch.setattr(AutoHTTPProtocol, "connection_made", made)
    assert not asyncio.run(goes_out_at_once())
    send_at_once()
    assert asyncio.run(goes_out_at_once())

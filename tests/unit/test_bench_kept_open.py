"""What people's pages ask goes over one connection each, opened again when it broke."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from bench.kept_open import KeptOpen

Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def with_server(answer: Answer, ask: Callable[[KeptOpen], Awaitable[None]]) -> None:
    server = await asyncio.start_server(answer, "127.0.0.1")
    port = server.sockets[0].getsockname()[1]
    async with server, KeptOpen(f"http://127.0.0.1:{port}") as kept:
        await ask(kept)
    await asyncio.sleep(0.01)  # the server's side sees the end


def test_questions_share_a_connection() -> None:
    asked: list[list[bytes]] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append([])
        with suppress(asyncio.IncompleteReadError):
            while line := await reader.readuntil(b"\r\n\r\n"):
                asked[-1].append(line.split(b"\r\n")[0])
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnews")
        writer.close()

    async def ask(kept: KeptOpen) -> None:
        for number in range(3):
            assert await kept.get(f"/here/p{number}?me=p") == (200, b"news")

    asyncio.run(with_server(answer, ask))
    assert asked == [[b"GET /here/p%d?me=p HTTP/1.1" % number for number in range(3)]]


def test_a_connection_that_broke_is_opened_again() -> None:
    served = 0

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal served
        served += 1
        await reader.readuntil(b"\r\n\r\n")
        length = 100 if served == 1 else 0
        writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: %d\r\n\r\n" % length)
        writer.close()

    async def ask(kept: KeptOpen) -> None:
        with pytest.raises(EOFError):
            await kept.get("/")
        assert await kept.get("/") == (404, b"")

    asyncio.run(with_server(answer, ask))
    assert served == 2

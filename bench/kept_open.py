"""One connection to a server on which one question after the other is asked, as browsers do.

A browser's work is not the server's: what asks here must cost next to nothing, since both share
the cores of one machine.
"""

import asyncio
from typing import Self
from urllib.parse import urlsplit


class KeptOpen:
    """Asks over one connection and opens it again after a failure; for one task at a time."""

    def __init__(self, address: str) -> None:
        """Take a server's address, "http://host:port"."""
        parts = urlsplit(address)
        self._host, self._port = parts.hostname or "", parts.port or 80
        self._opened: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def __aenter__(self) -> Self:
        """Open nothing yet; the first question does."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the connection."""
        self._close()

    async def get(self, path: str) -> tuple[int, bytes]:
        """Return status and body of an answer that says its length.

        Raises
        ------
        OSError, EOFError
            If the server is away or closes the connection in the middle.
        """
        try:
            reader, writer = self._opened = self._opened or await asyncio.open_connection(
                self._host, self._port
            )
            host = f"{self._host}:{self._port}"
            writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\n\r\n".encode())
            first, *fields = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
            lengths = [each[15:] for each in fields if each.lower().startswith(b"content-length:")]
            return int(first.split()[1]), await reader.readexactly(int(lengths[0]))
        except BaseException:
            self._close()
            raise

    def _close(self) -> None:
        if self._opened is not None:
            self._opened[1].close()
            self._opened = None

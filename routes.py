"""The addresses that open without a session: a frozen page, its stylesheet, robots.txt, and what
is no page at all.

A share link is answered by plain HTML: the link is looked up each time, its page drawn once.
Every refusal of one (unknown, expired, revoked, cut short, wrong method) is the same 404, byte
for byte, and takes the same way through the code: hash, look up, refuse.
"""

import gzip
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from ipaddress import IPv6Address, ip_address
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from reports.share_page import STYLESHEET, not_found_page, notice_page, share_page
from reports.stylesheet import bundled_fonts, fingerprint, stylesheet
from strategy.model import ShareLink
from strategy.ports import Store
from strategy.sharing import token_hash

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
HITS_A_MINUTE = 120
MISSES_A_MINUTE = 20
MOST_ADDRESSES = 10_000
PAGES_KEPT = 64

_LOG = logging.getLogger("fulcrum.share")


class Anything(Convertor[str]):
    """Match whatever follows in an address, line breaks too, which "path" would let through."""

    regex = r"[\s\S]*"

    def convert(self, value: str) -> str:
        """Return the text as it came."""
        return value

    def to_string(self, value: str) -> str:
        """Return the text as it is."""
        return value


# The pages of the dashboard but the plan, which is at "/". Streamlit shows a page for any address.
PAGES = (
    "simulate",
    "compare",
    "history",
    "assumptions",
    "actuals",
    "drivers",
    "thesis",
    "trust",
    "mix",
    "reach",
    "share",
)
STREAMLIT_FOLDERS = ("static", "media", "component", "app")


class NoPage(Anything):
    """Match an address that is neither a page nor a file nor one of Streamlit's own."""

    regex = rf"(?!(?:{'|'.join(PAGES)})$|(?:{'|'.join(STREAMLIT_FOLDERS)})(?:/|$)|_|.*/_)[^.]*[^./]"


register_url_convertor("anything", Anything())
register_url_convertor("no_page", NoPage())


class RequestLimit:
    """Count requests for share pages by address and minute.

    Two limits, because an office often has one address: 30 people who open the same link at
    once must all see it, and a colleague with a dead link must not lock them out. So misses
    (404) are refused from the 21st a minute, while live links open until the address has made
    120 requests of any kind. Guessing is hopeless without any limit, as tokens have 256 bits;
    the limits only keep the load down. Memory is bounded: the oldest address makes room.

    Meant for one event loop; not safe across threads.
    """

    def __init__(
        self,
        hits: int = HITS_A_MINUTE,
        misses: int = MISSES_A_MINUTE,
        addresses: int = MOST_ADDRESSES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the limits a minute and the most addresses to remember."""
        self._hits = hits
        self._misses = misses
        self._addresses = addresses
        self._clock = clock
        self._minute = -1
        self._counts: dict[str, list[int]] = {}

    def is_full(self, client: str) -> bool:
        """Say whether an address has used up its minute, so that nothing is read for it."""
        return sum(self._of(client)) >= self._hits

    def count_hit(self, client: str) -> None:
        """Count a page that was shown."""
        self._of(client)[0] += 1

    def count_miss(self, client: str) -> bool:
        """Count a refusal; say whether it is still within the limit."""
        counts = self._of(client)
        counts[1] += 1
        return counts[1] <= self._misses

    def _of(self, client: str) -> list[int]:
        """Return [hits, misses] of an address in the current minute."""
        minute = int(self._clock() // 60)
        if minute != self._minute:
            self._minute, self._counts = minute, {}
        if client not in self._counts:
            while len(self._counts) >= self._addresses:
                del self._counts[next(iter(self._counts))]
            self._counts[client] = [0, 0]
        return self._counts[client]


def client_address(host: str) -> str:
    """Return the address to count by: one IPv6 customer network (/64) counts as one."""
    try:
        address = ip_address(host)
    except ValueError:
        return host[:64]
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(address)


def share_routes(store_of: Callable[[], Store], limit: RequestLimit | None = None) -> list[Route]:
    """Return the routes of share links, to be given to the application.

    `store_of` is called in a worker thread for each request that reads. `limit` is shared by
    all requests of this process.
    """
    css = stylesheet(streamlit_fonts())
    address = f"{STYLESHEET}?v={fingerprint(css)}"
    page = SharedPage(store_of, limit or RequestLimit(), address)
    return [
        Route("/s", page),
        Route("/s/{token:anything}", page),
        Route(STYLESHEET, _fixed(css, "text/css", FOREVER)),
        Route("/robots.txt", _fixed("User-agent: *\nDisallow: /\n", "text/plain", {})),
    ]


def page_routes() -> list[Route]:
    """Return the routes of mistyped pages, to be given to the application after all others.

    `/plan` opens the board, which is at `/`; any other page that does not exist is a 404 that
    says so and leads there.
    """
    css = stylesheet(streamlit_fonts())
    missing = notice_page(
        "There is no such page.",
        "The address may be mistyped, or come from an older version.",
        f"{STYLESHEET}?v={fingerprint(css)}",
        link=("/", "Open the plan"),
    )

    def to_board(request: Request) -> Response:
        return RedirectResponse("/" + (f"?{request.url.query}" if request.url.query else ""))

    def no_page(_request: Request) -> Response:
        return _html(404, missing)

    return [Route("/plan", to_board), Route("/{path:no_page}", no_page)]


@dataclass(frozen=True)
class Drawn:
    """A page ready to be sent: as it is, and compressed for guests who take that."""

    plain: bytes
    zipped: bytes

    def response(self, accepted: str) -> Response:
        """Return the page in the encoding that a request's Accept-Encoding allows."""
        headers = HEADERS | {"Vary": "Accept-Encoding"}
        if "gzip" not in accepted:
            return HTMLResponse(self.plain, 200, headers)
        return HTMLResponse(self.zipped, 200, headers | {"Content-Encoding": "gzip"})


class SharedPage:
    """Answer a share link; an ASGI application, so that it receives every method."""

    def __init__(self, store_of: Callable[[], Store], limit: RequestLimit, address: str) -> None:
        """Take the store, the limit and the address of the stylesheet."""
        self._store_of = store_of
        self._limit = limit
        self._address = address
        self._not_found = not_found_page(address)
        # A snapshot never changes; whether the link still opens it is asked each time.
        self._drawn = lru_cache(maxsize=PAGES_KEPT)(self._draw)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope)
        try:
            response = await self._answer(request)
        except Exception as error:  # a guest is never shown what went wrong
            _LOG.error("A share link could not be answered: %s", type(error).__name__)
            response = self._notice(
                503, "This page cannot be shown right now.", "Please try again in a minute."
            )
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        client = client_address(request.client.host if request.client else "")
        if self._limit.is_full(client):
            return self._too_many()
        drawn = None
        if request.method in ("GET", "HEAD"):
            drawn = await run_in_threadpool(self._page, request.path_params.get("token", ""))
        if drawn is not None:
            self._limit.count_hit(client)
            return drawn.response(request.headers.get("Accept-Encoding", ""))
        if self._limit.count_miss(client):
            return _html(404, self._not_found)
        return self._too_many()

    def _page(self, token: str) -> Drawn | None:
        link = self._store_of().live_link(token_hash(token))
        return None if link is None else self._drawn(link)

    def _draw(self, link: ShareLink) -> Drawn:
        page = share_page(self._store_of().snapshot_of(link), link, self._address).encode()
        # Compressed once: doing it for each guest costs more than all the rest of an answer.
        return Drawn(page, gzip.compress(page, mtime=0))

    def _too_many(self) -> Response:
        response = self._notice(
            429, "Too many requests.", "Please wait a minute and open the link again."
        )
        response.headers["Retry-After"] = "60"
        return response

    def _notice(self, status: int, heading: str, sentence: str) -> Response:
        return _html(status, notice_page(heading, sentence, self._address))


def streamlit_fonts() -> dict[str, str]:
    """Return the addresses of the fonts that Streamlit serves, without importing it."""
    found = find_spec("streamlit")
    if found is None or found.origin is None:
        return {}
    media = Path(found.origin).parent / "static" / "static" / "media"
    return bundled_fonts(media, "/static/media")


def _html(status: int, text: str) -> Response:
    return HTMLResponse(text, status, HEADERS)


def _fixed(text: str, kind: str, headers: dict[str, str]) -> Callable[[Request], Response]:
    """Return a handler that always answers with the same text."""

    def answer(_request: Request) -> Response:
        return PlainTextResponse(text, headers=HEADERS | headers, media_type=kind)

    return answer

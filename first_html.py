"""The first HTML of each page: Streamlit's own, with the product's stylesheet in it.

Rules that arrive with a page's elements come after the first of them are painted: rows change
their height then, and a button is gone from under the pointer. So the first HTML names them.
"""

import gzip
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from streamlit import file_util

from pages.frame.style import STYLE

STYLE_FOLDER = "/style/"
FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
# In the body, because Streamlit goes on adding rules to the head, and the last of equals wins.
PLACE = "<body>"


def style_is_linked() -> bool:
    """Say whether the first HTML names the product's rules, so that no page need send them."""
    return _html() is not None


def first_html_routes(pages: tuple[str, ...]) -> list[Route]:
    """Return the routes of the stylesheet and of all pages, to be given to the application.

    `pages` are addresses without their slash; the plan, at "/", is always one. If Streamlit's
    HTML has no body to put a link in, there are no routes of pages, and Streamlit answers.
    """
    routes = [Route(STYLE_FOLDER + "{file}", _answer_style, methods=["GET"])]
    html = _html()
    if html is None:
        return routes
    tag = f'"{sha256(html.encode()).hexdigest()[:32]}"'

    def answer(request: Request) -> Response:
        headers = {"Cache-Control": "no-cache", "ETag": tag}
        if tag in request.headers.get("If-None-Match", ""):
            return Response(None, 304, headers)
        return _packed(request, html, "text/html", headers)

    return [*routes, *(Route(f"/{page}", answer, methods=["GET"]) for page in ("", *pages))]


def with_link(html: str, address: str) -> str | None:
    """Return HTML with a link to a stylesheet in its body, None where no body begins."""
    before, found, after = html.partition(PLACE)
    return f'{before}{found}<link rel="stylesheet" href="{address}">{after}' if found else None


@cache
def _html() -> str | None:
    try:
        html = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
    except OSError:
        return None
    return with_link(html, STYLE_FOLDER + _file())


@cache
def _file() -> str:
    """Return the last part of the stylesheet's address, which follows its content."""
    return f"fulcrum-{sha256(STYLE.encode()).hexdigest()[:16]}.css"


def _answer_style(request: Request) -> Response:
    if request.path_params["file"] != _file():
        return PlainTextResponse("There is no such style.", 404, {"Cache-Control": "no-store"})
    return _packed(request, STYLE, "text/css", FOREVER)


def _packed(request: Request, text: str, kind: str, headers: dict[str, str]) -> Response:
    headers = headers | {"Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return Response(text, 200, headers, kind)
    return Response(_zipped(text), 200, headers | {"Content-Encoding": "gzip"}, kind)


@cache
def _zipped(text: str) -> bytes:
    """Return a text compressed; there are two, and neither changes."""
    return gzip.compress(text.encode(), mtime=0)

"""The address at which browsers fetch the scripts of components, once for each content."""

import gzip
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from components.script import SCRIPT, script_text

KEPT = 64
HEADERS = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}


def module_routes() -> list[Route]:
    """Return the route of components' scripts, to be given to the application.

    It answers 404 for a script that this version does not have.
    """
    return [Route(SCRIPT + "{file}", _answer, methods=["GET"])]


def _answer(request: Request) -> Response:
    text = script_text(request.path_params["file"])
    if text is None:
        return PlainTextResponse("There is no such script.", 404, {"Cache-Control": "no-store"})
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return Response(text, 200, HEADERS, "text/javascript")
    return Response(_zipped(text), 200, HEADERS | {"Content-Encoding": "gzip"}, "text/javascript")


@lru_cache(maxsize=KEPT)
def _zipped(text: str) -> bytes:
    """Return a script compressed; each is compressed once, and never changes."""
    return gzip.compress(text.encode(), mtime=0)

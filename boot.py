"""A mark of this start of the server, so that an open page can tell that it was started anew."""

import uuid

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

BOOT = uuid.uuid4().hex[:12]
ADDRESS = "/boot"


async def _boot(request: Request) -> PlainTextResponse:
    return PlainTextResponse(BOOT, headers={"Cache-Control": "no-store"})


def boot_routes() -> list[Route]:
    """Return the route that answers with the mark."""
    return [Route(ADDRESS, _boot, methods=["GET"])]

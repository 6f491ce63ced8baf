"""The address each open page asks every second or two: what is new, and who is here.

It reads one number from the database, so a room full of people can ask it; the pages themselves
are drawn again only when something changed.
"""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from boot import BOOT
from pages.frame.people_here import HERE, edits_mark, shown
from presence import PRESENCE
from strategy.ports import Store

HEADERS = {"Cache-Control": "no-store"}
LONGEST_ID = 40


def here_routes(store_of: Callable[[], Store]) -> list[Route]:
    """Return the route that says what is new at a plan, to be given to the application.

    It answers {"boot": mark of this start, "seq": number of the plan's last change, "others":
    the circles of the others there, "edits": a mark of who edits what}.
    """

    async def answer(request: Request) -> Response:
        plan_id = request.path_params["plan_id"]
        person = request.query_params.get("me", "")[:LONGEST_ID]
        seq = await run_in_threadpool(lambda: store_of().change_seq(plan_id))
        if not seq:  # every plan begins with a change
            return PlainTextResponse("There is no such plan.", 404, HEADERS)
        others = PRESENCE.still(plan_id, person)
        found = {
            "boot": BOOT,
            "seq": seq,
            "others": [shown(each) for each in others],
            "edits": edits_mark(others),
        }
        return JSONResponse(found, headers=HEADERS)

    return [Route(HERE + "{plan_id}", answer, methods=["GET"])]

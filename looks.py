"""The address a lever asks what it would do, before it is kept and the page drawn with it.

The answer is a picture of the whole run, in a fraction of the time a page's script and its
drawing take. Nothing is kept here; who asks may ask again with every move of a hand.
"""

import json
from collections.abc import Callable
from json import JSONDecodeError

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from components.look import LOOK, parse_asked
from pages.simulate.look import look
from strategy.errors import PlanError
from strategy.ports import Store

HEADERS = {"Cache-Control": "no-store"}
LARGEST = 65_536


def look_routes(store_of: Callable[[], Store], draws: int) -> list[Route]:
    """Return the route of looks, to be given to the application.

    It answers a question (`components.look.Asked`) with {"svg", "words", "ground", "ink", "bar"};
    with 204 while others leave no core free, and with 422 and a sentence if there is no answer.
    """

    async def answer(request: Request) -> Response:
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > LARGEST:
                return PlainTextResponse("That is too much for one lever.", 413, HEADERS)
        try:
            asked = parse_asked(json.loads(body))
            found = await run_in_threadpool(
                look,
                store_of(),
                request.path_params["plan_id"],
                request.path_params["scenario_id"],
                asked,
                draws,
            )
        except (JSONDecodeError, UnicodeDecodeError, RecursionError):
            return PlainTextResponse("That is no question.", 422, HEADERS)
        except (ValueError, PlanError) as refused:
            return PlainTextResponse(str(refused), 422, HEADERS)
        return JSONResponse(found, headers=HEADERS) if found else Response(None, 204, HEADERS)

    return [Route(LOOK + "{plan_id}/{scenario_id}", answer, methods=["POST"])]

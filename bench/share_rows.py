"""How long guests wait for a share link while many read it."""

import asyncio
import time
from statistics import median

import httpx

from bench.timing import Row, Target
from bench.web import Web
from bench.workbench import Sizes

MOST_MS = 30
PAUSE = 1.0


def share_rows(web: Web) -> list[Row]:
    """Return the row of many guests, each opening the link once a second."""
    readers = web.sizes.readers
    return [
        Row(
            f"a share link, token to bytes, {readers} readers, each once a second",
            "ms",
            lambda: median(asyncio.run(read_all(web))),
            targets=(Target(MOST_MS, is_ratio=False),),
        )
    ]


async def read_all(web: Web) -> list[float]:
    """Return the seconds of all reads; readers start evenly spread over the first second."""
    address, readers = f"{web.app}/s/{web.plans.token}", web.sizes.readers
    limits = httpx.Limits(max_connections=readers)
    async with httpx.AsyncClient(limits=limits, trust_env=False, timeout=60) as client:
        taken = await asyncio.gather(
            *(reader(client, address, place, web.sizes) for place in range(readers))
        )
    return [seconds for each in taken for seconds in each]


async def reader(client: httpx.AsyncClient, address: str, place: int, sizes: Sizes) -> list[float]:
    """Open the link again and again, as a guest with a network address of their own.

    Raises
    ------
    RuntimeError
        If the link does not answer with its page.
    """
    taken = []
    await asyncio.sleep(PAUSE * place / sizes.readers)
    for _ in range(sizes.reads):
        started = time.perf_counter()
        answer = await client.get(
            address, headers={"X-Forwarded-For": f"10.9.{place // 250}.{place % 250 + 1}"}
        )
        taken.append(time.perf_counter() - started)
        if answer.status_code != 200:
            raise RuntimeError(f"the share link answered {answer.status_code}")
        await asyncio.sleep(max(PAUSE - taken[-1], 0.0))
    return taken

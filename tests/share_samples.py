"""A plan that was frozen and shared, for tests of what a guest sees."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.types import ASGIApp

from data.example import load_example
from data.store import SqliteStore
from routes import RequestLimit, share_routes
from strategy import commands, sharing
from strategy.model import Plan, ShareLink, Snapshot
from strategy.ports import Store
from tests.store_samples import Clock

DRAWS = 200
PLENTY = 10_000
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "**bold** [a](https://evil.example) ![b](https://evil.example/b.png)",
    "\"'><svg onload=alert(1)>",
    "W" * 110,
    "\u202eright to left\u202c",
)


@dataclass
class Browser:
    """Send requests to an application in this process."""

    app: ASGIApp
    raises: bool = False

    def request(
        self,
        method: str,
        address: str,
        content: bytes = b"",
        accepts: str = "gzip, deflate",
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """Return the answer to one request; redirects are not followed."""
        said = {"Accept-Encoding": accepts} | (headers or {})
        return asyncio.run(self._send(method, address, content, said))

    def get(self, address: str, accepts: str = "gzip, deflate") -> httpx.Response:
        """Return the answer to a GET."""
        return self.request("GET", address, accepts=accepts)

    async def _send(
        self, method: str, address: str, content: bytes, headers: dict[str, str]
    ) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=self.raises)
        async with httpx.AsyncClient(transport=transport, base_url="http://fulcrum") as client:
            return await client.request(method, address, content=content, headers=headers)


@dataclass
class Shared:
    """A store with a plan, its frozen copy and a link to it."""

    store: SqliteStore
    clock: Clock
    plan: Plan
    snapshot: Snapshot
    link: ShareLink
    token: str

    def client(self, **limits: int) -> Browser:
        """Return a client of an application that has nothing but the share routes."""
        return client_of(lambda: self.store, **limits)


def client_of(store_of: Callable[[], Store], **limits: int) -> Browser:
    """Return a client; without limits given it may ask as often as it likes."""
    limit = RequestLimit(limits.get("hits", PLENTY), limits.get("misses", PLENTY))
    app = Starlette(routes=list(share_routes(store_of, limit)))
    return Browser(app)


def shared_example(
    path: Path, before_freezing: Callable[[Store, Plan], object] | None = None
) -> Shared:
    """Return the worked example, frozen and shared for 30 days, on a clock that stands still."""
    clock = Clock()
    store = SqliteStore.open(path, clock)
    plan = load_example(store)
    if before_freezing:
        before_freezing(store, plan)
    snapshot = sharing.take_snapshot(store, plan.id, "Priya Raman", "For the board", draws=DRAWS)
    link, token = sharing.share(store, plan.id, "Priya Raman", snapshot.id, "the CFO", 30)
    return Shared(store, clock, plan, snapshot, link, token)


def with_hostile_text(snapshot: Snapshot, text: str) -> Snapshot:
    """Return a snapshot in which every text a person can type is `text`."""
    content: dict[str, Any] = {**snapshot.content}
    content["plan"] = {**content["plan"], "name": text, "baseline_source": text}
    content["goals"] = [{**goal, "title": text, "owner": text} for goal in content["goals"]]
    content["tactics"] = [{**each, "title": text, "owner": text} for each in content["tactics"]]
    content["scenarios"] = [{**each, "name": text, "letter": text} for each in content["scenarios"]]
    content["assumptions"] = [
        {**each, "source": text, "label": text, "meaning": text, "grade": text, "unit": text}
        for each in content["assumptions"]
    ]
    return replace(snapshot, title=text, created_by=text, content=content)


def goal_of(store: Store, plan: Plan) -> str:
    """Return the id of the plan's first goal."""
    return store.board(plan.id).goals[0].id


def add_canaries(store: Store, plan: Plan, canary: Callable[[str], str]) -> None:
    """Put texts into the store that no guest may ever read."""
    goal = goal_of(store, plan)
    commands.add_tactic(
        store,
        plan.id,
        canary("actor"),
        title="Seen",
        lane="goal",
        goal_id=goal,
        note=canary("note"),
    )
    commands.add_tactic(
        store, plan.id, "ann", title=canary("idea"), lane="ideas", owner=canary("owner")
    )
    gone = commands.add_tactic(store, plan.id, "ann", title=canary("archived"), lane="unaligned")
    commands.archive_tactic(store, plan.id, "ann", gone.id)
    other = commands.create_plan(
        store, "ann", replace(plan, id="plan_other", name=canary("plan"), created_at="")
    )
    commands.add_tactic(store, other.id, "ann", title=canary("other"), lane="unaligned")

"""A share link opens one frozen page, until it is taken back, and gives away nothing else."""

import logging
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from starlette.applications import Starlette

from routes import (
    HEADERS,
    PAGES,
    RequestLimit,
    client_address,
    page_routes,
    share_routes,
    streamlit_fonts,
)
from strategy import commands, sharing
from strategy.model import Plan
from strategy.ports import Store
from tests.share_samples import (
    DRAWS,
    Browser,
    Shared,
    add_canaries,
    client_of,
    goal_of,
    shared_example,
)

METHODS = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
LEAST_HEADERS = {
    "content-security-policy",
    "referrer-policy",
    "x-content-type-options",
    "x-frame-options",
    "x-robots-tag",
}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    return shared_example(tmp_path_factory.mktemp("share") / "fulcrum.db")


@pytest.fixture
def client(shared: Shared) -> Browser:
    return shared.client()


def test_a_link_opens_its_frozen_page(shared: Shared, client: Browser) -> None:
    answer = client.get(f"/s/{shared.token}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert shared.plan.name in answer.text
    assert client.request("HEAD", f"/s/{shared.token}").status_code == 200


def test_a_page_is_sent_compressed_to_those_who_take_that(shared: Shared, client: Browser) -> None:
    address = f"/s/{shared.token}"
    plain = client.get(address, accepts="identity")
    zipped = client.get(address, accepts="gzip, deflate")
    assert "content-encoding" not in plain.headers
    assert zipped.headers["content-encoding"] == "gzip"
    assert int(zipped.headers["content-length"]) < len(plain.content) / 3
    assert zipped.content == plain.content
    assert plain.headers["vary"] == zipped.headers["vary"] == "Accept-Encoding"


def bad_addresses(shared: Shared) -> Iterator[str]:
    token = shared.token
    yield from ("/s", "/s/", "/s//", "/s/x", "/s/%00", "/s/%ff%fe", "/s/%F0%9F%92%A9", "/s/..%2f")
    yield from (f"/s/{token}/", f"/s/{token}x", f"/s/{token[:-1]}", f"/s/{token[1:]}")
    yield from (f"/s/{token.swapcase()}", f"/s/%20{token}", f"/s/{token}%0a", f"/s/x/{token}")
    yield from (f"/s/%0a{token}", f"/s/{token}%0a%0a", "/s/x%0d%0ay", "/s/%0a", "/s/%e2%80%a8")
    yield from (f"/s/{token}/../x", f"/s/{token}%00", f"/s/{'A' * 43}", f"/s/{'A' * 10_000}")
    yield from ("/s/' OR 1=1 --", "/s/null", "/s/None", "/s/*", "/s/%25", f"/s/?token={token}")
    yield f"/s/{shared.link.id}"
    yield f"/s/{shared.snapshot.id}"
    yield f"/s/{shared.link.token_hash.hex()}"


def test_every_refusal_is_the_same_answer_byte_for_byte(shared: Shared, client: Browser) -> None:
    answers = [client.get(address) for address in bad_addresses(shared)]
    answers += [client.request(method, f"/s/{shared.token}") for method in METHODS]
    answers += [client.request(method, "/s/x") for method in METHODS]
    answers += [client.request("POST", f"/s/{shared.token}", content=b"x" * 100_000)]
    shared.clock.move(days=31)
    answers.append(client.get(f"/s/{shared.token}"))
    shared.clock.move(days=-31)
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1
    assert len(answers) > 40
    assert client.get(f"/s/{shared.token}").status_code == 200


def test_a_link_expires_to_the_second(shared: Shared, client: Browser) -> None:
    shared.clock.move(days=30, seconds=-1)
    before = client.get(f"/s/{shared.token}").status_code
    shared.clock.move(seconds=1)
    after = client.get(f"/s/{shared.token}").status_code
    shared.clock.move(days=-30)
    assert (before, after) == (200, 404)


def test_a_revoked_link_is_dead_on_the_next_request(shared: Shared, client: Browser) -> None:
    plan, snapshot = shared.plan.id, shared.snapshot.id
    link, token = sharing.share(shared.store, plan, "ann", snapshot, "someone", 5)
    assert client.get(f"/s/{token}").status_code == 200
    sharing.revoke(shared.store, plan, "ann", link.id)
    refused = client.get(f"/s/{token}")
    assert refused.status_code == 404
    assert refused.content == client.get("/s/never-existed").content
    assert client.get(f"/s/{shared.token}").status_code == 200


def test_random_guesses_open_nothing(shared: Shared, client: Browser) -> None:
    answers = {client.get(f"/s/{secrets.token_urlsafe(32)}").status_code for _ in range(300)}
    assert answers == {404}


def test_editing_the_plan_leaves_the_page_as_it_was(shared: Shared, client: Browser) -> None:
    before = client.get(f"/s/{shared.token}").content
    store, plan = shared.store, shared.plan.id
    goal = store.board(plan).goals[0]
    commands.edit_goal(
        store, plan, "ann", goal.id, {"title": goal.title}, {"title": "Another goal altogether"}
    )
    commands.edit_plan(store, plan, "ann", {"name": shared.plan.name}, {"name": "Renamed"})
    commands.add_tactic(store, plan, "ann", title="Added later", lane="unaligned")
    sharing.take_snapshot(store, plan, "ann", "A later one", draws=DRAWS)
    shared.clock.move(hours=5)
    assert client.get(f"/s/{shared.token}").content == before
    shared.clock.move(hours=-5)


def test_a_guest_sees_only_what_was_shared(tmp_path: Path) -> None:
    canaries: list[str] = []

    def canary(kind: str) -> str:
        canaries.append(f"CANARY{kind}{secrets.token_hex(6)}")
        return canaries[-1]

    def prepare(store: Store, plan: Plan) -> None:
        add_canaries(store, plan, canary)

    shared = shared_example(tmp_path / "fulcrum.db", prepare)
    store, plan = shared.store, shared.plan.id
    sharing.share(store, plan, canary("sender"), shared.snapshot.id, canary("recipient"), 9)
    sharing.comment(store, plan, shared.snapshot.id, canary("author"), "goals", canary("comment"))
    client = shared.client()
    seen = b"".join(
        client.get(address).content
        for address in (f"/s/{shared.token}", "/share-assets/share.css", "/robots.txt", "/s/x")
    ).decode()
    assert "Seen" in seen
    board = store.board(plan)
    ids = {plan, *(goal.id for goal in board.goals), *(tactic.id for tactic in board.tactics)}
    ids |= {scenario.id for scenario in store.scenarios(plan)}
    ids |= {shared.link.id, shared.snapshot.id, shared.link.token_hash.hex(), shared.token}
    ids |= {run.id for run in store.runs(plan, None)} | {goal_of(store, shared.plan)}
    assert len(canaries) >= 10 and len(ids) > 20
    assert [text for text in (*canaries, *ids) if text in seen] == []


def test_the_recipient_of_a_link_is_not_named_on_the_page(shared: Shared, client: Browser) -> None:
    assert "the CFO" not in client.get(f"/s/{shared.token}").text


def test_every_answer_carries_the_headers(shared: Shared) -> None:
    client, full = shared.client(), shared.client(hits=0)
    answers = [
        client.get(f"/s/{shared.token}"),
        client.get("/s/x"),
        client.request("POST", "/s/x"),
        client.get("/share-assets/share.css"),
        client.get("/robots.txt"),
        full.get(f"/s/{shared.token}"),
        client_of(_broken).get("/s/x"),
    ]
    assert [each.status_code for each in answers] == [200, 404, 404, 200, 200, 429, 503]
    for answer in answers:
        assert set(answer.headers) >= LEAST_HEADERS
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "set-cookie" not in answer.headers
    assert {
        answer.headers["cache-control"] for answer in answers if "css" not in str(answer.url)
    } == {"no-store"}
    assert "script" not in HEADERS["Content-Security-Policy"]


def _broken() -> NoReturn:
    raise OSError("disk I/O error in /secret/place")


def test_a_broken_store_is_one_plain_sentence(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        answer = client_of(_broken).get("/s/some-token-value")
    assert answer.status_code == 503
    assert "This page cannot be shown right now." in answer.text
    assert "secret" not in answer.text and "Traceback" not in answer.text
    assert "some-token-value" not in caplog.text


def test_robots_are_told_to_stay_out(client: Browser) -> None:
    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


def test_the_stylesheet_is_addressed_by_its_content(shared: Shared, client: Browser) -> None:
    page = client.get(f"/s/{shared.token}").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    assert "prefers-color-scheme:dark" in answer.text


def test_the_fonts_are_those_streamlit_serves() -> None:
    assert set(streamlit_fonts()) == {"sans", "serif"}
    assert all(each.startswith("/static/media/Source") for each in streamlit_fonts().values())


def test_no_route_stands_in_streamlits_way(shared: Shared) -> None:
    from streamlit.web.server.starlette.starlette_app import _RESERVED_ROUTE_PREFIXES

    for route in share_routes(lambda: shared.store):
        assert not route.path.startswith(_RESERVED_ROUTE_PREFIXES)


def test_the_21st_dead_link_in_a_minute_is_refused_but_live_ones_still_open(
    shared: Shared,
) -> None:
    client = shared.client(hits=120, misses=20)
    assert [client.get("/s/x").status_code for _ in range(22)] == [404] * 20 + [429] * 2
    answer = client.get(f"/s/{shared.token}")
    assert answer.status_code == 200
    assert client.get("/s/x").headers["retry-after"] == "60"


def test_an_office_behind_one_address_can_open_a_link_at_once(shared: Shared) -> None:
    client = shared.client(hits=120, misses=20)
    answers = [client.get(f"/s/{shared.token}").status_code for _ in range(121)]
    assert answers == [200] * 120 + [429]


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_new_minute_starts_afresh() -> None:
    clock = Seconds()
    limit = RequestLimit(hits=2, misses=1, clock=clock)
    assert limit.count_miss("a") and not limit.count_miss("a")
    assert limit.is_full("a") and not limit.is_full("b")
    clock.now = 60.0
    assert not limit.is_full("a")


def test_the_memory_of_addresses_is_bounded() -> None:
    limit = RequestLimit(addresses=100, clock=Seconds())
    for number in range(1000):
        limit.count_hit(str(number))
    assert len(limit._counts) == 100


def test_an_ipv6_network_counts_as_one_address() -> None:
    assert client_address("2001:db8::1") == client_address("2001:db8::ffff")
    assert client_address("2001:db8::1") != client_address("2001:db8:0:1::1")
    assert client_address("::ffff:192.0.2.1") != client_address("::ffff:192.0.2.2")
    assert client_address("testclient") == "testclient"


# ---- addresses that are no page ------------------------------------------------------------


@pytest.fixture
def pages() -> Browser:
    return Browser(Starlette(routes=list(page_routes())), raises=True)


def test_the_plan_has_one_address_and_the_other_leads_there(pages: Browser) -> None:
    answer = pages.get("/plan?plan=plan_1&scenario=a%2Fb")
    assert answer.status_code == 307
    assert answer.headers["location"] == "/?plan=plan_1&scenario=a%2Fb"
    assert pages.get("/plan").headers["location"] == "/"


@pytest.mark.parametrize("address", ["nothing", "Compare", "plans", "a/b", "simulated", "plan/x"])
def test_a_page_that_does_not_exist_says_so_and_leads_to_the_plan(
    pages: Browser, address: str
) -> None:
    answer = pages.get(f"/{address}?plan=plan_1")
    assert answer.status_code == 404
    assert "There is no such page." in answer.text
    assert '<a href="/">Open the plan</a>' in answer.text
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        *PAGES,
        "compare/",
        "favicon.png",
        "static/js/index.js",
        "static/media",
        "_stcore/health",
        "compare/_stcore/health",
        "component/fulcrum/x",
    ],
)
def test_what_is_a_page_or_a_file_is_left_to_streamlit(pages: Browser, address: str) -> None:
    assert pages.get(f"/{address}").text == "Not Found"


def test_every_page_of_the_dashboard_is_known() -> None:
    script = (Path(__file__).parents[2] / "dashboard.py").read_text("utf-8")
    assert set(re.findall(r'url_path="(\w+)"', script)) == {"plan", *PAGES}

"""The scripts of components come once, from addresses of their own, and not with each drawing."""

from __future__ import annotations

import re

from playwright.sync_api import Route, WebSocket, expect

from tests.browser.conftest import Example, NewPage, OpenApp
from tests.browser.driving import card, redrawn

LARGEST = 20_000  # bytes of a message; the board's script alone is four times that


def test_a_script_that_did_not_come_whole_is_asked_for_again(
    new_page: NewPage, open_app: OpenApp, plan: Example
) -> None:
    page = new_page()
    asked: list[str] = []

    def lose_the_first(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.fulfill(content_type="text/javascript", body="throw new Error('cut short');")
        else:
            route.continue_()

    page.route(re.compile("/script/fulcrum_board-"), lose_the_first)
    open_app(plan.path, on=page)
    expect(card(page, "Weekly deal coaching")).to_be_visible()
    assert [url.partition("?")[2] for url in asked] == ["", "try=1"]


def test_a_move_sends_what_the_board_shows_and_not_what_it_is_made_of(
    new_page: NewPage, open_app: OpenApp, plan: Example
) -> None:
    page = new_page()
    sizes: list[int] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: sizes.append(len(frame)))

    page.on("websocket", listen)
    open_app(plan.path, on=page)
    sizes.clear()

    def park() -> None:
        card(page, "Weekly deal coaching").get_by_role("button", name="Move or edit").click()
        page.get_by_role("menuitem", name="Park in ideas").click()

    redrawn(page, park)
    assert "Weekly deal coaching" in plan.cards("ideas")
    assert sizes
    assert max(sizes) < LARGEST

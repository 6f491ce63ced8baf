"""The board in a real browser: drags, keys, menus, and what comes out as triggers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.accessible import violations
from tests.browser.conftest import NewPage, streamlit
from tests.browser.driving import card, drag, face, lift, menu_of, middle, settle, titles

HARNESS = Path(__file__).parent / "harness" / "board_app.py"
BOOKINGS, WIN, HOURS, QUOTES, UNALIGNED = range(5)

OpenBoard = Callable[..., Page]


@pytest.fixture(scope="module")
def board_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run the harness on a free port."""
    folder = tmp_path_factory.mktemp("board")
    with streamlit(HARNESS, folder, folder / "server.log") as address:
        yield address


@pytest.fixture
def open_board(board_address: str, new_page: NewPage) -> OpenBoard:
    """Return a function that opens the harness; a script error on the page fails the test."""

    def opened(query: str = "", held: list[Route] | None = None, **context: Any) -> Page:
        context.setdefault("viewport", {"width": 1440, "height": 1000})
        page = new_page(**context)
        if held is not None:
            page.route(re.compile("/preview/"), lambda route: held.append(route))
        page.goto(f"{board_address}/{query}")
        expect(page.locator(".lane.ideas")).to_be_visible(timeout=30_000)
        settle(page)
        return page

    return opened


def lane(page: Page, index: int) -> Locator:
    """Return a lane by its place from the left."""
    return page.locator(".lanes > .lane").nth(index)


def expect_trigger(page: Page, name: str, value: dict[str, Any]) -> None:
    """Wait until the harness prints this trigger."""
    text = json.dumps({"name": name, "value": value})
    expect(page.get_by_test_id("stText").last).to_have_text(text)


def expect_no_trigger(page: Page) -> None:
    """Check that nothing was sent."""
    expect(page.get_by_test_id("stText").last).to_have_text("null")


# ---- mouse ---------------------------------------------------------------------------------


def test_a_drag_to_another_lane_sends_the_move(open_board: OpenBoard) -> None:
    page = open_board()
    drag(page, "Territory map refresh", middle(card(page, "Exit criteria"), down=0.2))
    expect_trigger(
        page, "move", {"tactic": "map", "lane": "goal:win", "before": "exit", "revision": 1}
    )
    expect(titles(lane(page, WIN))).to_have_text(
        [
            "Weekly deal coaching",
            "Territory map refresh",
            "Exit criteria for each stage",
            "Mutual plans with the buyer",
        ]
    )
    expect(page.locator(".saving")).to_have_count(0)
    expect(face(page, "Territory map refresh")).to_be_focused()


def test_a_drag_within_a_lane_sends_the_new_place(open_board: OpenBoard) -> None:
    page = open_board()
    drag(page, "Route leads by fit", middle(card(page, "Account plans"), down=0.2))
    expect_trigger(
        page,
        "move",
        {"tactic": "route", "lane": "goal:bookings", "before": "plans", "revision": 1},
    )
    expect(titles(lane(page, BOOKINGS)).first).to_have_text("Route leads by fit")


def test_a_drag_below_the_last_card_goes_to_the_end(open_board: OpenBoard) -> None:
    page = open_board()
    drag(page, "Weekly deal coaching", middle(lane(page, QUOTES), down=0.9))
    expect_trigger(
        page, "move", {"tactic": "coach", "lane": "goal:quotes", "before": None, "revision": 1}
    )


def test_while_dragging_the_origin_fades_and_a_slot_shows_the_place(open_board: OpenBoard) -> None:
    page = open_board()
    lift(page, "Territory map refresh")
    page.mouse.move(*middle(lane(page, QUOTES), down=0.9), steps=6)
    expect(lane(page, QUOTES)).to_have_class("lane goal over")
    expect(lane(page, QUOTES).locator(".slot")).to_be_visible()
    expect(card(page, "Territory map refresh")).to_have_css("opacity", "0.38")
    page.mouse.up()
    expect(page.locator(".slot, .flying, .over")).to_have_count(0)


def test_escape_cancels_a_drag(open_board: OpenBoard) -> None:
    page = open_board()
    lift(page, "Territory map refresh")
    page.mouse.move(*middle(lane(page, WIN)), steps=6)
    page.keyboard.press("Escape")
    expect(page.locator(".slot, .flying, .over")).to_have_count(0)
    page.mouse.up()
    expect(titles(lane(page, UNALIGNED)).last).to_have_text("Territory map refresh")
    expect(face(page, "Territory map refresh")).to_be_focused()
    expect_no_trigger(page)


def test_a_release_outside_every_lane_cancels(open_board: OpenBoard) -> None:
    page = open_board()
    drag(page, "Territory map refresh", middle(page.locator(".strip")))
    expect(page.locator(".slot, .flying, .over")).to_have_count(0)
    expect(titles(lane(page, UNALIGNED)).last).to_have_text("Territory map refresh")
    expect_no_trigger(page)


def test_a_drop_where_the_card_was_sends_nothing(open_board: OpenBoard) -> None:
    page = open_board()
    drag(page, "Route leads by fit", middle(card(page, "Route leads"), down=0.6))
    expect(page.locator(".flying")).to_have_count(0)
    expect_no_trigger(page)


def test_the_collapsed_ideas_tray_takes_drops(open_board: OpenBoard) -> None:
    page = open_board()
    toggle = page.locator(".lane.ideas .toggle")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    drag(page, "Territory map refresh", middle(page.locator(".lane.ideas")))
    expect_trigger(page, "move", {"tactic": "map", "lane": "ideas", "before": None, "revision": 1})
    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(titles(page.locator(".lane.ideas")).last).to_have_text("Territory map refresh")


def test_a_moved_card_waits_at_60_per_cent_for_the_server(open_board: OpenBoard) -> None:
    page = open_board("?slow=1")
    drag(page, "Territory map refresh", middle(lane(page, QUOTES), down=0.9))
    waiting = lane(page, QUOTES).locator(".card.saving")
    expect(waiting).to_have_css("opacity", "0.6")
    expect(waiting).to_have_count(0, timeout=10_000)
    expect(titles(lane(page, QUOTES)).last).to_have_text("Territory map refresh")


def test_a_redraw_leaves_every_card_and_lane_that_is_still_there(open_board: OpenBoard) -> None:
    page = open_board()
    stage = page.locator(".stage")
    stage.evaluate("(stage) => stage.querySelectorAll('.card, .lane').forEach((n) => n.old = true)")
    drag(page, "Territory map refresh", middle(card(page, "Exit criteria"), down=0.2))
    expect(page.locator(".saving")).to_have_count(0)
    # The redraw also brings back the order that the server keeps.
    expect(titles(lane(page, WIN)).nth(1)).to_have_text("Territory map refresh")
    fresh = "(stage) => [...stage.querySelectorAll('.card, .lane')].filter((node) => !node.old)"
    assert stage.evaluate(f"(stage) => ({fresh})(stage).map((node) => node.outerHTML)") == []


def test_a_second_move_waits_for_the_answer_to_the_first(open_board: OpenBoard) -> None:
    page = open_board("?slow=1")
    face(page, "Weekly deal coaching").focus()
    for key in ["Space", "ArrowDown", "Space", "Space", "ArrowDown", "Space"]:
        page.keyboard.press(key)
    # Revision 2 is known only from the answer to the first move, which may show but briefly.
    expect_trigger(
        page, "move", {"tactic": "coach", "lane": "goal:win", "before": None, "revision": 2}
    )
    expect(titles(lane(page, WIN)).last).to_have_text("Weekly deal coaching")


def test_another_persons_change_waits_until_the_drop(open_board: OpenBoard) -> None:
    page = open_board()
    lift(page, "Territory map refresh")
    page.mouse.move(*middle(lane(page, QUOTES), down=0.9), steps=6)
    page.get_by_role("button", name="Change by someone else").dispatch_event("click")
    expect(page.get_by_text("revision 2")).to_be_visible()
    expect(lane(page, BOOKINGS).locator("h2")).to_have_text("Grow new bookings")
    expect(page.locator(".flying")).to_be_visible()
    page.mouse.up()
    expect(lane(page, BOOKINGS).locator("h2")).to_have_text("Grow new bookings, renamed")
    expect(titles(lane(page, QUOTES)).last).to_have_text("Territory map refresh")
    expect(page.get_by_text("revision 3")).to_be_visible()


def test_a_move_without_an_answer_is_taken_back(open_board: OpenBoard) -> None:
    page = open_board("?still=1")
    drag(page, "Territory map refresh", middle(lane(page, QUOTES), down=0.9))
    expect(lane(page, QUOTES).locator(".card.saving")).to_be_visible()
    expect(titles(lane(page, UNALIGNED)).last).to_have_text("Territory map refresh", timeout=15_000)
    expect(page.locator(".saving, .is-saving")).to_have_count(0)


def test_numbers_fade_only_once_an_answer_takes_long(open_board: OpenBoard) -> None:
    page = open_board("?still=1")
    page.locator(".stage").evaluate("""(stage) => {
        window.faded = [];
        stage.addEventListener("transitionrun", ({ target }) => {
            if (target.matches(".settles")) window.faded.push(stage.classList.contains("is-slow"));
        });
    }""")
    drag(page, "Territory map refresh", middle(lane(page, QUOTES), down=0.9))
    expect(lane(page, QUOTES).locator(".chance strong")).to_have_css("opacity", "0.6")
    assert set(page.evaluate("window.faded")) == {True}
    expect(page.locator(".is-slow")).to_have_count(0, timeout=15_000)


def test_the_page_scrolls_while_a_card_is_held_near_its_edge(open_board: OpenBoard) -> None:
    page = open_board(viewport={"width": 1440, "height": 620})
    lift(page, "Account plans")
    page.mouse.move(700, 612, steps=6)
    page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop > 40")
    page.mouse.move(700, 6, steps=6)
    page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop === 0")
    page.keyboard.press("Escape")
    page.mouse.up()
    expect_no_trigger(page)


def test_motion_stops_when_the_person_asks_for_less(open_board: OpenBoard) -> None:
    page = open_board(reduced_motion="reduce")
    lift(page, "Territory map refresh")
    expect(page.locator(".flying")).to_have_css("transform", "none")
    page.mouse.move(*middle(lane(page, QUOTES), down=0.9), steps=6)
    page.mouse.up()
    expect(page.get_by_text("revision 2")).to_be_visible()
    moving = "node => node.getAnimations({subtree: true}).length"
    assert page.locator(".board").evaluate(moving) == 0


def test_a_click_opens_the_tactic(open_board: OpenBoard) -> None:
    page = open_board()
    face(page, "Route leads by fit").click()
    expect_trigger(page, "open", {"tactic": "route"})


def test_a_goal_is_edited_and_a_tactic_added_from_their_buttons(open_board: OpenBoard) -> None:
    page = open_board()
    lane(page, WIN).get_by_role("button", name="Edit goal").click()
    expect_trigger(page, "goal", {"goal": "goal:win"})
    lane(page, UNALIGNED).get_by_role("button", name="Add tactic").click()
    expect_trigger(page, "add", {"lane": "unaligned"})


# ---- before the drop -----------------------------------------------------------------------


def asked(page: Page, held: list[Route], method: str) -> Route:
    """Return the oldest question for previews that has no answer yet."""
    for _ in range(500):
        if found := [each for each in held if each.request.method == method]:
            held.remove(found[0])
            return found[0]
        page.wait_for_timeout(20)
    raise AssertionError("the board asked for no preview")


def fulfil(page: Page, held: list[Route], revision: int = 1) -> None:
    """Say what the territory map would change in each lane."""

    def lane_of(chances: dict[str, list[str]], squares: list[int], pct: int, big: str) -> object:
        return {
            "chances": chances,
            "squares": squares,
            "strategic_pct": pct,
            "tip": ["To tip the balance", "20", "Two squares must cross."],
            "big": big,
            "big_note": "in year 1",
            "text": "What is left.",
        }

    grown = {
        "goal:bookings": ["71%", "Likely", "likely"],
        "goal:win": ["27%", "Unlikely", "unlikely"],
    }
    same = lane_of({}, [13, 46, 15, 13, 12, 11], 46, "$272k")
    lanes = {
        "goal:bookings": lane_of(grown, [11, 46, 17, 13, 12, 11], 48, "$240k"),
        "goal:win": lane_of(
            {"goal:win": ["31%", "Unlikely", "unlikely"]}, [11, 46, 15, 15, 12, 11], 48, "$240k"
        ),
        "goal:hours": same,
        "goal:quotes": same,
        "unaligned": same,
        "ideas": same,
    }
    effect = {"text": "+9 pts", "share": 0.5, "is_loss": False, "sentence": "Adds about 9 points."}
    rows = [{"revision": revision}, {"card": "map", "effect": effect, "lanes": lanes}]
    asked(page, held, "GET").fulfill(body="".join(json.dumps(row) + "\n" for row in rows))


def chance_of(page: Page, index: int) -> Locator:
    """Return the row of a lane that holds its chance."""
    return lane(page, index).locator(".chance")


def test_a_lifted_card_shows_what_each_lane_would_become(open_board: OpenBoard) -> None:
    held: list[Route] = []
    page = open_board("?preview=1", held)
    lift(page, "Territory map refresh")
    expect(chance_of(page, BOOKINGS)).to_contain_text("if dropped here …")
    expect(chance_of(page, BOOKINGS)).to_contain_text("52%")
    assert asked(page, held, "HEAD").request.url.endswith("/preview/harness?card=map")

    fulfil(page, held)  # what comes while the card is in the hand is shown at once
    expect(chance_of(page, BOOKINGS)).to_contain_text("52%if dropped here 71%")
    expect(chance_of(page, HOURS)).to_contain_text("if dropped here 88%")
    page.mouse.move(*middle(lane(page, BOOKINGS), down=0.9), steps=6)
    expect(chance_of(page, BOOKINGS)).to_have_text(re.compile("71%would be, from 52%.*Likely"))
    expect(chance_of(page, WIN)).to_have_text(re.compile("27%if dropped here 31%.*Unlikely"))
    expect(chance_of(page, UNALIGNED)).to_contain_text("$240k")
    expect(page.locator(".side.strategic")).to_have_text("Strategic 48%")
    expect(page.locator(".square.hollow")).to_have_count(11)
    expect(page.locator(".fact").first).to_contain_text("20 person-daysTwo squares must cross.")
    expect(page.locator(".tip")).to_have_text(
        "If dropped hereBookings goal52% → 71%Balance, strategic46% → 48%"
        "Unaligned spend$272k → $240k"
    )
    page.keyboard.press("Escape")
    expect(page.locator(".tip")).to_have_count(0)
    expect(chance_of(page, BOOKINGS)).to_contain_text("52%chance of hitting it")
    expect(chance_of(page, UNALIGNED)).to_contain_text("$272k")
    expect(page.locator(".side.strategic")).to_have_text("Strategic 46%")
    page.mouse.up()
    lift(page, "Territory map refresh")
    page.keyboard.press("Escape")
    page.mouse.up()  # still over the card, and yet no click on it
    settle(page)
    expect_no_trigger(page)


def test_after_a_drop_the_numbers_stay_until_they_are_settled(open_board: OpenBoard) -> None:
    held: list[Route] = []
    page = open_board("?preview=1&still=1", held)
    fulfil(page, held)
    expect(card(page, "Territory map refresh").locator(".effect")).to_contain_text("+9 pts")
    drag(page, "Territory map refresh", middle(lane(page, BOOKINGS), down=0.9))
    expect(page.locator(".is-saving")).to_have_count(1)
    expect(chance_of(page, BOOKINGS)).to_contain_text("71%chance of hitting it")
    expect(page.locator(".side.strategic")).to_have_text("Strategic 48%")
    expect(page.locator(".tip")).to_have_count(0)


def test_a_card_sent_by_its_menu_shows_at_once_what_that_changes(open_board: OpenBoard) -> None:
    held: list[Route] = []
    page = open_board("?preview=1&still=1", held)
    fulfil(page, held)
    expect(card(page, "Territory map refresh").locator(".effect")).to_contain_text("+9 pts")
    menu_of(page, "Territory map refresh").get_by_role(
        "menuitem", name="Move to Grow new bookings"
    ).click()
    expect(page.locator(".is-saving")).to_have_count(1)
    expect(chance_of(page, BOOKINGS)).to_contain_text("71%chance of hitting it")
    expect(chance_of(page, WIN)).to_contain_text("27%chance of hitting it")
    expect(chance_of(page, UNALIGNED)).to_contain_text("$240k")
    expect(page.locator(".side.strategic")).to_have_text("Strategic 48%")


def test_a_preview_of_another_state_of_the_plan_is_not_shown(open_board: OpenBoard) -> None:
    held: list[Route] = []
    page = open_board("?preview=1", held)
    fulfil(page, held, revision=7)
    lift(page, "Territory map refresh")
    expect(chance_of(page, BOOKINGS)).to_contain_text("52%if dropped here …")
    page.mouse.up()


def test_keys_and_the_menu_say_the_chance_each_goal_would_get(open_board: OpenBoard) -> None:
    held: list[Route] = []
    page = open_board("?preview=1", held)
    menu = menu_of(page, "Territory map refresh")
    expect(menu.get_by_role("menuitem", name="Move to Grow new bookings, …")).to_be_visible()
    fulfil(page, held)
    item = menu.get_by_role("menuitem", name="Move to Grow new bookings, 52% to 71%")
    expect(item).to_be_visible()
    expect(
        menu.get_by_role("menuitem", name="Give buyers more of the week, stays 88%")
    ).to_be_visible()
    page.keyboard.press("Escape")
    face(page, "Territory map refresh").focus()
    for key in ["Space", "ArrowLeft", "ArrowLeft", "ArrowLeft"]:
        page.keyboard.press(key)
    status = page.get_by_role("status")
    expect(status.filter(has_text="Chance")).to_have_text(
        "Win more of the deals we work, position 3 of 4. Chance would go from 28 to 31 per cent."
    )
    page.keyboard.press("ArrowLeft")
    expect(status.filter(has_text="Chance")).to_have_text(
        "Grow new bookings, position 3 of 4. Chance would go from 52 to 71 per cent."
    )
    expect(chance_of(page, BOOKINGS)).to_contain_text("71%")
    page.keyboard.press("Escape")
    expect(chance_of(page, BOOKINGS)).to_contain_text("52%")


# ---- touch ---------------------------------------------------------------------------------


class Finger:
    """One finger on the page, by raw touch events."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)

    def send(self, kind: str, *points: tuple[float, float]) -> None:
        """Send touchStart, touchMove or touchEnd."""
        places = [{"x": x, "y": y} for x, y in points]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})


def test_a_long_press_lifts_on_a_tablet(open_board: OpenBoard) -> None:
    # Tall enough for the way of the card: near an edge the page scrolls under the finger.
    page = open_board(viewport={"width": 1280, "height": 1100}, has_touch=True)
    x, y = middle(card(page, "Territory map refresh"))
    finger = Finger(page)
    finger.send("touchStart", (x, y))
    expect(page.locator(".flying")).to_be_visible()
    target = middle(lane(page, QUOTES), down=0.9)
    finger.send("touchMove", ((x + target[0]) / 2, y))
    finger.send("touchMove", target)
    finger.send("touchEnd")
    expect_trigger(
        page, "move", {"tactic": "map", "lane": "goal:quotes", "before": None, "revision": 1}
    )


def test_a_swipe_scrolls_and_lifts_nothing(open_board: OpenBoard) -> None:
    page = open_board(viewport={"width": 1280, "height": 760}, has_touch=True)
    x, y = middle(card(page, "Account plans"))
    finger = Finger(page)
    finger.send("touchStart", (x, y))
    for step in range(1, 6):
        finger.send("touchMove", (x, y - 30 * step))
    page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop > 0")
    finger.send("touchEnd")
    expect(page.locator(".flying, .origin")).to_have_count(0)
    expect_no_trigger(page)


# ---- keyboard ------------------------------------------------------------------------------


def test_a_card_moves_by_keyboard_and_keeps_focus(open_board: OpenBoard) -> None:
    page = open_board()
    face(page, "Weekly deal coaching").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("status").filter(has_text="Weekly")).to_have_text(
        "Weekly deal coaching lifted, Win more of the deals we work, position 1 of 3."
    )
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect_no_trigger(page)
    page.keyboard.press("Space")
    expect_trigger(
        page,
        "move",
        {"tactic": "coach", "lane": "goal:hours", "before": "forecast", "revision": 1},
    )
    expect(titles(lane(page, HOURS)).nth(1)).to_have_text("Weekly deal coaching")
    expect(face(page, "Weekly deal coaching")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Saved: Weekly")).to_be_attached()


def test_escape_returns_a_card_lifted_by_keyboard(open_board: OpenBoard) -> None:
    page = open_board()
    face(page, "Weekly deal coaching").focus()
    for key in ["Space", "ArrowRight", "ArrowRight", "Escape"]:
        page.keyboard.press(key)
    expect(titles(lane(page, WIN)).first).to_have_text("Weekly deal coaching")
    expect(face(page, "Weekly deal coaching")).to_be_focused()
    expect(page.locator(".held, .over")).to_have_count(0)
    expect_no_trigger(page)


def test_arrows_walk_the_board_and_tab_reaches_one_card_of_a_lane(open_board: OpenBoard) -> None:
    page = open_board()
    face(page, "Account plans").focus()
    page.keyboard.press("ArrowDown")
    expect(face(page, "Route leads by fit")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(face(page, "Exit criteria")).to_be_focused()
    expect(lane(page, WIN).locator(".face[tabindex='0']")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(card(page, "Exit criteria").locator(".more")).to_be_focused()


def test_enter_opens_and_delete_parks(open_board: OpenBoard) -> None:
    page = open_board()
    face(page, "Route leads by fit").focus()
    page.keyboard.press("Enter")
    expect_trigger(page, "open", {"tactic": "route"})
    page.keyboard.press("Delete")
    expect_trigger(
        page, "move", {"tactic": "route", "lane": "ideas", "before": None, "revision": 1}
    )
    expect(face(page, "Renewal-to-expansion")).to_be_focused()


# ---- menu ----------------------------------------------------------------------------------


def test_a_card_moves_by_menu(open_board: OpenBoard) -> None:
    page = open_board()
    menu = menu_of(page, "AI email sequencer")
    menu.get_by_role("menuitem", name="Move to Grow new bookings").click()
    expect_trigger(
        page, "move", {"tactic": "mail", "lane": "goal:bookings", "before": None, "revision": 1}
    )
    expect(titles(lane(page, BOOKINGS)).last).to_have_text("AI email sequencer")
    expect(menu).to_have_count(0)


def test_a_card_moves_down_by_menu_and_not_above_the_first(open_board: OpenBoard) -> None:
    page = open_board()
    menu = menu_of(page, "Account plans, top 60 accounts")
    up = menu.get_by_role("menuitem", name="Move up")
    expect(up).to_have_attribute("aria-disabled", "true")
    menu.get_by_role("menuitem", name="Move down").click()
    expect_trigger(
        page,
        "move",
        {"tactic": "plans", "lane": "goal:bookings", "before": "renewal", "revision": 1},
    )


def test_the_menu_works_by_keyboard_and_gives_focus_back(open_board: OpenBoard) -> None:
    page = open_board()
    menu = menu_of(page, "Territory map refresh")
    expect(menu.get_by_role("menuitem", name="Edit")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(menu.get_by_role("menuitem", name="Archive")).to_be_focused()
    page.keyboard.press("p")
    expect(menu.get_by_role("menuitem", name="Park in ideas")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    expect(card(page, "Territory map refresh").locator(".more")).to_be_focused()
    expect_no_trigger(page)


def test_a_press_outside_closes_the_menu(open_board: OpenBoard) -> None:
    page = open_board()
    menu = menu_of(page, "Territory map refresh")
    page.mouse.click(*middle(page.locator(".strip")))
    expect(menu).to_have_count(0)


def test_archive_is_sent_and_focus_stays_in_the_lane(open_board: OpenBoard) -> None:
    page = open_board()
    menu_of(page, "Route leads by fit").get_by_role("menuitem", name="Archive").click()
    expect_trigger(page, "archive", {"tactic": "route"})
    expect(card(page, "Route leads by fit")).to_have_count(0)
    expect(face(page, "Renewal-to-expansion")).to_be_focused()


def test_the_menu_stays_open_through_another_persons_change(open_board: OpenBoard) -> None:
    page = open_board()
    menu = menu_of(page, "Territory map refresh")
    page.get_by_role("button", name="Change by someone else").dispatch_event("click")
    item = menu.get_by_role("menuitem", name="Move to Grow new bookings, renamed")
    expect(item).to_be_visible()


# ---- phone ---------------------------------------------------------------------------------


def test_on_a_phone_the_menu_moves_and_nothing_drags(open_board: OpenBoard) -> None:
    page = open_board(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    more = card(page, "Account plans").locator(".more")
    more.scroll_into_view_if_needed()
    box = more.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    x, y = middle(card(page, "Account plans"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 60, steps=4)
    expect(page.locator(".flying")).to_have_count(0)
    page.mouse.up()
    more.tap()
    menu = page.get_by_role("menu", name="Account plans")
    menu_box = menu.bounding_box()
    assert menu_box is not None
    assert menu_box["x"] >= 0
    assert menu_box["x"] + menu_box["width"] <= 390
    assert menu_box["y"] >= 0
    assert menu_box["y"] + menu_box["height"] <= 844
    menu.get_by_role("menuitem", name="Move to Not under a goal").tap()
    expect_trigger(
        page, "move", {"tactic": "plans", "lane": "unaligned", "before": None, "revision": 1}
    )


def test_a_phone_shows_one_column(open_board: OpenBoard) -> None:
    page = open_board(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    first, second = lane(page, 0).bounding_box(), lane(page, 1).bounding_box()
    assert first is not None
    assert second is not None
    assert first["x"] == second["x"]
    assert second["y"] >= first["y"] + first["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


# ---- many goals ----------------------------------------------------------------------------


def strips(page: Page) -> Locator:
    """Return the lanes that are collapsed."""
    return page.locator(".lanes > .lane.collapsed")


def fold(page: Page, title: str) -> Locator:
    """Return the button that collapses and opens a lane."""
    return page.get_by_role("button", name=f"Lane: {title}", exact=True)


def spoken(page: Page) -> Locator:
    """Return what was said last to assistive technology."""
    return page.locator(".board [role=status]")


def scrolls_sideways(page: Page) -> bool:
    """Say whether the lanes are wider than their place."""
    excess = "node => node.scrollWidth - node.clientWidth"
    return int(page.locator(".lanes").evaluate(excess)) > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_twelve_goals_share_the_width_and_say_their_chances(
    open_board: OpenBoard, scheme: Literal["light", "dark"]
) -> None:
    page = open_board("?many=8", color_scheme=scheme)
    expect(strips(page)).to_have_count(9)
    expect(page.get_by_text("13 lanes, 9 collapsed")).to_be_visible()
    assert not scrolls_sideways(page)
    expect(lane(page, 12)).to_have_class("lane unaligned")
    for place in (0, 1, 2, 12):
        box = lane(page, place).bounding_box()
        assert box is not None
        assert box["width"] >= 200
    strip = lane(page, 11)
    expect(strip.locator("h2")).to_have_text("Goal 12 of the plan")
    expect(strip.locator("h2")).to_be_visible()
    expect(strip.locator("strong")).to_have_text("over 99%")
    expect(strip.locator(".held-cards")).to_have_text("16 tactics")
    expect(strip.locator("li.card").first).to_be_hidden()
    assert violations(page) == []


def test_with_many_cards_a_lane_scrolls_by_itself_and_its_head_stays(
    open_board: OpenBoard,
) -> None:
    page = open_board("?many=8")
    fold(page, "Goal 5 of the plan").click()
    last = card(page, "Tactic 15 of goal 5")
    lane(page, 4).evaluate("node => node.scrollIntoView({ block: 'end' })")
    page.mouse.move(*middle(lane(page, 4), down=0.5))
    page.mouse.wheel(0, 3000)
    expect(last).to_be_in_viewport()
    expect(lane(page, 4).locator("h2")).to_be_in_viewport()
    expect(lane(page, 0).locator("h2")).to_be_in_viewport()


def test_a_lane_collapses_by_button_by_key_and_by_menu(open_board: OpenBoard) -> None:
    page = open_board()
    button = fold(page, "Grow new bookings")
    expect(button).to_have_attribute("aria-expanded", "true")
    button.click()
    expect(spoken(page)).to_have_text("Grow new bookings collapsed, 3 tactics.")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(strips(page)).to_have_count(1)
    page.keyboard.press("ArrowRight")
    expect(fold(page, "Win more of the deals we work")).to_be_focused()
    page.keyboard.press("Space")
    expect(strips(page)).to_have_count(2)
    menu_of(page, "Guided quoting").get_by_role("menuitem", name="Collapse this lane").click()
    expect(strips(page)).to_have_count(3)
    expect(fold(page, "Quote while the buyer is keen")).to_be_focused()
    lane(page, BOOKINGS).click(position={"x": 20, "y": 300})
    expect(spoken(page)).to_have_text("Grow new bookings open, 3 tactics.")
    expect(strips(page)).to_have_count(2)
    expect_no_trigger(page)


def test_collapsed_lanes_are_remembered_for_each_plan(open_board: OpenBoard) -> None:
    page = open_board()
    fold(page, "Give buyers more of the week").click()
    page.get_by_role("button", name="Change by someone else").click()
    expect(lane(page, BOOKINGS).locator("h2")).to_have_text("Grow new bookings, renamed")
    expect(strips(page).locator("h2")).to_have_text(["Give buyers more of the week"])
    page.reload()
    expect(strips(page).locator("h2")).to_have_text(["Give buyers more of the week"])
    page.goto(page.url + "?plan=b")
    expect(lane(page, HOURS)).to_have_class("lane goal")
    page.evaluate("""localStorage.setItem("fulcrum.lanes.b", '{"no": "list')""")
    page.reload()
    expect(lane(page, HOURS)).to_have_class("lane goal")


def test_a_card_dropped_on_a_strip_goes_to_the_end_of_its_lane(open_board: OpenBoard) -> None:
    page = open_board("?many=8")
    lift(page, "Territory map refresh")
    page.mouse.move(*middle(lane(page, 8)), steps=8)
    expect(lane(page, 8)).to_have_class("lane goal collapsed over")
    page.mouse.up()
    expect_trigger(
        page, "move", {"tactic": "map", "lane": "goal:g9", "before": None, "revision": 1}
    )
    expect(lane(page, 8).locator(".held-cards")).to_have_text("17 tactics")
    expect(lane(page, 8)).to_have_class("lane goal collapsed")
    expect(face(page, "Sales contest platform")).to_be_focused()


def test_a_strip_is_open_while_a_card_is_carried_through_it(open_board: OpenBoard) -> None:
    page = open_board()
    fold(page, "Quote while the buyer is keen").click()
    fold(page, "Give buyers more of the week").click()
    face(page, "Territory map refresh").focus()
    for key in ("Space", "ArrowLeft"):
        page.keyboard.press(key)
    expect(strips(page).locator("h2")).to_have_text(["Give buyers more of the week"])
    expect(face(page, "Territory map refresh")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(strips(page).locator("h2")).to_have_text(["Quote while the buyer is keen"])
    page.keyboard.press("Escape")
    expect(strips(page)).to_have_count(2)
    for key in ("Space", "ArrowLeft", "ArrowUp", "Space"):
        page.keyboard.press(key)
    expect_trigger(
        page, "move", {"tactic": "map", "lane": "goal:quotes", "before": "limits", "revision": 1}
    )
    expect(face(page, "Territory map refresh")).to_be_focused()
    expect(strips(page).locator("h2")).to_have_text(["Give buyers more of the week"])


def test_open_lanes_scroll_sideways_and_say_that_there_are_more(open_board: OpenBoard) -> None:
    page = open_board("?many=8", reduced_motion="reduce")
    frame = page.locator(".lanes-frame")
    expect(frame).to_have_attribute("data-more", "")
    page.get_by_role("button", name="Open all").click()
    expect(spoken(page)).to_have_text("All 13 lanes open.")
    expect(strips(page)).to_have_count(0)
    assert scrolls_sideways(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    expect(frame).to_have_attribute("data-more", "after")
    on = page.get_by_role("button", name="Lanes to the right")
    for _ in range(2):
        on.click()
    expect(frame).to_have_attribute("data-more", "before")
    last = lane(page, 12).bounding_box()
    assert last is not None
    assert last["x"] + last["width"] <= 1440 - 48
    expect(on).to_have_attribute("aria-disabled", "true")
    assert violations(page) == []
    page.get_by_role("button", name="Collapse all").click()
    expect(strips(page)).to_have_count(13)
    expect(frame).to_have_attribute("data-more", "")


def test_a_card_held_at_the_edge_reaches_the_lane_without_a_goal(open_board: OpenBoard) -> None:
    page = open_board("?many=8")
    page.get_by_role("button", name="Open all").click()
    lift(page, "Account plans")
    page.mouse.move(1385, 700, steps=8)
    expect(page.locator(".lanes-frame")).to_have_attribute("data-more", "before")
    expect(lane(page, 12)).to_have_class("lane unaligned over")
    page.mouse.up()
    expect(titles(lane(page, 12)).filter(has_text="Account plans")).to_be_visible()
    expect(page.get_by_text("revision 2")).to_be_visible()


def test_on_a_phone_many_goals_are_rows_that_open(open_board: OpenBoard) -> None:
    page = open_board(
        "?many=8", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    expect(strips(page)).to_have_count(13)
    row = lane(page, 11).bounding_box()
    assert row is not None
    assert 44 <= row["height"] <= 80
    lane(page, 11).tap()
    expect(card(page, "Tactic 15 of goal 12")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page) == []


# ---- what is drawn -------------------------------------------------------------------------


def test_html_in_names_is_shown_as_text(open_board: OpenBoard) -> None:
    page = open_board("?hostile=1")
    expect(lane(page, BOOKINGS).locator("h2")).to_contain_text("<img src=x")
    expect(titles(lane(page, BOOKINGS)).first).to_contain_text("<b>bold</b>")
    expect(page.locator(".board img")).to_have_count(0)
    expect(page).not_to_have_title("owned")


def test_the_beam_says_its_balance_in_a_sentence(open_board: OpenBoard) -> None:
    page = open_board()
    beam = page.get_by_role("img", name="Balance of the team's year: tactical 54, strategic 46")
    expect(beam).to_be_visible()
    expect(beam.locator(".square")).to_have_count(13 + 46 + 15 + 13 + 12 + 11)


def test_empty_lanes_say_so(open_board: OpenBoard) -> None:
    page = open_board("?empty=1")
    expect(lane(page, BOOKINGS).get_by_text("No tactics yet.")).to_be_visible()


def test_one_label_names_more_goals_than_fit_above_the_beam(open_board: OpenBoard) -> None:
    page = open_board()
    labels = page.locator(".beam text.teal")
    expect(labels).to_have_text(["bookings", "win rate", "hours", "quotes"])
    page = open_board("?many=8")
    expect(page.locator(".beam text.teal")).to_have_text(["12 goals"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_board_follows_the_theme(
    open_board: OpenBoard, scheme: Literal["light", "dark"]
) -> None:
    page = open_board(color_scheme=scheme)
    board = page.locator(".board")
    expect(board).to_have_attribute("data-theme", scheme)
    other: Literal["light", "dark"] = "light" if scheme == "dark" else "dark"
    page.emulate_media(color_scheme=other)
    expect(board).to_have_attribute("data-theme", other)


def test_the_tray_stays_open_through_redraws(open_board: OpenBoard) -> None:
    page = open_board()
    toggle = page.locator(".lane.ideas .toggle")
    toggle.click()
    expect(card(page, "Video proposals")).to_be_visible()
    page.get_by_role("button", name="Change by someone else").click()
    expect(lane(page, BOOKINGS).locator("h2")).to_have_text("Grow new bookings, renamed")
    expect(toggle).to_have_attribute("aria-expanded", "true")

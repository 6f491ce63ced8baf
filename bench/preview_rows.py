"""How long a lifted card waits for what a drop would do: at the lift, and from lane to lane."""

from collections.abc import Iterator
from itertools import cycle

from playwright.sync_api import Page, expect

from bench.browser import STAGE, arm, taken
from bench.timing import Measure

# Null while a lane still says that the card is being counted.
WORDS = f"""((stage) => {{
  const words = [...stage.querySelectorAll(".lane.goal .words")].map((each) => each.textContent);
  const isHeld = stage.parentNode.querySelector(".flying");
  return isHeld && !words.some((each) => each.includes("…")) ? words.join("|") : null;
}})({STAGE})"""
# The board's own listeners have run when this returns.
CROSSED = """([x, y]) => {
  const move = { pointerId: 1, pointerType: "mouse", isPrimary: true, clientX: x, clientY: y };
  const started = performance.now();
  window.dispatchEvent(new PointerEvent("pointermove", move));
  return performance.now() - started;
}"""


def card_lift(page: Page) -> Measure:
    """Return one lift of a card by the mouse, to the painted preview; the card goes back."""

    def lift() -> float:
        x, y = middle_of(page, ".lanes .card")
        page.mouse.move(x, y)
        page.mouse.down()
        arm(page, "pointermove", WORDS)
        page.mouse.move(x + 9, y + 4)
        seconds = taken(page)
        page.keyboard.press("Escape")
        page.mouse.up()
        expect(page.locator(".flying")).to_have_count(0)
        return seconds

    lift()
    return lift


def lane_crossing(page: Page) -> Measure:
    """Return one way of a lifted card into another lane, until the page has its numbers."""
    places: Iterator[tuple[float, float]] = iter(())

    def cross() -> float:
        nonlocal places
        if not page.locator(".flying").count():
            x, y = middle_of(page, ".lanes .card")
            page.mouse.move(x, y)
            page.mouse.down()
            arm(page, "pointermove", WORDS)
            page.mouse.move(x + 9, y + 4)
            taken(page)
            places = cycle(middle_of(page, f".lanes > .lane:nth-child({n}) .name") for n in (2, 3))
        milliseconds: float = page.evaluate(CROSSED, list(next(places)))
        return milliseconds / 1000

    cross()
    return cross


def middle_of(page: Page, selector: str) -> tuple[float, float]:
    """Return the middle of the first such element of the board."""
    found = page.locator(f".stage {selector}").first
    found.scroll_into_view_if_needed()
    box = found.bounding_box()
    if box is None:
        raise RuntimeError(f"there is no {selector} on the page")
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

"""How long people wait in a real browser: a lever, a card, the first look."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import cache, partial
from itertools import count
from statistics import median

from playwright.sync_api import Browser, Locator, Page, expect

from bench.browser import STAGE, arm, chromium, first_paint, taken
from bench.preview_rows import card_lift, lane_crossing
from bench.timing import Measure, Row, Target
from bench.turns import gray_code, percentile_95
from bench.web import Web

CHART = "document.querySelector('[data-testid=stVegaLiteChart] svg')?.innerHTML ?? null"
# A first glance says what it is until the chart of the whole run is there.
GLANCE = """[...document.querySelectorAll("[data-testid=stCaptionContainer]")]
  .some((each) => each.textContent.startsWith("First look"))"""
WHOLE_CHART = f"({GLANCE}) ? null : ({CHART})"
# The picture of the whole run stands over the chart until the page has drawn it too.
LOOK = f"""((look) => look?.textContent.includes("%s futures")
  ? look.querySelector("svg").innerHTML : {WHOLE_CHART})(document.querySelector(".fulcrum-look"))"""
NUMBER = "document.querySelector('[data-testid=stText]')?.textContent ?? null"
ANY_CHART = "document.querySelector('[data-testid=stVegaLiteChart] svg path')"
BOARD = (
    f"""((stage) => stage.classList.contains("is-saving") ? null : stage.textContent)({STAGE})"""
)
# What a card that goes elsewhere changes, known before and shown before it is saved.
FORETOLD = f"""[...({STAGE}).querySelectorAll(".chance, .fact")]
  .map((each) => each.textContent).join("|")"""
ANY_CARD = f"({STAGE})?.querySelector('.card')"
# What came last is put into the page in one frame and is on the screen in the next.
TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
SETTLE_MS = 60_000
AS_FAST = 1.5  # times a board of few cards, for many
SHARES = (1 + at * 37 % 97 + at // 97 / 10 for at in count())  # for all pages: none comes twice
REFERENCE = "an empty page's own round trip"


class Presses:
    """Presses a round, and what they took; the 95th percentile is of the presses last made."""

    def __init__(self, press: Callable[[], float], times: int) -> None:
        """Take one measured press, in seconds, and how many make a round."""
        self._press = press
        self._times = times
        self._taken: list[float] = []

    def middle(self) -> float:
        """Press, and return the median in seconds."""
        self._taken = [self._press() for _ in range(self._times)]
        return median(self._taken)

    def slow(self) -> float:
        """Return the 95th percentile of the presses last made, in seconds."""
        if not self._taken:
            self.middle()
        return percentile_95(self._taken)

    def last_middle(self) -> float:
        """Return the median of the presses last made, in seconds."""
        return median(self._taken) if self._taken else self.middle()


def browser_rows(web: Web) -> list[Row]:
    """Return the rows of what is seen in a browser; it starts with the first of them.

    The browser lives in a thread of its own: its driver keeps the loop of the thread it is
    started in, and other rows need one too.
    """
    thread = web.stack.enter_context(ThreadPoolExecutor(max_workers=1))
    inside = ExitStack()
    web.stack.callback(lambda: thread.submit(inside.close).result())

    @cache
    def browser() -> Browser:
        return inside.enter_context(chromium())

    def elsewhere(measure: Measure | None) -> Measure | None:
        return measure and (lambda: thread.submit(measure).result())

    return [
        replace(row, measure=elsewhere(row.measure), reference=elsewhere(row.reference))
        for row in seen_rows(web, browser)
    ]


def seen_rows(web: Web, browser: Callable[[], Browser]) -> list[Row]:
    """Return the rows, to be measured in the thread of the browser."""
    times = web.sizes.presses
    empty = Presses(lazily(lambda: empty_press(browser(), web)), times)
    look = LOOK % f"{web.sizes.web_draws:,}"
    lever = Presses(lazily(lambda: lever_press(browser(), web, look)), times)
    page = Presses(lazily(lambda: lever_press(browser(), web, WHOLE_CHART)), times)
    said = f"{web.sizes.web_draws:,} draws"
    rows = pressed(f"a lever moved, to the painted chart, {said}", lever, empty, times, (1.6, 2.5))
    rows += pressed("the same, to its page drawn with the kept lever", page, empty, times, ())
    rows += preview_rows(browser, web)  # before drops may have parked every card
    rows += drop_rows(browser, web, empty)
    return [*rows, first_paint_row(browser, web)]


def drop_rows(browser: Callable[[], Browser], web: Web, empty: Presses) -> list[Row]:
    """Return the rows of a card dropped: to what it changes, and to the settled numbers."""
    times, boards = web.sizes.presses, web.sizes.board_tactics

    def drop(press: Callable[[Browser, Web, int], Measure], number: int) -> Presses:
        return Presses(lazily(cache(lambda: press(browser(), web, number))), times)

    rows = []
    first: Presses | None = None
    for number in boards:
        answer = drop(chances_press, number)
        what = f"a card dropped, to its new chances on the screen, {number} tactics"
        if first is None:
            first, target = answer, Target(100, is_ratio=False)
            rows.append(Row(what, "ms", answer.middle, targets=(target,)))
        else:
            few, most = f"{boards[0]} tactics", Target(AS_FAST)
            rows.append(Row(what, "ms", answer.middle, few, first.last_middle, targets=(most,)))
    for number, times_most in zip(boards, (5, 8), strict=False):
        draws = f"{web.sizes.web_draws:,} draws"
        what = f"a card dropped, to settled numbers, {number} tactics, {draws}"
        rows += pressed(what, drop(card_press, number), empty, times, (times_most,))
    return rows


def preview_rows(browser: Callable[[], Browser], web: Web) -> list[Row]:
    """Return the rows of what a card in the hand shows; a frame is 16 ms."""
    rows = []
    for number in web.sizes.board_tactics:
        for what, make, most in (
            ("a card lifted, to the painted preview", card_lift, 100),
            ("a card in the hand over another lane, to the changed page", lane_crossing, 16),
        ):
            page = partial(board_on, browser, web, number)
            measure = lazily(cache(lambda make=make, page=page: make(page())))
            presses = Presses(measure, web.sizes.presses)
            target = Target(most, is_ratio=False)
            rows.append(Row(f"{what}, {number} tactics", "ms", presses.middle, targets=(target,)))
    return rows


def board_on(browser: Callable[[], Browser], web: Web, number: int) -> Page:
    """Open the board of so many tactics; the database is made when it is first asked for."""
    return board_page(browser(), web, web.plans.boards[number])


def board_page(browser: Browser, web: Web, plan: str) -> Page:
    """Open a board and wait for its lanes, which come with their cards."""
    page = opened(browser, f"{web.app}/?plan={plan}")
    expect(page.locator(".stage .lane").first).to_be_visible(timeout=SETTLE_MS)
    return page


def lazily(make: Callable[[], Measure]) -> Measure:
    """Return a measure that is set up when it is first taken."""
    made = cache(make)
    return lambda: made()()


def pressed(
    what: str, ours: Presses, empty: Presses, times: int, most: tuple[float, ...]
) -> list[Row]:
    """Return the row of a median, and of the 95th percentile where it has a target too."""
    middle = Row(
        what, "ms", ours.middle, REFERENCE, empty.middle, targets=tuple(map(Target, most[:1]))
    )
    if len(most) < 2:
        return [middle]
    slow = f"the same, 95th percentile of {times} presses"
    return [
        middle,
        Row(slow, "ms", ours.slow, REFERENCE, empty.last_middle, targets=(Target(most[1]),)),
    ]


def first_paint_row(browser: Callable[[], Browser], web: Web) -> Row:
    """Return the row of the first look with an empty cache, on servers that are warm."""
    return Row(
        "first paint of the board, empty browser cache",
        "s",
        lambda: first_paint(browser(), f"{web.app}/?plan={web.plans.example}", ANY_CARD),
        "a Streamlit page with one chart",
        lambda: first_paint(browser(), web.one_chart, ANY_CHART),
        targets=(Target(1.3),),
    )


def opened(browser: Browser, address: str) -> Page:
    """Open an address and wait until the server has drawn it."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    settle(page)
    return page


def settle(page: Page) -> None:
    """Wait until the server has drawn what it was asked for, and the page has it."""
    app = page.get_by_test_id("stApp")
    state = "data-test-script-state"
    expect(app).to_have_attribute(state, "notRunning", timeout=SETTLE_MS)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=SETTLE_MS)
    expect(page.locator(".fulcrum-look")).to_have_count(0, timeout=SETTLE_MS)
    page.evaluate(TWO_FRAMES)


def empty_press(browser: Browser, web: Web) -> Measure:
    """Return one Enter in the number field of the empty page, to the painted text."""
    page = opened(browser, web.empty)
    field = page.get_by_label("number")
    numbers = count(1)

    def press() -> float:
        field.fill(str(next(numbers)))
        return entered(page, field, NUMBER)

    press()
    return press


def lever_press(browser: Browser, web: Web, read: str) -> Measure:
    """Return one Enter in a share of hours shifted, to the painted fan; always a new run.

    `read` tells which picture of the fan is waited for.
    """
    page = opened(browser, f"{web.app}/simulate?plan={web.plans.example}")
    fan = page.get_by_test_id("stVegaLiteChart").first
    expect(fan.locator("svg text").first).to_be_visible(timeout=SETTLE_MS)

    def press() -> float:
        field = page.get_by_label("shift to automation").first
        field.fill(f"{next(SHARES):g}")
        seconds = entered(page, field, read)
        settle(page)
        return seconds

    press()
    return press


def entered(page: Page, field: Locator, read: str) -> float:
    """Return the seconds from Enter in a field to new content."""
    arm(page, "keydown", read)
    field.press("Enter")
    return taken(page)


def chances_press(browser: Browser, web: Web, number: int) -> Measure:
    """Return one move of a card by its menu, to the chances that it changes.

    They are counted before a person chooses, and are waited for here. The plan is another than
    that of `card_press`: a page also draws what others change.
    """
    page = board_page(browser, web, web.plans.told[number])
    titles = first_titles(page)
    turns = gray_code(len(titles))

    def press() -> float:
        item = other_place(page, titles[next(turns)])
        expect(page.get_by_role("menu").get_by_text("…")).to_have_count(0, timeout=SETTLE_MS)
        return clicked(page, item, FORETOLD)

    press()
    return press


def card_press(browser: Browser, web: Web, number: int) -> Measure:
    """Return one move of a card by its menu, to the settled board; always a new run.

    The menu is used because a pulled card takes as long as the hand that pulls it; from the
    drop on, both go the same way.
    """
    page = board_page(browser, web, web.plans.boards[number])
    titles = first_titles(page)
    turns = gray_code(len(titles))

    def press() -> float:
        return clicked(page, other_place(page, titles[next(turns)]), BOARD)

    press()
    return press


def first_titles(page: Page) -> list[str]:
    """Return the titles of the first eight cards, the ideas unfolded."""
    page.locator(".stage .toggle[aria-expanded=false]").click()  # they are folded at first
    cards = page.locator(".stage .card").all()[:8]
    return [card.locator(".title").inner_text() for card in cards]


def clicked(page: Page, item: Locator, read: str) -> float:
    """Return the seconds from a click to new content; wait until the board is settled."""
    arm(page, "click", read)
    item.click()
    seconds = taken(page)
    settle(page)
    expect(page.locator(".stage.is-saving")).to_have_count(0, timeout=SETTLE_MS)
    return seconds


def other_place(page: Page, title: str) -> Locator:
    """Open a card's menu; return the way into the ideas, or out of them into the first goal."""
    card = page.locator(".stage .card").filter(has=page.get_by_text(title, exact=True)).first
    card.get_by_role("button", name="Move or edit").click()
    menu = page.get_by_role("menu", name=title)
    park = menu.get_by_role("menuitem", name="Park in ideas")
    return park if park.is_enabled() else menu.get_by_role("menuitem", name="Move to").first

"""A browser with a stopwatch inside the page.

The stopwatch starts at the event itself (a key press or a click, by the event's own time) and
looks at the page before each frame that something in the page has changed for; asked for at every
frame, the browser would draw more of them than it does for a person, and take the time for that
from the server. It stops in the task after the first frame that was drawn with new content: what
is read differs from what was read before, and is not null, which stands for "still waiting".
Reading is done before the browser paints a frame, so that the task after it runs once the new
content is on the screen.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from scripts.install_browser import find_browser

ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
LONGEST_MS = 60_000
STAGE = """[...document.querySelectorAll("*")]
  .map((each) => each.shadowRoot?.querySelector(".stage")).find((found) => found)"""
# Called before a frame is painted, this calls back in the task after it.
PAINTED = """(then) => {
  const channel = new MessageChannel();
  channel.port1.onmessage = then;
  channel.port2.postMessage(0);
}"""
ARMED = """() => {{
  const read = () => {read};
  const painted = {painted};
  const before = read();
  window.benchTaken = new Promise((done, fail) => {{
    setTimeout(() => fail(new Error("nothing new was painted")), {longest});
    document.addEventListener("{event}", (event) => {{
      let isAsked = false;
      const soon = () => {{
        if (!isAsked) requestAnimationFrame(look);
        isAsked = true;
      }};
      const watching = new MutationObserver(soon);
      const look = () => {{
        isAsked = false;
        const now = read();
        if (now === null || now === before) return;
        watching.disconnect();
        painted(() => done(performance.now() - event.timeStamp));
      }};
      const shadows = [...document.querySelectorAll("*")].map((each) => each.shadowRoot);
      for (const root of [document, ...shadows.filter(Boolean)]) {{
        watching.observe(root,
          {{ subtree: true, childList: true, attributes: true, characterData: true }});
      }}
      soon();
    }}, {{ capture: true, once: true }});
  }});
}}"""
FIRST_PAINT = """
window.benchTaken = new Promise((done, fail) => {{
  setTimeout(() => fail(new Error("nothing was painted")), {longest});
  const painted = {painted};
  const look = () => {{
    if ({read}) painted(() => done(performance.now()));
    else requestAnimationFrame(look);
  }};
  requestAnimationFrame(look);
}});
"""


def browser_path() -> str | None:
    """Return the browser to measure with, or None."""
    return os.environ.get("FULCRUM_CHROMIUM") or find_browser()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=ARGS)
        try:
            yield browser
        finally:
            browser.close()


def arm(page: Page, event: str, read: str) -> None:
    """Let the next event of a kind start the stopwatch; `read` is an expression in JavaScript."""
    page.evaluate(ARMED.format(read=read, painted=PAINTED, event=event, longest=LONGEST_MS))


def taken(page: Page) -> float:
    """Wait until the stopwatch has stopped; return its seconds."""
    milliseconds: float = page.evaluate("window.benchTaken")
    return milliseconds / 1000


def first_paint(browser: Browser, address: str, read: str) -> float:
    """Return the seconds from asking for an address until `read` holds and is painted.

    The browser knows nothing of the server: its profile, and with it its cache, is new.
    """
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    try:
        page = context.new_page()
        page.add_init_script(FIRST_PAINT.format(read=read, painted=PAINTED, longest=LONGEST_MS))
        page.goto(address, wait_until="commit")
        return taken(page)
    finally:
        context.close()

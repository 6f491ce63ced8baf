"""WCAG 2.2 A and AA, as far as axe-core can count them in a real browser."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}

# What fades has less contrast on its way; what goes round for ever is not waited for.
STANDS_STILL = """() => document.getAnimations().every((each) =>
    each.playState !== "running" || each.effect.getComputedTiming().endTime === Infinity)"""


def violations(page: Page) -> list[str]:
    """Return what breaks a rule on the page once nothing moves: the rule, and where."""
    page.wait_for_function(STANDS_STILL, timeout=30_000)
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]]

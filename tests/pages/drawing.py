"""Draw a page whole, without a browser, press what is on it, and read what it says."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

PAGES = {
    "plan": "pages.plan.page.plan_page",
    "simulate": "pages.simulate.scenario.simulate_page",
    "compare": "pages.compare.scenarios.compare_page",
    "assumptions": "pages.assumptions.register.assumptions_page",
    "actuals": "pages.actuals.page.actuals_page",
    "drivers": "pages.drivers.page.drivers_page",
    "thesis": "pages.thesis.page.thesis_page",
    "trust": "pages.trust.page.trust_page",
    "mix": "pages.mix.page.mix_page",
    "reach": "pages.reach.page.reach_page",
    "share": "pages.share.links.share_page",
    "history": "pages.history.page.history_page",
}
SECONDS = 60


def run_page(name: str) -> None:
    """Draw one page; its text is taken out and run as a script of its own."""
    from importlib import import_module

    module, _, function = name.rpartition(".")
    getattr(import_module(module), function)()


def draw(name: str, **address: str) -> AppTest:
    """Draw a page by its name in the address, with what follows the question mark there."""
    page = AppTest.from_function(run_page, args=(PAGES[name],), default_timeout=SECONDS)
    for key, value in address.items():
        page.query_params[key] = value
    return shown(page.run())


def shown(page: AppTest) -> AppTest:
    """Check that a run ended well: nothing is on the page that it did not mean to say."""
    assert not page.exception, page.exception[0].value
    return page


def press(page: AppTest, label: str) -> AppTest:
    """Press the first button with this label and wait for the page."""
    next(each for each in page.button if each.label == label).click()
    return shown(page.run())


def by_label(page: AppTest, kind: str, label: str) -> Any:
    """Return the one widget of a kind whose label begins so."""
    found = [each for each in page.get(kind) if each.label.startswith(label)]
    assert len(found) == 1, [each.label for each in page.get(kind)]
    return found[0]


def by_key(page: AppTest, beginning: str) -> list[Any]:
    """Return the buttons whose key begins so, as they stand on the page."""
    return [each for each in page.button if str(each.key).startswith(beginning)]


def titles(page: AppTest) -> list[str]:
    """Return the page's titles, as they read."""
    return _read(page.title)


def title(page: AppTest) -> str:
    """Return the page's one title, as it reads."""
    [only] = titles(page)
    return only


def errors(page: AppTest) -> list[str]:
    """Return what went wrong, as it reads."""
    return _read(page.error)


def said(page: AppTest) -> str:
    """Return all lines of text of a page, as they read."""
    return "\n".join(_read([*page.markdown, *page.caption, *page.text, *page.error]))


def _read(elements: Any) -> list[str]:
    return [str(each.value).replace("\\", "") for each in elements]

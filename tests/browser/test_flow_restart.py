"""The server is killed in the middle of an edit: what was left is kept, the page says so."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.conftest import ROOT, AppServer, Example, free_port, streamlit
from tests.browser.driving import (
    WATCH_TRAFFIC,
    button,
    face,
    settle,
    titles,
    type_into,
    until,
)


def test_after_a_restart_the_page_says_so_and_nothing_is_lost(
    browser: Browser, tmp_path: Path
) -> None:
    database, log, port = tmp_path / "fulcrum.db", tmp_path / "server.log", free_port()
    variables = {"FULCRUM_DB": str(database), "FULCRUM_DRAWS": "200", "FULCRUM_ADDRESS": ""}
    # Streamlit itself reports in the console that the server is away.
    contexts = browser.new_context(), browser.new_context()
    for context in contexts:
        context.add_init_script(WATCH_TRAFFIC)
    page, typing = (context.new_page() for context in contexts)
    with streamlit(ROOT / "app.py", ROOT, log, port=port, **variables) as address:
        plan = Example(AppServer(address, database, log), "")
        plan.id = plan.server.store.plans()[0].id
        title = plan.cards("unaligned")[-1]
        for each in (page, typing):
            each.goto(address)
            expect(titles(each.locator(".stage")).first).to_be_visible()
            settle(each)
        face(typing, title).click()
        dialog = typing.get_by_role("dialog")
        type_into(dialog.get_by_label("Owner", exact=True), "Ben Okafor")
        until(lambda: plan.ops()[-1] == "edit_tactic")
        dialog.get_by_label("Note").fill("half a sentence")
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    with streamlit(ROOT / "app.py", ROOT, log, port=port, **variables):
        notice = typing.get_by_role("alert").filter(has_text="The server was started anew.")
        expect(notice).to_be_visible()
        expect(notice).to_contain_text("You were typing: “half a sentence”")
        # The other page had nothing open and has loaded by itself.
        expect(page.locator(".people")).to_be_visible()
        assert loads or page.wait_for_event("load")
        expect(titles(page.locator(".stage")).first).to_be_visible()
        button(typing, "Load again").click()
        settle(typing)
        face(typing, title).click()
        expect(dialog.get_by_label("Owner", exact=True)).to_have_value("Ben Okafor")
        for each in (page, typing):
            each.context.close()

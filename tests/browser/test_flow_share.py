"""A person shares a frozen copy: a guest reads it without the application, until it is revoked."""

from __future__ import annotations

import re
import urllib.error
import urllib.request

from playwright.sync_api import Page, expect

from strategy import commands
from tests.browser.conftest import AppServer, Example, NewPage, OpenApp
from tests.browser.driving import alert, button, settle, toast, type_into


def freeze(page: Page, recipient: str) -> str:
    """Freeze the plan and return the address of the new link."""
    button(page, "Freeze and share").click()
    dialog = page.get_by_role("dialog")
    type_into(dialog.get_by_label("What is this version for?"), "Board meeting")
    type_into(dialog.get_by_label("Who is the link for?"), recipient)
    button(dialog, "Create link").click()
    expect(dialog).to_have_count(0)
    shown = page.get_by_test_id("stCode").filter(has_text="/s/")
    expect(shown).to_be_visible()
    settle(page)
    return shown.inner_text().strip()


def fetch(address: str) -> tuple[int, bytes]:
    """Return the status and the bytes of an address, asked without cookies."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read()


def test_a_link_shows_a_frozen_copy_until_it_is_revoked(
    open_app: OpenApp, new_page: NewPage, plan: Example
) -> None:
    page = open_app(f"share?plan={plan.id}")
    address = freeze(page, "The board")
    assert re.fullmatch(re.escape(plan.server.address) + r"/s/[\w-]{43}", address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("One link is open.")
    token = address.rsplit("/", 1)[1]
    kept = plan.server.rows("SELECT * FROM share_links WHERE plan_id = ?", plan.id)
    assert token not in repr(kept)

    guest = new_page(viewport={"width": 390, "height": 844})
    sockets: list[str] = []
    guest.on("websocket", lambda socket: sockets.append(socket.url))
    guest.goto(address)
    expect(guest.get_by_role("heading", level=1)).to_be_visible()
    for goal in plan.goals():
        expect(guest.get_by_text(goal, exact=True).first).to_be_visible()
    assert guest.evaluate("document.documentElement.scrollWidth") <= 390
    assert guest.evaluate("document.scripts.length") == 0
    assert guest.context.cookies() == []
    guest.wait_for_load_state("networkidle")
    assert sockets == []

    status, before = fetch(address)
    assert status == 200
    goal = plan.board().goals[0]
    base = commands.fields_of(goal)
    wanted = {"title": "A title of later", "target": goal.target * 1.2}
    commands.edit_goal(plan.server.store, plan.id, "Ann", goal.id, base, wanted)
    assert fetch(address) == (200, before)
    assert b"A title of later" not in before

    button(page, "Revoke").click()
    expect(toast(page, "Revoked")).to_be_visible()
    status, gone = fetch(address)
    assert status == 404
    assert fetch(f"{plan.server.address}/s/{'x' * 43}") == (404, gone)
    assert goal.title.encode() not in gone
    expect(page.get_by_role("heading", level=1)).to_contain_text("No link is open now.")


def test_a_second_link_to_the_same_copy_lives_on(open_app: OpenApp, plan: Example) -> None:
    page = open_app(f"share?plan={plan.id}")
    first = freeze(page, "The board")
    button(page, "New link").click()
    dialog = page.get_by_role("dialog")
    type_into(dialog.get_by_label("Who is the link for?"), "The auditors")
    button(dialog, "Create link").click()
    expect(dialog).to_have_count(0)
    shown = page.get_by_test_id("stCode").filter(has_text="/s/")
    expect(shown).not_to_have_text(first)
    second = shown.inner_text().strip()
    assert plan.count("snapshots") == 1
    expect(button(page, "Revoke")).to_have_count(2)
    button(page, "Revoke").first.click()
    expect(button(page, "Revoke")).to_have_count(1)
    assert sorted(fetch(address)[0] for address in (first, second)) == [200, 404]


def test_the_address_is_shown_to_its_maker_once(open_app: OpenApp, plan: Example) -> None:
    page = open_app(f"share?plan={plan.id}")
    address = freeze(page, "The board")
    button(page, "Done").click()
    expect(page.get_by_text(address)).to_have_count(0)
    open_app(f"share?plan={plan.id}")
    expect(page.get_by_text("The board", exact=True)).to_be_visible()
    expect(page.get_by_text(address.rsplit("/", 1)[1])).to_have_count(0)


def test_a_snapshot_without_a_title_is_refused_or_named(open_app: OpenApp, plan: Example) -> None:
    page = open_app(f"share?plan={plan.id}")
    button(page, "Freeze and share").click()
    dialog = page.get_by_role("dialog")
    type_into(dialog.get_by_label("Who is the link for?"), "Nobody")
    button(dialog, "Create link").click()
    refused, made = alert(dialog, re.compile(".")), page.get_by_test_id("stCode")
    expect(refused.or_(made).first).to_be_visible()
    assert plan.count("snapshots") == made.count()


def test_unknown_addresses_are_not_found(new_page: NewPage, app_server: AppServer) -> None:
    guest = new_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    bodies = {fetch(f"{app_server.address}/s/{token}") for token in ("", "x", "%2e", "a" * 500)}
    assert len(bodies) == 1
    assert bodies.pop()[0] == 404
    answer = guest.request.get(f"{app_server.address}/s/nothing")
    assert answer.status == 404
    assert "set-cookie" not in answer.headers

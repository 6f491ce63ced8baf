"""A person arranges the plan: what is dropped is kept, simulated, and can be taken back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from data.example import load_example
from strategy import commands
from tests.browser.conftest import Example, NewPage, OpenApp
from tests.browser.driving import (
    alert,
    button,
    card,
    chance,
    choose,
    drag,
    face,
    lane,
    lift,
    menu_of,
    middle,
    saved,
    settle,
    titles,
    toast,
    type_into,
    until,
)

UNALIGNED = "Not under a goal"
NOTE_TRANSITIONS = """() => {
    window.begun = [];
    document.addEventListener("transitionrun", ({ target }) => window.begun.push(target.className));
}"""
MARKS = "<b>bold</b> **strong** $x^2$ :red[red] [link](/s/x) _low_ # 1."


@pytest.fixture
def heavy(plan: Example) -> str:
    """Put a tool under no goal that frees so many hours that its fit is seen; return its title."""
    commands.add_tactic(
        plan.server.store,
        plan.id,
        "Ann",
        title="Assistant for admin work",
        lane="unaligned",
        moves={"crm_entry": 0.8, "quotes": 0.8, "research": 0.8, "scheduling": 0.8},
        adoption=0.9,
        buys_tool=True,
        destination="selling",
        destination_owner="Ann",
    )
    return "Assistant for admin work"


def goal_of_hours(plan: Example) -> str:
    """Return the title of the goal that counts selling hours."""
    return next(goal.title for goal in plan.board().goals if goal.metric == "selling_hours_week")


def percent(words: str) -> int:
    """Return a chance as a number: "52%", "under 1%", "over 99%"."""
    return int(re.sub(r"\D", "", words))


# ---- moving --------------------------------------------------------------------------------


def test_a_dragged_card_is_kept_and_simulated_and_can_be_taken_back(
    open_app: OpenApp, plan: Example, heavy: str
) -> None:
    goal = goal_of_hours(plan)
    page = open_app(plan.path)
    expect(titles(lane(page, UNALIGNED)).last).to_have_text(heavy)
    before, events, runs = chance(page, goal), plan.count("events"), plan.count("runs")

    lift(page, heavy)
    page.mouse.move(*middle(card(page, plan.cards(goal)[-1]), down=0.9), steps=8)
    expect(lane(page, goal).locator(".chance strong")).not_to_have_text(before)
    foreseen = chance(page, goal)
    expect(page.locator(".tip")).to_contain_text(f"{before} → {foreseen}")
    page.mouse.up()
    expect(titles(lane(page, goal)).last).to_have_text(heavy)
    saved(page)
    assert abs(percent(chance(page, goal)) - percent(foreseen)) <= 2
    expect(lane(page, goal).locator(".chance strong")).not_to_have_text(before)
    after = chance(page, goal)
    assert plan.ops(events) == ["move_tactic"]
    assert plan.count("runs") == runs + 1
    lane_and_goal = plan.server.rows(
        "SELECT lane, goals.title FROM tactics JOIN goals ON goals.id = goal_id "
        "WHERE tactics.plan_id = ? AND tactics.title = ?",
        plan.id,
        heavy,
    )
    assert lane_and_goal == [("goal", goal)]

    open_app(plan.path)
    expect(titles(lane(page, goal)).last).to_have_text(heavy)
    assert chance(page, goal) == after

    button(page, "Undo").click()
    expect(titles(lane(page, UNALIGNED)).last).to_have_text(heavy)
    expect(lane(page, goal).locator(".chance strong")).to_have_text(before)
    button(page, "Redo").click()
    expect(titles(lane(page, goal)).last).to_have_text(heavy)
    expect(lane(page, goal).locator(".chance strong")).to_have_text(after)
    assert plan.ops(events) == ["move_tactic", "undo", "undo"]
    assert plan.count("runs") == runs + 1  # what was simulated before is read back


def test_a_card_moves_by_keyboard(open_app: OpenApp, plan: Example) -> None:
    moved, goal = plan.cards("unaligned")[0], plan.goals()[-1]
    page = open_app(plan.path)
    face(page, moved).focus()
    for key in ["Space", "ArrowLeft", "ArrowDown", "Space"]:
        page.keyboard.press(key)
    expect(titles(lane(page, goal)).nth(1)).to_have_text(moved)
    saved(page)
    expect(face(page, moved)).to_be_focused()
    spoken = rf"^{moved} dropped in {goal}\. Tactical \d+, strategic \d+ per cent\. .* Saved\.$"
    expect(page.locator(".board [role=status]")).to_have_text(re.compile(spoken))
    open_app(plan.path)
    expect(titles(lane(page, goal)).nth(1)).to_have_text(moved)


def test_the_board_is_answered_before_the_page_around_it_and_never_fades(
    open_app: OpenApp, plan: Example, page: Page
) -> None:
    heard: list[ForwardMsg] = []

    def hear(frame: bytes) -> None:
        heard.append(ForwardMsg.FromString(frame))

    page.on("websocket", lambda socket: socket.on("framereceived", hear))
    open_app(plan.path)
    page.evaluate(NOTE_TRANSITIONS)
    heard.clear()
    moved, goal = plan.cards("unaligned")[0], plan.goals()[0]
    menu_of(page, moved).get_by_role("menuitem", name=f"Move to {goal}").click()
    saved(page)
    settle(page)
    drawn = [at for at, each in enumerate(heard) if board_in(each)]
    around = [at for at, each in enumerate(heard) if each.WhichOneof("type") == "navigation"]
    assert len(around) == 1
    assert drawn[0] < around[0] < drawn[1]
    first, second = (board_in(heard[at]) for at in drawn)
    assert first == second  # so that the browser draws it once
    begun = page.evaluate("window.begun")
    assert any("stElementContainer" in each for each in begun)
    assert not any("st-key-board" in each for each in begun)


def board_in(message: ForwardMsg) -> str:
    """Return the board's data if a message draws the board."""
    drawn = message.delta.new_element.bidi_component
    return drawn.json if drawn.component_name == "fulcrum_board" else ""


def test_a_card_moves_by_menu(open_app: OpenApp, plan: Example) -> None:
    moved, goal = plan.cards("unaligned")[0], plan.goals()[0]
    page = open_app(plan.path)
    menu_of(page, moved).get_by_role("menuitem", name=f"Move to {goal}").click()
    saved(page)
    open_app(plan.path)
    expect(titles(lane(page, goal)).last).to_have_text(moved)


def test_a_card_moves_by_menu_on_a_phone(
    open_app: OpenApp, new_page: NewPage, plan: Example
) -> None:
    moved, goal = plan.cards("unaligned")[0], plan.goals()[0]
    phone = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    open_app(plan.path, phone)
    more = card(phone, moved).get_by_role("button", name="Move or edit")
    more.scroll_into_view_if_needed()
    more.tap()
    phone.get_by_role("menuitem", name=f"Move to {goal}").tap()
    saved(phone)
    open_app(plan.path, phone)
    expect(titles(lane(phone, goal)).last).to_have_text(moved)


def test_a_collapsed_lane_takes_a_card_and_stays_so_for_its_plan_alone(
    open_app: OpenApp, plan: Example
) -> None:
    moved, goal = plan.cards("unaligned")[0], plan.goals()[0]
    page = open_app(plan.path)
    button(page, f"Lane: {goal}").click()
    drag(page, moved, lane(page, goal))
    expect(lane(page, goal).locator(".held-cards")).to_have_text("3 tactics")
    saved(page)
    assert plan.cards(goal)[-1] == moved
    open_app(plan.path)
    expect(titles(lane(page, goal)).last).to_be_hidden()
    other = Example(plan.server, load_example(plan.server.store).id)
    open_app(other.path)
    expect(titles(lane(page, goal)).last).to_be_visible()


def test_the_order_within_a_lane_is_kept(open_app: OpenApp, plan: Example) -> None:
    goal = next(goal for goal in plan.goals() if len(plan.cards(goal)) > 2)
    first, second, *others = plan.cards(goal)
    page = open_app(plan.path)
    drag(page, second, card(page, first), down=0.2)
    expect(titles(lane(page, goal))).to_have_text([second, first, *others])
    saved(page)
    open_app(plan.path)
    expect(titles(lane(page, goal))).to_have_text([second, first, *others])


def test_a_parked_card_leaves_the_simulation_and_comes_back(
    open_app: OpenApp, plan: Example
) -> None:
    parked = plan.cards("unaligned")[0]
    page = open_app(plan.path)
    spend = lane(page, UNALIGNED).locator(".chance strong")
    before = spend.inner_text()
    face(page, parked).focus()
    page.keyboard.press("Delete")
    expect(spend).not_to_have_text(before)
    saved(page)
    assert parked in plan.cards("ideas")
    button(page, "Undo").click()
    expect(spend).to_have_text(before)
    expect(titles(lane(page, UNALIGNED)).first).to_have_text(parked)


# ---- dialogs -------------------------------------------------------------------------------


def test_a_goal_is_refused_with_reasons_and_then_added(open_app: OpenApp, plan: Example) -> None:
    page = open_app(plan.path)
    button(page, "Add goal").click()
    dialog = page.get_by_role("dialog")
    type_into(dialog.get_by_label(re.compile("^Today")), "4000000")
    type_into(dialog.get_by_label(re.compile("^Target")), "4000000")
    button(dialog, "Save").click()
    expect(alert(dialog, "The target equals today's value")).to_be_visible()
    type_into(dialog.get_by_label(re.compile("^Target")), "5000000")
    button(dialog, "Save").click()
    expect(alert(dialog, "title is empty")).to_be_visible()
    expect(dialog.get_by_label(re.compile("^Target"))).to_have_value("5000000")
    type_into(dialog.get_by_label("What do you want?"), "Sell more in spring")
    events = plan.count("events")
    button(dialog, "Save").dblclick()
    expect(dialog).to_have_count(0)
    expect(lane(page, "Sell more in spring").locator(".chance strong")).to_be_visible()
    settle(page)
    assert plan.ops(events) == ["add_goal"]
    open_app(plan.path)
    expect(lane(page, "Sell more in spring").locator(".chance strong")).to_be_visible()


def test_a_goal_without_a_target_is_refused(open_app: OpenApp, plan: Example) -> None:
    page = open_app(plan.path)
    button(page, "Add goal").click()
    dialog = page.get_by_role("dialog")
    type_into(dialog.get_by_label("What do you want?"), "Shorter cycle")
    choose(dialog, "Counted as", "Sales cycle")
    button(dialog, "Save").click()
    expect(alert(dialog, re.compile("target is (empty|not a number)"))).to_be_visible()
    expect(dialog.get_by_label("What do you want?")).to_have_value("Shorter cycle")
    button(dialog, "Close").click()
    expect(dialog).to_have_count(0)
    assert "Shorter cycle" not in plan.goals()


def test_a_tactic_from_the_library_is_added_edited_and_archived(
    open_app: OpenApp, plan: Example
) -> None:
    goal = plan.goals()[0]
    page = open_app(plan.path)
    lane(page, goal).get_by_role("button", name="Add tactic").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Start from the library").click()
    option = page.get_by_role("option").nth(1)
    name = option.inner_text()
    option.click()
    title = dialog.get_by_role("textbox", name="Title")
    expect(title).to_have_value(name)
    type_into(title, "A tool of our own")
    type_into(
        dialog.get_by_role("textbox", name="Which metric will move?"), "Hours of entry a week"
    )
    type_into(dialog.get_by_role("spinbutton", name="To"), "2")
    button(dialog, "Save").click()
    expect(titles(lane(page, goal)).last).to_have_text("A tool of our own")
    saved(page)

    face(page, "A tool of our own").click()
    expect(title).to_have_value("A tool of our own")
    type_into(title, "A tool of ours")
    button(dialog, "Done").click()
    expect(titles(lane(page, goal)).last).to_have_text("A tool of ours")
    expect(dialog).to_have_count(0)
    saved(page)

    menu_of(page, "A tool of ours").get_by_role("menuitem", name="Archive").click()
    expect(card(page, "A tool of ours")).to_have_count(0)
    expect(toast(page, "Archived")).to_be_visible()
    button(page, "Undo").click()
    expect(titles(lane(page, goal)).last).to_have_text("A tool of ours")
    assert plan.ops()[-4:] == ["add_tactic", "edit_tactic", "archive_tactic", "undo"]


def test_an_archived_goal_leaves_its_cards_and_comes_back(open_app: OpenApp, plan: Example) -> None:
    goal = plan.goals()[0]
    cards, loose = plan.cards(goal), plan.cards("unaligned")
    page = open_app(plan.path)
    lane(page, goal).get_by_role("button", name="Edit goal").click()
    button(page.get_by_role("dialog"), "Archive").click()
    expect(lane(page, goal)).to_have_count(0)
    expect(titles(lane(page, UNALIGNED))).to_have_text([*loose, *cards])
    button(page, "Undo").click()
    expect(titles(lane(page, goal))).to_have_text(cards)
    expect(titles(lane(page, UNALIGNED))).to_have_text(loose)


def test_undo_and_redo_by_key(open_app: OpenApp, plan: Example) -> None:
    goal = plan.goals()[0]
    cards = plan.cards(goal)
    page = open_app(plan.path)
    events = plan.count("events")
    menu_of(page, cards[0]).get_by_role("menuitem", name="Park in ideas").click()
    expect(titles(lane(page, goal))).to_have_text(cards[1:])
    settle(page)
    page.locator("h1").click()
    page.keyboard.press("Control+z")
    expect(titles(lane(page, goal))).to_have_text(cards)
    settle(page)
    page.keyboard.press("Control+Shift+z")
    expect(titles(lane(page, goal))).to_have_text(cards[1:])
    until(lambda: plan.ops(events) == ["move_tactic", "undo", "undo"])
    page.get_by_role("link", name="Simulate").click()
    expect(page).to_have_url(re.compile("/simulate"))
    settle(page)
    page.locator("h1").click()
    page.keyboard.press("Control+z")
    until(lambda: plan.cards(goal) == cards)


def test_the_projector_mode_is_one_key_in_and_one_key_out(open_app: OpenApp, plan: Example) -> None:
    page = open_app(plan.path)
    title = page.locator("h1")

    def size() -> float:
        return float(title.evaluate("node => parseFloat(getComputedStyle(node).fontSize)"))

    small = size()
    title.click()
    page.keyboard.press("p")
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    expect(button(page, "Undo")).to_be_hidden()
    assert size() > 1.2 * small
    page.reload()
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    settle(page)
    page.keyboard.press("p")
    expect(button(page, "Undo")).to_be_visible()
    assert size() == small


def test_undo_by_key_leaves_the_plan_alone_while_typing(open_app: OpenApp, plan: Example) -> None:
    page = open_app(plan.path)
    button(page, "Add goal").click()
    field = page.get_by_role("dialog").get_by_label("What do you want?")
    field.press_sequentially("Grow")
    events = plan.count("events")
    field.press("Control+z")
    type_into(page.get_by_role("dialog").get_by_label("Who owns it?"), "Ann")
    settle(page)
    assert plan.ops(events) == []


# ---- what is shown -------------------------------------------------------------------------


def test_marks_in_names_are_shown_as_typed(open_app: OpenApp, plan: Example) -> None:
    store, board = plan.server.store, plan.board()
    goal = board.goals[0]
    tactic = next(each for each in board.tactics if each.goal_id == goal.id)
    named = {"title": "Goal " + MARKS, "owner": MARKS}
    commands.edit_goal(store, plan.id, "Ann", goal.id, commands.fields_of(goal), named)
    named = {"title": "Card " + MARKS}
    commands.edit_tactic(store, plan.id, "Ann", tactic.id, commands.fields_of(tactic), named)
    named = {"name": "Plan " + MARKS}
    commands.edit_plan(store, plan.id, "Ann", commands.fields_of(board.plan), named)
    commands.add_scenario(store, plan.id, "Ann", "<i>x</i> **y** $z$ :red[q]", {})
    page = open_app(plan.path)
    expect(lane(page, "Goal " + MARKS)).to_be_visible()
    expect(face(page, "Card " + MARKS)).to_be_visible()
    expect(page.get_by_role("button", name="Plan " + MARKS)).to_be_visible()
    face(page, "Card " + MARKS).click()
    expect(page.get_by_role("dialog").get_by_label("Title")).to_have_value("Card " + MARKS)
    expect_only_text(page)
    for path in ("compare", "assumptions", "share", "simulate"):
        open_app(path + plan.path)
        expect_only_text(page)
    told = page.get_by_text("Goal " + MARKS, exact=True).filter(visible=True)
    expect(told.first).to_be_visible()
    expect(page.get_by_role("radio", name="<i>x</i> **y** $z$ :red[q]")).to_be_visible()


def expect_only_text(page: Page) -> None:
    """Check that no typed mark became an element."""
    main = page.get_by_test_id("stMain")
    expect(main.locator("b", has_text=re.compile("^bold$"))).to_have_count(0)
    expect(main.locator("strong", has_text=re.compile("^strong$"))).to_have_count(0)
    expect(main.locator(".katex, a:text-is('link'), i:text-is('x')")).to_have_count(0)


@pytest.mark.parametrize(
    "address, words",
    [
        ("?plan=nope", "There is no plan with that address here."),
        ("simulate?scenario=nope", "There is no scenario with that address here."),
        ("compare?plan=%3Cb%3E", "There is no plan with that address here."),
    ],
)
def test_an_unknown_address_is_answered_in_one_sentence(
    open_app: OpenApp, plan: Example, address: str, words: str
) -> None:
    page = open_app(address)
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(alert(page, words)).to_be_visible()
    expect(page).to_have_url(re.compile(f"plan={plan.id}"))

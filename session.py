"""The only door to browser state, and from the pages to what is kept."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import streamlit as st
from streamlit.errors import StreamlitAPIException

from components.palette import DARK, LIGHT, Palette
from data.database import sqlite_warning
from data.example import crm_export, load_example
from data.store import SqliteStore
from data.templates import Template, template_document
from data.templates import templates as shipped_templates
from settings import settings
from strategy.errors import PlanError
from strategy.identity import new_id
from strategy.importing import import_plan
from strategy.model import Board, Plan, Run, Scenario
from strategy.ports import Store
from strategy.running import Early, current_run

Result = TypeVar("Result")


@cache
def _store() -> SqliteStore:
    return SqliteStore.open(settings().database)


def store() -> Store:
    """Return the store of this process; it opens a connection of its own for each action."""
    return _store()


def prepare() -> None:
    """Open the database and, on the first start, keep the worked example with its runs.

    Raises
    ------
    PlanError
        If the database cannot be used; the message says what to do.
    """
    kept = _store()
    if not kept.plans() and not kept.archived_plans():
        plan = load_example(kept)
        board = kept.board(plan.id)
        current_run(kept, board, draws=settings().draws)
        for scenario in kept.scenarios(plan.id):
            current_run(kept, board, scenario, draws=settings().draws)


def example_export() -> bytes:
    """Return the CRM export that comes with the worked example."""
    return crm_export()


def templates() -> tuple[Template, ...]:
    """Return the plans people can start from."""
    return shipped_templates()


def new_from_template(key: str) -> Plan:
    """Keep a template as a new plan that starts next January."""
    year = int(store().now()[:4]) + 1
    return import_plan(store(), actor(), template_document(key, year), "a template")


def new_example() -> Plan:
    """Add the worked example as one more plan."""
    return load_example(store())


@dataclass(frozen=True)
class Message:
    """What a command said, shown on the next draw."""

    kind: str
    text: str


def name() -> str:
    """Return the name this person gave; "" while they gave none."""
    return str(st.session_state.get("actor_name") or "").strip()[:80]


def actor() -> str:
    """Return the name this person gave, for the history."""
    return name() or "Somebody"


def person() -> str:
    """Return an id of this person's browser, or of this page while the browser has said none."""
    if "person" not in st.session_state:
        st.session_state["person"] = new_id("person")
    return str(st.session_state["person"])


def is_met() -> bool:
    """Return whether the browser has said who is in front of it."""
    return bool(st.session_state.get("is_met"))


def meet(person_id: str, given_name: str) -> None:
    """Take up who a browser says is in front of it."""
    if person_id:
        st.session_state["person"] = person_id
        st.session_state["is_met"] = True
    if given_name:
        st.session_state["actor_name"] = given_name


def attempt(action: Callable[[], Any], said: str = "") -> Any:
    """Run a command; a refusal becomes a message on the page and returns None."""
    try:
        result = action()
    except PlanError as error:
        say("error", str(error))
        return None
    if said:
        say("done", said)
    return result if result is not None else True


def say(kind: str, text: str) -> None:
    """Show a message on the next draw: kind is "error" or "done"."""
    st.session_state["message"] = Message(kind, text)


def take_message() -> Message | None:
    """Return the message that waits to be shown, once."""
    message = st.session_state.pop("message", None)
    return message if isinstance(message, Message) else None


def has_message() -> bool:
    """Return whether a message waits to be shown."""
    return "message" in st.session_state


def current_plan() -> Plan | None:
    """Return the plan this browser looks at, named in the address so that it can be reopened.

    Without a name it is the plan looked at before, else the newest.
    """
    plans = store().plans()
    wanted = st.query_params.get("plan") or st.session_state.get("plan_id")
    found = next((plan for plan in plans if plan.id == wanted), None)
    if "plan" in st.query_params and found is None:
        say("error", "There is no plan with that address here. This is another one.")
    chosen = found or (plans[-1] if plans else None)
    if chosen is None:
        st.query_params.pop("plan", None)
    else:
        choose_plan(chosen.id)
    return chosen


def choose_plan(plan_id: str) -> None:
    """Look at this plan from now on."""
    if st.session_state.get("plan_id") not in (None, plan_id):
        choose_scenario(None)
    st.session_state["plan_id"] = plan_id
    if st.query_params.get("plan") != plan_id:
        st.query_params["plan"] = plan_id


def open_plan(plan_id: str) -> None:
    """Go on with this plan, and no more with the start page."""
    start_plan(False)
    choose_plan(plan_id)


def start_plan(is_wanted: bool) -> None:
    """Show the start page instead of the plan's board, or no more."""
    st.session_state["starting"] = is_wanted


def is_starting() -> bool:
    """Return whether somebody wants to start a new plan."""
    return bool(st.session_state.get("starting"))


def leave_plan() -> None:
    """Look at no plan in particular; the next draw chooses the newest."""
    choose_scenario(None)
    st.session_state.pop("plan_id", None)
    st.query_params.pop("plan", None)


def current_scenario(scenarios: tuple[Scenario, ...]) -> Scenario | None:
    """Return the scenario the address names; None is the plan as it stands on the board."""
    wanted = st.query_params.get("scenario") or st.session_state.get("scenario_id")
    found = next((each for each in scenarios if each.id == wanted), None)
    asked = st.query_params.get("scenario")
    if asked and found is None and asked != st.session_state.get("scenario_id"):
        say("error", "There is no scenario with that address here. This is the first one.")
    choose_scenario(found.id if found else None)
    return found


def choose_scenario(scenario_id: str | None) -> None:
    """Look at this scenario from now on; None is the plan as it stands on the board."""
    st.session_state["scenario_id"] = scenario_id
    if scenario_id is None:
        st.query_params.pop("scenario", None)
    elif st.query_params.get("scenario") != scenario_id:
        st.query_params["scenario"] = scenario_id


def run_of(
    board: Board, scenario: Scenario | None = None, *, early: Early | None = None
) -> Run | None:
    """Return the run of the plan as it is now; says why on the page if there is none."""
    try:
        return current_run(store(), board, scenario, draws=settings().draws, early=early)
    except PlanError as error:
        say("error", str(error))
        return None


def once(key: tuple[str, ...], compute: Callable[[], Result]) -> Result:
    """Return what was computed for this key before, or compute it; the last few are kept.

    For results that follow from stored rows alone; a key names those rows.
    """
    kept: dict[tuple[str, ...], Result] = st.session_state.setdefault("computed", {})
    if key not in kept:
        while len(kept) >= 16:
            kept.pop(next(iter(kept)))
        kept[key] = compute()
    return kept[key]


def warning() -> str | None:
    """Return what is wrong with this installation, in a sentence, or None."""
    return sqlite_warning()


def palette() -> Palette:
    """Return the colours of the theme this browser shows now."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def share_address(token: str) -> str:
    """Return the full address of a share link."""
    base = settings().public_address
    if not base:
        address = st.context.url or "http://localhost:8501"
        base = "/".join(address.split("/")[:3])
    return f"{base}/s/{token}"


def entered(url_path: str) -> None:
    """Note which page is drawn; a dialog or a search does not follow to another page.

    But for a dialog that was opened for that page.
    """
    is_for_here = st.session_state.pop("dialog_page", None) == (url_path or "plan")
    if st.session_state.get("page_shown", url_path) != url_path:
        if not is_for_here:
            close_dialog()
        stop_search()
        st.session_state.pop("were_open", None)
    st.session_state["page_shown"] = url_path


def was_open(name: str, *, is_open: bool) -> bool:
    """Return whether a part of this page is open, or was before; what is typed in it stays."""
    opened: set[str] = st.session_state.setdefault("were_open", set())
    if is_open:
        opened.add(name)
    return name in opened


def start_search(asked: Hashable) -> None:
    """Note what is being searched, until it is found or stopped; `asked` is the page's own."""
    st.session_state["search_asked"] = asked


def asked_search() -> Hashable:
    """Return what is being searched, or None."""
    return st.session_state.get("search_asked")


def stop_search() -> None:
    """Search no more."""
    st.session_state.pop("search_asked", None)


def dialog() -> tuple[str, str | None] | None:
    """Return the open dialog and what it is about, or None."""
    return st.session_state.get("dialog")


def open_dialog(name: str, about: str | None = None, *, page: str = "") -> None:
    """Open a dialog on the next draw; its fields start fresh.

    With the address of a `page` it opens there, if that is the page drawn next.
    """
    st.session_state["dialog"] = (name, about)
    if page:
        st.session_state["dialog_page"] = page
    renew_dialog_keys()
    st.session_state.pop("dialog_base", None)
    st.session_state.pop("dialog_error", None)


def close_dialog() -> None:
    """Close the open dialog on the next draw."""
    for name in ("dialog", "dialog_base", "dialog_error"):
        st.session_state.pop(name, None)


def note_dialog_drawn() -> None:
    """Note that the open dialog is on its way to the browser."""
    st.session_state["dialog_seen"] = st.session_state.get("dialog_serial", 0)


def dismiss_dialog() -> None:
    """Close the dialog that was drawn last, unless another one was opened since."""
    if st.session_state.get("dialog_seen") == st.session_state.get("dialog_serial", 0):
        close_dialog()


def is_dialog_missing() -> bool:
    """Return, once for each dialog, whether it was opened and never drawn."""
    serial = st.session_state.get("dialog_serial", 0)
    if dialog() is None or serial in (
        st.session_state.get("dialog_seen"),
        st.session_state.get("dialog_missed"),
    ):
        return False
    st.session_state["dialog_missed"] = serial
    return True


def renew_dialog_keys() -> None:
    """Let what has a `dialog_key` start fresh on the next draw: fields, and what was clicked."""
    st.session_state["dialog_serial"] = st.session_state.get("dialog_serial", 0) + 1


def redraw_dialog() -> None:
    """Draw the open dialog again; a click that came with a whole-page run redraws the page."""
    try:
        st.rerun(scope="fragment")
    except StreamlitAPIException:
        st.rerun()


def dialog_key(field: str) -> str:
    """Return a widget key that belongs to this opening of the dialog only."""
    return f"dialog_{st.session_state.get('dialog_serial', 0)}_{field}"


def dialog_base(read: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return the values the dialog was opened with, whatever others save meanwhile."""
    if "dialog_base" not in st.session_state:
        st.session_state["dialog_base"] = read()
    base: dict[str, Any] = st.session_state["dialog_base"]
    return base

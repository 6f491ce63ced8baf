"""What is shared, with whom, until when?"""

from datetime import UTC, datetime

import streamlit as st

import session
from pages.frame.bar import context_row, show_messages
from pages.frame.dialog import dialog
from pages.frame.opening import current_board
from pages.frame.plan_dialog import show_plan_dialog
from pages.frame.rules_note import caption_with_rules
from pages.frame.saving import show_dialog_error
from pages.frame.text import plain
from settings import settings
from strategy.errors import PlanError
from strategy.model import Board, ShareLink, Snapshot
from strategy.running import is_older_model
from strategy.sharing import DEFAULT_DAYS, check_link, revoke, share, take_snapshot


def share_page() -> None:
    """Draw the snapshots of the current plan and their links."""
    board = current_board("There is no plan to share yet.")
    if board is None:
        return
    plan = board.plan
    context_row(
        board,
        note="Links show a frozen copy. Later edits never reach them.",
        primary="Freeze and share",
        icon=":material/lock:",
        on_primary=lambda: session.open_dialog("share", None),
    )
    show_messages()
    snapshots = session.store().snapshots(plan.id)
    links = session.store().share_links(plan.id)
    st.title(_headline(links))
    st.caption(caption_with_rules("A link opens without an account and is read-only."))
    _new_link(plan.id)
    for snapshot in snapshots:
        _snapshot(board, snapshot, [each for each in links if each.snapshot_id == snapshot.id])
    _dialogs(board, snapshots)


def _now() -> str:
    return session.store().now()


def _is_open(link: ShareLink) -> bool:
    return link.revoked_at is None and link.expires_at > _now()


def _headline(links: tuple[ShareLink, ...]) -> str:
    count = sum(_is_open(each) for each in links)
    if not links:
        return "Nothing is shared. A link shows a frozen copy that later edits never reach."
    if count == 0:
        return "No link is open now."
    return "One link is open." if count == 1 else f"{count} links are open."


def _new_link(plan_id: str) -> None:
    """Show the address of a link to this plan that was just made; it cannot be shown again."""
    of_plan, address = st.session_state.get("new_link", ("", ""))
    if of_plan != plan_id:
        return
    with st.container(border=True):
        st.markdown(
            "**The new link.** Copy it now: only its fingerprint is kept, so it cannot "
            "be shown again."
        )
        st.code(address, language=None, wrap_lines=True)
        with st.container(horizontal=True):
            st.link_button("Open as a stakeholder", address, icon=":material/visibility:")
            st.button("Done", key="link_done", on_click=_forget_link)


def _forget_link() -> None:
    st.session_state.pop("new_link", None)


def day(text: str) -> str:
    """Return "24 Nov 2026, 15:42 UTC" for ISO text."""
    moment = datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)
    return f"{moment.day} {moment:%b %Y, %H:%M} UTC"


def _snapshot(board: Board, snapshot: Snapshot, links: list[ShareLink]) -> None:
    run = snapshot.content["board_run"]
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            name = f"Snapshot {snapshot.number}"
            title = "" if snapshot.title == name else plain(snapshot.title)
            st.markdown(f"**{name}** {title}")
            st.badge("Frozen", icon=":material/lock:", color="gray")
            st.space("stretch")
            st.button(
                "New link",
                icon=":material/add_link:",
                key=f"link_{snapshot.id}",
                on_click=session.open_dialog,
                args=("link", snapshot.id),
            )
        st.caption(
            plain(
                f"{day(snapshot.created_at)}, by {snapshot.created_by}. Seed {run['seed']}, "
                f"{run['draws']:,} futures, model {run['model_version']}"
                f"{' (older model)' if is_older_model(run['model_version']) else ''}. Fingerprint "
                f"{snapshot.content_hash[:12]}."
            )
        )
        for link in links:
            _link(board, link)
        if not links:
            st.text("No link opens this snapshot.")


def _link(board: Board, link: ShareLink) -> None:
    who, state, action = st.columns([5, 5, 2], vertical_alignment="center")
    who.text(link.recipient or "Anyone with the link")
    if link.revoked_at is not None:
        state.badge(f"Revoked {day(link.revoked_at)}", icon=":material/link_off:", color="gray")
    elif not _is_open(link):
        state.badge(f"Expired {day(link.expires_at)}", icon=":material/event_busy:", color="gray")
    else:
        state.badge(f"Open until {day(link.expires_at)}", icon=":material/link:", color="green")
        action.button(
            "Revoke",
            icon=":material/link_off:",
            key=f"revoke_{link.id}",
            on_click=_revoke,
            args=(board.plan.id, link.id),
        )


def _revoke(plan_id: str, link_id: str) -> None:
    session.attempt(
        lambda: revoke(session.store(), plan_id, session.actor(), link_id),
        "Revoked. The link stops working at once.",
    )
    _forget_link()


def _dialogs(board: Board, snapshots: tuple[Snapshot, ...]) -> None:
    opened = session.dialog()
    if opened is None:
        return
    if opened[0] == "share":
        _share_dialog(board, None)
    elif opened[0] == "link":
        found = next((each for each in snapshots if each.id == opened[1]), None)
        if found:
            _share_dialog(board, found)
    show_plan_dialog(board)


@dialog("Freeze and share")
def _share_dialog(board: Board, snapshot: Snapshot | None) -> None:
    """Freeze the plan, unless a snapshot is given, and make a link to it."""
    key = session.dialog_key
    show_dialog_error()
    title = ""
    if snapshot is None:
        st.text("Freezes the plan, its scenarios and their runs as they are now.")
        title = st.text_input(
            "What is this version for?",
            max_chars=120,
            placeholder="For the board meeting",
            key=key("title"),
        )
    recipient = st.text_input("Who is the link for?", max_chars=120, key=key("recipient"))
    days = st.number_input("Days until it expires", value=DEFAULT_DAYS, step=1, key=key("days"))
    if st.button("Create link", type="primary", icon=":material/lock:", key=key("save")):
        with st.spinner("Freezing…"):
            _create(board, snapshot, title, recipient, int(days))


def _create(board: Board, snapshot: Snapshot | None, title: str, recipient: str, days: int) -> None:
    store, plan_id, actor = session.store(), board.plan.id, session.actor()
    try:
        # Before anything is frozen: a refused link must not leave a snapshot behind.
        check_link(recipient, days)
        kept = snapshot or take_snapshot(store, plan_id, actor, title, draws=settings().draws)
        _, token = share(store, plan_id, actor, kept.id, recipient, days)
    except PlanError as error:
        st.session_state["dialog_error"] = str(error)
        session.redraw_dialog()
        return
    st.session_state["new_link"] = (plan_id, session.share_address(token))
    session.close_dialog()
    st.rerun()

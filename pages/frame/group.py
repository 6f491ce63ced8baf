"""Ways from page to page: the row of pages that share an entry, a link, and going there."""

from collections.abc import Sequence

import streamlit as st

KNOWN = "known_pages"  # in the browser's session: pages by address


def know_pages(pages: Sequence[st.Page]) -> None:
    """Let `page_link` and `go_to` find these pages; a page knows no other page."""
    st.session_state[KNOWN] = {page.url_path or "plan": page for page in pages}


def group_row(members: Sequence[tuple[str, st.Page]], current: st.Page) -> None:
    """Draw a link to each page of the group `current` belongs to; Streamlit marks the current.

    Nothing is drawn for a page outside the group, or for a group of one.
    """
    if len(members) < 2 or current.url_path not in [page.url_path for _, page in members]:
        return
    with st.container(horizontal=True, gap="small", key="group_row"):
        for title, page in members:
            st.page_link(page, label=title, width="content")


def page_link(url_path: str, words: str, icon: str) -> None:
    """Draw a quiet link to a page outside the navigation; nothing where it is not known."""
    page = st.session_state.get(KNOWN, {}).get(url_path)
    if page is not None:
        st.page_link(page, label=words, icon=icon, width="content")


def go_to(url_path: str, *, levers: str = "") -> None:
    """Go on with another page, and the group of `levers` it opens there; plan and scenario stay.

    Draws this page again where the other is not known.
    """
    page = st.session_state.get(KNOWN, {}).get(url_path)
    if page is not None:
        st.switch_page(page, query_params={"levers": levers} if levers else None)
    st.rerun()

"""Links to pages that share one entry of the navigation: their row, and one from elsewhere."""

from collections.abc import Sequence

import streamlit as st

KNOWN = "group_pages"  # in the browser's session: the pages of the group, by address


def group_row(members: Sequence[tuple[str, st.Page]], current: st.Page) -> None:
    """Draw a link to each page of the group `current` belongs to; Streamlit marks the current.

    Nothing is drawn for a page outside the group, or for a group of one.
    """
    st.session_state[KNOWN] = {page.url_path: page for _, page in members}
    if len(members) < 2 or current.url_path not in [page.url_path for _, page in members]:
        return
    with st.container(horizontal=True, gap="small", key="group_row"):
        for title, page in members:
            st.page_link(page, label=title, width="content")


def group_link(url_path: str, words: str, icon: str) -> None:
    """Draw a quiet link to a page of the group; nothing where the group is not known."""
    page = st.session_state.get(KNOWN, {}).get(url_path)
    if page is not None:
        st.page_link(page, label=words, icon=icon, width="content")

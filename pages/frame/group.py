"""The row of links between pages that share one entry of the navigation."""

from collections.abc import Sequence

import streamlit as st


def group_row(members: Sequence[tuple[str, st.Page]], current: st.Page) -> None:
    """Draw a link to each page of the group `current` belongs to; Streamlit marks the current.

    Nothing is drawn for a page outside the group, or for a group of one.
    """
    if len(members) < 2 or current.url_path not in [page.url_path for _, page in members]:
        return
    with st.container(horizontal=True, gap="small", key="group_row"):
        for title, page in members:
            st.page_link(page, label=title, width="content")

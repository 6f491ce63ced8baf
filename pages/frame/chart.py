"""A chart with its finding above it, its table and CSV beside it."""

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

import session
from components.charts import Picture
from pages.frame.text import plain
from reports.tables import csv_bytes


def show_chart(
    chart: Picture | alt.LayerChart | alt.Chart,
    *,
    key: str,
    heading: str,
    caption: str,
    alt_text: str,
    table: pd.DataFrame,
    selection: str = "",
) -> list[dict[str, Any]]:
    """Draw a chart; `alt_text` says the finding, `table` holds the same numbers.

    With the name of a point `selection` of the chart, return what was clicked since the last
    dialog was opened.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(heading)}**")
        st.space("stretch")
        show_table(table, key=key)
    if caption:
        st.caption(plain(caption))
    if isinstance(chart, Picture):
        st.vega_lite_chart(spec=chart.to_send(), theme=None, width="stretch", alt=alt_text, key=key)
        return []
    if not selection:
        st.altair_chart(chart, theme=None, width="stretch", alt=alt_text, key=key)
        return []
    event = st.altair_chart(
        chart,
        theme=None,
        width="stretch",
        alt=alt_text,
        key=session.dialog_key(key),
        on_select="rerun",
        selection_mode=selection,
    )
    return list(event.selection[selection])


def show_table(table: pd.DataFrame, *, key: str) -> None:
    """Draw the buttons that show a chart's numbers and save them."""
    with st.popover("Table", icon=":material/table:", type="tertiary", key=f"{key}_table"):
        st.dataframe(table, hide_index=True, key=f"{key}_frame")
    st.download_button(
        "CSV",
        csv_bytes(list(map(str, table.columns)), table.itertuples(index=False)),
        file_name=f"{key}.csv",
        mime="text/csv",
        icon=":material/download:",
        type="tertiary",
        key=f"{key}_csv",
        on_click="ignore",
    )

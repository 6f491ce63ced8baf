"""A chart with its finding above it, its table and CSV beside it."""

from collections.abc import Callable
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

import session
from components.charts import Picture
from components.picture_file import picture_file
from pages.frame.rules_note import rules_off_now
from pages.frame.text import plain
from reports.tables import csv_bytes, with_rules_off

# The same for every chart: a browser builds a chart anew when its alternative text changes.
ALT = "Chart; a description in words follows."


class ChartPlace:
    """The place of a chart in which a first glance at it may stand before the chart itself.

    What is drawn goes in place of what was drawn before, so that the place is empty at no moment
    and a browser goes on with the chart it has.
    """

    def __init__(self, key: str) -> None:
        """Take the place here; `key` is the chart's."""
        self.key = key
        self.head = st.container()
        covered = st.container(key=look_place(key))
        self._caption = covered.container()
        self._chart: Any = covered.container(key=_place_of(key))
        self.words = st.container(key=f"described_{key}")

    def glance(self, picture: Picture, caption: str) -> None:
        """Draw only the picture; what stands around it is still that of before."""
        self.say(caption)
        self.draw(picture)

    def say(self, caption: str) -> None:
        """Write what stands above the picture."""
        self._caption = self._caption.caption(plain(caption))

    def draw(self, picture: Picture) -> None:
        """Draw the picture."""
        self._chart = self._chart.vega_lite_chart(
            spec=picture.to_send(), theme=None, width="stretch", alt=ALT, key=self.key
        )


def fill_place(
    place: ChartPlace,
    picture: Picture,
    *,
    heading: str,
    caption: str,
    alt_text: str,
    table: Callable[[], pd.DataFrame],
) -> None:
    """Draw a chart with all that belongs to it in a place made before, as `show_chart` does."""
    place.draw(picture)
    with place.head:
        heading_row(heading, table, key=place.key, chart=_place_of(place.key))
    place.say(caption)
    with place.words:
        st.text(alt_text)


def show_chart(
    chart: Picture | alt.LayerChart | alt.Chart,
    *,
    key: str,
    heading: str,
    caption: str,
    alt_text: str,
    table: Callable[[], pd.DataFrame],
    selection: str = "",
) -> list[dict[str, Any]]:
    """Draw a chart; `alt_text` says the finding, `table` makes the same numbers.

    With the name of a point `selection` of the chart, return what was clicked since the last
    dialog was opened.
    """
    place = _place_of(key)
    heading_row(heading, table, key=key, chart=place)
    if caption:
        st.caption(plain(caption))
    if isinstance(chart, Picture):
        with st.container(key=place):
            st.vega_lite_chart(spec=chart.to_send(), theme=None, width="stretch", alt=ALT, key=key)
        with st.container(key=f"described_{key}"):
            st.text(alt_text)
        return []
    with st.container(key=place):
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


def look_place(key: str) -> str:
    """Return the key of what a look at a chart covers: the chart and the words above it."""
    return f"look_{key}"


def _place_of(key: str) -> str:
    """Return the key of the place that a chart is in, where its picture is taken."""
    return f"chart_{key}"


@st.fragment
def heading_row(
    heading: str, make: Callable[[], pd.DataFrame], *, key: str, chart: str = ""
) -> None:
    """Draw a heading, and buttons that show and save the numbers under it.

    The numbers are made when somebody asks for them. With the key of the place a `chart` is in
    there are also buttons that save it as a picture.
    """

    off = rules_off_now()

    def csv() -> bytes:
        table = make()
        columns = list(map(str, table.columns))
        return csv_bytes(*with_rules_off(columns, table.itertuples(index=False), off))

    with st.container(horizontal=True, vertical_alignment="center"):
        if heading:
            st.markdown(f"**{plain(heading)}**")
        st.space("stretch")
        # As one, so that they stay side by side where the heading leaves too little room.
        with st.container(horizontal=True, width="content"):
            _numbers(make, csv, key)
            if chart:
                _picture(heading, key, chart)


def _numbers(make: Callable[[], pd.DataFrame], csv: Callable[[], bytes], key: str) -> None:
    """Draw a popover that shows the numbers, and a button that saves them."""
    with st.popover(
        "Table", icon=":material/table:", type="tertiary", on_change="rerun", key=f"{key}_table"
    ) as opened:
        if opened.open:
            st.dataframe(make(), hide_index=True, key=f"{key}_frame")
    st.download_button(
        "CSV",
        csv,
        file_name=f"{key}.csv",
        mime="text/csv",
        icon=":material/download:",
        type="tertiary",
        key=f"{key}_csv",
        on_click="ignore",
    )


def _picture(heading: str, key: str, chart: str) -> None:
    """Draw a popover with the buttons that save a chart as PNG or SVG."""
    with st.popover(
        "Picture", icon=":material/image:", type="tertiary", on_change="rerun", key=f"{key}_picture"
    ) as opened:
        if opened.open:
            palette = session.palette()
            picture_file(
                {
                    "chart": chart,
                    "name": key,
                    "heading": heading,
                    "source": f"Fulcrum, {session.store().now()[:10]}. {rules_off_now()}".strip(
                        ". "
                    ),
                    "ground": palette.bg,
                    "ink": palette.text,
                    "faint": palette.text3,
                },
                key=f"{key}_picture_file",
            )

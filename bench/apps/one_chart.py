"""A Streamlit page with one Altair chart: what a first paint costs without us."""

import altair as alt
import pandas as pd
import streamlit as st

months = pd.DataFrame({"month": range(1, 37), "value": [(at * 7) % 36 for at in range(36)]})
st.altair_chart(alt.Chart(months).mark_line().encode(x="month", y="value"))

"""What runs for each person and click: page setup, navigation, the chosen page."""

from pathlib import Path

import streamlit as st

import session
from pages.assumptions.register import assumptions_page
from pages.compare.scenarios import compare_page
from pages.frame.style import apply_style, logo
from pages.plan.page import plan_page
from pages.share.links import share_page
from pages.simulate.scenario import simulate_page

st.set_page_config(
    page_icon=str(Path(__file__).parent / "pages" / "frame" / "icon.svg"),
    layout="wide",
)
apply_style()
st.logo(logo(), size="large")
page = st.navigation(
    [
        st.Page(plan_page, title="Plan", url_path="plan", default=True),
        st.Page(simulate_page, title="Simulate", url_path="simulate"),
        st.Page(compare_page, title="Compare", url_path="compare"),
        st.Page(assumptions_page, title="Assumptions", url_path="assumptions"),
        st.Page(share_page, title="Share", url_path="share"),
    ],
    position="top",
)
st.set_page_config(page_title=f"{page.title} · Fulcrum")
session.entered(page.url_path)
page.run()

"""What runs for each person and click: page setup, navigation, the chosen page."""

from pathlib import Path

import streamlit as st

import session
from components.address import one_step_a_page
from first_html import style_is_linked
from pages.actuals.page import actuals_page
from pages.assumptions.register import assumptions_page
from pages.compare.scenarios import compare_page
from pages.drivers.page import drivers_page
from pages.frame.group import group_row, know_pages
from pages.frame.style import apply_style, logo
from pages.history.page import history_page
from pages.mix.page import mix_page
from pages.plan.page import plan_page
from pages.reach.page import reach_page
from pages.share.links import share_page
from pages.simulate.scenario import simulate_page
from pages.thesis.page import thesis_page
from pages.trust.page import trust_page

st.set_page_config(
    page_icon=str(Path(__file__).parent / "pages" / "frame" / "icon.svg"),
    layout="wide",
)
apply_style(style_is_linked())
st.logo(logo(), size="large")
one_step_a_page(key="address")
# The group under Assumptions: words of the link and page; the first is the group's entry above.
group = [
    ("Register", st.Page(assumptions_page, title="Assumptions", url_path="assumptions")),
    (
        "What happened",
        st.Page(actuals_page, title="What happened", url_path="actuals", visibility="hidden"),
    ),
    (
        "What drives it",
        st.Page(drivers_page, title="What drives it", url_path="drivers", visibility="hidden"),
    ),
    (
        "The thesis, tested",
        st.Page(thesis_page, title="The thesis, tested", url_path="thesis", visibility="hidden"),
    ),
    (
        "How it is computed",
        st.Page(trust_page, title="How it is computed", url_path="trust", visibility="hidden"),
    ),
    ("Best mix", st.Page(mix_page, title="Best mix", url_path="mix", visibility="hidden")),
    (
        "What it would take",
        st.Page(reach_page, title="What it would take", url_path="reach", visibility="hidden"),
    ),
]
history = st.Page(history_page, title="History", url_path="history", visibility="hidden")
plan = st.Page(plan_page, title="Plan", url_path="plan", default=True)
simulate = st.Page(simulate_page, title="Simulate", url_path="simulate")
page = st.navigation(
    [
        plan,
        simulate,
        st.Page(compare_page, title="Compare", url_path="compare"),
        history,
        *[each for _, each in group],
        st.Page(share_page, title="Share", url_path="share"),
    ],
    position="top",
)
st.set_page_config(page_title=f"{page.title} · Fulcrum")
session.entered(page.url_path)
know_pages([plan, simulate, history, *(each for _, each in group)])
group_row(group, page)
page.run()

"""Other ways to begin: the worked example, a template, a plan from a file."""

import streamlit as st

import session
from pages.frame.text import plain


def other_starts() -> None:
    """Draw the three ways in, side by side; one above the other on a phone."""
    st.caption("Or begin from something that exists")
    example, template, file = st.columns(3)
    with example.container(border=True, height="stretch"):
        st.markdown("**A worked example**")
        st.caption("Larkfield Software: 24 reps, four goals, 14 tactics. Yours to break.")
        st.button("Open the example", icon=":material/play_arrow:", on_click=_open_example)
    with template.container(border=True, height="stretch"):
        _template()
    with file.container(border=True, height="stretch"):
        st.markdown("**A plan from a file**")
        st.caption("A JSON file that Fulcrum exported, here or elsewhere.")
        st.button(
            "Import a plan",
            icon=":material/upload:",
            on_click=session.open_dialog,
            args=("import", None),
        )


def _template() -> None:
    st.markdown("**A template**")
    known = {each.key: each for each in session.templates()}
    chosen = st.selectbox(
        "Template",
        list(known),
        format_func=lambda key: known[key].name,
        label_visibility="collapsed",
        key="start_template",
    )
    st.caption(plain(known[chosen].about))
    if st.button("Use this template", icon=":material/dashboard_customize:"):
        _use_template(chosen)
    with st.popover("Where its numbers come from", type="tertiary"):
        for source in known[chosen].sources:
            st.text(source)


def _open_example() -> None:
    plan = session.attempt(session.new_example)
    if plan:
        session.open_plan(plan.id)


def _use_template(key: str) -> None:
    plan = session.attempt(lambda: session.new_from_template(key))
    if plan:
        session.open_plan(plan.id)
        session.say("done", "This plan is yours now. Replace its numbers with your own.")
        st.rerun()

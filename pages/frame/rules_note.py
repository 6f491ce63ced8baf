"""That a rule of the model is off: said under every headline, and in every table that is saved."""

import streamlit as st

from pages.frame.text import plain
from strategy.model import Plan
from strategy.rules import off_words

KEY = "rules_off"


def know_rules(plan: Plan) -> None:
    """Remember which rules are off in the plan this page is about."""
    st.session_state[KEY] = off_words(plan)


def rules_off_now() -> str:
    """Return which rules are off in the plan of this page as a sentence, "" for none."""
    return str(st.session_state.get(KEY, ""))


def caption_with_rules(caption: str) -> str:
    """Return a headline's caption for Streamlit's markdown, with the rules that are off first."""
    off = rules_off_now()
    return f"**{plain(off)}** {caption}" if off else caption

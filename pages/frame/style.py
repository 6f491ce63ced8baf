"""The only CSS outside components, and the logo for the theme in use."""

from pathlib import Path

import streamlit as st

import session
from components.palette import DARK

HERE = Path(__file__).parent
STYLE = (HERE / "fulcrum.css").read_text(encoding="utf-8")
DARK_STYLE = (HERE / "dark.css").read_text(encoding="utf-8")


def is_dark() -> bool:
    """Return whether this browser shows the dark theme."""
    return session.palette() is DARK


def apply_style(is_linked: bool) -> None:
    """Add the product's own rules; each degrades gracefully if Streamlit renames its hook.

    Only those of the dark theme where the page's first HTML has linked the others.
    """
    rules = ("" if is_linked else STYLE) + (DARK_STYLE if is_dark() else "")
    if rules:
        st.html(f"<style>{rules}</style>")


def logo() -> str:
    """Return the path of the logo that reads well on this theme."""
    return str(HERE / ("logo-dark.svg" if is_dark() else "logo-light.svg"))

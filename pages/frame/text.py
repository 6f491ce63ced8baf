"""User text for Streamlit calls that read markdown."""

import re

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&])")


def plain(text: str) -> str:
    """Return text that Streamlit's markdown shows as it was typed.

    Every character that markdown, LaTeX, colour or icon directives use is escaped, and line
    breaks become spaces.
    """
    return _MARKS.sub(r"\\\1", " ".join(text.split()))

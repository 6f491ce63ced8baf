"""User text for Streamlit calls that read markdown."""

import re

_MARKS = re.compile(r"([\\`*_\[\]<>$~|:&])")
# Where a bare address would become a link; a word joiner is invisible and stops that.
_ADDRESS = re.compile(r"(?i)(?<=\bwww)(?=\.)|(?<=:)(?=//)|(?=@)")
WORD_JOINER = "\N{WORD JOINER}"
_AT_START = re.compile(r"^(#|-|\+|=)")


def plain(text: str) -> str:
    """Return text that Streamlit's markdown shows as it was typed.

    Escapes what markdown, LaTeX, colour, icon and link rules use; line breaks become spaces.
    Characters that mean nothing inside a line stay bare, because assistive technology reads
    the labels of some widgets unrendered.
    """
    line = _ADDRESS.sub(WORD_JOINER, " ".join(text.split()))
    line = _MARKS.sub(r"\\\1", line)
    if line[:1].isdigit():
        return re.sub(r"^(\d+)([.)])", r"\1\\\2", line)
    return _AT_START.sub(r"\\\1", line)


def plain_part(text: str) -> str:
    """Return a part of a line, as `plain` does, with the spaces at its ends."""
    before = " " if text[:1].isspace() else ""
    after = " " if text.strip() and text[-1:].isspace() else ""
    return f"{before}{plain(text)}{after}"


def sign(currency: str) -> str:
    """Return a currency sign for a label: a single dollar starts no formula."""
    bare = currency.replace("$", "", 1)
    return currency if plain(bare) == bare else plain(currency)

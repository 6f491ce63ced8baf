"""A few big numbers in a row of plain HTML: every word escaped, two in a row on a phone."""

from collections.abc import Sequence
from html import escape
from typing import Protocol

from components.palette import Palette

_CSS = """
dl.numbers.numbers {{ display: grid; grid-template-columns: repeat({count}, minmax(0, 1fr));
  gap: 16px 24px; margin: 4px 0 0; padding: 0; }}
.numbers.numbers div {{ border-left: 2px solid {border}; padding-left: 12px; }}
.numbers.numbers dt {{ color: {text2}; font-size: .875rem; font-weight: 400; margin: 0; }}
.numbers.numbers dd {{ margin: 0; padding: 0; }}
.numbers .value {{ display: block; font-size: 1.75rem; font-weight: 600; line-height: 1.25;
  font-variant-numeric: tabular-nums; }}
.numbers .note {{ display: block; color: {text2}; font-size: .875rem; }}
@media (max-width: 640px) {{
  dl.numbers.numbers {{ grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 12px; }}
  .numbers .value {{ font-size: 1.4rem; }}
}}
"""


class Number(Protocol):
    """What a number is, the number with its unit, and what stands below it."""

    @property
    def label(self) -> str:
        """Return what it is."""

    @property
    def value(self) -> str:
        """Return the number with its unit."""

    @property
    def note(self) -> str:
        """Return its range."""


def number_row(numbers: Sequence[Number], palette: Palette) -> str:
    """Return the numbers as a list of terms, with the rules that it is drawn by."""
    rules = _CSS.format(count=len(numbers), border=palette.border, text2=palette.text2)
    return f'<style>{rules}</style><dl class="numbers">{"".join(map(number_item, numbers))}</dl>'


def number_item(number: Number) -> str:
    """Return a number in a list of terms, every word escaped."""
    return (
        f"<div><dt>{escape(number.label)}</dt>"
        f'<dd><span class="value">{escape(number.value)}</span>'
        f'<span class="note">{escape(number.note)}</span></dd></div>'
    )

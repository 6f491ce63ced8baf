"""Calculations and formulas as lists of plain HTML: every word escaped, wide or narrow."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from components.palette import Palette

_CSS = """
ol.sheet.sheet {{ columns: 2 440px; column-gap: 40px; margin: 0; padding: 0; list-style: none; }}
.sheet.sheet li, .formulas.formulas li {{ margin: 0; padding: 7px 0 8px;
  border-bottom: 1px solid {border}; break-inside: avoid; }}
.sheet .head {{ display: flex; gap: 8px; align-items: baseline; }}
.sheet .what {{ flex: 1 1 auto; min-width: 0; }}
.sheet .value {{ font-weight: 600; white-space: nowrap; }}
.sheet .about {{ color: {text2}; }}
.sheet code, .formulas code {{ display: block; font-size: .8rem; line-height: 1.45;
  white-space: pre-wrap; overflow-wrap: anywhere; background: none; color: {text2};
  padding: 2px 0 0 32px; }}
.sheet .number, .formulas .number {{ flex: 0 0 24px; font-size: .8rem; color: {text3};
  text-align: right; }}
ol.formulas.formulas {{ margin: 0; padding: 0; list-style: none; }}
.formulas.formulas li {{ display: flex; flex-wrap: wrap; gap: 4px 24px; }}
.formulas .words {{ flex: 1 1 300px; display: flex; gap: 8px; align-items: baseline; }}
.formulas code {{ flex: 1.2 1 320px; padding: 3px 0 0; color: {text}; }}
"""


@dataclass(frozen=True)
class Line:
    """A step of a calculation: its equation's number, what it is, the expression, the result."""

    number: str
    what: str
    about: str
    numbers: str
    value: str


@dataclass(frozen=True)
class Formula:
    """An equation: its number, its name, what it says, and its formula."""

    number: str
    name: str
    words: str
    formula: str


def worksheet_css(palette: Palette) -> str:
    """Return the rules that worksheets and formulas are drawn by."""
    colours = {name: getattr(palette, name) for name in ("border", "text", "text2", "text3")}
    return f"<style>{_CSS.format(**colours)}</style>"


def worksheet(lines: Sequence[Line]) -> str:
    """Return steps as a list in two columns, one on a narrow screen."""
    return f'<ol class="sheet">{"".join(_line(each) for each in lines)}</ol>'


def _line(line: Line) -> str:
    about = f' <span class="about">{escape(line.about)}</span>' if line.about else ""
    return (
        f'<li><div class="head"><span class="number">{escape(line.number)}</span>'
        f'<span class="what">{escape(line.what)}{about}</span>'
        f'<span class="value">{escape(line.value)}</span></div>'
        f"<code>{escape(line.numbers)}</code></li>"
    )


def formulas(rows: Sequence[Formula]) -> str:
    """Return equations as a list, plain words beside each formula."""
    return f'<ol class="formulas">{"".join(_formula(each) for each in rows)}</ol>'


def _formula(row: Formula) -> str:
    return (
        f'<li><div class="words"><span class="number">{escape(row.number)}</span>'
        f"<span><strong>{escape(row.name)}</strong> {escape(row.words)}</span></div>"
        f"<code>{escape(row.formula)}</code></li>"
    )

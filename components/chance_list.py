"""Goals and their chances as a list of plain HTML: every word escaped, wide or narrow."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from components.palette import Palette

# Code points of Material Symbols Rounded, the icon font Streamlit bundles.
_LOOKS = {
    "Likely": ("likely", "\uf0be"),
    "Coin toss": ("toss", "\ueaf6"),
    "Unlikely": ("unlikely", "\ue8e3"),
}
_CSS = """
ul.chances.chances {{ margin: 0; padding: 0; list-style: none; }}
.chances.chances li {{ display: grid; grid-template-columns: minmax(0, 6fr) minmax(0, 4fr) 8.4em;
  gap: 2px 16px; align-items: center; margin: 0; padding: 9px 0; border-top: 1px solid {border}; }}
.chances.chances li:first-child {{ border-top: 0; }}
.chances .more {{ display: block; color: {text2}; font-size: .875rem; }}
.chances .verdict {{ justify-self: start; white-space: nowrap; font-size: .9rem; font-weight: 600;
  border-radius: 6px; padding: 2px 8px; }}
.chances .verdict i {{ font: normal 1.05em "Material Symbols Rounded"; vertical-align: -.14em;
  margin-right: 4px; }}
.chances .likely {{ color: {teal_text}; background: {teal_tint}; }}
.chances .toss {{ color: {amber_text}; background: {amber_tint}; }}
.chances .unlikely {{ color: {brick_text}; background: {brick_tint}; }}
@media (max-width: 640px) {{
  .chances.chances li {{ grid-template-columns: minmax(0, 1fr) auto; }}
  .chances .goal {{ grid-column: 1 / -1; }}
}}
"""
_COLOURS = (
    "border",
    "text2",
    "teal_text",
    "teal_tint",
    "amber_text",
    "amber_tint",
    "brick_text",
    "brick_tint",
)


@dataclass(frozen=True)
class Chance:
    """A goal: its title and aim, its chance and what stands beside that, and the verdict."""

    title: str
    aim: str
    chance: str
    beside: str
    verdict: str


def chance_list(rows: Sequence[Chance], palette: Palette) -> str:
    """Return goals as a list, with the rules that it is drawn by."""
    colours = {name: getattr(palette, name) for name in _COLOURS}
    items = "".join(_item(each) for each in rows)
    return f'<style>{_CSS.format(**colours)}</style><ul class="chances">{items}</ul>'


def _item(row: Chance) -> str:
    look, icon = _LOOKS.get(row.verdict, ("", ""))
    return (
        f'<li><span class="goal"><span>{escape(row.title)}</span>'
        f'<span class="more">{escape(row.aim)}</span></span>'
        f"<span><strong>{escape(row.chance)}</strong> chance"
        f'<span class="more">{escape(row.beside)}</span></span>'
        f'<span class="verdict {look}"><i aria-hidden="true">{icon}</i>'
        f"{escape(row.verdict)}</span></li>"
    )

"""The outcomes that stay in sight on a phone: a bar at the foot of the window, plain HTML."""

from collections.abc import Sequence

from components.number_row import Number, number_item
from components.palette import Palette

NAME = "outcome-bar"
_CSS = """
dl.{name}.{name} {{ display: none; }}
@media (max-width: 640px) {{
  dl.{name}.{name} {{ display: grid; grid-template-columns: repeat({count}, minmax(0, 1fr));
    position: fixed; inset: auto 0 0; z-index: 99; gap: 0 12px; margin: 0;
    padding: 8px 16px calc(8px + env(safe-area-inset-bottom)); background: {bg}; color: {text};
    border-top: 1px solid {border}; }}
  .{name}.{name} dt, .{name} .note {{ display: block; margin: 0; font-size: .8125rem;
    font-weight: 400; color: {text2}; overflow: hidden; text-overflow: ellipsis;
    white-space: nowrap; }}
  .{name}.{name} dd {{ margin: 0; padding: 0; }}
  .{name} .value {{ display: block; font-size: 1.125rem; font-weight: 600; line-height: 1.3;
    font-variant-numeric: tabular-nums; white-space: nowrap; }}
  .stMainBlockContainer {{ padding-bottom: 112px !important; }}
}}
@media print {{ dl.{name}.{name} {{ display: none; }} }}
"""


def outcome_bar(numbers: Sequence[Number], palette: Palette) -> str:
    """Return the bar with the rules it is drawn by; wide windows show nothing of it."""
    rules = _CSS.format(
        name=NAME,
        count=len(numbers),
        bg=palette.bg,
        text=palette.text,
        text2=palette.text2,
        border=palette.border,
    )
    return f'<style>{rules}</style><dl class="{NAME}">{"".join(map(number_item, numbers))}</dl>'

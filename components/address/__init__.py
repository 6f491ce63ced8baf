"""One page is one step of the browser's history, and is never left white.

A Streamlit component (v2) of `address.js` alone; it draws nothing and sends nothing.
"""

from __future__ import annotations

from pathlib import Path

from components.script import component

_mount = component(
    "fulcrum_address", js=(Path(__file__).parent / "address.js").read_text(encoding="utf-8")
)


def one_step_a_page(*, key: str) -> None:
    """Let a page complete its own address without a step that Back would stop at."""
    _mount(key=key, height=0)

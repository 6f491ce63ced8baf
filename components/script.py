"""Declare components whose script and style a browser fetches once, not with every drawing.

Streamlit sends what a component is made of with each message that draws it anew: for the board
more than twice what the board shows. Here the message holds only `load.js`, a few lines that
fetch the rest from an address of its own. The address changes with the content, so a browser may
keep it for good.
"""

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

SCRIPT = "/script/"
LOADER = (Path(__file__).parent / "load.js").read_text(encoding="utf-8")
_ADDRESS = '"ADDRESS"'
_kept: dict[str, str] = {}


def component(name: str, *, js: str, css: str = "") -> "ComponentRenderer":
    """Return what mounts a component, as `st.components.v2.component` does.

    `js` is a module whose default export draws; `css` styles what is under its root.
    """
    text = f"{js}\nexport const componentStyle = {json.dumps(css)};\n"
    file = f"{name}-{sha256(text.encode()).hexdigest()[:16]}.js"
    _kept[file] = text
    return st.components.v2.component(name, js=LOADER.replace(_ADDRESS, json.dumps(SCRIPT + file)))


def script_text(file: str) -> str | None:
    """Return the script that is kept under the last part of its address, None if none is."""
    return _kept.get(file)

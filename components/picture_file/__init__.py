"""Two buttons that save a chart of the page as a picture, PNG or SVG, made in the browser.

A Streamlit component (v2) of `picture_file.js` and `picture_file.css`; it sends nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict

from components.script import component

_HERE = Path(__file__).parent
_mount = component(
    "fulcrum_picture_file",
    css=(_HERE / "picture_file.css").read_text(encoding="utf-8"),
    js=(_HERE / "picture_file.js").read_text(encoding="utf-8"),
)


class PictureFile(TypedDict):
    """Which chart to save, and what is said about it.

    Attributes
    ----------
    chart : key of the container the chart is in
    name : the file's name without its ending
    heading : the finding, written over the picture
    source : where the picture is from, written under it
    ground, ink, faint : colours of the page, of the heading and of the source
    """

    chart: str
    name: str
    heading: str
    source: str
    ground: str
    ink: str
    faint: str


def picture_file(data: PictureFile, *, key: str) -> None:
    """Draw the buttons."""
    _mount(key=key, data=data)

"""The share page's stylesheet: colours of both themes, fonts where they are, then the rules."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from components.palette import DARK, LIGHT, css_variables

SANS, SERIF = "sans", "serif"
_FONT_FILES = {
    SANS: ("SourceSansVF-Upright.ttf.*.woff2", "Source Sans", "200 900"),
    SERIF: ("SourceSerifVariable-Roman.ttf.*.woff2", "Source Serif", "200 900"),
}


def bundled_fonts(folder: Path, address: str) -> dict[str, str]:
    """Return font -> address for the fonts found in a folder that is served at `address`.

    The names carry a hash that changes with each release, so they are looked up. A font that
    is not there is left out; the page then uses the system's.
    """
    found = {}
    for font, (pattern, _, _) in _FONT_FILES.items():
        names = sorted(path.name for path in folder.glob(pattern))
        if names:
            found[font] = f"{address}/{names[0]}"
    return found


def stylesheet(fonts: Mapping[str, str] | None = None) -> str:
    """Return the whole stylesheet; `fonts` maps "sans" and "serif" to their addresses."""
    faces = [
        f'@font-face{{font-family:"{family}";src:url("{fonts[font]}") format("woff2");'
        f"font-weight:{weights};font-display:swap}}"
        for font, (_, family, weights) in _FONT_FILES.items()
        if fonts and font in fonts
    ]
    colours = [
        f":root{{color-scheme:light dark;{css_variables(LIGHT)}}}",
        f"@media (prefers-color-scheme:dark){{:root{{{css_variables(DARK)}}}}}",
        f"@media print{{:root{{color-scheme:light;{css_variables(LIGHT)}}}}}",
    ]
    return "\n".join([*faces, *colours, _rules()])


@cache
def _rules() -> str:
    return files("reports").joinpath("static/share.css").read_text("utf-8")


def fingerprint(text: str) -> str:
    """Return a short name for exactly this text, for addresses that may be cached for ever."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]

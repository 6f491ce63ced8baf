"""The library of tactics a team can start from, read from `library.toml`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def tactic_library() -> dict[str, dict[str, Any]]:
    """Return library key -> fields of a tactic; treat the result as read-only."""
    return tomllib.loads(files("strategy").joinpath("library.toml").read_text("utf-8"))

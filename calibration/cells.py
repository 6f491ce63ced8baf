"""Cells of one column: each distinct text is parsed once and reported where it first stands."""

from collections.abc import Sequence

# No amount or date is longer; patterns that look for blanks are slow on very long cells.
LONGEST = 60  # characters


def first_lines(cells: Sequence[str], lines: Sequence[int]) -> dict[str, int]:
    """Return each distinct cell with the first line it stands in."""
    first: dict[str, int] = {}
    for cell, line in zip(cells, lines, strict=True):
        first.setdefault(cell, line)
    return first

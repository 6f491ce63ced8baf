"""Markdown tables, and blocks of a document that are written by a program."""

from collections.abc import Callable, Iterable, Mapping


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table; bars inside cells are escaped."""
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def with_block(text: str, name: str, block: str) -> str:
    """Return the text with what stands between the markers of `name` replaced.

    Raises
    ------
    ValueError
        If the markers are not there exactly once, start before end.
    """
    start, end = f"<!-- {name}:start -->", f"<!-- {name}:end -->"
    if (text.count(start), text.count(end)) != (1, 1) or text.index(start) > text.index(end):
        raise ValueError(f"{start} and {end} must stand in the text once, in this order")
    before, after = text.split(start)[0], text.split(end)[1]
    return f"{before}{start}\n{block}\n{end}{after}"


def with_blocks(text: str, blocks: Mapping[str, Callable[[], str]]) -> str:
    """Return the text with every block made anew."""
    for name, make in blocks.items():
        text = with_block(text, name, make())
    return text

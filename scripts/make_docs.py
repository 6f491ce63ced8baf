"""Write the generated tables of docs/model.md from the shipped defaults.

Run from the root of the repository: `python -m scripts.make_docs`. A table stands between
`<!-- NAME:start -->` and `<!-- NAME:end -->`; the rest of the file is written by hand.
"""

from collections.abc import Iterable
from pathlib import Path

from simulation.defaults import Range, defaults

MODEL = Path(__file__).parents[1] / "docs" / "model.md"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table; bars inside cells are escaped."""
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def shown(spread: Range) -> str:
    """Return a range as a reader writes it: one number, or low / mode / high."""
    if spread.is_fixed:
        return f"{spread.mode:,g}"
    return " / ".join(f"{value:,g}" for value in (spread.low, spread.mode, spread.high))


def assumptions_table() -> str:
    """Return every assumption with symbol, meaning, unit, range, bounds, grade and source."""
    head = ("name", "symbol", "meaning", "unit", "low / mode / high", "accepted", "grade", "source")
    return table(
        head,
        (
            (
                f"**`{name}`**" if each.is_front else f"`{name}`",
                each.symbol,
                each.meaning,
                each.unit,
                shown(each.range),
                f"{each.bounds[0]:g} to {each.bounds[1]:g}",
                each.grade,
                each.source,
            )
            for name, each in defaults().assumptions.items()
        ),
    )


def week_table() -> str:
    """Return the rep's week with the split of the operations team's tactical hours."""
    rows = [
        (
            f"`{name}`",
            task.label,
            task.group,
            f"{task.share:.0%}",
            f"{task.automatable:.0%}",
            f"{defaults().ops_tasks[name]:.0%}" if name in defaults().ops_tasks else "-",
        )
        for name, task in defaults().tasks.items()
    ]
    return table(("row", "task", "group", "share", "automatable", "of ops tactical"), rows)


BLOCKS = {"assumptions": assumptions_table, "week": week_table}


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


def generated(text: str) -> str:
    """Return the document with every generated table made anew."""
    for name, make in BLOCKS.items():
        text = with_block(text, name, make())
    return text


def main() -> None:
    """Bring docs/model.md up to date."""
    MODEL.write_text(generated(MODEL.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()

"""Write the generated tables of docs/model.md and docs/validation.md.

The first come from the shipped defaults and the signs that are tested, the second from running
the cases of tests/validation.

Run from the root of the repository: `python -m scripts.make_docs`. A table stands between
`<!-- NAME:start -->` and `<!-- NAME:end -->`; the rest of the file is written by hand.
"""

from pathlib import Path

from scripts.markdown import table, with_blocks
from simulation.defaults import Range, defaults
from tests.validation import tables
from tests.validation.signs import effects_table

DOCS = Path(__file__).parents[1] / "docs"
MODEL, VALIDATION = DOCS / "model.md", DOCS / "validation.md"


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


BLOCKS = {"assumptions": assumptions_table, "week": week_table, "effects": effects_table}


def generated(text: str) -> str:
    """Return docs/model.md with every generated table made anew."""
    return with_blocks(text, BLOCKS)


def main() -> None:
    """Bring docs/model.md and docs/validation.md up to date."""
    for path, blocks in ((MODEL, BLOCKS), (VALIDATION, tables.BLOCKS)):
        text = path.read_text(encoding="utf-8")
        path.write_text(with_blocks(text, blocks), encoding="utf-8")


if __name__ == "__main__":
    main()

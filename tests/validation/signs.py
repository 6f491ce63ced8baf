"""What each input does, read from signs.toml: the document prints it and a test tries it out."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from scripts.markdown import table

TABLE = Path(__file__).with_name("signs.toml")


@dataclass(frozen=True)
class Effect:
    """Change one input of a plan and nothing else; what is named in `moves` goes that `way`.

    `input` is a path such as "tactic.adopt"; tactic and goal are the first of the plan.
    """

    input: str
    value: Any
    moves: str
    way: Literal["up", "down", "changes"]
    because: str
    plan: str = "one tool"
    change: str = "more"


def read_effects() -> tuple[Effect, ...]:
    """Return every effect of signs.toml, in its order."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return tuple(Effect(input=name, **row) for name, row in rows.items())


EFFECTS = read_effects()


def effects_table() -> str:
    """Return the table of docs/model.md: an input, its change, what moves and which way."""
    head = ("input", "change", "what moves", "way", "in a plan with", "because")
    return table(
        head,
        (
            (f"`{each.input}`", each.change, shown(each.moves), each.way, each.plan, each.because)
            for each in EFFECTS
        ),
    )


def shown(moves: str) -> str:
    """Return what moves: names of the model as code, words as they are."""
    return moves if " " in moves else f"`{moves}`"

"""Outcomes of scenarios side by side as plain HTML, with small ranges; every word escaped."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from components.palette import Palette, scenario_colours

ROOM = 0.04  # of a row's scale, left free at either end
_CSS = """
table.sides.sides {{ width: 100%; border-collapse: collapse; margin: 0; border: 0;
  table-layout: fixed; font-variant-numeric: tabular-nums; }}
.sides.sides :is(th, td) {{ border: 0; border-top: 1px solid {border}; padding: 9px 12px 9px 0;
  text-align: left; vertical-align: top; font-weight: 400; overflow-wrap: anywhere;
  color: {text}; background: transparent; }}
.sides.sides thead :is(th, td) {{ border-top: 0; color: {text2}; font-size: .875rem;
  vertical-align: bottom; }}
.sides .more {{ display: block; color: {text2}; font-size: .8125rem; line-height: 1.35; }}
.sides b {{ font-weight: 600; }}
.sides .key {{ display: inline-block; min-width: 1.35em; text-align: center; border-radius: 5px;
  color: {bg}; font-weight: 600; margin-right: 5px; }}
.sides .strip {{ position: relative; display: block; margin-top: 5px; }}
.sides .strip i {{ position: absolute; display: block; }}
.sides .bar {{ height: 6px; border-radius: 3px; opacity: .4; }}
.sides .dot {{ width: 10px; height: 10px; margin: -2px 0 0 -5px; border-radius: 50%;
  box-shadow: 0 0 0 1.4px {bg}; }}
.sides .rule {{ top: -3px; bottom: -3px; border-left: 2px solid {control}; }}
.sides .rule.target {{ border-left: 2px dashed {text}; }}
.sides .split {{ display: flex; height: 6px; max-width: 9em; border-radius: 3px; overflow: hidden;
  margin: 4px 0 5px; background: {grey_band}; }}
.sides .split i {{ display: block; height: 100%; }}
.sides .said {{ display: none; }}
@media (max-width: 640px) {{
  .sides.sides, .sides tbody {{ display: block; }}
  .sides.sides thead {{ position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%); }}
  .sides.sides tr {{ display: grid; grid-template-columns: 1fr 1fr; gap: 6px 12px;
    padding: 12px 0; border-top: 1px solid {border}; }}
  .sides.sides tbody :is(th, td) {{ display: block; border: 0; padding: 0; }}
  .sides tbody :is(th, .wide) {{ grid-column: 1 / -1; }}
  .sides .said {{ display: inline; }}
}}
"""
_COLOURS = ("border", "text", "text2", "bg", "control", "grey_band")


@dataclass(frozen=True)
class Column:
    """A scenario: its letter and its name."""

    letter: str
    name: str


@dataclass(frozen=True)
class Cell:
    """What a scenario comes to in one outcome: in words, and as p10, p50 and p90."""

    words: str
    beside: str
    ends: tuple[float, float, float]


@dataclass(frozen=True)
class Verdict:
    """Who is ahead: in words, what to add, and the shares of the first and of the second."""

    words: str
    beside: str
    first: float
    second: float


@dataclass(frozen=True)
class Outcome:
    """One row; `today` and `target` are places on its scale, which runs so that right is better."""

    label: str
    note: str
    cells: tuple[Cell, ...]
    verdict: Verdict
    today: float | None = None
    target: float | None = None
    is_lower_better: bool = False


def compare_table(columns: Sequence[Column], outcomes: Sequence[Outcome], palette: Palette) -> str:
    """Return the table, with the rules that it is drawn by."""
    colours = {name: getattr(palette, name) for name in _COLOURS}
    body = "".join(_row(columns, each, palette) for each in outcomes)
    return (
        f"<style>{_CSS.format(**colours)}</style>"
        f'<table class="sides">{_widths(len(columns))}{_head(columns, palette)}'
        f"<tbody>{body}</tbody></table>"
    )


def _widths(scenarios: int) -> str:
    parts = [24, 24, *[16] * scenarios, 20]
    whole = sum(parts)
    return "".join(f'<col style="width:{100 * part / whole:.1f}%">' for part in parts)


def _head(columns: Sequence[Column], palette: Palette) -> str:
    names = "".join(
        f'<th scope="col">{_key(each.letter, palette)}{escape(each.name)}</th>' for each in columns
    )
    return (
        '<thead><tr><th scope="col">Outcome</th>'
        '<th scope="col">Range, right is better. Grey: as today, dashed: target</th>'
        f'{names}<th scope="col">On the same futures</th></tr></thead>'
    )


def _key(letter: str, palette: Palette) -> str:
    _, color = scenario_colours(letter, palette)
    return f'<span class="key" style="background:{color}">{escape(letter)}</span>'


def _row(columns: Sequence[Column], outcome: Outcome, palette: Palette) -> str:
    cells = "".join(
        f'<td><b style="color:{scenario_colours(column.letter, palette)[1]}">'
        f'<span class="said">{escape(column.letter)} </span>{escape(cell.words)}</b>'
        f'<span class="more">{escape(cell.beside)}</span></td>'
        for column, cell in zip(columns, outcome.cells, strict=True)
    )
    return (
        f'<tr><th scope="row"><b>{escape(outcome.label)}</b>'
        f'<span class="more">{escape(outcome.note)}</span></th>'
        f'<td class="wide" aria-hidden="true">{_strip(columns, outcome, palette)}</td>{cells}'
        f'<td class="wide">{_verdict(columns, outcome.verdict, palette)}</td></tr>'
    )


def _verdict(columns: Sequence[Column], verdict: Verdict, palette: Palette) -> str:
    one, other = (scenario_colours(each.letter, palette)[0] for each in columns[:2])
    tie = max(1 - verdict.first - verdict.second, 0.0)
    split = (
        f'<span class="split" aria-hidden="true">'
        f'<i style="width:{100 * verdict.first:.1f}%;background:{one}"></i>'
        f'<i style="width:{100 * tie:.1f}%"></i>'
        f'<i style="width:{100 * verdict.second:.1f}%;background:{other}"></i></span>'
    )
    return (
        f"<b>{escape(verdict.words)}</b>{split if tie < 1 else ''}"
        f'<span class="more">{escape(verdict.beside)}</span>'
    )


def _strip(columns: Sequence[Column], outcome: Outcome, palette: Palette) -> str:
    """Return one line a scenario on the row's own scale."""
    place = scale_of(outcome)
    marks = [
        f'<i class="rule{kind}" style="left:{place(value):.1f}%"></i>'
        for value, kind in ((outcome.today, ""), (outcome.target, " target"))
        if value is not None
    ]
    for at, (column, cell) in enumerate(zip(columns, outcome.cells, strict=True)):
        color = scenario_colours(column.letter, palette)[0]
        low, middle, high = (place(end) for end in cell.ends)
        left, width = min(low, high), abs(high - low)
        top = 12 * at
        marks += [
            f'<i class="bar" style="top:{top}px;left:{left:.1f}%;width:{width:.1f}%;'
            f'background:{color}"></i>',
            f'<i class="dot" style="top:{top}px;left:{middle:.1f}%;background:{color}"></i>',
        ]
    return f'<span class="strip" style="height:{12 * len(columns)}px">{"".join(marks)}</span>'


def scale_of(outcome: Outcome) -> Callable[[float], float]:
    """Return a map from an outcome's values to per cent of the row's width; right is better.

    A value that is not finite, as a payback that never comes, stands at the worse end.
    """
    known = [outcome.today, outcome.target, *(end for each in outcome.cells for end in each.ends)]
    values = [value for value in known if value is not None and math.isfinite(value)]
    low, high = min(values, default=0.0), max(values, default=1.0)

    def place(value: float) -> float:
        if not math.isfinite(value):
            return 100 * ROOM
        share = (value - low) / (high - low) if high > low else 0.5
        return 100 * (ROOM + (1 - 2 * ROOM) * (1 - share if outcome.is_lower_better else share))

    return place

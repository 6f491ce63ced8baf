"""The draws of a run as a CSV table, so that a run can be examined or repeated elsewhere."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np

from simulation.checking import InputError, number
from simulation.defaults import defaults
from simulation.draws import Draws, tactic_keys
from simulation.inputs import Inputs
from simulation.outcome import Outcome
from simulation.types import FloatArray

OUTCOME = "outcome:"
ADOPT, START = "adopt_quantile:", "start_quantile:"  # of tactics where that is a range
POLICY = "policy_quantile:"  # of what is decided beside tactics, where that is a range


def _noise_columns(draws: Draws) -> dict[str, FloatArray]:
    columns = {f"fit_noise:{key}": noise for key, noise in draws.fit_noise.items()}
    columns |= {f"{ADOPT}{key}": each for key, each in draws.adopt_quantiles.items()}
    columns |= {f"{START}{key}": each for key, each in draws.start_quantiles.items()}
    columns |= {f"{POLICY}{name}": each for name, each in draws.policy_quantiles.items()}
    for prefix, noise in (("demand", draws.demand_noise), ("bookings", draws.bookings_noise)):
        columns |= {f"{prefix}_noise:{month + 1}": row for month, row in enumerate(noise)}
    return columns


def write_draw_table(path: Path, outcome: Outcome) -> None:
    """Write a row a draw: every assumption, every standard normal, and what came of it.

    Columns: assumption names; `fit_noise:TACTIC`; `adopt_quantile:TACTIC` and
    `start_quantile:TACTIC` where that is a range, 0 to 1, and so `policy_quantile:NAME` of
    destinations, plan quality and seats; `demand_noise:MONTH` and
    `bookings_noise:MONTH`; `outcome:npv`, `outcome:roi`, `outcome:payback` (empty where they
    do not exist) and `outcome:goal:ID` (1 if met).
    """
    money = outcome.finance
    columns = dict(outcome.draws.values) | _noise_columns(outcome.draws)
    columns |= {f"{OUTCOME}{name}": getattr(money, name) for name in ("npv", "roi", "payback")}
    for goal in outcome.inputs.goals:
        columns[f"{OUTCOME}goal:{goal.id}"] = outcome.goal_hits(goal).astype(float)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in zip(*columns.values(), strict=True):
            writer.writerow([repr(float(value)) if np.isfinite(value) else "" for value in row])


def read_draw_table(path: Path, inputs: Inputs, draws: Draws) -> Draws:
    """Return `draws` with every column of the table put in its place.

    The table decides the number of draws; what it leaves out keeps its own random numbers.

    Raises
    ------
    InputError
        If a column is unknown, a cell is no finite number, or the number of rows differs
        from `draws.count`.
    """
    table = _read_columns(path)
    values = dict(draws.values)
    noise = _noise_columns(draws)
    for name, column in table.items():
        if name.startswith(OUTCOME):
            continue
        if column.shape != (draws.count,):
            raise InputError("draw table", f"has {column.size} rows", f"{draws.count} rows")
        if name in values:
            values[name] = _within(name, column, *defaults().assumptions[name].bounds)
        elif name in noise:
            is_quantile = name.startswith((ADOPT, START, POLICY))
            noise[name] = _within(name, column, 0, 1) if is_quantile else column
        else:
            raise InputError(f"draw table column {name!r}", "is unknown", "an assumption or noise")
    keys = tactic_keys(tactic.name for tactic in inputs.tactics)
    months = range(1, inputs.months + 1)
    return replace(
        draws,
        values=values,
        fit_noise={key: noise[f"fit_noise:{key}"] for key in keys},
        demand_noise=np.array([noise[f"demand_noise:{month}"] for month in months]),
        bookings_noise=np.array([noise[f"bookings_noise:{month}"] for month in months]),
        adopt_quantiles={key: noise[f"{ADOPT}{key}"] for key in draws.adopt_quantiles},
        start_quantiles={key: noise[f"{START}{key}"] for key in draws.start_quantiles},
        policy_quantiles={name: noise[f"{POLICY}{name}"] for name in draws.policy_quantiles},
    )


def _within(name: str, column: FloatArray, low: float, high: float) -> FloatArray:
    for line, value in enumerate(column, start=2):
        number(f"draw table line {line} column {name!r}", float(value), low, high)
    return column


def count_rows(path: Path) -> int:
    """Return how many draws a table holds."""
    return len(next(iter(_read_columns(path).values())))


def _read_columns(path: Path) -> dict[str, FloatArray]:
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    if len(rows) < 2 or not rows[0]:
        raise InputError("draw table", "has no rows", "a header and a row for each draw")
    header, body = rows[0], rows[1:]
    columns = {}
    for place, name in enumerate(header):
        cells = [row[place] if place < len(row) else "" for row in body]
        columns[name] = np.zeros(len(cells)) if name.startswith(OUTCOME) else _numbers(name, cells)
    return columns


def _numbers(name: str, cells: list[str]) -> FloatArray:
    for line, cell in enumerate(cells, start=2):
        try:
            is_finite = bool(np.isfinite(float(cell)))
        except ValueError:
            is_finite = False
        if not is_finite:
            raise InputError(
                f"draw table line {line} column {name!r}", f"is {cell!r}", "a finite number"
            )
    return np.array([float(cell) for cell in cells])

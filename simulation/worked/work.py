"""How much tactical work there is and who does it (equations 1 to 3 and 6)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulation.defaults import defaults
from simulation.worked.given import Month, Use
from simulation.worked.sheet import sum_of, written


@dataclass(frozen=True)
class Work:
    """What reps are left with and what operations spend on strategy, hours."""

    rep: float
    ops_strategic: float


@dataclass(frozen=True)
class _Shares:
    """What becomes of a team's work, as shares of its hours."""

    kept: float
    moved: float
    returned: float
    handed: float


@dataclass(frozen=True)
class _Row:
    """What becomes of one row of work, as shares of the row; rework of what systems took."""

    size: float
    systems: float
    ops: float
    rework: float


def split_work(month: Month) -> Work:
    """Return who does the month's tactical work."""
    month.sheet.part = "Work and who does it"
    given, line = month.given, month.sheet.line
    volume = _volume(month)
    rows = {row: given.inputs.week[row] for row in defaults().admin_tasks}
    reps = _team(month, rows, "moves", "reps")
    ops = _team(month, defaults().ops_tasks, "moves_ops", "operations")
    rep_hours = line(
        1,
        "Hours of reps that the shares count from",
        f"{written(month.before.heads)} × {written(given.hours)} × {written(volume)}",
        month.before.heads * given.hours * volume,
        "hours",
    )
    today = given.ops_hours * given.value["ops_tactical"]
    ops_hours = line(
        1,
        "Hours of operations that the shares count from",
        f"{written(today)} × {written(volume)}",
        today * volume,
        "hours",
    )
    _systems(month, rep_hours, reps, ops_hours, ops)
    own = ops_hours * (ops.kept + ops.returned)
    overflow, strategic = _operations(month, own, rep_hours * reps.handed)
    left = line(
        7,
        "Tactical work left with reps: kept, rework, overflow",
        f"{written(rep_hours)} × ({written(reps.kept)} + {written(reps.returned)}) + "
        f"{written(overflow)}",
        rep_hours * (reps.kept + reps.returned) + overflow,
        "hours",
    )
    return Work(left, strategic)


def _volume(month: Month) -> float:
    share, now = month.given.value["pipeline_admin_share"], sum(month.carried.stages)
    return month.sheet.line(
        1,
        "Volume of work, relative to before",
        f"(1 − {written(share)}) + {written(share)} × {written(now)} / "
        f"{written(month.before.pipeline)}",
        (1 - share) + share * now / month.before.pipeline,
        "ratio",
    )


def _systems(month: Month, rep_hours: float, reps: _Shares, ops_hours: float, ops: _Shares) -> None:
    """Write down what systems do, net of what comes back."""
    moved = f"{written(rep_hours)} × {written(reps.moved)} + {written(ops_hours)} × "
    back = f"{written(rep_hours)} × {written(reps.returned)} + {written(ops_hours)} × "
    rework = month.sheet.line(
        3,
        "Rework, of reps and of operations",
        back + written(ops.returned),
        rep_hours * reps.returned + ops_hours * ops.returned,
        "hours",
        metric="rework_hours",
    )
    month.sheet.line(
        2,
        "Work systems do, less rework",
        f"{moved}{written(ops.moved)} − {written(rework)}",
        rep_hours * reps.moved + ops_hours * ops.moved - rework,
        "hours",
        metric="system_hours",
    )


def _team(month: Month, sizes: Mapping[str, float], moves: str, whose: str) -> _Shares:
    """Return what becomes of a team's work, row by row and in all (equations 2 and 3)."""
    rows = [_row(month, row, size, moves, whose) for row, size in sizes.items()]

    def total(equation: int, verb: str, products: Sequence[Sequence[float]]) -> float:
        return month.sheet.line(
            equation,
            f"Share of the hours of {whose} that {verb}",
            sum_of(" × ".join(written(x) for x in factors if x != 1) for factors in products),
            sum(math.prod(factors) for factors in products),
            "share",
        )

    taken = [each for each in rows if each.systems]
    handed = [(each.size, 1 - each.systems, each.ops) for each in rows if each.ops]
    return _Shares(
        kept=total(2, "stay", [(r.size, 1 - r.systems, 1 - r.ops) for r in rows]),
        moved=total(2, "go to systems", [(r.size, r.systems) for r in taken]),
        returned=total(3, "come back", [(r.size, r.systems, r.rework) for r in taken]),
        handed=total(2, "go to operations", handed) if handed else 0.0,
    )


def _row(month: Month, row: str, size: float, moves: str, whose: str) -> _Row:
    """Return what systems take of a row, operations of the rest, and the rework rate."""
    about = f"{defaults().tasks[row].label}, {whose}"
    takers = [each for each in month.uses if getattr(each.tactic, moves).get(row)]
    systems = [each for each in takers if each.tactic.to == "system"]
    ops = [each for each in takers if each.tactic.to == "ops" and moves == "moves"]
    by_systems = _taken(month, systems, row, moves, "Share systems take", about)
    by_ops = _taken(month, ops, row, moves, "Share of the rest operations take", about)
    return _Row(size, by_systems, by_ops, _rework(month, systems, row, moves, about))


def _taken(month: Month, takers: list[Use], row: str, moves: str, what: str, about: str) -> float:
    """Return what tactics take of a row together; they overlap (equation 2)."""
    promised = [(float(getattr(each.tactic, moves)[row]), each.realised) for each in takers]
    taken = 1 - math.prod(1 - share * realised for share, realised in promised)
    if taken <= 0:
        return 0.0
    left = " × ".join(f"(1 − {written(a)} × {written(b)})" for a, b in promised)
    return month.sheet.line(2, what, f"1 − {left}", taken, "share", about=about)


def _rework(month: Month, systems: list[Use], row: str, moves: str, about: str) -> float:
    """Return the share of what systems took that comes back (equation 3)."""
    shares = [getattr(each.tactic, moves)[row] * each.realised for each in systems]
    if sum(shares) <= 0:
        return 0.0
    misfits = [1 - each.fit for each in systems]
    rate = month.given.value["rework"]
    weighed = sum(share * misfit for share, misfit in zip(shares, misfits, strict=True))
    parts = [f"{written(a)} × {written(b)}" for a, b in zip(shares, misfits, strict=True)]
    return month.sheet.line(
        3,
        "Share of that which comes back",
        f"{written(rate)} × ({sum_of(parts)}) / {written(sum(shares))}",
        rate * weighed / sum(shares),
        "share",
        about=about,
    )


def _operations(month: Month, own: float, handed: float) -> tuple[float, float]:
    """Return what overflows to reps and what operations spend on strategy (equation 6)."""
    given, line = month.given, month.sheet.line
    value, quality = given.value, given.quality
    upkeep = sum(each.upkeep_hours for each in given.live(month.number))
    load = line(
        6,
        "Load of operations: own work, handed over, upkeep",
        f"{written(own)} + {written(handed)} + {written(upkeep)}",
        own + handed + upkeep,
        "hours",
    )
    capacity = line(
        6,
        "Capacity of operations",
        f"{written(given.ops_hours)} × ({written(value['ops_tactical'])} + "
        f"{written(value['ops_flex'])})",
        given.ops_hours * (value["ops_tactical"] + value["ops_flex"]),
        "hours",
    )
    overflow = line(
        6,
        "Overflow that returns to reps",
        f"max({written(load)} − {written(capacity)}, 0)",
        max(load - capacity, 0.0),
        "hours",
        metric="overflow_hours",
    )
    line(
        6,
        "Work operations do",
        f"{written(load)} − {written(overflow)}",
        load - overflow,
        "hours",
        metric="ops_hours",
    )
    today = given.ops_hours * value["ops_tactical"]
    strategic = line(
        6,
        "Strategic work of operations",
        f"{written(given.ops_hours)} × {written(value['ops_strategic'])} + {written(quality)} × "
        f"max({written(today)} − {written(load)}, 0)",
        given.ops_hours * value["ops_strategic"] + quality * max(today - load, 0.0),
        "hours",
    )
    return overflow, strategic

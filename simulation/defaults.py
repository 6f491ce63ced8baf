"""The defaults of `defaults.toml`, read once into frozen objects."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Range:
    """A PERT(low, mode, high) distribution; equal values are one fixed number."""

    low: float
    mode: float
    high: float

    @property
    def is_fixed(self) -> bool:
        """Whether every draw has the same value."""
        return self.low == self.high

    @property
    def as_given(self) -> float | list[float]:
        """One number, or [low, mode, high]: what `inputs.read_range` reads."""
        return self.mode if self.is_fixed else [self.low, self.mode, self.high]

    @classmethod
    def fixed_at(cls, value: float) -> "Range":
        """Return one fixed number."""
        return cls(value, value, value)


@dataclass(frozen=True)
class Assumption:
    """An input nobody chooses: its default range, what it means and where it comes from."""

    name: str
    symbol: str
    label: str
    meaning: str
    unit: str
    range: Range
    bounds: tuple[float, float]
    source: str
    grade: str
    is_front: bool


@dataclass(frozen=True)
class Task:
    """A row of the rep's week; `share` is of productive hours, 0 to 1."""

    name: str
    label: str
    group: str
    share: float
    automatable: float


@dataclass(frozen=True)
class LoadedPay:
    """What a rep costs a year, pay and benefits together, in currency; and who says so."""

    yearly: float
    source: str


@dataclass(frozen=True)
class Defaults:
    """Everything `defaults.toml` says."""

    organisation: dict[str, float]
    policy: dict[str, Any]
    tasks: dict[str, Task]
    ops_tasks: dict[str, float]
    assumptions: dict[str, Assumption]
    loaded_pay: LoadedPay

    @property
    def admin_tasks(self) -> tuple[str, ...]:
        """Names of the tactical rows, the only ones systems or operations can take over."""
        return tuple(name for name, task in self.tasks.items() if task.group == "tactical")


def _assumption(name: str, row: dict[str, Any]) -> Assumption:
    return Assumption(
        name=name,
        symbol=row["symbol"],
        label=row["label"],
        meaning=row["meaning"],
        unit=row["unit"],
        range=Range(float(row["low"]), float(row["mode"]), float(row["high"])),
        bounds=(float(row["bounds"][0]), float(row["bounds"][1])),
        source=row["source"],
        grade=row["grade"],
        is_front=row.get("front", False),
    )


@cache
def defaults() -> Defaults:
    """Return the shipped defaults; the file is read once a process."""
    raw = tomllib.loads(files("simulation").joinpath("defaults.toml").read_text("utf-8"))
    return Defaults(
        organisation={name: float(value) for name, value in raw["organisation"].items()},
        policy=raw["policy"],
        tasks={name: Task(name, **row) for name, row in raw["week"].items()},
        ops_tasks=raw["ops_tasks"],
        assumptions={name: _assumption(name, row) for name, row in raw["assumptions"].items()},
        loaded_pay=LoadedPay(float(raw["loaded_pay"]["yearly"]), raw["loaded_pay"]["source"]),
    )

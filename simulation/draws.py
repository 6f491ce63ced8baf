"""The one place where randomness enters: a stream of its own for each assumption name."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, partial

import numpy as np

from simulation.checking import InputError
from simulation.defaults import Range, defaults
from simulation.inputs import Inputs
from simulation.pert import pert
from simulation.policy_ranges import policy_ranges
from simulation.room import room
from simulation.threads import in_threads
from simulation.types import FloatArray

MAX_DRAWS = 1_000_000
MAX_SEED = 2**63 - 1
MOST_KEPT = 20_000


class Columns(dict[str, FloatArray]):
    """Assumption name -> (draws,), of runs that share them; not to be changed."""

    @cached_property
    def table(self) -> FloatArray:
        """All of them as (assumptions, draws), in the order of the defaults."""
        return _tabled(self)


@dataclass(frozen=True)
class Draws:
    """The imagined worlds of one run; a scenario and its baseline share them.

    Attributes
    ----------
    count : number of draws
    seed : what they were drawn from
    values : assumption name -> (draws,)
    fit_noise : tactic key -> (draws,) standard normal, see `tactic_keys`
    demand_noise : (months, draws) standard normal innovations of demand
    bookings_noise : (months, draws) standard normal of the booking noise
    is_noiseless : demand and bookings equal their expectation, whatever the noise says
    adopt_quantiles : tactic key -> (draws,) where in its range the adoption of a tactic lies, 0
        to 1; a tactic that is left out is adopted as its mode says
    start_quantiles : the same of its start month
    policy_quantiles : stream of `policy_ranges` -> (draws,), the same of what is decided beside
        tactics
    """

    count: int
    seed: int
    values: Mapping[str, FloatArray]
    fit_noise: Mapping[str, FloatArray]
    demand_noise: FloatArray
    bookings_noise: FloatArray
    is_noiseless: bool = False
    adopt_quantiles: Mapping[str, FloatArray] = field(default_factory=dict)
    start_quantiles: Mapping[str, FloatArray] = field(default_factory=dict)
    policy_quantiles: Mapping[str, FloatArray] = field(default_factory=dict)

    @cached_property
    def table(self) -> FloatArray:
        """All assumptions as (assumptions, draws), in the order of the defaults."""
        return self.values.table if isinstance(self.values, Columns) else _tabled(self.values)

    def without_tactic(self, inputs: Inputs, index: int) -> "Draws":
        """Return the same worlds for the inputs less one tactic, whose names may repeat."""
        keys = tactic_keys(tactic.name for tactic in inputs.tactics)
        del keys[index]
        names = [tactic.name for place, tactic in enumerate(inputs.tactics) if place != index]
        return self.for_tactics(dict(zip(tactic_keys(names), keys, strict=True)))

    def for_tactics(self, source: Mapping[str, str]) -> "Draws":
        """Return the same worlds for other tactics: new key -> key here whose luck it has."""
        return replace(
            self,
            fit_noise={new: self.fit_noise[old] for new, old in source.items()},
            adopt_quantiles=_renamed(self.adopt_quantiles, source),
            start_quantiles=_renamed(self.start_quantiles, source),
        )

    def most(self, inputs: Inputs) -> FloatArray:
        """Return the share of reps who will use each tactic in the end, (tactics, draws)."""
        found = np.empty((len(inputs.tactics), self.count))
        keys = tactic_keys(tactic.name for tactic in inputs.tactics)
        for row, key, tactic in zip(found, keys, inputs.tactics, strict=True):
            quantiles = self.adopt_quantiles.get(key)
            row[:] = tactic.adopt.mode if quantiles is None else pert(tactic.adopt, quantiles)
        return found

    def starts(self, inputs: Inputs) -> FloatArray:
        """Return the month in which each tactic starts, whole numbers, (tactics, draws)."""
        found = np.empty((len(inputs.tactics), self.count))
        keys = tactic_keys(tactic.name for tactic in inputs.tactics)
        for row, key, tactic in zip(found, keys, inputs.tactics, strict=True):
            quantiles = self.start_quantiles.get(key)
            row[:] = tactic.start.mode if quantiles is None else whole_at(tactic.start, quantiles)
        return found


def whole_at(spread: Range, quantiles: FloatArray) -> FloatArray:
    """Return whole numbers of a range, months or seats, at quantiles of it, (draws,).

    PERT from half a one below the lowest to half a one above the highest, rounded, so that
    the ends get their part.
    """
    if spread.is_fixed:
        return np.full(quantiles.shape, spread.mode)
    wide = Range(spread.low - 0.5, spread.mode, spread.high + 0.5)
    return np.clip(np.round(pert(wide, quantiles)), spread.low, spread.high)


def _renamed(
    quantiles: Mapping[str, FloatArray], source: Mapping[str, str]
) -> dict[str, FloatArray]:
    return {new: quantiles[old] for new, old in source.items() if old in quantiles}


def tactic_keys(names: Iterable[str]) -> list[str]:
    """Return a stream name for each tactic: its name, numbered where it repeats."""
    keys: list[str] = []
    for name in names:
        key, count = name, 1
        while key in keys:
            count += 1
            key = f"{name} #{count}"
        keys.append(key)
    return keys


def _stream(seed: int, name: str) -> np.random.Generator:
    digest = hashlib.sha256(f"{seed}:{name}".encode()).digest()
    return np.random.Generator(np.random.SFC64(int.from_bytes(digest[:16], "big")))


def sample(inputs: Inputs, count: int, seed: int, *, part: int = 0) -> Draws:
    """Draw `count` worlds for these inputs.

    Adding an assumption, a tactic or a month leaves every other number unchanged. Other parts
    of the same seed are other worlds, for runs too large to draw at once.

    Raises
    ------
    InputError
        If `count` or `seed` is outside 1 to 1,000,000 or 0 to 2**63 - 1.
    """
    if not 1 <= count <= MAX_DRAWS:
        raise InputError("draws", f"is {count}", f"a whole number from 1 to {MAX_DRAWS}")
    if not 0 <= seed <= MAX_SEED:
        raise InputError("seed", f"is {seed}", f"a whole number from 0 to {MAX_SEED}")
    keys = tactic_keys(tactic.name for tactic in inputs.tactics)
    is_kept = count <= MOST_KEPT and part == 0
    columns, fit, normal, uniform = (
        (_kept_columns, _kept_fit, _kept_normal, _kept_uniform)
        if is_kept
        else (partial(_columns, _column), _normal, _normal, _uniform)
    )
    more = f"#{part}" if part else ""
    return Draws(
        count=count,
        seed=seed,
        values=columns(seed, more, tuple(inputs.assumptions.items()), count),
        fit_noise={key: fit(seed, f"fit:{key}{more}", (count,)) for key in keys},
        demand_noise=normal(seed, f"demand{more}", (inputs.months, count)),
        bookings_noise=normal(seed, f"bookings{more}", (inputs.months, count)),
        adopt_quantiles={
            key: uniform(seed, f"adopt:{key}{more}", count)
            for key, tactic in zip(keys, inputs.tactics, strict=True)
            if not tactic.adopt.is_fixed
        },
        start_quantiles={
            key: uniform(seed, f"start:{key}{more}", count)
            for key, tactic in zip(keys, inputs.tactics, strict=True)
            if not tactic.start.is_fixed
        },
        policy_quantiles={
            name: uniform(seed, f"{name}{more}", count) for name in policy_ranges(inputs)
        },
    )


def counting_noise(draws: Draws, name: str) -> FloatArray:
    """Return standard normals, (months, draws), for luck that runs leave out and counts have."""
    return _kept_normal(draws.seed, f"counting:{name}", draws.demand_noise.shape)


def _tabled(values: Mapping[str, FloatArray]) -> FloatArray:
    names = tuple(defaults().assumptions)
    table = room(len(names), values[names[0]].size)
    for row, name in zip(table, names, strict=True):
        row[:] = values[name]
    return table


def _columns(
    column: Callable[[int, str, Range, int], FloatArray],
    seed: int,
    more: str,
    asked: tuple[tuple[str, Range], ...],
    count: int,
) -> Columns:
    found = in_threads(lambda each: column(seed, each[0] + more, each[1], count), asked)
    return Columns(zip((name for name, _ in asked), found, strict=True))


def _column(seed: int, name: str, spread: Range, count: int) -> FloatArray:
    return pert(spread, _uniform(seed, name, count))


def _uniform(seed: int, name: str, count: int) -> FloatArray:
    return _stream(seed, name).random(count)


def _normal(seed: int, name: str, shape: tuple[int, ...]) -> FloatArray:
    return _stream(seed, name).standard_normal(shape)


# A plan is run again and again on the same futures while somebody works on it. A table of 10,000
# draws takes 5 MB.
@lru_cache(maxsize=8)
def _kept_columns(
    seed: int, more: str, asked: tuple[tuple[str, Range], ...], count: int
) -> Columns:
    return _columns(_kept_column, seed, more, asked, count)


@lru_cache(maxsize=256)
def _kept_column(seed: int, name: str, spread: Range, count: int) -> FloatArray:
    return _frozen(_column(seed, name, spread, count))


@lru_cache(maxsize=1024)
def _kept_fit(seed: int, name: str, shape: tuple[int, ...]) -> FloatArray:
    return _frozen(_normal(seed, name, shape))


@lru_cache(maxsize=1024)
def _kept_uniform(seed: int, name: str, count: int) -> FloatArray:
    return _frozen(_uniform(seed, name, count))


# One holds as much as the noise of all tactics of a large plan.
@lru_cache(maxsize=32)
def _kept_normal(seed: int, name: str, shape: tuple[int, ...]) -> FloatArray:
    return _frozen(_normal(seed, name, shape))


def _frozen(values: FloatArray) -> FloatArray:
    values.setflags(write=False)
    return values


def modes(inputs: Inputs) -> Draws:
    """Return the one world in which every assumption is at its mode and nothing is random."""
    keys = tactic_keys(tactic.name for tactic in inputs.tactics)
    return Draws(
        count=1,
        seed=0,
        values={name: np.array([spread.mode]) for name, spread in inputs.assumptions.items()},
        fit_noise={key: np.zeros(1) for key in keys},
        demand_noise=np.zeros((inputs.months, 1)),
        bookings_noise=np.zeros((inputs.months, 1)),
        is_noiseless=True,
    )

"""Fit, adoption and what each tactic takes over (docs/model.md, equations 2 to 5)."""

from dataclasses import dataclass

import numpy as np

from simulation.defaults import defaults
from simulation.draws import Draws, tactic_keys
from simulation.inputs import Inputs, TacticInput
from simulation.types import FloatArray


@dataclass(frozen=True)
class Takeover:
    """What tactics do, before the pipeline scales the volume of work.

    The shares are of baseline work: rep rows as shares of all rep hours, operations rows as
    shares of the operations team's tactical hours; each (months, draws).
    """

    fit: FloatArray  # (tactics, draws)
    adoption: FloatArray  # (tactics, months, draws)
    rep_kept: FloatArray
    rep_system: FloatArray
    rep_rework: FloatArray
    delegated: FloatArray
    ops_kept: FloatArray
    ops_system: FloatArray
    ops_rework: FloatArray


def bass(elapsed: FloatArray, innovation: FloatArray, imitation: FloatArray) -> FloatArray:
    """Return the share that has adopted after `elapsed` months, 0 before (Bass 1969)."""
    decay = np.exp(-(innovation + imitation) * np.maximum(elapsed, 0.0))
    return (1 - decay) / (1 + imitation / innovation * decay)


def fit_of(tactic: TacticInput, noise: FloatArray, draws: Draws) -> FloatArray:
    """Return the share of use that sticks, (draws,) between 0 and 1 (equation 4)."""
    values = draws.values
    logit = (
        values["fit_unprepared"]
        + values["fit_gain"] * tactic.preparation
        + values["fit_spread"] * noise
    )
    return 1 / (1 + np.exp(-logit))


def adoption_of(
    tactic: TacticInput,
    most: FloatArray,
    start: FloatArray,
    fit: FloatArray,
    draws: Draws,
    months: int,
) -> FloatArray:
    """Return the share of reps using a tactic, (months, draws) (equation 5)."""
    values = draws.values
    elapsed = np.arange(1, months + 1, dtype=np.float64)[:, None] - start - tactic.delay
    adopted = bass(elapsed, values["adoption_innovation"], values["adoption_imitation"])
    faded = np.exp(-values["abandonment"] * np.maximum(elapsed, 0.0))
    return np.asarray(most * adopted * (fit + (1 - fit) * faded))


class _Task:
    """One task row: products over tactics make overlaps order-free and never negative."""

    def __init__(self, shape: tuple[int, int]) -> None:
        self.not_system = np.ones(shape)
        self.not_ops = np.ones(shape)
        self.moved = np.zeros(shape)
        self.returned = np.zeros(shape)

    def add(self, to: str, taken: FloatArray, rework: FloatArray) -> None:
        if to == "ops":
            self.not_ops *= 1 - taken
            return
        self.not_system *= 1 - taken
        self.moved += taken
        self.returned += taken * rework

    def rework_rate(self) -> FloatArray:
        # `where` leaves the zeros of `out` in place while nothing is moved.
        return np.divide(
            self.returned, self.moved, out=np.zeros_like(self.moved), where=self.moved > 0
        )


def takeover(inputs: Inputs, draws: Draws, more: FloatArray | None = None) -> Takeover:
    """Return fit, adoption and the shares of work that move (equations 2 to 5).

    `more`, (months,), multiplies adoption, which stays at most 1.
    """
    shape = (inputs.months, draws.count)
    keys = tactic_keys(tactic.name for tactic in inputs.tactics)
    fits = [
        fit_of(tactic, draws.fit_noise[key], draws)
        for tactic, key in zip(inputs.tactics, keys, strict=True)
    ]
    adoptions = [
        adoption_of(tactic, most, start, fit, draws, inputs.months)
        for tactic, most, start, fit in zip(
            inputs.tactics, draws.most(inputs), draws.starts(inputs), fits, strict=True
        )
    ]
    if more is not None:
        adoptions = [np.minimum(adopted * more[:, None], 1.0) for adopted in adoptions]
    rep = {row: _Task(shape) for tactic in inputs.tactics for row in tactic.moves}
    ops = {row: _Task(shape) for tactic in inputs.tactics for row in tactic.moves_ops}
    for tactic, fit, adopted in zip(inputs.tactics, fits, adoptions, strict=True):
        realised = np.minimum(adopted * draws.values["realised_share"], 1.0)
        rework = draws.values["rework"] * (1 - fit)
        for row, share in tactic.moves.items():
            rep[row].add(tactic.to, share * realised, rework)
        if tactic.to == "system":
            for row, share in tactic.moves_ops.items():
                ops[row].add("system", share * realised, rework)
    stacked = (len(inputs.tactics), *shape)
    return Takeover(
        fit=np.array(fits).reshape(len(fits), draws.count),
        adoption=np.array(adoptions).reshape(stacked),
        **_rep_shares(inputs, rep, shape),
        **_ops_shares(ops, shape),
    )


def _rep_shares(
    inputs: Inputs, tasks: dict[str, _Task], shape: tuple[int, int]
) -> dict[str, FloatArray]:
    kept, system, rework, delegated = (np.zeros(shape) for _ in range(4))
    # Every row in one order, touched or not: a tactic that moves nothing changes no bit.
    for row in defaults().admin_tasks:
        hours, task = inputs.week[row], tasks.get(row)
        if task is None:
            kept += hours
            continue
        kept += hours * (task.not_system * task.not_ops)
        system += hours * (1 - task.not_system)
        rework += hours * (1 - task.not_system) * task.rework_rate()
        delegated += hours * task.not_system * (1 - task.not_ops)
    return {
        "rep_kept": kept,
        "rep_system": system,
        "rep_rework": rework,
        "delegated": delegated,
    }


def _ops_shares(tasks: dict[str, _Task], shape: tuple[int, int]) -> dict[str, FloatArray]:
    kept, system, rework = (np.zeros(shape) for _ in range(3))
    for row, share in defaults().ops_tasks.items():
        task = tasks.get(row)
        if task is None:
            kept += share
            continue
        kept += share * task.not_system
        system += share * (1 - task.not_system)
        rework += share * (1 - task.not_system) * task.rework_rate()
    return {"ops_kept": kept, "ops_system": system, "ops_rework": rework}

"""What would have to be true: how far each lever must go for a goal to have a wanted chance."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from simulation.draws import Draws
from simulation.engine import simulate_on
from simulation.inputs import GoalInput, Inputs
from simulation.objectives import chance_of, goal_named
from simulation.outcome import chance
from simulation.plain import Plain
from simulation.progress import Progress, part, tracked
from simulation.reach_levers import LEVERS, REP_TIME, Lever, all_of

STEPS = tuple(step / 8 for step in range(9))
PRECISION = 1 / 128
LEAST_CHANGE = 0.005  # of chance; a smaller one against the trend is not counted
Score = tuple[float, float]


@dataclass(frozen=True)
class LeverReach(Plain):
    """How far one lever alone takes the chance; shares are of the way, 0 (as now) to 1.

    Attributes
    ----------
    lever, label : its key and what it does
    share : smallest share of the way found at which the wanted chance is reached; None if
        it is not
    best_share, best_chance : where the chance is highest among nine equal steps
    is_monotone : whether the chance only rises or only falls from step to step, but for half
        a point; if not, there may be a smaller share than the one given
    """

    lever: str
    label: str
    share: float | None
    best_share: float
    best_chance: float
    is_monotone: bool


@dataclass(frozen=True)
class Step(Plain):
    """One lever of a combination, how far it goes, and the chance once it is added."""

    lever: str
    share: float
    chance: float


@dataclass(frozen=True)
class Reach(Plain):
    """What it takes for one goal to have a wanted chance.

    Attributes
    ----------
    goal, wanted : id of the goal; chance, above 0 to 1
    today, baseline : its chance with the plan as it is, and carrying on as today
    standard_error : of `today`
    levers : each lever alone
    rep_time : more automation, more adoption and all freed hours for selling, together
    everything : every lever at once, with the destination that does best alone
    combination : levers in the order in which each brings most, until the chance is reached
        or nothing brings more; empty where a single lever does it
    is_combined : whether the combination reaches the chance
    finding : a sentence
    """

    goal: str
    wanted: float
    today: float
    baseline: float
    standard_error: float
    levers: tuple[LeverReach, ...]
    rep_time: LeverReach
    everything: LeverReach
    combination: tuple[Step, ...]
    is_combined: bool
    finding: str


class _Goal:
    """The goal's chance under changed inputs, all on the same draws."""

    def __init__(self, inputs: Inputs, draws: Draws, goal: GoalInput) -> None:
        self.inputs, self.draws, self.goal = inputs, draws, goal
        self.outcome = simulate_on(inputs, draws)

    def score(self, inputs: Inputs) -> Score:
        """Return the chance, and the middle value where more is better to tell ties apart."""
        outcome = (
            self.outcome
            if inputs == self.inputs
            else simulate_on(inputs, self.draws, baseline=self.outcome.baseline_path)
        )
        sign = 1 if self.goal.comparison == ">=" else -1
        value = sign * float(np.median(outcome.goal_values(self.goal)))
        return chance(outcome.goal_hits(self.goal))[0], value

    def along(self, lever: Lever) -> Callable[[float], Score]:
        """Return the score a share of the way along a lever."""
        return cache(lambda share: self.score(lever.change(self.inputs, share)))


def reach(
    inputs: Inputs,
    draws: Draws,
    goal_id: str,
    wanted: float,
    progress: Progress | None = None,
) -> Reach:
    """Return how far each lever must go for a goal to have the wanted chance.

    Costs about 150 runs.

    Parameters
    ----------
    inputs : what is planned
    draws : the imagined worlds
    goal_id : id of one of the goals
    wanted : chance, above 0 to 1
    progress : told the share done; may raise to cancel

    Raises
    ------
    ValueError
        If there is no such goal, or `wanted` is no such chance.
    """
    if not 0 < wanted <= 1:
        raise ValueError(f"a chance of {wanted:g} cannot be wanted; use one above 0 to 1")
    goal = _Goal(inputs, draws, goal_named(inputs, goal_id))
    searched = [
        _alone(goal, lever, wanted)
        for lever in tracked((*LEVERS, REP_TIME), part(progress, 0, 0.8))
    ]
    levers, rep_time = tuple(searched[:-1]), searched[-1]
    everything = _alone(goal, _everything(goal, levers), wanted)
    today = chance_of(goal.goal).read(goal.outcome)
    combination: tuple[Step, ...] = ()
    if all(each.share is None for each in levers):
        combination = _combination(goal, levers, wanted)
    if progress is not None:
        progress(1.0)
    found = Reach(
        goal=goal_id,
        wanted=wanted,
        today=today.mean,
        baseline=chance(goal.outcome.goal_hits(goal.goal, of_baseline=True))[0],
        standard_error=today.standard_error,
        levers=levers,
        rep_time=rep_time,
        everything=everything,
        combination=combination,
        is_combined=bool(combination) and combination[-1].chance >= wanted,
        finding="",
    )
    return replace(found, finding=_finding(found, bool(inputs.tactics)))


def _alone(goal: _Goal, lever: Lever, wanted: float) -> LeverReach:
    score = goal.along(lever)
    scores = [score(share) for share in STEPS]
    chances = [each[0] for each in scores]
    best = max(range(len(STEPS)), key=scores.__getitem__)
    return LeverReach(
        lever=lever.key,
        label=lever.label,
        share=_smallest_share(lambda share: score(share)[0] >= wanted),
        best_share=STEPS[best],
        best_chance=chances[best],
        is_monotone=_is_monotone(chances),
    )


def _is_monotone(chances: list[float]) -> bool:
    changes = np.diff(chances)
    return bool((changes >= -LEAST_CHANGE).all() or (changes <= LEAST_CHANGE).all())


def _smallest_share(is_reached: Callable[[float], bool]) -> float | None:
    """Return the first share at which it is reached, to a 128th of the way."""
    first = next((place for place, share in enumerate(STEPS) if is_reached(share)), None)
    if first is None or first == 0:
        return None if first is None else 0.0
    low, high = STEPS[first - 1], STEPS[first]
    while high - low > PRECISION:
        middle = (low + high) / 2
        low, high = (low, middle) if is_reached(middle) else (middle, high)
    return high


def _everything(goal: _Goal, levers: tuple[LeverReach, ...]) -> Lever:
    """Return all levers at once; of the destinations the one that does best alone."""
    best = {each.lever: each.best_share for each in levers}
    known = {lever.key: lever for lever in LEVERS}
    destination = max(
        (lever for lever in LEVERS if lever.is_destination),
        key=lambda lever: goal.along(lever)(best[lever.key]),
    ).key
    others = [lever.change for lever in LEVERS if not lever.is_destination]

    def toward(inputs: Inputs, share: float) -> Inputs:
        return known[destination].change(inputs, share * best[destination])

    return Lever("everything", "All levers together", all_of(*others, toward))


def _combination(goal: _Goal, levers: tuple[LeverReach, ...], wanted: float) -> tuple[Step, ...]:
    """Add the lever that brings most, each as far as was best alone, while any brings more."""
    best = {each.lever: each.best_share for each in levers}
    left = [lever for lever in LEVERS if best[lever.key] > 0]
    inputs, score = goal.inputs, goal.score(goal.inputs)
    steps: list[Step] = []
    while left and score[0] < wanted:
        changed = {lever.key: lever.change(inputs, best[lever.key]) for lever in left}
        scores = {key: goal.score(each) for key, each in changed.items()}
        added = max(left, key=lambda lever: scores[lever.key])
        if scores[added.key] <= score:
            break
        inputs, score = changed[added.key], scores[added.key]
        steps.append(Step(added.key, best[added.key], score[0]))
        left = [
            lever
            for lever in left
            if lever is not added and not (lever.is_destination and added.is_destination)
        ]
    return tuple(steps)


def _finding(found: Reach, has_tactics: bool) -> str:
    if found.today >= found.wanted:
        return "The plan reaches this chance as it is."
    if not has_tactics:
        return "The plan has no tactics that could do more."
    if found.rep_time.share is not None:
        return "Rep time alone gets there."
    alone = "Rep time alone does not get there."
    if any(each.share is not None for each in found.levers):
        return f"{alone} Another lever alone does."
    if found.is_combined or found.everything.share is not None:
        return f"{alone} Several levers together do."
    return f"{alone} Nor do all levers together."

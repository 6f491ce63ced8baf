"""The best mix of a plan's tactics for the money, and what less money would buy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from simulation.checking import InputError
from simulation.draws import Draws
from simulation.inputs import Inputs
from simulation.middle import picked
from simulation.mixes import Played, PolicyOf, play_mixes
from simulation.plain import Plain
from simulation.progress import Progress, part
from simulation.types import BoolArray, FloatArray

MOST_EXHAUSTIVE = 14  # free tactics; 16,384 mixes
FIRST_DRAWS = 256  # all mixes meet these; only those within reach meet the others
REACH = 5.0  # standard errors of the difference from the best
TIE = 2.0
AT_ONCE = 64  # mixes compared with the leader together
SHOWN = 10


@dataclass(frozen=True)
class Wish:
    """What is searched for, and within what limits.

    Attributes
    ----------
    goal : id of the goal whose chance should be highest; None for net benefit
    budget : most mean cost in months 1 to 12, currency; None for no limit
    latest_start : tactics that start after this month are left out; None for no limit
    must, must_not : places of tactics in the inputs
    """

    goal: str | None = None
    budget: float | None = None
    latest_start: int | None = None
    must: frozenset[int] = field(default_factory=frozenset)
    must_not: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Candidate(Plain):
    """One mix.

    Attributes
    ----------
    mask : bit i is set where tactic i of the inputs is in
    score, error : what is searched for (mean net benefit in currency, or a chance), and its
        standard error
    behind, behind_error : how far it is behind the best on the same draws; 0 for the best
    is_tie : whether that is within two standard errors
    npv : mean net benefit, currency
    chances : of all goals, in the order of the inputs
    cost, first_year_cost : mean, currency
    """

    mask: int
    score: float
    error: float
    behind: float
    behind_error: float
    is_tie: bool
    npv: float
    chances: tuple[float, ...]
    cost: float
    first_year_cost: float


@dataclass(frozen=True)
class Found(Plain):
    """What a search found.

    Attributes
    ----------
    best : the best mixes, best first; empty if no mix keeps within the limits
    frontier : mixes that no cheaper one equals, cheapest first
    plan : all tactics of the inputs, whatever they cost
    evaluated : number of mixes played
    is_exhaustive : whether every allowed mix was looked at
    draws : number of draws behind the figures
    """

    best: tuple[Candidate, ...]
    frontier: tuple[Candidate, ...]
    plan: Candidate
    evaluated: int
    is_exhaustive: bool
    draws: int


def best_mixes(
    inputs: Inputs,
    draws: Draws,
    wish: Wish | None = None,
    *,
    policy_of: PolicyOf | None = None,
    progress: Progress | None = None,
) -> Found:
    """Search the mixes of the plan's tactics on common draws.

    Up to 14 free tactics every mix is looked at: all of them on the first 256 draws, and on
    all draws those that are within five standard errors of the best, or of being the best for
    their money. Above, the search climbs from several starts by adding, dropping and swapping
    until nothing is gained.

    Parameters
    ----------
    inputs : the plan with all its tactics
    draws : the imagined worlds
    wish : what to search for; None for net benefit without limits
    policy_of : mask -> destinations and plan quality of that mix; None keeps the inputs' own
    progress : told the share done; may raise to cancel

    Raises
    ------
    InputError
        If the wish names a goal or tactic that does not exist, or contradicts itself.
    """
    wish = wish or Wish()
    search = _Search(inputs, draws, wish, policy_of)
    free = _free(inputs, wish)
    if len(free) <= MOST_EXHAUSTIVE:
        masks, evaluated = _race(search, _subsets(search.forced, free), part(progress, 0, 0.6))
    else:
        masks, evaluated = _climb(search, free, part(progress, 0, 0.6))
    everything = (1 << len(inputs.tactics)) - 1
    played = search.play([*masks, everything], search.draws, part(progress, 0.6, 1))
    return _found(search, [*masks, everything], played, evaluated, len(free) <= MOST_EXHAUSTIVE)


class _Search:
    """What stays the same while mixes come and go."""

    def __init__(
        self, inputs: Inputs, draws: Draws, wish: Wish, policy_of: PolicyOf | None
    ) -> None:
        """Check the wish."""
        goals = [goal.id for goal in inputs.goals]
        if wish.goal is not None and wish.goal not in goals:
            raise InputError("goal", f"is {wish.goal!r}", f"one of {', '.join(goals) or 'none'}")
        _check_places(inputs, wish)
        self.inputs, self.draws, self.wish, self.policy_of = inputs, draws, wish, policy_of
        self.scored = -1 if wish.goal is None else goals.index(wish.goal)
        self.forced = sum(1 << place for place in wish.must)

    def play(self, masks: Sequence[int], draws: Draws, progress: Progress | None = None) -> Played:
        """Play mixes with their scores, see `simulation.mixes.play_mixes`."""
        return play_mixes(
            self.inputs,
            draws,
            masks,
            policy_of=self.policy_of,
            progress=progress,
            scored=self.scored,
        )

    def affordable(self, played: Played, slack: float = 0.0) -> BoolArray:
        """Return which mixes keep within the budget, (mixes,); slack is a share of it."""
        limit = np.inf if self.wish.budget is None else self.wish.budget * (1 + slack)
        return np.asarray(played.first_year_cost <= limit)


def _check_places(inputs: Inputs, wish: Wish) -> None:
    for name, places in (("must", wish.must), ("must_not", wish.must_not)):
        if outside := [place for place in places if not 0 <= place < len(inputs.tactics)]:
            raise InputError(name, f"names tactic {outside[0]}", f"0 to {len(inputs.tactics) - 1}")
    if both := wish.must & wish.must_not:
        raise InputError("must", f"and must_not both name tactic {min(both)}", "one of them")


def _free(inputs: Inputs, wish: Wish) -> list[int]:
    """Return the places of tactics that may be in or out."""
    limit = np.inf if wish.latest_start is None else wish.latest_start
    return [
        place
        for place, tactic in enumerate(inputs.tactics)
        if tactic.start.high <= limit and place not in wish.must and place not in wish.must_not
    ]


def _subsets(forced: int, free: Sequence[int]) -> list[int]:
    masks = [forced]
    for place in free:
        masks += [mask | 1 << place for mask in masks]
    return masks


def _race(search: _Search, masks: list[int], progress: Progress | None) -> tuple[list[int], int]:
    """Return the mixes that may be best, for all money or for less."""
    if search.draws.count <= FIRST_DRAWS:
        return masks, len(masks)
    first = picked(search.draws, tuple(range(FIRST_DRAWS)))
    played = search.play(masks, first, progress)
    # Overruns are random: with all draws a mix may cost a little less than with the first.
    affordable = search.affordable(played, slack=0.05)
    kept = _within_reach(played.scores, played.first_year_cost, affordable)
    return [masks[place] for place in kept], len(masks)


def _within_reach(scores: FloatArray, cost: FloatArray, affordable: BoolArray) -> list[int]:
    """Return the places of mixes that are not clearly beaten by one that costs no more."""
    means = scores.mean(axis=1)
    order = np.lexsort((-means, cost))
    leader = order[0]
    kept, at = [int(leader)], 1
    while at < len(order):
        some = order[at : at + AT_ONCE]
        beaten = _are_beaten(scores[leader], scores[some])
        # From a new leader on, the others are compared with that one.
        ahead = np.flatnonzero(~beaten & (means[some] > means[leader]))
        end = int(ahead[0]) + 1 if ahead.size else len(some)
        kept += [int(place) for place in some[:end][~beaten[:end]]]
        leader = some[end - 1] if ahead.size else leader
        at += end
    allowed = np.flatnonzero(affordable)
    if allowed.size:
        best = allowed[np.argmax(means[allowed])]
        near = allowed[~_are_beaten(scores[best], scores[allowed])]
        kept += [int(place) for place in near]
    return sorted(set(kept))


def _are_beaten(leader: FloatArray, others: FloatArray) -> BoolArray:
    """Return which mixes, (mixes, draws), the leader is ahead of by more than chance allows for."""
    ahead = leader - others
    beaten: BoolArray = ahead.mean(axis=1) > REACH * ahead.std(axis=1) / np.sqrt(leader.size)
    return beaten


def _climb(
    search: _Search, free: Sequence[int], progress: Progress | None
) -> tuple[list[int], int]:
    """Climb from several starts; return all mixes met that may be best."""
    few = picked(search.draws, tuple(range(min(FIRST_DRAWS, search.draws.count))))
    known: dict[int, tuple[float, float]] = {}
    scores: dict[int, FloatArray] = {}

    def learn(masks: Iterable[int]) -> None:
        new = [mask for mask in dict.fromkeys(masks) if mask not in known]
        if not new:
            return
        played = search.play(new, few)
        for row, mask in enumerate(new):
            known[mask] = (float(played.scores[row].mean()), float(played.first_year_cost[row]))
            scores[mask] = played.scores[row]

    limit = np.inf if search.wish.budget is None else search.wish.budget

    def worth(mask: int) -> tuple[float, float]:
        """Order mixes: within the budget by score, beyond it by how little they exceed it."""
        score, cost = known[mask]
        return (1.0, score) if cost <= limit else (0.0, -cost)

    everything = search.forced | sum(1 << place for place in free)
    starts = [search.forced, everything, *(search.forced | 1 << place for place in free)]
    learn(starts)
    chosen = sorted(starts, key=worth, reverse=True)[:3]
    for number, start in enumerate(dict.fromkeys([search.forced, everything, *chosen])):
        here = start
        while True:
            learn(_neighbours(here, free))
            ahead = max(_neighbours(here, free), key=worth)
            if worth(ahead) <= worth(here):
                break
            here = ahead
        if progress is not None:
            progress((number + 1) / (2 + len(chosen)))
    masks = list(known)
    cost = np.array([known[mask][1] for mask in masks])
    kept = _within_reach(np.array([scores[mask] for mask in masks]), cost, cost <= limit)
    return [masks[place] for place in kept], len(masks)


def _neighbours(mask: int, free: Sequence[int]) -> list[int]:
    """Return the mixes one step away: one tactic added, dropped or swapped for another."""
    inside = [place for place in free if mask >> place & 1]
    outside = [place for place in free if not mask >> place & 1]
    flips = [mask ^ 1 << place for place in free]
    return flips + [mask ^ 1 << old ^ 1 << new for old in inside for new in outside]


def _found(
    search: _Search, masks: Sequence[int], played: Played, evaluated: int, is_exhaustive: bool
) -> Found:
    """Describe the finalists; the last of them is the whole plan."""
    means = played.scores.mean(axis=1)
    count = played.scores.shape[1]
    allowed = np.flatnonzero(search.affordable(played))
    allowed = allowed[allowed < len(masks) - 1]
    best = int(allowed[np.argmax(means[allowed])]) if allowed.size else len(masks) - 1

    def candidate(place: int) -> Candidate:
        ahead = played.scores[best] - played.scores[place]
        error = float(ahead.std() / np.sqrt(count))
        return Candidate(
            mask=masks[place],
            score=float(means[place]),
            error=float(played.scores[place].std() / np.sqrt(count)),
            behind=float(ahead.mean()),
            behind_error=error,
            is_tie=bool(abs(ahead.mean()) <= TIE * error),
            npv=float(played.npv_mean[place]),
            chances=tuple(played.chances[place].tolist()),
            cost=float(played.cost[place]),
            first_year_cost=float(played.first_year_cost[place]),
        )

    order = allowed[np.argsort(-means[allowed], kind="stable")]
    return Found(
        best=tuple(candidate(int(place)) for place in order[:SHOWN]),
        frontier=tuple(
            candidate(place) for place in _frontier(means[:-1], played.first_year_cost[:-1])
        ),
        plan=candidate(len(masks) - 1),
        evaluated=evaluated,
        is_exhaustive=is_exhaustive,
        draws=count,
    )


def _frontier(means: FloatArray, cost: FloatArray) -> list[int]:
    """Return the places of mixes better than all that cost no more, cheapest first."""
    places: list[int] = []
    for place in np.lexsort((-means, cost)):
        if not places or means[place] > means[places[-1]]:
            places.append(int(place))
    return places

"""Searching the best mix of a plan's tactics: the same question is answered once and kept."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from simulation.checking import InputError
from simulation.draws import Draws, sample
from simulation.inputs import Inputs
from simulation.mixes import evaluate_mixes
from simulation.progress import Progress
from simulation.search import Candidate, Wish, best_mixes
from strategy.checks import VAST, finite_number
from strategy.errors import InvalidValue
from strategy.identity import new_id
from strategy.levers import Levers
from strategy.model import Board, Run, Scenario, Tactic
from strategy.ports import Store
from strategy.projection import (
    engine_inputs,
    inputs_hash,
    likely_policy_of,
    live_tactics,
    read_inputs,
)
from strategy.running import VERSION, Clock

DRAWS = 2000
KIND = "search"
FORMAT = 1  # of what is kept of a search


@dataclass(frozen=True)
class Question:
    """What is searched for, and within what limits.

    `goal` is the id of the goal whose chance should be highest, None for net benefit. `budget`
    is the most mean cost in months 1 to 12, in currency. Tactics that start after month
    `latest_start` stay out. `must` and `must_not` are ids of tactics.
    """

    goal: str | None = None
    budget: float | None = None
    latest_start: int | None = None
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Asked:
    """A question as the engine takes it, and what finds its answer again."""

    board: Board
    scenario: Scenario | None
    question: Question
    raw: Mapping[str, Any]
    inputs: Inputs
    wish: Wish
    fingerprint: str
    levers: Levers


def known_search(
    store: Store,
    board: Board,
    scenario: Scenario | None = None,
    question: Question | None = None,
    *,
    draws: int = DRAWS,
) -> Run | None:
    """Return the kept answer to this question about the plan as it is now, or None.

    Raises
    ------
    InvalidValue
        If the question cannot be asked of this plan.
    """
    return _known(store, _asked(board, scenario, question or Question()), draws)


def search_plan(
    store: Store,
    board: Board,
    scenario: Scenario | None = None,
    question: Question | None = None,
    *,
    draws: int = DRAWS,
    progress: Progress | None = None,
    timer: Clock = time.perf_counter,
) -> Run:
    """Return the best mixes of the plan's tactics, from the store or by searching them.

    The answer is kept as a run whose summary has the kind "search"; lists of runs leave it out.
    `progress` is told the share done; if it raises, nothing is kept.

    Raises
    ------
    InvalidValue
        If the question cannot be asked of this plan, or the plan cannot be simulated.
    """
    asked = _asked(board, scenario, question or Question())
    if (known := _known(store, asked, draws)) is not None:
        return known
    started = timer()
    summary = _answer(asked, sample(asked.inputs, draws, board.plan.seed), progress)
    return store.keep_run(
        Run(
            id=new_id("run"),
            plan_id=board.plan.id,
            scenario_id=scenario.id if scenario else None,
            inputs_hash=asked.fingerprint,
            model_version=VERSION,
            seed=board.plan.seed,
            draws=draws,
            months=board.plan.months,
            inputs=asked.raw,
            summary=summary,
            elapsed_ms=round(1000 * (timer() - started)),
            change_seq=board.change_seq,
        )
    )


def overrides_of_mix(
    board: Board, scenario: Scenario | None, tactics: Iterable[str]
) -> dict[str, Any]:
    """Return the scenario's overrides with every tactic left out that is not in the mix."""
    kept = set(tactics)
    out = [each.id for each in live_tactics(board.tactics) if each.id not in kept]
    return (dict(scenario.overrides) if scenario else {}) | {"without": sorted(out)}


def _known(store: Store, asked: _Asked, draws: int) -> Run | None:
    plan = asked.board.plan
    return store.find_run(plan.id, asked.fingerprint, VERSION, plan.seed, draws)


def _asked(board: Board, scenario: Scenario | None, question: Question) -> _Asked:
    levers = Levers.from_json(scenario.overrides) if scenario else Levers()
    raw = engine_inputs(board, levers)
    wish = _wish(board, raw, question)
    inputs = read_inputs(raw)
    kept_with = {
        "kind": KIND,
        "format": FORMAT,
        "question": _plain(question),
        "scenario": scenario.id if scenario else None,
        "aligned": sorted(_aligned(board)),
    }
    fingerprint = inputs_hash(raw | {"kept_with": kept_with})
    return _Asked(board, scenario, question, raw, inputs, wish, fingerprint, levers)


def _plain(question: Question) -> dict[str, Any]:
    """Return a question as JSON values, equal for equal questions."""
    named = {"must": sorted(question.must), "must_not": sorted(question.must_not)}
    return asdict(question) | named


def _wish(board: Board, raw: Mapping[str, Any], question: Question) -> Wish:
    """Return the question in places of the inputs; what is no card of the board stays in."""
    if question.budget is not None:
        finite_number("The budget", question.budget, 0, VAST)
    if question.goal is not None and question.goal not in {
        goal.id for goal in board.simulated_goals
    }:
        raise InvalidValue("This goal is not in the plan any more. Choose what to search for.")
    titles = {each.id: each.title for each in live_tactics(board.tactics)}
    places = {row["name"]: place for place, row in enumerate(raw["tactics"])}
    for tactic in (*question.must, *question.must_not):
        if tactic not in places:
            title = titles.get(tactic, "A tactic of this question")
            raise InvalidValue(f"{title} is not in the plan to search. Choose tactics anew.")
    if both := sorted(set(question.must) & set(question.must_not)):
        raise InvalidValue(f"{titles[both[0]]} must be in and must stay out. Choose one of them.")
    shifted = {place for name, place in places.items() if name not in titles}
    return Wish(
        goal=question.goal,
        budget=question.budget,
        latest_start=question.latest_start,
        must=frozenset({places[each] for each in question.must} | shifted),
        must_not=frozenset(places[each] for each in question.must_not),
    )


def _aligned(board: Board) -> set[str]:
    return {each.id for each in live_tactics(board.tactics) if each.lane != "unaligned"}


def _answer(asked: _Asked, draws: Draws, progress: Progress | None) -> dict[str, Any]:
    policy_of = _policy_of(asked)
    try:
        found = best_mixes(asked.inputs, draws, asked.wish, policy_of=policy_of, progress=progress)
    except InputError as error:
        raise InvalidValue(f"This search's {error}.") from error
    rows = found.as_json()
    return {
        "kind": KIND,
        "question": _plain(asked.question),
        "goal_ids": [goal.id for goal in asked.inputs.goals],
        "best": [_row(asked, each) for each in found.best],
        "frontier": [_row(asked, each) for each in found.frontier],
        "plan": _row(asked, found.plan),
        "without_unaligned": _without_unaligned(asked, draws, policy_of),
        **{name: rows[name] for name in ("evaluated", "is_exhaustive", "draws")},
    }


PolicyOfMask = Callable[[int], tuple[dict[str, float], float]]


def _policy_of(asked: _Asked) -> PolicyOfMask:
    """Return the policy for freed hours that the board would have with a mix alone."""
    of_id = {each.id: each for each in asked.board.tactics}
    levers, week = asked.levers, asked.raw["week"]

    def policy_of(mask: int) -> tuple[dict[str, float], float]:
        chosen: list[Tactic] = [of_id[each] for each in _ids(asked, mask) if each in of_id]
        return likely_policy_of(levers, chosen, week)

    return policy_of


def _ids(asked: _Asked, mask: int) -> list[str]:
    return [row["name"] for place, row in enumerate(asked.raw["tactics"]) if mask >> place & 1]


def _cards(asked: _Asked, mask: int) -> list[str]:
    """Return the ids of a mix's tactics that are cards of the board."""
    cards = {each.id for each in asked.board.tactics}
    return [each for each in _ids(asked, mask) if each in cards]


def _row(asked: _Asked, candidate: Candidate) -> dict[str, Any]:
    row = candidate.as_json()
    del row["mask"]
    return row | {"tactics": _cards(asked, candidate.mask)}


def _without_unaligned(
    asked: _Asked, draws: Draws, policy_of: PolicyOfMask
) -> dict[str, Any] | None:
    """Return the plan without its tactics that serve no goal; None if it has none."""
    cards = {each.id for each in asked.board.tactics}
    out = cards - _aligned(asked.board)
    names = [row["name"] for row in asked.raw["tactics"]]
    mask = sum(1 << place for place, name in enumerate(names) if name not in out)
    if mask == (1 << len(names)) - 1:
        return None
    mixes = evaluate_mixes(asked.inputs, draws, [mask], policy_of=policy_of)
    npv, chances = float(mixes.npv_mean[0]), [float(each) for each in mixes.chances[0]]
    goal = asked.question.goal
    return {
        "tactics": _cards(asked, mask),
        "score": npv if goal is None else chances[mixes.goals.index(goal)],
        "npv": npv,
        "chances": chances,
        "first_year_cost": float(mixes.first_year_cost[0]),
    }

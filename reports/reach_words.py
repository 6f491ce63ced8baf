"""What it takes to reach a goal, in sentences made by rule."""

import math

from components.numbers import chance, format_change, futures
from reports.wording import capitalised, number_word
from simulation.reach import LeverReach, Reach

REP_TIME = "rep_time"
END = "all the way"
DOING = {
    "automation": "moving all the work each tactic touches",
    "adoption": "reaching every rep with each tactic",
    "selling": "giving all freed hours to selling",
    "strategy": "giving all freed hours to account strategy",
    "coaching": "giving all freed hours to coaching",
    "preparation": "preparing every tactic fully",
    "earlier": "starting every tactic in month 1",
    "quality": "giving every freed hour a destination and an owner",
}


def way(share: float) -> str:
    """Return a share of the way in whole per cent, never less than it: "60% of the way"."""
    percent = math.ceil(100 * share - 1e-9)
    return END if percent >= 100 else f"{percent}% of the way"


def reach_headline(found: Reach, title: str) -> str:
    """Return the answer; `title` is the goal's."""
    if found.today >= found.wanted:
        return f"{title} is at {futures(found.today)} already."
    reached = [each for each in found.levers if each.share is not None]
    if reached:
        least = min(reached, key=lambda each: each.share or 0.0)
        return f"{capitalised(DOING[least.lever])} gets there, {_enough(least.share)}."
    if found.rep_time.share is not None:
        return f"Rep time alone gets there, {_enough(found.rep_time.share)}."
    if found.is_combined:
        count = number_word(len(found.combination))
        return f"Rep time alone does not get there. {capitalised(count)} levers together do."
    if found.everything.share is not None:
        return "Rep time alone does not get there. All levers together do."
    return "Rep time alone does not get there. Nothing in this plan’s levers does."


def _enough(share: float | None) -> str:
    words = way(share or 0.0)
    return "but only all the way" if words == END else f"{words} is enough"


def basis_words(found: Reach, title: str, draws: int) -> str:
    """Return where the goal stands now, and on what the answer rests."""
    error = format_change(found.standard_error, "percent").lstrip("+")
    today = _beside(found.today, found.wanted)
    return (
        f"{title}: a chance of {chance(found.wanted)} is wanted. The plan as it is has "
        f"{today} ± {error}, carrying on as today {chance(found.baseline)}. "
        f"Each lever is moved on the same {draws:,} futures, from the plan to its end."
    )


def lever_name(found: LeverReach) -> str:
    """Return what a lever does once it is at its end."""
    return found.label if found.lever != REP_TIME else "Rep time alone"


def end_words(found: LeverReach) -> str:
    """Return what is moved together, where that is more than the name says; else ""."""
    return f"{found.label}." if found.lever == REP_TIME else ""


def verdict(found: LeverReach, wanted: float) -> str:
    """Return how far a lever must go, or the best chance it gets to and where."""
    if found.share is not None:
        words = way(found.share)
        return "Gets there, but only all the way" if words == END else f"{words} is enough"
    if found.best_share == 0:
        return "Does not raise the chance"
    return capitalised(f"{_beside(found.best_chance, wanted)} at best, {way(found.best_share)}")


def detail(found: LeverReach) -> str:
    """Return what stands under the verdict: how high the chance can get, and a doubt if any."""
    said = []
    if found.share is not None:
        said.append(f"{chance(found.best_chance)} at best, {way(found.best_share)}.")
    if not found.is_monotone:
        doubt = "" if found.share is None else ", so a smaller share may do"
        said.append(f"The chance rises and falls on the way{doubt}.")
    return " ".join(said)


def _beside(value: float, wanted: float) -> str:
    """Return a chance so that one a little too low does not read like the wanted one."""
    is_short = value < wanted and chance(value) == chance(wanted)
    return f"just under {chance(wanted)}" if is_short else chance(value)


def scenario_name(found: LeverReach) -> str:
    """Return the name of a scenario of a lever: what it does, and how far it goes."""
    share = found.best_share if found.share is None else found.share
    return found.label if way(share) == END else f"{found.label}, {way(share)}"


def combination_lines(found: Reach) -> list[str]:
    """Return the first combination that gets there, a line for each lever, or that none does.

    The chance in a line is the one with the levers up to there.
    """
    if any(each.share is not None for each in found.levers):
        return ["One lever alone is enough."]
    if found.is_combined:
        labels = {each.lever: each.label for each in found.levers}
        return [
            f"{labels[step.lever]}, {way(step.share)}: {_beside(step.chance, found.wanted)}"
            for step in found.combination
        ]
    if found.everything.share is not None:
        return [f"All levers together, {way(found.everything.share)}."]
    best = _beside(_best(found), found.wanted)
    return [f"Nothing in this plan’s levers does: {best} at best."]


def _best(found: Reach) -> float:
    alone = (*found.levers, found.rep_time, found.everything)
    chances = [each.best_chance for each in alone] + [step.chance for step in found.combination]
    return max(chances)

"""A scenario's overrides one by one: what each changes, and how to take it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from simulation.defaults import defaults
from strategy.budget import budget_in_words
from strategy.calendar import month_label
from strategy.errors import InvalidValue
from strategy.headcount import headcount_of, team_in_words
from strategy.levers import TACTIC_LEVERS, Levers, titles_of
from strategy.model import Board, Scenario, Spread
from strategy.ports import Store
from strategy.projection import engine_inputs
from strategy.season import SEASONS, in_words, season_of
from strategy.spreads import share_in_words
from strategy.tactic_levers import start_in_words

WHOLE = ("seats", "headcount", "budget", "week", "destinations", "plan_quality", "preparation")
USES = {"selling": "selling", "strategy": "account work", "coaching": "coaching"}


@dataclass(frozen=True)
class Override:
    """One lever of a scenario against the plan on the board, in words.

    Attributes
    ----------
    key : names it, as in "seats" or "assumptions.win_rate"
    what : what is changed
    base, value : what the plan has, and what the scenario has instead
    is_adoptable : whether the plan can take it over; else it follows from the tactics
    """

    key: str
    what: str
    base: str
    value: str
    is_adoptable: bool = True


def overrides_of(scenario: Scenario, board: Board) -> tuple[Override, ...]:
    """Return what a scenario overrides, in the order of the page; empty for the plan itself."""
    levers = Levers.from_json(scenario.overrides)
    base = engine_inputs(board)
    return (
        *_organisation(levers, board),
        *_policy(levers, base),
        *_shifts(levers, board),
        *_assumptions(levers, board),
        *_season(levers, board),
        *_without(levers, board),
        *_tactics(levers, board),
    )


def _organisation(levers: Levers, board: Board) -> list[Override]:
    found = []
    if levers.seats is not None:
        found.append(Override("seats", "Seats", f"{board.plan.seats:g}", f"{levers.seats:g}"))
    if levers.headcount is not None:
        base = team_in_words(board.plan, headcount_of(board.plan))
        own = team_in_words(board.plan, levers.headcount)
        found.append(Override("headcount", "Seats later on", base, own))
    if levers.budget is not None:
        base, own = (budget_in_words(board.plan, each) for each in (None, levers.budget))
        found.append(Override("budget", "Budget for the first 12 months", base, own))
    if levers.week is not None:
        changed = [
            f"{defaults().tasks[task].label} {share:.1%}"
            for task, share in levers.week.items()
            if abs(share - board.plan.week[task]) > 5e-4
        ]
        was = [
            f"{defaults().tasks[task].label} {board.plan.week[task]:.1%}"
            for task, share in levers.week.items()
            if abs(share - board.plan.week[task]) > 5e-4
        ]
        found.append(Override("week", "Rep week", ", ".join(was), ", ".join(changed)))
    return found


def _policy(levers: Levers, base: Mapping[str, Any]) -> list[Override]:
    found = []
    if levers.destinations is not None:
        found.append(
            Override(
                "destinations",
                "Where freed hours go",
                _uses(base["destinations"]),
                _uses(levers.destinations),
                is_adoptable=False,
            )
        )
    if levers.plan_quality is not None:
        found.append(
            Override(
                "plan_quality",
                "Freed hours with a destination and an owner",
                share_in_words(base["plan_quality"]),
                share_in_words(levers.plan_quality),
                is_adoptable=False,
            )
        )
    if levers.preparation is not None:
        found.append(
            Override(
                "preparation",
                "Preparation of every tactic",
                "by each tactic’s four ticks",
                f"{levers.preparation:.0%}",
                is_adoptable=False,
            )
        )
    return found


def _uses(shares: Mapping[str, Spread]) -> str:
    return ", ".join(
        f"{share_in_words(share)} {USES[use]}" for use, share in shares.items() if share != 0
    )


def _shifts(levers: Levers, board: Board) -> list[Override]:
    return [
        Override(
            f"shifts.{task}",
            f"{defaults().tasks[task].label}: more of it automated",
            "0%",
            f"{shift.share:.0%} from {month_label(board.plan.start_month, shift.start)}",
        )
        for task, shift in levers.shifts.items()
    ]


def _assumptions(levers: Levers, board: Board) -> list[Override]:
    found = []
    for name, value in levers.assumptions.items():
        shipped = defaults().assumptions[name]
        own = board.plan.assumptions.get(name)
        used = own or shipped.range
        found.append(
            Override(
                f"assumptions.{name}",
                f"{shipped.label} ({shipped.unit})",
                _range((used.low, used.mode, used.high)),
                _range(value),
            )
        )
    return found


def _range(value: float | tuple[float, float, float]) -> str:
    if not isinstance(value, tuple):
        return f"{value:,.6g}"
    low, mode, high = (f"{each:,.6g}" for each in value)
    return f"{mode} ({low} to {high})"


def _season(levers: Levers, board: Board) -> list[Override]:
    base = season_of(board.plan)
    return [
        Override(
            f"season.{name}", f"Season of {SEASONS[name]}", in_words(base[name]), in_words(own)
        )
        for name, own in levers.season.items()
    ]


def _without(levers: Levers, board: Board) -> list[Override]:
    titles = titles_of(board.tactics)
    return [
        Override(f"without.{each}", titles[each], "in the plan", "left out")
        for each in levers.without
        if each in titles
    ]


def _tactics(levers: Levers, board: Board) -> list[Override]:
    first = board.plan.start_month
    known = {each.id: each for each in board.tactics}
    starts = [
        Override(
            f"starts.{each}",
            f"{known[each].title}: start month",
            start_in_words(known[each].begin, partial(month_label, first)),
            start_in_words(start, partial(month_label, first)),
        )
        for each, start in levers.starts.items()
        if each in known
    ]
    return starts + [
        Override(
            f"adoption.{each}",
            f"{known[each].title}: adoption",
            share_in_words(known[each].adopt),
            share_in_words(share),
        )
        for each, share in levers.adoption.items()
        if each in known
    ]


def without_override(levers: Levers, key: str) -> Levers:
    """Return levers without one override; raise InvalidValue if there is no such override."""
    raw = levers.to_json()
    kind, _, part = key.partition(".")
    if kind == "without" and part in levers.without:
        raw["without"] = [each for each in levers.without if each != part]
    elif kind in ("shifts", "assumptions", "season", *TACTIC_LEVERS) and part in raw.get(kind, {}):
        del raw[kind][part]
    elif not part and kind in WHOLE and kind in raw:
        del raw[kind]
    else:
        raise InvalidValue("This scenario does not change that any more.")
    return Levers.from_json(raw)


def reset_override(store: Store, plan_id: str, actor: str, scenario_id: str, key: str) -> Scenario:
    """Let one value of a scenario follow the plan again."""
    with store.change(plan_id, actor, "reset_override") as change:
        scenario = change.get(Scenario, scenario_id)
        levers = without_override(Levers.from_json(scenario.overrides), key)
        titles = titles_of(change.tactics())
        change.words = f"Scenario {scenario.letter} follows the plan again: {_what(key, titles)}"
        return change.update(scenario, overrides=levers.to_json())


def _what(key: str, titles: Mapping[str, str]) -> str:
    kind, _, part = key.partition(".")
    known = defaults()
    if kind == "assumptions":
        return known.assumptions[part].label
    if kind == "shifts":
        return f"automation of {known.tasks[part].label}"
    if kind == "season":
        return f"season of {SEASONS[part]}"
    if kind in TACTIC_LEVERS:
        return f"{TACTIC_LEVERS[kind]} of {titles.get(part, 'an archived tactic')}"
    return titles.get(part, "an archived tactic") if kind == "without" else kind.replace("_", " ")

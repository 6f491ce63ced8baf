"""Make chosen overrides of a scenario part of the plan."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from simulation.defaults import defaults
from strategy.checks import check_plan, check_tactic
from strategy.errors import InvalidValue
from strategy.headcount import as_kept
from strategy.identity import new_id
from strategy.levers import TACTIC_LEVERS, Levers
from strategy.model import AssumptionRange, Plan, Scenario, Tactic
from strategy.order import key_between
from strategy.overrides import without_override
from strategy.ports import Change, Store
from strategy.season import with_season

# What each lever of a tactic sets.
FIELDS = {
    "starts": ("start", "start_low", "start_high"),
    "adoption": ("adoption", "adoption_low", "adoption_high"),
}


def adopt(store: Store, plan_id: str, actor: str, scenario_id: str, keys: Collection[str]) -> int:
    """Make chosen overrides of a scenario part of the plan, in one change; return how many.

    The scenario follows the plan in them from then on. Seats, week and assumptions become the
    plan's; hours shifted become tactics under no goal; tactics left out are parked.

    Raises
    ------
    InvalidValue
        If nothing is chosen, or the plan cannot take one over; nothing is changed then.
    """
    with store.change(plan_id, actor, "adopt_scenario") as change:
        scenario = change.get(Scenario, scenario_id)
        levers = Levers.from_json(scenario.overrides)
        if not keys:
            raise InvalidValue("Choose at least one difference to take over.")
        left = levers
        for key in keys:
            left = without_override(left, key)
            _adopt_one(change, plan_id, actor, levers, key, scenario)
        change.update(scenario, overrides=left.to_json())
        count = f"{len(keys)} difference{'' if len(keys) == 1 else 's'}"
        change.words = f"Make {scenario.letter} {scenario.name} the plan: {count}"
        return len(keys)


def _adopt_one(
    change: Change, plan_id: str, actor: str, levers: Levers, key: str, scenario: Scenario
) -> None:
    kind, _, part = key.partition(".")
    plan = change.get(Plan, plan_id)
    if kind == "seats" and levers.seats is not None:
        _change_plan(change, plan, seats=round(levers.seats))
    elif kind == "week" and levers.week is not None:
        _change_plan(change, plan, week=dict(levers.week))
    elif kind == "assumptions":
        value = levers.assumptions[part]
        own = _own_range(value, scenario, actor, change.now)
        _change_plan(change, plan, assumptions={**plan.assumptions, part: own})
    elif kind == "budget":
        _change_plan(change, plan, budget=levers.budget)
    elif kind == "headcount":
        _change_plan(change, plan, headcount=as_kept(plan, levers.headcount))
    elif kind == "season":
        _change_plan(change, plan, season=with_season(plan, part, levers.season[part]))
    elif kind == "without":
        tactic = _on_the_board(change, part)
        change.update(tactic, lane="ideas", goal_id=None, position=_end(change, "ideas"))
    elif kind in TACTIC_LEVERS:
        _change_tactic(change, plan, levers, kind, part)
    elif kind == "shifts":
        change.add(check_tactic(_shifted(change, plan, levers, part), plan))
    else:
        raise InvalidValue(
            "That follows from the plan’s tactics: set it on the cards, in their readiness and "
            "in where their freed hours go."
        )


def _on_the_board(change: Change, tactic_id: str) -> Tactic:
    tactic = change.get(Tactic, tactic_id)
    if tactic.archived_at is not None:
        raise InvalidValue(f"“{tactic.title}” was archived, so the plan cannot take that over.")
    return tactic


def _change_tactic(change: Change, plan: Plan, levers: Levers, kind: str, tactic_id: str) -> None:
    tactic = _on_the_board(change, tactic_id)
    now, names = levers.on(tactic), FIELDS[kind]
    wanted = replace(tactic, **{name: getattr(now, name) for name in names})
    try:
        check_tactic(wanted, plan)
    except InvalidValue as refused:
        raise InvalidValue(f"“{tactic.title}”: {refused}") from refused
    change.update(tactic, **{name: getattr(wanted, name) for name in names})


def _change_plan(change: Change, plan: Plan, **fields: Any) -> None:
    check_plan(replace(plan, **fields))
    change.update(plan, **fields)


def _own_range(
    value: float | tuple[float, float, float], scenario: Scenario, actor: str, now: str
) -> AssumptionRange:
    low, mode, high = value if isinstance(value, tuple) else (value, value, value)
    return AssumptionRange(
        low=low,
        mode=mode,
        high=high,
        source=f"Taken over from scenario {scenario.letter}, {scenario.name}",
        grade="estimate",
        set_by=actor,
        set_at=now,
    )


def _shifted(change: Change, plan: Plan, levers: Levers, task: str) -> Tactic:
    """Return a tactic that does what a shift of hours did; the first carries the price."""
    shift, terms = levers.shifts[task], levers.shift_terms
    is_first = task == min(levers.shifts, key=lambda each: (levers.shifts[each].start, each))
    ticks = round(4 * terms.preparation)
    return Tactic(
        id=new_id("tactic"),
        plan_id=plan.id,
        title=f"Automate {defaults().tasks[task].label}",
        lane="unaligned",
        start=shift.start,
        moves={task: shift.share},
        buys_tool=True,
        requirements_written=ticks >= 1,
        process_standardised=ticks >= 2,
        baseline_measured=ticks >= 3,
        seat_price=terms.seat_price if is_first else 0.0,
        one_off=terms.one_off if is_first else 0.0,
        position=_end(change, "unaligned"),
    )


def _end(change: Change, lane: str) -> str:
    rows = [each for each in change.tactics() if each.lane == lane]
    return key_between(rows[-1].position if rows else None, None)

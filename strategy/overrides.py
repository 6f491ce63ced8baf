"""A scenario's overrides one by one: what each changes, how to take it back, how to adopt it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from simulation.defaults import defaults
from strategy.calendar import month_name
from strategy.checks import check_plan, check_tactic
from strategy.errors import InvalidValue
from strategy.identity import new_id
from strategy.levers import Levers
from strategy.model import AssumptionRange, Board, Plan, Scenario, Tactic
from strategy.order import key_between
from strategy.ports import Change, Store
from strategy.projection import engine_inputs

WHOLE = ("seats", "week", "destinations", "plan_quality", "preparation")
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
        *_without(levers, board),
        *_tactics(levers, board),
    )


def _organisation(levers: Levers, board: Board) -> list[Override]:
    found = []
    if levers.seats is not None:
        found.append(Override("seats", "Seats", f"{board.plan.seats:g}", f"{levers.seats:g}"))
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
                f"{base['plan_quality']:.0%}",
                f"{levers.plan_quality:.0%}",
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


def _uses(shares: Mapping[str, float]) -> str:
    return ", ".join(f"{share:.0%} {USES[use]}" for use, share in shares.items() if share > 0)


def _shifts(levers: Levers, board: Board) -> list[Override]:
    return [
        Override(
            f"shifts.{task}",
            f"{defaults().tasks[task].label}: more of it automated",
            "0%",
            f"{shift.share:.0%} from {month_name(board.plan.start_month, shift.start)}",
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


def _without(levers: Levers, board: Board) -> list[Override]:
    titles = {each.id: each.title for each in board.tactics}
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
            f"{known[each].title}: start",
            month_name(first, known[each].start),
            month_name(first, start),
        )
        for each, start in levers.starts.items()
        if each in known
    ]
    return starts + [
        Override(
            f"adoption.{each}",
            f"{known[each].title}: adoption",
            f"{known[each].adoption:.0%}",
            f"{share:.0%}",
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
    elif kind in ("shifts", "assumptions", "starts", "adoption") and part in raw.get(kind, {}):
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
        change.words = f"Scenario {scenario.letter} follows the plan again: {_what(key)}"
        return change.update(scenario, overrides=levers.to_json())


def _what(key: str) -> str:
    kind, _, part = key.partition(".")
    known = defaults()
    if kind == "assumptions":
        return known.assumptions[part].label
    if kind == "shifts":
        return f"automation of {known.tasks[part].label}"
    if kind in ("starts", "adoption"):
        return "start of a tactic" if kind == "starts" else "adoption of a tactic"
    return "a tactic left out" if kind == "without" else kind.replace("_", " ")


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
    elif kind == "without":
        tactic = change.get(Tactic, part)
        change.update(tactic, lane="ideas", goal_id=None, position=_end(change, "ideas"))
    elif kind in ("starts", "adoption"):
        tactic = check_tactic(levers.on(change.get(Tactic, part)), plan)
        field = {"starts": "start", "adoption": "adoption"}[kind]
        change.update(change.get(Tactic, part), **{field: getattr(tactic, field)})
    elif kind == "shifts":
        change.add(check_tactic(_shifted(change, plan, levers, part), plan))
    else:
        raise InvalidValue(
            "That follows from the plan’s tactics: set it on the cards, in their readiness and "
            "in where their freed hours go."
        )


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

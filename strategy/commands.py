"""The verbs of planning: one user action, one transaction, one event."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, TypeVar

from strategy.checks import check_goal, check_plan, check_range, check_tactic, clean_text
from strategy.edit_words import edit_words
from strategy.errors import EditConflict, InvalidValue, Missing
from strategy.identity import new_id
from strategy.levers import Levers, merge_overrides, titles_of
from strategy.model import AssumptionRange, Board, Goal, Lane, Plan, Scenario, Tactic
from strategy.order import LONGEST_KEY, key_between, keys_for
from strategy.plan_words import plan_edit_words
from strategy.ports import Change, Store
from strategy.projection import engine_inputs, read_inputs
from strategy.readiness import settled
from strategy.season import with_season
from strategy.serving import check_supports

Ordered = TypeVar("Ordered", Goal, Tactic, Scenario)
# Set by moving, archiving and keeping, never by editing fields.
NEVER_TYPED = frozenset(
    {"id", "plan_id", "lane", "goal_id", "position", "created_at", "archived_at", "version"}
)
LANE_NAMES = {"unaligned": "Not under a goal", "ideas": "Ideas"}


def _last_key(rows: Sequence[Goal | Tactic | Scenario]) -> str:
    return key_between(rows[-1].position if rows else None, None)


def _merge(kept: Any, base: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields to set: those the user really changed since `base`.

    Raises EditConflict if somebody else changed one of them to something different.
    """
    mine = {name: value for name, value in wanted.items() if value != base.get(name)}
    for name in mine:
        if name in NEVER_TYPED or not hasattr(kept, name):
            kind = type(kept).__name__.lower()
            raise InvalidValue(f"A {kind} has no “{name}” that can be edited.")
    clashes = {
        name: (getattr(kept, name), value)
        for name, value in mine.items()
        if getattr(kept, name) != base.get(name) and getattr(kept, name) != value
    }
    if clashes:
        raise EditConflict(
            "Somebody else changed this a moment ago. Compare both versions and save again.",
            clashes,
        )
    return mine


def _living(row: Ordered) -> Ordered:
    if row.archived_at is not None:
        raise Missing(f"“{_title(row)}” was archived by somebody else. Undo brings it back.")
    return row


def _title(row: Goal | Tactic | Scenario) -> str:
    return row.name if isinstance(row, Scenario) else row.title


def create_plan(store: Store, actor: str, plan: Plan) -> Plan:
    """Keep a new plan."""
    plan = check_plan(plan)
    with store.change(plan.id, actor, "create_plan", f"New plan {plan.name}", undoable=False) as c:
        return c.add(plan)


def edit_plan(
    store: Store, plan_id: str, actor: str, base: Mapping[str, Any], wanted: Mapping[str, Any]
) -> Plan:
    """Set fields of a plan; `base` holds the values the user started from."""
    with store.change(plan_id, actor, "edit_plan") as change:
        plan = change.get(Plan, plan_id)
        fields = _merge(plan, base, wanted)
        checked = check_plan(replace(plan, **fields))
        _require_fits(change, checked)
        change.words = plan_edit_words(plan, checked)
        return change.update(plan, **{name: getattr(checked, name) for name in fields})


def _require_fits(change: Change, plan: Plan) -> None:
    """Raise InvalidValue, naming the goal or tactic, if the board does not fit the plan."""
    rows: list[Goal | Tactic] = [*change.goals(), *change.tactics()]
    for row in rows:
        try:
            if isinstance(row, Goal):
                check_goal(row, plan)
            else:
                check_tactic(row, plan)
        except InvalidValue as error:
            raise InvalidValue(f"“{row.title}” does not fit: {error}") from error


def add_goal(store: Store, plan_id: str, actor: str, **fields: Any) -> Goal:
    """Add a goal at the end of the board."""
    with store.change(plan_id, actor, "add_goal") as change:
        plan = change.get(Plan, plan_id)
        goal = Goal(
            id=new_id("goal"), plan_id=plan_id, position=_last_key(change.goals()), **fields
        )
        goal = check_goal(goal, plan)
        change.words = f"Add goal {goal.title}"
        return change.add(goal)


def edit_goal(
    store: Store,
    plan_id: str,
    actor: str,
    goal_id: str,
    base: Mapping[str, Any],
    wanted: Mapping[str, Any],
) -> Goal:
    """Set fields of a goal; `base` holds the values the user started from."""
    with store.change(plan_id, actor, "edit_goal") as change:
        goal = _living(change.get(Goal, goal_id))
        fields = _merge(goal, base, wanted)
        plan = change.get(Plan, plan_id)
        checked = check_goal(replace(goal, **fields), plan)
        change.words = edit_words(goal.title, goal, fields, plan.start_month)
        return change.update(goal, **{name: getattr(checked, name) for name in fields})


def archive_goal(store: Store, plan_id: str, actor: str, goal_id: str) -> None:
    """Take a goal off the board; its tactics stay, under no goal."""
    with store.change(plan_id, actor, "archive_goal") as change:
        goal = _living(change.get(Goal, goal_id))
        change.words = f"Archive goal {goal.title}"
        tactics = change.tactics()
        last = _last_key([each for each in tactics if each.lane == "unaligned"])
        for tactic in tactics:
            if tactic.goal_id == goal_id:
                left = settled(replace(tactic, lane="unaligned", goal_id=None))
                change.update(
                    tactic, lane="unaligned", goal_id=None, position=last, status=left.status
                )
                last = key_between(last, None)
        change.update(goal, archived_at=change.now)


def add_tactic(
    store: Store, plan_id: str, actor: str, *, tactic_id: str | None = None, **fields: Any
) -> Tactic:
    """Add a tactic at the end of its lane.

    A given `tactic_id` makes runs repeatable elsewhere: luck in fit is drawn by id.
    """
    with store.change(plan_id, actor, "add_tactic") as change:
        plan = change.get(Plan, plan_id)
        tactic = Tactic(id=tactic_id or new_id("tactic"), plan_id=plan_id, **fields)
        _require_lane(change, tactic.lane, tactic.goal_id)
        _require_goals(change, tactic)
        in_lane = _lane(change, tactic.lane, tactic.goal_id)
        tactic = check_tactic(replace(tactic, position=_last_key(in_lane)), plan)
        change.words = f"Add {tactic.title}"
        return change.add(tactic)


def add_tactics(
    store: Store, plan_id: str, actor: str, rows: Sequence[Mapping[str, Any]]
) -> tuple[Tactic, ...]:
    """Add tactics under no goal, in order, all in one change or none."""
    with store.change(plan_id, actor, "add_tactics") as change:
        plan = change.get(Plan, plan_id)
        last = _last_key(_lane(change, "unaligned", None))
        kept = []
        for row in rows:
            tactic = Tactic(id=new_id("tactic"), plan_id=plan_id, lane="unaligned", **row)
            kept.append(change.add(check_tactic(replace(tactic, position=last), plan)))
            last = key_between(last, None)
        change.words = f"Add {len(kept)} tactic{'' if len(kept) == 1 else 's'}"
        return tuple(kept)


def edit_tactic(
    store: Store,
    plan_id: str,
    actor: str,
    tactic_id: str,
    base: Mapping[str, Any],
    wanted: Mapping[str, Any],
    *,
    to: tuple[Lane, str | None] | None = None,
) -> Tactic:
    """Set fields of a tactic and, with `to`, put it at the end of another lane.

    `base` holds the values the user started from.
    """
    with store.change(plan_id, actor, "edit_tactic") as change:
        tactic = _living(change.get(Tactic, tactic_id))
        fields = _merge(tactic, base, wanted)
        if to is not None and to != (tactic.lane, tactic.goal_id):
            _require_lane(change, *to)
            place = _last_key(_lane(change, *to))
            fields |= {"lane": to[0], "goal_id": to[1], "position": place}
        edited = replace(tactic, **fields)
        if "status" not in fields:
            edited = settled(edited)
            fields["status"] = edited.status
        if "supports" in fields:
            _require_goals(change, edited)
        plan = change.get(Plan, plan_id)
        checked = check_tactic(edited, plan)
        change.words = edit_words(tactic.title, tactic, fields, plan.start_month)
        return change.update(tactic, **{name: getattr(checked, name) for name in fields})


def bring_back_tactic(store: Store, plan_id: str, actor: str, tactic_id: str) -> Tactic:
    """Put an archived tactic back on the board; under no goal if its goal is gone."""
    with store.change(plan_id, actor, "bring_back_tactic") as change:
        tactic = change.get(Tactic, tactic_id)
        change.words = f"Bring back {tactic.title}"
        living = {goal.id for goal in change.goals()}
        is_lost = tactic.lane == "goal" and tactic.goal_id not in living
        back = settled(replace(tactic, lane="unaligned", goal_id=None)) if is_lost else tactic
        return change.update(
            tactic, archived_at=None, lane=back.lane, goal_id=back.goal_id, status=back.status
        )


def bring_back_goal(store: Store, plan_id: str, actor: str, goal_id: str) -> Goal:
    """Put an archived goal back on the board, without the tactics that were under it."""
    with store.change(plan_id, actor, "bring_back_goal") as change:
        goal = change.get(Goal, goal_id)
        change.words = f"Bring back {goal.title}"
        return change.update(goal, archived_at=None)


def archive_tactic(store: Store, plan_id: str, actor: str, tactic_id: str) -> None:
    """Take a tactic off the board."""
    with store.change(plan_id, actor, "archive_tactic") as change:
        tactic = _living(change.get(Tactic, tactic_id))
        change.words = f"Archive {tactic.title}"
        change.update(tactic, archived_at=change.now)


def move_tactic(
    store: Store,
    plan_id: str,
    actor: str,
    tactic_id: str,
    lane: Lane,
    goal_id: str | None = None,
    before: str | None = None,
) -> Tactic:
    """Put a tactic into a lane, above the tactic `before` or at the end.

    The place is found among the lane's cards as they are now: if `before` has moved away
    meanwhile, the card goes to the end and nothing is lost. A tactic that buys a tool and is
    more than a draft becomes a draft again where it serves no goal.
    """
    with store.change(plan_id, actor, "move_tactic") as change:
        tactic = _living(change.get(Tactic, tactic_id))
        name = _require_lane(change, lane, goal_id)
        others = [each for each in _lane(change, lane, goal_id) if each.id != tactic_id]
        change.words = f"{tactic.title} to {name}"
        position = _place(change, others, before)
        moved = settled(replace(tactic, lane=lane, goal_id=goal_id, position=position))
        return change.update(
            tactic, lane=lane, goal_id=goal_id, position=position, status=moved.status
        )


def park_unaligned(store: Store, plan_id: str, actor: str) -> int:
    """Put every tactic that serves no goal among the ideas; return how many."""
    with store.change(plan_id, actor, "park_unaligned") as change:
        stray = _lane(change, "unaligned", None)
        if not stray:
            raise InvalidValue("Every tactic serves a goal; there is nothing to park.")
        last = _last_key(_lane(change, "ideas", None))
        for tactic in stray:
            change.update(tactic, lane="ideas", position=last)
            last = key_between(last, None)
        change.words = f"Park {len(stray)} tactic{'' if len(stray) == 1 else 's'} without a goal"
        return len(stray)


def split_tactic(
    store: Store, plan_id: str, actor: str, tactic_id: str, goal_id: str, share: float
) -> Tactic:
    """Give a further goal a share, 0 to 1, of a tactic's effort and money."""
    with store.change(plan_id, actor, "split_tactic") as change:
        tactic = _living(change.get(Tactic, tactic_id))
        if tactic.lane != "goal" or tactic.goal_id == goal_id:
            raise InvalidValue("Only a tactic under one goal can be shared with another goal.")
        goal = _living(change.get(Goal, goal_id))
        supports = check_supports({**tactic.supports, goal_id: share})
        change.words = f"Share {share:.0%} of {tactic.title} with {goal.title}"
        return change.update(tactic, supports=supports)


def _require_lane(change: Change, lane: Lane, goal_id: str | None) -> str:
    """Return the lane's name; raise InvalidValue or Missing if there is no such lane."""
    if lane == "goal":
        if goal_id is None:
            raise InvalidValue("A tactic under a goal must say which goal.")
        return _living(change.get(Goal, goal_id)).title
    if lane not in LANE_NAMES or goal_id is not None:
        raise InvalidValue("A tactic belongs under a goal, under no goal, or among the ideas.")
    return LANE_NAMES[lane]


def _require_goals(change: Change, tactic: Tactic) -> None:
    """Raise Missing if a further goal is not on the plan's board."""
    for goal_id in check_supports(tactic.supports):
        _living(change.get(Goal, goal_id))


def _lane(change: Change, lane: Lane, goal_id: str | None) -> list[Tactic]:
    return [each for each in change.tactics() if each.lane == lane and each.goal_id == goal_id]


def _place(change: Change, others: list[Tactic], before: str | None) -> str:
    ids = [each.id for each in others]
    place = ids.index(before) if before in ids else len(others)
    above = others[place - 1].position if place > 0 else None
    below = others[place].position if place < len(others) else None
    if above is None or below is None or above < below:
        key = key_between(above, below)
        if len(key) <= LONGEST_KEY:
            return key
    fresh = keys_for(len(others) + 1)
    for each, key in zip(others, fresh[:place] + fresh[place + 1 :], strict=True):
        change.update(each, position=key)
    return fresh[place]


def add_scenario(
    store: Store, plan_id: str, actor: str, name: str, overrides: Mapping[str, Any]
) -> Scenario:
    """Save overrides on the plan as a named scenario with the next free letter."""
    return add_scenarios(store, plan_id, actor, [(name, overrides)])[0]


def add_scenarios(
    store: Store, plan_id: str, actor: str, rows: Sequence[tuple[str, Mapping[str, Any]]]
) -> list[Scenario]:
    """Save named overrides as scenarios with the next free letters, all in one change."""
    with store.change(plan_id, actor, "add_scenario") as change:
        kept = [_add_scenario(change, plan_id, name, overrides) for name, overrides in rows]
        change.words = f"Save scenario {' and '.join(each.name for each in kept)}"
        return kept


def _add_scenario(
    change: Change, plan_id: str, name: str, overrides: Mapping[str, Any]
) -> Scenario:
    runnable = _runnable(change, plan_id, overrides)
    scenarios = change.scenarios()
    return change.add(
        Scenario(
            id=new_id("scenario"),
            plan_id=plan_id,
            name=clean_text("The scenario's name", name, 60, required=True),
            letter=_free_letter(scenarios),
            overrides=runnable,
            position=_last_key(scenarios),
        )
    )


def _runnable(change: Change, plan_id: str, overrides: Mapping[str, Any]) -> dict[str, Any]:
    """Return overrides as they are kept; raise InvalidValue if the model cannot run them."""
    board = Board(change.get(Plan, plan_id), change.goals(), change.tactics(), change_seq=0)
    levers = Levers.from_json(overrides, titles_of(board.tactics))
    read_inputs(engine_inputs(board, levers))
    return levers.to_json()


def _free_letter(scenarios: Sequence[Scenario]) -> str:
    taken = {each.letter for each in scenarios}
    letters = [chr(code) for code in range(ord("A"), ord("Z") + 1)]
    free = next((letter for letter in letters if letter not in taken), None)
    if free is None:
        raise InvalidValue("A plan holds 26 scenarios. Archive one first.")
    return free


def edit_scenario(
    store: Store,
    plan_id: str,
    actor: str,
    scenario_id: str,
    base: Mapping[str, Any],
    wanted: Mapping[str, Any],
) -> Scenario:
    """Rename a scenario or change its overrides; `base` is what the user started from.

    Levers that others changed meanwhile stay as they set them.
    """
    with store.change(plan_id, actor, "edit_scenario") as change:
        scenario = _living(change.get(Scenario, scenario_id))
        if "overrides" in wanted:
            titles = titles_of(change.tactics())
            changed = Levers.from_json(wanted["overrides"], titles).to_json()
            merged = merge_overrides(scenario.overrides, base.get("overrides", {}), changed)
            wanted = {**wanted, "overrides": merged}
            base = {**base, "overrides": scenario.overrides}
        fields = _merge(scenario, base, wanted)
        if "name" in fields:
            fields["name"] = clean_text("The scenario's name", fields["name"], 60, required=True)
        if "overrides" in fields:
            fields["overrides"] = _runnable(change, plan_id, fields["overrides"])
        change.words = f"Change scenario {scenario.name}"
        return change.update(scenario, **fields)


def archive_scenario(store: Store, plan_id: str, actor: str, scenario_id: str) -> None:
    """Take a scenario off the list."""
    with store.change(plan_id, actor, "archive_scenario") as change:
        scenario = _living(change.get(Scenario, scenario_id))
        change.words = f"Archive scenario {scenario.name}"
        change.update(scenario, archived_at=change.now)


def set_assumptions(
    store: Store,
    plan_id: str,
    actor: str,
    ranges: Mapping[str, Mapping[str, Any]],
    words: str,
    *,
    baseline_source: str | None = None,
    seats: int | None = None,
    week: Mapping[str, float] | None = None,
    season: Mapping[str, Sequence[float]] | None = None,
) -> Plan:
    """Replace the plan's range of assumptions, its seats, rep week and seasons, all or none.

    `ranges` maps an assumption's name to low, mode, high, source and grade; `season` what has a
    season to twelve factors, January first, and leaves the others as they are.
    """
    with store.change(plan_id, actor, "set_assumptions", words) as change:
        plan = change.get(Plan, plan_id)
        chosen = dict(plan.assumptions)
        for name, row in ranges.items():
            low, mode, high = check_range(name, row)
            chosen[name] = AssumptionRange(
                low=low,
                mode=mode,
                high=high,
                source=clean_text("The source", row.get("source", ""), 500, required=True),
                grade=_grade(row.get("grade")),
                set_by=actor,
                set_at=change.now,
            )
        source = plan.baseline_source if baseline_source is None else baseline_source
        fields: dict[str, Any] = {
            "assumptions": chosen,
            "baseline_source": source,
            "seats": plan.seats if seats is None else seats,
            "week": plan.week if week is None else dict(week),
            "season": plan.season,
        }
        for name, factors in (season or {}).items():
            fields["season"] = with_season(replace(plan, season=fields["season"]), name, factors)
        check_plan(replace(plan, **fields))
        return change.update(plan, **fields)


def _grade(grade: Any) -> str:
    if grade not in ("measured", "benchmark", "estimate"):
        raise InvalidValue("The evidence is measured, a benchmark or an estimate. Choose one.")
    return str(grade)


def reset_assumption(store: Store, plan_id: str, actor: str, name: str, label: str) -> Plan:
    """Go back to the shipped range of an assumption."""
    with store.change(plan_id, actor, "reset_assumption", f"Reset {label}") as change:
        plan = change.get(Plan, plan_id)
        left = {key: each for key, each in plan.assumptions.items() if key != name}
        return change.update(plan, assumptions=left)


def fields_of(row: Goal | Tactic | Plan | Scenario) -> dict[str, Any]:
    """Return a row's fields, as the base of an edit."""
    return asdict(row)

"""The rep's week on top of Simulate: what systems take over is set on the bar itself."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

import session
from components.look import LookSpot
from components.numbers import format_change, format_value
from components.week import (
    After,
    CeilingMark,
    Handle,
    Part,
    Use,
    parse_hours,
    parse_share,
    rep_week,
    sent,
)
from pages.frame.text import plain
from pages.simulate.charts import USES, weekly
from pages.simulate.edit import saver
from pages.simulate.fields import Change, Save
from simulation.ceiling import Ceiling
from simulation.defaults import defaults
from strategy.freed_hours import NOBODY, freed_shares, send_freed
from strategy.levers import Levers
from strategy.library import tactic_library
from strategy.metrics import WEEKS_A_MONTH
from strategy.model import Board, Run, Scenario
from strategy.projection import engine_inputs
from strategy.rep_week import (
    AdminTask,
    admin_tasks,
    automate,
    ceiling_of,
    offer_tactic,
    why_it_stops,
)
from strategy.rules import NO_PRESSURE

NO_CEILING = "No buyer ceiling: the rule that buyers’ time is limited is switched off."
GROUPS = {
    "live_conversations": "selling",
    "prospecting": "prospecting",
    "account_strategy": "account",
    "coaching": "coaching",
}
# On the bar, where the model's own names would be cut; handles and table have those.
SHORT = {
    "account_strategy": "Account work",
    "coaching": "Coaching",
    "crm_entry": "CRM entry",
    "quotes": "Quoting, approvals",
    "research": "Research",
    "scheduling": "Scheduling",
    "orders": "Orders",
    "forecast": "Reporting",
    "chasing": "Chasing",
    "meetings": "Meetings",
    "slack": "Slack",
}
FREED = {
    "selling": ("Selling", "selling"),
    "strategy": ("Account work", "account"),
    "coaching": ("Coaching", "coaching"),
    NOBODY: ("Nobody’s", "other"),
}
LEAST_GAIN, NOTICEABLE = 0.005, 0.05


def week_bar(board: Board, scenario: Scenario, run: Run | None, spot: LookSpot | None) -> None:
    """Draw the week today and, once there is a run, with the scenario.

    `spot` is where a moving handle shows at once what it would do.
    """
    levers = Levers.from_json(scenario.overrides)
    inputs = engine_inputs(board, levers)
    tasks = admin_tasks(board, levers, inputs)
    hours = board.plan.hours_per_rep_month / WEEKS_A_MONTH
    shares = _shares(inputs)
    after = _after(run, hours) if run else None
    key = f"week_{scenario.id}"
    save = saver(board, scenario)
    with st.container(border=True, key="rep_week"):
        rep_week(
            {
                "title": f"One rep’s week, {hours:.3g} hours",
                "note": "hatched: promised to automation at full adoption",
                "total": hours,
                "today": _today(inputs, hours),
                "handles": [_handle(task) for task in tasks if task.hours > 0],
                "after_title": f"With scenario {scenario.letter}, as the run expects it "
                "in the last month"
                if run
                else f"With scenario {scenario.letter}: not simulated yet",
                "after": after,
                "ceiling": _ceiling(inputs, hours, after),
                "uses": _uses(shares),
                "refused": _refused(key),
            },
            look=spot,
            key=key,
            on_send=lambda: _answer(key, keep_share(sent(key, "send_freed"), shares, save)),
            on_set=lambda: _answer(key, keep_hours(sent(key), tasks, save)),
        )
        _offers(board, scenario, tasks)


def week_tasks(board: Board, levers: Levers) -> tuple[AdminTask, ...]:
    """Return the tasks that have a handle in this week."""
    return admin_tasks(board, levers, engine_inputs(board, levers))


def week_shares(board: Board, levers: Levers) -> dict[str, float]:
    """Return the shares of freed hours that this week shows."""
    return _shares(engine_inputs(board, levers))


def _shares(inputs: Mapping[str, Any]) -> dict[str, float]:
    return freed_shares(inputs["destinations"], inputs["plan_quality"])


def _uses(shares: Mapping[str, float]) -> list[Use]:
    return [
        {"id": use, "label": label, "group": group, "share": round(100 * shares[use], 6)}
        for use, (label, group) in FREED.items()
    ]


def _today(inputs: Mapping[str, Any], hours: float) -> list[Part]:
    """Return today's tasks, selling first, admin work last, where its handles are."""
    known = defaults().tasks
    order = sorted(known, key=lambda task: known[task].group == "tactical")
    return [
        {
            "id": task,
            "label": SHORT.get(task, known[task].label),
            "group": "tactical" if known[task].group == "tactical" else GROUPS.get(task, "other"),
            "hours": inputs["week"][task] * hours,
            "words": format_value(inputs["week"][task] * hours, "hours"),
        }
        for task in order
        if inputs["week"][task] > 0
    ]


def _handle(task: AdminTask) -> Handle:
    return {
        "id": task.task,
        "label": task.label,
        "hours": task.hours,
        "automated": task.now,
        "least": task.least,
        "most": task.limit,
        "stops_low": why_it_stops(task, is_most=False),
        "stops_high": why_it_stops(task, is_most=True),
        "belongs": belongs(task),
    }


def belongs(task: AdminTask) -> str:
    """Return in words to which tactics a task's automated hours belong."""
    said = []
    if task.tactics:
        said.append(f"{format_value(task.least, 'hours')} by {', '.join(task.tactics)}.")
    extra = task.now - task.least
    if extra >= LEAST_GAIN:
        title = tactic_library()[task.offer]["title"] if task.offer else "no known tactic"
        said.append(f"{format_value(extra, 'hours')} by no tactic yet; {title} could.")
    return " ".join(said)


def _after(run: Run, hours: float) -> After:
    """Return the week with the plan by use, and what each use gained against today.

    Both are means over all futures, scaled to the length of the week so that they add up to it.
    """
    last = run.months - 1
    before, after = weekly(run, "baseline", last), weekly(run, "plan", last)
    scale = hours / (sum(after.values()) or 1.0)
    return {
        "parts": [
            {
                "id": use,
                "label": label,
                "group": group,
                "hours": after[use] * scale,
                "words": _changed(after[use] * scale, before[use] * scale),
            }
            for use, (label, group) in USES.items()
            if after[use] > 0
        ],
        "gained": {
            use: (after[use] - before[use]) * scale
            for use in USES
            if use != "admin_hours" and after[use] - before[use] > LEAST_GAIN
        },
    }


def _changed(hours: float, before: float) -> str:
    words, change = format_value(hours, "hours"), hours - before
    if abs(change) < NOTICEABLE:
        return words
    return f"{words} ({format_change(change, 'hours').removesuffix(' h')})"


def _ceiling(inputs: Mapping[str, Any], hours: float, after: After | None) -> CeilingMark:
    found = ceiling_of(inputs, hours)
    parts = after["parts"] if after else []
    selling = sum(each["hours"] for each in parts if each["id"] == "selling_hours")
    return {
        "p10": found.p10,
        "p50": found.p50,
        "p90": found.p90,
        "words": ceiling_words(found, selling) if inputs_have_ceiling(inputs) else NO_CEILING,
    }


def inputs_have_ceiling(inputs: Mapping[str, Any]) -> bool:
    """Return whether buyers' time is limited in these inputs, or that rule is switched off."""
    return bool(inputs["assumptions"].get("buyer_pressure") != NO_PRESSURE)


def ceiling_words(found: Ceiling, selling: float) -> str:
    """Return what the dashed line says, and by how much `selling` hours a week pass it."""
    words = (
        f"Dashed: buyer ceiling {format_value(found.p50, 'hours')} of selling, 80% range "
        f"{found.p10:.1f} to {found.p90:.1f}, at today’s attention. Past this line buyers have "
        "no more hours to give."
    )
    past = selling - found.p50
    if past < NOTICEABLE:
        return words
    return f"{words} This scenario’s selling is {format_value(past, 'hours')} past it."


def hours_change(value: object, tasks: tuple[AdminTask, ...]) -> Change | None:
    """Return how the hours a browser sent change the levers; None if it sent nothing.

    Raises
    ------
    ValueError
        If it is no task of this week with hours. The change itself raises InvalidValue for hours
        that no tactic can take over.
    """
    by_name = {task.task: task for task in tasks}
    wanted = parse_hours(value)
    if wanted is None:
        return None
    if wanted.task not in by_name:
        raise ValueError("There is no such task.")
    task, hours = by_name[wanted.task], wanted.hours
    return lambda levers: automate(levers, task, hours)


def share_change(value: object, shares: Mapping[str, float]) -> Change | None:
    """Return how the share of freed hours a browser sent changes the levers; None if nothing.

    Raises
    ------
    ValueError
        If it is no use with its share. The change itself raises InvalidValue for an unknown use.
    """
    wanted = parse_share(value)
    if wanted is None:
        return None
    use, share = wanted.use, wanted.share / 100
    return lambda levers: send_freed(levers, shares, use, share)


def keep_hours(value: object, tasks: tuple[AdminTask, ...], save: Save) -> bool:
    """Keep the hours a browser sent; return False, and say why, if they are not kept."""
    return _keep(lambda: hours_change(value, tasks), save)


def keep_share(value: object, shares: Mapping[str, float], save: Save) -> bool:
    """Keep the share of freed hours a browser sent; return False, and say why, if not."""
    return _keep(lambda: share_change(value, shares), save)


def _keep(read: Callable[[], Change | None], save: Save) -> bool:
    try:
        change = read()
    except ValueError as refused:
        session.say("error", f"{refused} Nothing was changed.")
        return False
    return change is None or bool(session.attempt(lambda: save(change)))


def _answer(key: str, is_kept: bool) -> None:
    """Count refusals, so that the browser takes back what was not kept."""
    if not is_kept:
        st.session_state[f"{key}_refused"] = _refused(key) + 1


def _refused(key: str) -> int:
    return int(st.session_state.get(f"{key}_refused", 0))


def _offers(board: Board, scenario: Scenario, tasks: tuple[AdminTask, ...]) -> None:
    """Offer a tactic of the library for each task whose shifted hours belong to none."""
    for task in tasks:
        if task.shift <= 0 or task.offer is None:
            continue
        title = tactic_library()[task.offer]["title"]
        extra = format_value(task.now - task.least, "hours")
        words, button = st.columns([5, 2], vertical_alignment="center")
        words.caption(plain(f"{task.label}: {extra} a week belong to no tactic of the plan yet."))
        button.button(
            plain(f"Add {title} instead"),
            key=f"offer_{scenario.id}_{task.task}",
            icon=":material/add:",
            help="The tactic comes with its own hours, price and preparation, and waits on the "
            "board under no goal. Undo takes that back.",
            on_click=_offer,
            args=(board.plan.id, scenario.id, task.task),
        )


def _offer(plan_id: str, scenario_id: str, task: str) -> None:
    session.attempt(
        lambda: offer_tactic(session.store(), plan_id, session.actor(), scenario_id, task),
        "The tactic is on the board, under no goal. Undo takes that back.",
    )

"""Forms for levers whose numbers must fit each other before they are kept."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import streamlit as st

from components.assumption_values import as_kept, as_typed, is_percent, typed_unit
from pages.frame.text import plain
from simulation.defaults import Assumption, defaults
from strategy.checks import check_range
from strategy.errors import InvalidValue
from strategy.levers import Levers
from strategy.metrics import WEEKS_A_MONTH
from strategy.model import Board
from strategy.rules import rule_off_of

Change = Callable[[Levers], Levers]
Save = Callable[[Change], bool]
USES = {"selling": "Selling", "strategy": "Account work", "coaching": "Coaching"}
GROUPS = {
    "selling": "Selling",
    "strategic": "Strategic",
    "tactical": "Admin work",
    "other": "Other",
}


class Limit(NamedTuple):
    """A typed number that must lie between 0 and `most`."""

    label: str
    value: float
    most: float
    unit: str = ""


def _all_within(limits: list[Limit]) -> bool:
    """Return whether every typed number fits; say on the page which one does not.

    The fields themselves have no bounds: a browser would quietly put back the old value.
    """
    for each in limits:
        if not 0 <= each.value <= each.most:
            st.error(
                plain(
                    f"{each.label} is {each.value:,.10g}{each.unit}. "
                    f"Use a number from 0 to {each.most:,.10g}{each.unit}."
                )
            )
            return False
    return True


def week_fields(
    board: Board, levers: Levers, inputs: dict[str, Any], prefix: str, save: Save
) -> None:
    """Ask for the rep week in shares or hours; it must add up before it is kept."""
    full = board.plan.hours_per_rep_month / WEEKS_A_MONTH
    in_hours = (
        st.segmented_control(
            "Unit",
            ["Percent", f"Hours of {full:.0f}"],
            default="Percent",
            required=True,
            label_visibility="collapsed",
            key="week_unit",
        )
        != "Percent"
    )
    whole, unit = (full, "h") if in_hours else (100.0, "%")
    if levers.week is not None:
        st.caption("This scenario has its own week.")
    with st.form(f"{prefix}_week_{unit}", border=False):
        typed = {}
        for group, title in GROUPS.items():
            st.markdown(f"**{title}**")
            columns = st.columns(2)
            rows = [task for task in defaults().tasks.values() if task.group == group]
            for place, task in enumerate(rows):
                typed[task.name] = columns[place % 2].number_input(
                    f"{task.label} ({unit})",
                    value=round(inputs["week"][task.name] * whole, 3),
                    step=0.5,
                    format="%.1f",
                    key=f"{prefix}_week_{unit}_{task.name}",
                )
        if st.form_submit_button("Run with this week", icon=":material/play_arrow:"):
            _save_week(typed, whole, unit, save)
    if levers.week is not None and st.button("Use the plan's week", key=f"{prefix}_week_reset"):
        save(lambda levers: replace(levers, week=None))
        st.rerun()


def _save_week(typed: dict[str, float], whole: float, unit: str, save: Save) -> None:
    labels = {name: task.label for name, task in defaults().tasks.items()}
    if not _all_within([Limit(labels[task], hours, whole, unit) for task, hours in typed.items()]):
        return
    total = sum(typed.values())
    if abs(total - whole) > 0.005 * whole:
        more = (
            f"Take {total - whole:.1f} {unit} away"
            if total > whole
            else f"Add {whole - total:.1f} {unit}"
        )
        st.error(f"The week adds up to {total:.1f} {unit}, not {whole:.1f}. {more} to run.")
        return
    week = {task: value / total for task, value in typed.items()}
    save(lambda levers: replace(levers, week=week))
    st.rerun()


def assumption_fields(board: Board, levers: Levers, prefix: str, save: Save) -> None:
    """Ask for the assumptions that decide the answer, low, likely and high."""
    st.caption("These matter most. A change here counts for this scenario only.")
    front = [each for each in defaults().assumptions.values() if each.is_front]
    range_form(board, levers, front, f"{prefix}_front", save)
    if levers.assumptions and st.button("Use the plan's ranges", key=f"{prefix}_ranges_reset"):
        save(lambda levers: replace(levers, assumptions={}))
        st.rerun()


def range_form(
    board: Board, levers: Levers, wanted: Sequence[Assumption], key: str, save: Save
) -> None:
    """Ask for some assumptions, low, likely and high, and keep them for this scenario."""
    with st.form(key, border=False):
        typed, before = {}, {}
        for each in wanted:
            own = board.plan.assumptions.get(each.name)
            base = (
                (own.low, own.mode, own.high)
                if own
                else (each.range.low, each.range.mode, each.range.high)
            )
            now = levers.assumptions.get(each.name, base)
            before[each.name] = base
            unit = typed_unit(each.unit, board.plan.currency)
            st.markdown(f"**{plain(each.label)}** {plain(unit)}", help=each.meaning)
            if rule := rule_off_of(board.plan, each.name):
                st.caption(plain(f"Left out of the model: the rule “{rule.title}” is off."))
            typed[each.name] = _three(
                f"{key}_{each.name}", each.unit, now if isinstance(now, tuple) else (now, now, now)
            )
        if st.form_submit_button("Run with these ranges", icon=":material/play_arrow:"):
            _save_ranges(typed, before, save)


def _three(key: str, unit: str, values: tuple[float, float, float]) -> tuple[float, float, float]:
    """Ask for low, likely and high, shares in percent; return them as the model has them."""
    sign, step = (" (%)", 1.0) if is_percent(unit) else ("", 0.01)
    low, mode, high = (
        as_kept(
            column.number_input(
                f"{part}{sign}",
                value=as_typed(float(value), unit),
                format="%g",
                step=step,
                key=f"{key}_{part}",
            ),
            unit,
            float(value),
        )
        for column, part, value in zip(
            st.columns(3), ("low", "likely", "high"), values, strict=True
        )
    )
    return low, mode, high


def _save_ranges(
    typed: dict[str, tuple[float, float, float]],
    before: dict[str, tuple[float, float, float]],
    save: Save,
) -> None:
    for name, (low, mode, high) in typed.items():
        try:
            check_range(name, {"low": low, "mode": mode, "high": high})
        except InvalidValue as error:
            st.error(plain(str(error)))
            return
    changed = {name: value for name, value in typed.items() if value != before[name]}

    def change(levers: Levers) -> Levers:
        others = {name: value for name, value in levers.assumptions.items() if name not in typed}
        return replace(levers, assumptions=others | changed)

    save(change)
    st.rerun()

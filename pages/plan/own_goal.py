"""A goal on a metric of the team's own: typed progress, and no chance."""

from typing import Any

import streamlit as st

from components.board import Bar, Lane
from components.numbers import own_value
from pages.frame.editing import field_key
from strategy.metrics import progress_share
from strategy.model import Goal


def own_progress(goal: Goal) -> Lane:
    """Return the parts of the goal's lane that say how far it is."""
    share = progress_share(goal)
    done = "No progress typed yet." if share is None else f"{share:.0%} of the way."
    return Lane(  # type: ignore[typeddict-item]
        verdict="Typed, not simulated",
        tone="none",
        bar=_bar(goal, share),
        note=f"{done} The model does not produce this metric, so no chance is claimed.",
    )


def _bar(goal: Goal, share: float | None) -> Bar:
    """Return today on the left, the target on the right, and how far it is between them."""
    reached = min(max(share or 0.0, 0.0), 1.0)
    start, end = 0.06, 0.94
    now = start + (end - start) * reached
    today, target = own_value(goal.baseline, goal.own_unit), own_value(goal.target, goal.own_unit)
    progress = "none yet" if goal.progress is None else own_value(goal.progress, goal.own_unit)
    return {
        "today": start,
        "low": start,
        "middle": now,
        "high": now,
        "target": end,
        "today_text": f"start {today}",
        "range_text": progress,
        "range_note": "so far",
        "target_text": f"target {target}",
        "sentence": f"{goal.own_name}: start {today}, progress {progress}, target {target}.",
    }


def own_fields(base: dict[str, Any]) -> dict[str, Any]:
    """Ask what is counted, in which unit, from where to where, and how far it is."""
    st.caption("The model does not produce it: you type the progress, and no chance is claimed.")
    left, right = st.columns(2)
    name = left.text_input(
        "What it counts",
        base["own_name"],
        max_chars=60,
        placeholder="New-hire survey score",
        key=field_key("own_name"),
    )
    unit = right.text_input("Unit", base["own_unit"], max_chars=20, key=field_key("own_unit"))
    is_own = bool(base["own_name"])
    columns = st.columns(3)
    values = {}
    for column, label, field in zip(
        columns,
        ("Today", "Target", "Progress so far"),
        ("baseline", "target", "progress"),
        strict=True,
    ):
        values[field] = column.number_input(
            label,
            value=base[field] if is_own else None,
            step=1.0,
            format="%g",
            key=field_key(field, "own"),
        )
    return {"own_name": name, "own_unit": unit} | values

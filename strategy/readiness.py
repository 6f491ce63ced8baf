"""What a tactic needs before it is ready: the four ticks that make its preparation."""

from dataclasses import replace
from typing import get_args

from strategy.errors import InvalidValue
from strategy.model import Status, Tactic

STATUS_NAMES: dict[Status, str] = {
    "draft": "Draft",
    "ready": "Ready",
    "running": "Under way",
    "done": "Done",
}
TICKS = {
    "goal": "it serves a goal",
    "requirements_written": "its requirements are written",
    "process_standardised": "the process is standard and owned",
    "baseline_measured": "the baseline is measured",
}


def ticks(tactic: Tactic) -> dict[str, bool]:
    """Return the four ticks by name: goal, requirements, process, baseline."""
    return {
        "goal": tactic.lane == "goal",
        "requirements_written": tactic.requirements_written,
        "process_standardised": tactic.process_standardised,
        "baseline_measured": tactic.baseline_measured,
    }


def preparation(tactic: Tactic) -> float:
    """Return the mean of the four ticks, 0 to 1."""
    found = ticks(tactic)
    return sum(found.values()) / len(found)


def missing_ticks(tactic: Tactic) -> tuple[str, ...]:
    """Return what is still to be done, in words; empty for a tactic that buys no tool."""
    if not tactic.buys_tool:
        return ()
    return tuple(TICKS[name] for name, is_done in ticks(tactic).items() if not is_done)


def check_status(tactic: Tactic) -> Status:
    """Return the tactic's status.

    Raises
    ------
    InvalidValue
        If there is no such status, or if a tactic that buys a tool is more than a draft
        before all four ticks are there; names what is missing.
    """
    if tactic.status not in get_args(Status):
        raise InvalidValue("A tactic is a draft, ready, under way or done.")
    missing = missing_ticks(tactic)
    if tactic.status != "draft" and missing:
        raise InvalidValue(
            f"A tactic that buys a tool stays a draft until {_listed(missing)}. "
            "Do that first, or leave it a draft."
        )
    return tactic.status


def settled(tactic: Tactic) -> Tactic:
    """Return the tactic as a draft again if a tick it needs was taken away."""
    is_held = tactic.status != "draft" and missing_ticks(tactic)
    return replace(tactic, status="draft") if is_held else tactic


def _listed(parts: tuple[str, ...]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"

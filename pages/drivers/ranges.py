"""Where the range of what decides an outcome is set: a dialog, or a part of Simulate."""

from dataclasses import dataclass

import session
from pages.frame.group import go_to
from pages.frame.plan_dialog import TEAM
from simulation.policy_ranges import SEATS
from strategy.deciding import Decider
from strategy.levers import Levers
from strategy.model import Board, Scenario


@dataclass(frozen=True)
class Place:
    """Where a range is set.

    Attributes
    ----------
    dialog : name of the dialog and what it is about; None where no dialog has the range
    page : the page to go to, by its address; "" for this one
    levers : the group of levers to open there
    """

    dialog: tuple[str, str] | None = None
    page: str = ""
    levers: str = ""


def place_of(board: Board, scenario: Scenario | None, each: Decider) -> Place | None:
    """Return where a range of a run is set, None if it is nowhere to be found any more.

    What the chosen scenario does not set itself is set in the plan.
    """
    levers = Levers() if scenario is None else Levers.from_json(scenario.overrides)
    if each.tactic is not None:
        return _of_tactic(board, levers, each.tactic, is_start=each.is_start)
    if not each.is_policy:
        return Place(dialog=("assumption", each.assumption))
    if each.assumption == SEATS:
        if levers.headcount is None:
            return Place(dialog=(TEAM, board.plan.id))
        return Place(page="simulate", levers="Team")
    # The board sends freed hours by its tactics, without a range: only a scenario has one.
    return None if scenario is None else Place(page="simulate", levers="Freed hours")


def _of_tactic(board: Board, levers: Levers, tactic: str, *, is_start: bool) -> Place | None:
    if tactic in (levers.starts if is_start else levers.adoption):
        return Place(page="simulate", levers="Tactics")
    if tactic in {each.id for each in board.tactics}:
        return Place(dialog=("tactic", tactic), page="plan")
    return None


def go_to_range(place: Place) -> None:
    """Open where a range is set; on another page the rest of this one is not drawn."""
    if place.dialog is not None:
        session.open_dialog(*place.dialog, page=place.page)
    if place.page:
        # Whoever comes back has chosen nothing yet.
        session.renew_dialog_keys()
        go_to(place.page, levers=place.levers)

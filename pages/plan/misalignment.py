"""What misalignment costs by the model, and what goals would be hit without, on request."""

import streamlit as st

from components.numbers import chance, format_range, money, typed_cost
from pages.frame.group import page_link
from pages.frame.text import plain
from pages.frame.working import worked_out
from pages.plan.mending import mend_buttons
from strategy.model import Board, Run
from strategy.needs import Spare, spare_spending
from strategy.straying import straying

ASKED = "misalignment_asked"


def misalignment_section(board: Board, run: Run) -> None:
    """Draw a button, and what it works out on the board's run."""
    with st.container(border=True):
        st.markdown("**What misalignment costs, by the model**")
        if st.session_state.get(ASKED) != board.plan.id:
            st.caption(
                "Money on tactics that do not help a goal, unused seats, and reps’ hours of "
                "coordination between tactics of different goals; and what likely goals would "
                "be hit without. Takes a few seconds."
            )
            st.button(
                "Work it out", key="work_out_misalignment", on_click=_ask, args=(board.plan.id,)
            )
            return
        _cost(board, run)
        _spare(board, run)


def _ask(plan_id: str) -> None:
    st.session_state[ASKED] = plan_id


def _versions(board: Board) -> tuple[str, ...]:
    return tuple(f"{tactic.id} {tactic.version}" for tactic in board.tactics)


def _cost(board: Board, run: Run) -> None:
    found = worked_out(
        "straying", run, lambda progress: straying(board, run, progress), *_versions(board)
    )
    cost, currency = found.cost, board.plan.currency
    st.markdown(
        plain(
            f"About {money(cost.total, currency)} over {board.plan.months} months, 80% range "
            f"{format_range(cost.total_p10, cost.total_p90, 'money', currency)}: "
            f"{money(cost.unaligned_spend, currency)} on tactics that serve or help no goal, "
            f"{money(cost.shelfware, currency)} for unused seats, "
            f"{money(cost.coordination_cost, currency)} of coordination."
        )
    )
    page_link("drivers", "The tactics behind it", ":material/list:")


def _spare(board: Board, run: Run) -> None:
    found = worked_out(
        "spare", run, lambda progress: spare_spending(board, run, progress), *_versions(board)
    )
    if not found:
        st.caption("No likely goal would stay likely without one of its paid tactics.")
        return
    st.markdown("**Above what a likely goal still needs**")
    st.caption("Each left out alone: the goal stays likely, with 70 of 100 futures or more.")
    for each in found:
        _spare_line(board, each)


def _spare_line(board: Board, spare: Spare) -> None:
    name, sums, mends = st.columns([5, 2, 4], vertical_alignment="center")
    with name.container(gap="xxsmall"):
        st.markdown(plain(spare.title))
        st.caption(
            plain(
                f"“{spare.goal_title}” is hit in {chance(spare.chance_without)} of futures "
                f"without it, {chance(spare.chance)} with it."
            )
        )
    sums.markdown(plain(typed_cost(spare.money, board.plan.currency)))
    with mends:
        mend_buttons(board, spare.tactic, ("move", "split", "park"), f"spare {spare.tactic}")

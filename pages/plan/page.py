"""Will this plan hit our goals, and what is not serving one?"""

from collections.abc import Callable

import streamlit as st

import session
from components.board import (
    board as draw_board,
)
from components.board import (
    parse_add,
    parse_archive,
    parse_goal,
    parse_move,
    parse_open,
    trigger,
)
from pages.frame.bar import context_row, show_messages
from pages.frame.people_here import behind_dialog, edits_of, note_me
from pages.frame.plan_dialog import plan_dialog
from pages.frame.plan_files import import_dialog
from pages.frame.rules_note import caption_with_rules
from pages.frame.text import plain
from pages.plan.alignment_panel import alignment_panel
from pages.plan.balance_words import balance_sentence
from pages.plan.filter_row import view_and_filter
from pages.plan.goal_dialog import goal_dialog
from pages.plan.outline_view import outline_view
from pages.plan.paste_dialog import paste_dialog
from pages.plan.start import start_page
from pages.plan.tactic_dialog import tactic_dialog
from pages.plan.timeline_view import timeline_view
from pages.plan.view import GOAL_LANE, board_data
from reports.headlines import plan_headline
from strategy import commands
from strategy.filtering import Filter, shown
from strategy.model import Board, Lane, Run
from strategy.replaying import moved_since
from strategy.running import Early
from strategy.summary import board_look

KEY = "board"


def plan_page() -> None:
    """Draw the board of the current plan, or the start page while there is none."""
    plan = session.current_plan()
    if plan is None or session.is_starting():
        start_page(plan)
        return
    board = session.store().board(plan.id)
    context_row(
        board,
        primary="Add goal",
        icon=":material/flag:",
        on_primary=lambda: session.open_dialog("goal", None),
    )
    show_messages()
    body = _Body(plan.id)
    behind_dialog(body.draw, board)
    _dialogs(board, body.run)


class _Body:
    """A plan in the view that is chosen, and its run.

    Attributes
    ----------
    run : the run of the plan as it was drawn, None if it cannot be simulated
    """

    def __init__(self, plan_id: str) -> None:
        self._plan_id = plan_id
        self.run: Run | None = None

    def draw(self, board: Board | None) -> None:
        """Draw the plan as it was read for the page or, without, as it is now.

        What the board shows is drawn before the rest of the run is summed up and kept.
        """
        board = board or session.store().board(self._plan_id)
        drawn: list[Run] = []

        def show(run: Run) -> None:
            drawn.append(run)
            _view(board, run)

        self.run = session.run_of(board, early=Early(board_look, show))
        if not drawn:
            if self.run is None:
                show_messages()
            _view(board, self.run)
        alignment_panel(board, self.run)


def _view(board: Board, run: Run | None) -> None:
    """Draw what a run says of a plan in the view that is chosen."""
    _headline(board, run)
    before = _chances_before(board, run)
    view, asked = view_and_filter(board)
    if view == "Timeline":
        timeline_view(board, asked)
    elif view == "Outline":
        outline_view(board, run, asked)
    else:
        _board(board, run, before, asked)


def _board(board: Board, run: Run | None, before: dict[str, float], asked: Filter) -> None:
    draw_board(
        board_data(
            board,
            run,
            before,
            st.session_state.get("announce"),
            shown(asked, board),
            edits_of(note_me(board)),
        ),
        key=KEY,
        on_move=_on(_move),
        on_open=_on(_open),
        on_goal=_on(_goal),
        on_add=_on(_add),
        on_paste=_on(_paste),
        on_archive=_on(_archive),
    )


def _headline(board: Board, run: Run | None) -> None:
    if run is None:
        st.title("This plan cannot be simulated yet.")
        return
    only_own = board.goals and not board.simulated_goals
    goals = run.summary["goals"]
    st.title(
        "No goal of this plan can be simulated; progress is typed."
        if only_own
        else plain(plan_headline(goals))
    )
    st.caption(
        caption_with_rules(
            f"The plan as it stands on the board, {run.draws:,} simulated futures. "
            "Amounts are the middle future’s; ranges hold 80 of 100 futures."
            + (" More than five goals is a lot for one team." if len(board.goals) > 5 else "")
        )
    )


def _chances_before(board: Board, run: Run | None) -> dict[str, float]:
    """Return each goal's chance before the last change this browser has seen."""
    if run is None:
        return {}
    chances = {row["id"]: float(row["chance"]) for row in run.summary["goals"]}
    shown = st.session_state.get("shown_run", {})
    if shown.get("plan") != board.plan.id:
        shown = {"plan": board.plan.id, "run": run.id, "now": chances, "before": {}}
    elif shown["run"] != run.id:
        shown = {"plan": board.plan.id, "run": run.id, "now": chances, "before": shown["now"]}
    st.session_state["shown_run"] = shown
    before: dict[str, float] = shown["before"]
    return before


def _on(handle: Callable[[str], None]) -> Callable[[], None]:
    """Return a callback that runs a command on the current plan; bad messages are refused."""

    def callback() -> None:
        plan = session.current_plan()
        if plan is None:
            return
        try:
            handle(plan.id)
        except ValueError as error:
            session.say("error", f"That was not saved. {error} Reload the page and try again.")
            _announce("That was not saved.")

    return callback


def _announce(text: str) -> None:
    """Let the board speak a sentence once; a new id also makes it draw what is kept."""
    last = st.session_state.get("announce") or {"id": 0}
    st.session_state["announce"] = {"id": last["id"] + 1, "text": text}


def _lane_of(name: str) -> tuple[Lane, str | None]:
    if name.startswith(GOAL_LANE):
        return "goal", name.removeprefix(GOAL_LANE)
    if name == "unaligned":
        return "unaligned", None
    if name == "ideas":
        return "ideas", None
    raise ValueError("There is no such lane.")


def _move(plan_id: str) -> None:
    move = parse_move(trigger(KEY, "move"))
    if move is None:
        return
    lane, goal_id = _lane_of(move.lane)
    meanwhile = moved_since(session.store(), plan_id, move.tactic, move.revision, session.actor())
    moved = session.attempt(
        lambda: commands.move_tactic(
            session.store(), plan_id, session.actor(), move.tactic, lane, goal_id, move.before
        )
    )
    if not moved:
        _announce("The card stays where it was.")
        return
    board = session.store().board(plan_id)
    goals = {goal.id: goal.title for goal in board.goals}
    name = goals.get(goal_id or "") or commands.LANE_NAMES[lane]
    _announce(f"{moved.title} dropped in {name}. {balance_sentence(board)} Saved.")
    if meanwhile is not None:
        session.say(
            "done",
            f"{meanwhile.actor} had moved this card a moment ago ({meanwhile.words}). "
            f"Now it is in {name}. Undo brings theirs back.",
        )


def _open(plan_id: str) -> None:
    if opened := parse_open(trigger(KEY, "open")):
        session.open_dialog("tactic", opened.tactic)


def _goal(plan_id: str) -> None:
    if edited := parse_goal(trigger(KEY, "goal")):
        session.open_dialog("goal", edited.goal.removeprefix(GOAL_LANE))


def _add(plan_id: str) -> None:
    if added := parse_add(trigger(KEY, "add")):
        _lane_of(added.lane)
        session.open_dialog("add_tactic", added.lane)


def _paste(plan_id: str) -> None:
    if parse_add(trigger(KEY, "paste")):
        session.open_dialog("paste", plan_id)


def _archive(plan_id: str) -> None:
    if archived := parse_archive(trigger(KEY, "archive")):
        session.attempt(
            lambda: commands.archive_tactic(
                session.store(), plan_id, session.actor(), archived.tactic
            ),
            "Archived. Undo brings it back.",
        )


def _dialogs(board: Board, run: Run | None) -> None:
    opened = session.dialog()
    if opened is None:
        return
    name, about = opened
    if name == "plan":
        plan_dialog(board)
    elif name == "import":
        import_dialog()
    elif name == "goal":
        if about is None or session.attempt(lambda: session.store().goal(board.plan.id, about)):
            goal_dialog(board, run, about)
    elif name == "paste":
        paste_dialog(board)
    elif name == "add_tactic" and about:
        tactic_dialog(board, run, None, _lane_of(about))
    elif name == "tactic" and about and _is_known(board, about):
        tactic_dialog(board, run, about, ("unaligned", None))


def _is_known(board: Board, tactic_id: str) -> bool:
    """Return whether the plan has such a tactic, archived or not; says so if not."""
    found = session.attempt(lambda: session.store().tactic(board.plan.id, tactic_id))
    return found is not None

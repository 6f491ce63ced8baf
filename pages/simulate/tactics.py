"""The board's tactics as this scenario has them: in or out, their adoption and start month."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

import session
from components.levers import LeverTable, Row, RowSet, lever_table, parse_setting, sent
from components.look import LookSpot
from pages.simulate.fields import Change, Save
from strategy.calendar import month_label
from strategy.errors import InvalidValue
from strategy.levers import Levers
from strategy.model import Adoption, Board, Plan, Start, Tactic
from strategy.projection import live_tactics
from strategy.spreads import share_in_words, three
from strategy.tactic_levers import start_in_words, with_tactic


def tactic_fields(
    board: Board, levers: Levers, scenario_id: str, save: Save, spot: LookSpot | None
) -> None:
    """Ask which tactics are in, how many people will use them, and from which month."""
    if not live_tactics(board.tactics):
        st.caption("The plan has no tactics yet. Add one on the board, and it is listed here.")
        return
    st.caption(
        "For this scenario alone. Take the tick away to leave a tactic out and see what it is "
        "worth. Adoption is the share of people who will ever use it. Where nobody is sure of it, "
        "or of the start, give a range, and every future draws its own."
    )
    key = f"tactics_{scenario_id}"
    lever_table(
        tactic_table(board, levers),
        part="tactics",
        look=spot,
        key=key,
        on_set=lambda: keep_tactics(sent(key), board, save),
    )


def tactic_table(board: Board, levers: Levers) -> LeverTable:
    """Return what the table of a scenario's tactics shows."""
    plan = board.plan
    return {
        "heads": ("Tactic", "Adoption (%)", "Starts"),
        "share_words": "adoption (%)",
        "start_words": "starts",
        "rows": [_row(plan, levers, each) for each in live_tactics(board.tactics)],
        "months": [month_label(plan.start_month, month) for month in range(1, plan.months + 1)],
        "terms_title": "",
        "terms": [],
    }


def _row(plan: Plan, levers: Levers, tactic: Tactic) -> Row:
    now = levers.on(tactic)
    is_in = tactic.id not in levers.without
    is_changed = now != tactic or not is_in
    start = start_in_words(tactic.begin, partial(month_label, plan.start_month))
    low, likely, high = (round(100 * each, 6) for each in three(now.adopt))
    earliest, begins, latest = (min(each, plan.months) for each in three(now.begin))
    return {
        "id": tactic.id,
        "label": tactic.title,
        "note": f"In the plan: {share_in_words(tactic.adopt)}, {start}" if is_changed else "",
        "share": likely,
        "low": low,
        "high": high,
        "start": begins,
        "earliest": earliest,
        "latest": latest,
        "is_in": is_in,
        "is_changed": is_changed,
    }


def tactic_change(value: object, board: Board) -> Change | None:
    """Return how what a browser sent changes the levers; None if it sent nothing.

    Raises
    ------
    ValueError
        If it is no setting of a table of levers. The change itself raises InvalidValue for a
        tactic that is not on the board.
    """
    setting = parse_setting(value)
    return None if setting is None else lambda levers: _with(levers, board, setting.rows)


def keep_tactics(value: object, board: Board, save: Save) -> None:
    """Keep what a browser sent, or say why it is not kept."""
    try:
        change = tactic_change(value, board)
        if change is not None:
            save(change)
    except (ValueError, InvalidValue) as refused:
        session.say("error", f"{refused} Nothing was changed.")


def _with(levers: Levers, board: Board, rows: Mapping[str, RowSet]) -> Levers:
    tactics = {each.id: each for each in live_tactics(board.tactics)}
    for tactic_id, row in rows.items():
        if tactic_id not in tactics:
            raise InvalidValue("That tactic is not on the board any more.")
        levers = with_tactic(
            levers,
            tactics[tactic_id],
            board.plan,
            start=_start(row),
            adoption=_adoption(row),
            is_in=row.is_in,
        )
    return levers


def _start(row: RowSet) -> Start:
    if row.earliest is None or row.latest is None:
        return row.start
    return (row.earliest, row.start, row.latest)


def _adoption(row: RowSet) -> Adoption:
    if row.low is None or row.high is None:
        return row.share / 100
    return (row.low / 100, row.share / 100, row.high / 100)

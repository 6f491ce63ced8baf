"""Which dialog is open, when clicks and dismissals come close together."""

from __future__ import annotations

import pytest

import session
from strategy.model import Board
from tests.pages.conftest import Draw


def test_only_the_dialog_that_was_drawn_is_put_away(draw: Draw, example: Board) -> None:
    page = draw("plan", plan=example.plan.id)
    state = page.session_state

    def opened(name: str) -> None:
        state["dialog"] = (name, example.plan.id)
        state["dialog_serial"] = state["dialog_serial"] + 1 if "dialog_serial" in state else 1

    opened("paste")
    page.run()
    assert state["dialog_seen"] == state["dialog_serial"]
    opened("plan")
    assert state["dialog_seen"] != state["dialog_serial"]
    page.run()
    assert state["dialog_seen"] == state["dialog_serial"]


def test_a_dialog_opened_since_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, object] = {}
    monkeypatch.setattr(session.st, "session_state", state)
    session.open_dialog("goal")
    session.note_dialog_drawn()
    session.open_dialog("tactic", "one")
    session.dismiss_dialog()
    assert session.dialog() == ("tactic", "one")
    assert [session.is_dialog_missing() for _ in range(2)] == [True, False]
    session.note_dialog_drawn()
    session.dismiss_dialog()
    assert session.dialog() is None

"""A message that comes while another one's callbacks run waits for them, and both are heard."""

import asyncio
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest
import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime import Runtime
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import RerunData, ScriptRunner, ScriptRunnerEvent
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.state import SafeSessionState, SessionState

from clicks import finish_callbacks

SCRIPT = """
import streamlit as st
from tests.unit.test_clicks import clicked
for name in ("first", "second"):
    st.button(name, key=name, on_click=clicked, args=(name,))
"""
DONE: list[str] = []
MEANWHILE: list[Any] = []


def clicked(name: str) -> None:
    """Do what takes two steps, between which whatever is in MEANWHILE happens."""
    if MEANWHILE:
        MEANWHILE.pop()()
    st.session_state["half"] = name
    DONE.append(name)


@pytest.fixture
def finishing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Finish callbacks in this test alone."""
    for owner, name in (
        (ScriptRunner, "_maybe_handle_execution_control_request"),
        (SafeSessionState, "on_script_will_rerun"),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    finish_callbacks()


class OnePage:
    """A page with two buttons, drawn by Streamlit's own runner as a server does it."""

    def __init__(self, script: Path) -> None:
        self._state = SessionState()
        self._script = str(script)
        self.runner: ScriptRunner
        self.ids: dict[str, str] = {}

    def draw(self, *clicks: str, when_started: Any = None) -> None:
        """Draw it after clicks; call `when_started` as soon as the drawing is announced."""
        loop = asyncio.new_event_loop()
        self.runner = ScriptRunner(
            session_id="one",
            main_script_path=self._script,
            session_state=self._state,
            uploaded_file_mgr=MemoryUploadedFileManager(""),
            script_cache=ScriptCache(),
            initial_rerun_data=self.message(*clicks),
            user_info={},
            fragment_storage=MemoryFragmentStorage(),
            pages_manager=PagesManager(self._script),
            event_loop=loop,
        )
        waiting = [when_started] if when_started else []

        def hear(_sender: object, event: ScriptRunnerEvent, **_given: Any) -> None:
            if event == ScriptRunnerEvent.SCRIPT_STARTED and waiting:
                waiting.pop()()

        self.runner.on_event.connect(hear, weak=False)
        self.runner.start()
        thread = self.runner._script_thread
        assert thread is not None
        thread.join(30)
        assert not thread.is_alive()
        loop.close()
        self.ids = dict(self._state._key_id_mapper._key_id_mapping)

    def message(self, *clicks: str) -> RerunData:
        """Return what a browser sends for clicks on buttons."""
        states = WidgetStates()
        for name in clicks:
            states.widgets.add(id=self.ids[name], trigger_value=True)
        return RerunData(widget_states=states)


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OnePage]:
    """Draw the page once."""
    script = tmp_path / "page.py"
    script.write_text(SCRIPT)
    monkeypatch.setattr(Runtime, "_instance", MagicMock())
    DONE.clear()
    MEANWHILE.clear()
    drawn = OnePage(script)
    drawn.draw()
    yield drawn
    MEANWHILE.clear()


@pytest.mark.usefixtures("finishing")
def test_a_click_is_done_to_its_end_when_another_message_comes_meanwhile(page: OnePage) -> None:
    MEANWHILE.append(lambda: page.runner.request_rerun(page.message("second")))
    page.draw("first")
    assert DONE == ["first", "second"]
    assert page._state["half"] == "second"


@pytest.mark.usefixtures("finishing")
def test_a_click_is_heard_when_another_message_comes_before_its_callback(page: OnePage) -> None:
    page.draw("first", when_started=lambda: page.runner.request_rerun(page.message("second")))
    assert DONE == ["first", "second"]


def test_streamlit_by_itself_loses_both(page: OnePage) -> None:
    """If this fails after an upgrade, `clicks` may have nothing left to do."""
    MEANWHILE.append(lambda: page.runner.request_rerun(page.message("second")))
    page.draw("first")
    assert DONE == ["second"]
    page.draw("first", when_started=lambda: page.runner.request_rerun(page.message("second")))
    assert DONE == ["second", "second"]


def test_one_thread_at_a_time_changes_the_state_of_a_page() -> None:
    settings = Path(__file__).parents[2] / ".streamlit" / "config.toml"
    assert tomllib.loads(settings.read_text(encoding="utf-8"))["runner"]["fastReruns"] is False

"""Which page is drawn, and what is taken up, when messages come while a page is being left."""

from collections.abc import Callable

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import ScriptRunnerEvent

from leaving import leave_pages_for_good

PLAN, SHARE = "page-plan", "page-share"


def message(page: str, *, click: str = "", part: str = "", query: str = "") -> ClientState:
    """Return what a browser sends from a page or to ask for one."""
    said = ClientState(page_script_hash=page, fragment_id=part, query_string=query)
    if click:
        said.widget_states.widgets.add(id="button", trigger_value=True)
        said.widget_states.widgets.add(id="board__events", json_trigger_value=click)
    said.widget_states.widgets.add(id="field", string_value="typed")
    return said


class Session(AppSession):
    """A session that shows the plan, with no server around it."""

    def __init__(self) -> None:
        self._client_state = ClientState(page_script_hash=PLAN)
        self._scriptrunner = None

    def __del__(self) -> None:
        """Have nothing to shut down."""


class Served:
    """A session whose runner takes what it is asked and starts when told."""

    def __init__(self, begin: Callable[[AppSession, str], None], asked: list[ClientState]) -> None:
        self._session = Session()
        self._begin, self._asked = begin, asked

    def send(self, said: ClientState) -> None:
        """Let a message come."""
        self._session.request_rerun(said)

    def begin(self, page: str) -> None:
        """Let the runner begin to draw a page."""
        self._begin(self._session, page)

    def taken(self) -> list[tuple[str, str, bool]]:
        """Return what was taken up: page, part, and whether with a click."""
        return [
            (each.page_script_hash, each.fragment_id, len(each.widget_states.widgets) > 1)
            for each in self._asked
        ]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Served:
    """Serve one session that shows the plan."""
    asked: list[ClientState] = []

    def begun(self: AppSession, _sender: object, _event: object, page: str) -> None:
        self._client_state.page_script_hash = page

    monkeypatch.setattr(AppSession, "request_rerun", lambda _self, said: asked.append(said))
    monkeypatch.setattr(AppSession, "_handle_scriptrunner_event_on_event_loop", begun)
    leave_pages_for_good()

    def begin(session: AppSession, page: str) -> None:
        hear = session._handle_scriptrunner_event_on_event_loop
        hear(None, ScriptRunnerEvent.SCRIPT_STARTED, page)  # type: ignore[arg-type]

    return Served(begin, asked)


def test_all_from_the_page_that_is_shown_is_taken_up(served: Served) -> None:
    for said in (message(PLAN), message(PLAN, part="people"), message(PLAN, click="move")):
        served.send(said)
    assert served.taken() == [(PLAN, "", False), (PLAN, "people", False), (PLAN, "", True)]


def test_what_a_part_of_a_left_page_sends_is_dropped_until_its_page_is_shown_again(
    served: Served,
) -> None:
    served.send(message(SHARE))
    served.send(message(PLAN, part="people"))  # the next page is asked for
    served.begin(SHARE)
    served.send(message(PLAN, part="people"))  # and begun
    served.send(message(SHARE, part="people"))
    served.send(message(PLAN))
    served.begin(PLAN)
    served.send(message(PLAN, part="people"))
    kept = [(SHARE, "", False), (SHARE, "people", False), (PLAN, "", False)]
    assert served.taken() == [*kept, (PLAN, "people", False)]


@pytest.mark.parametrize("part", ["", "dialog"])
@pytest.mark.parametrize("is_begun", [False, True])
def test_a_click_on_a_left_page_is_done_and_the_page_asked_for_is_drawn(
    served: Served, *, part: str, is_begun: bool
) -> None:
    served.send(message(SHARE))
    if is_begun:
        served.begin(SHARE)
    served.send(message(PLAN, click="move", part=part, query="plan=1&scenario=2"))
    assert served.taken() == [(SHARE, "", False), (SHARE, "", True)]
    assert served._asked[-1].query_string == ""


def test_another_page_waits_until_a_click_is_taken_up(served: Served) -> None:
    served.send(message(PLAN, click="move"))
    served.send(message(SHARE))
    assert served.taken() == [(PLAN, "", True)]
    served.begin(PLAN)
    assert served.taken() == [(PLAN, "", True), (SHARE, "", False)]
    served.send(message(PLAN, part="people"))
    served.begin(SHARE)
    served.begin(SHARE)
    assert len(served.taken()) == 2


def test_a_page_the_server_went_on_to_by_itself_is_the_one_shown(served: Served) -> None:
    served.send(message(PLAN))
    served.begin(PLAN)
    served.begin(SHARE)
    served.send(message(PLAN, part="people"))
    served.send(message(SHARE, part="people"))
    assert served.taken() == [(PLAN, "", False), (SHARE, "people", False)]


def test_the_first_message_of_a_session_names_no_page(served: Served) -> None:
    served._session._client_state.page_script_hash = ""
    served.send(message(""))
    served.send(message(PLAN, part="people"))
    served.send(message(SHARE, click="move"))
    assert len(served.taken()) == 3

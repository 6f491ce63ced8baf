"""A page that is being left no longer says which page is drawn, and loses nothing set on it.

A message names the page it comes from, and Streamlit draws that page. When one came while another
page had been asked for, the browser had gone on and the server went back, or the page stayed white.
What a part of a left page sends by itself is dropped here: the part is gone. What was pressed or
set on it is taken up, and the page is drawn that was asked for. And while the server has not yet
taken up what was pressed or set, a question for another page waits: Streamlit would make one
message of the two, in which what a component has sent is gone.
"""

from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import ScriptRunnerEvent

# Sessions whose last click is not yet taken up, what asks for a page meanwhile, and what has asked
# for one that is not yet begun. Only the server's loop uses them.
_PRESSED: WeakSet[AppSession] = WeakSet()
_WAITING: WeakKeyDictionary[AppSession, ClientState] = WeakKeyDictionary()
_ASKED: WeakKeyDictionary[AppSession, ClientState] = WeakKeyDictionary()


def leave_pages_for_good() -> None:
    """Do so for all pages of this process."""
    request, hear = (
        AppSession.request_rerun,
        AppSession._handle_scriptrunner_event_on_event_loop,
    )

    def request_for_the_page(self: AppSession, client_state: ClientState | None) -> None:
        if client_state is None or _is_wanted(self, client_state):
            request(self, client_state)

    def hear_of_the_page(
        self: AppSession, sender: Any, event: ScriptRunnerEvent, *given: Any, **named: Any
    ) -> None:
        hear(self, sender, event, *given, **named)
        if event != ScriptRunnerEvent.SCRIPT_STARTED or sender is not self._scriptrunner:
            return
        asked = _ASKED.get(self)
        if asked is not None and asked.page_script_hash == self.page_script_hash:
            del _ASKED[self]
        _PRESSED.discard(self)
        if self in _WAITING:
            self.request_rerun(_WAITING.pop(self))

    AppSession.request_rerun = request_for_the_page  # type: ignore[method-assign]
    AppSession._handle_scriptrunner_event_on_event_loop = hear_of_the_page  # type: ignore[method-assign]


def _is_wanted(session: AppSession, message: ClientState) -> bool:
    """Say whether to take up a message now; one from a left page may be made to draw another."""
    page, asked = message.page_script_hash, _ASKED.get(session)
    wanted = asked.page_script_hash if asked is not None else session.page_script_hash
    is_elsewhere = "" not in (page, wanted) and page != wanted
    if is_elsewhere and _has_click(message):
        message.fragment_id = ""
        message.page_script_hash = wanted
        message.query_string = asked.query_string if asked is not None else ""
    elif message.fragment_id:
        return not is_elsewhere
    elif _has_click(message):
        _PRESSED.add(session)
    elif page:
        if is_elsewhere and session in _PRESSED:
            _WAITING[session] = message
            return False
        _ASKED[session] = message
    return True


def _has_click(message: ClientState) -> bool:
    """Say whether something was pressed or set; what asks for another page says nothing of it."""
    return any(
        each.trigger_value or each.json_trigger_value for each in message.widget_states.widgets
    )

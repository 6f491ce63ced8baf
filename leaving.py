"""A page that is being left has no more say: what its parts still send is not taken up.

A part of a page that draws itself sends messages that name their page. If one came when another
page had been asked for and was not yet begun, Streamlit made one message of the two, under the page
of the later one: the browser had gone on, the server had not, and the page stayed white.
"""

from typing import Any
from weakref import WeakKeyDictionary

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import ScriptRunnerEvent

# Per session, the page that was asked for and is not yet begun. Only the server's loop uses it.
_ASKED: WeakKeyDictionary[AppSession, str] = WeakKeyDictionary()


def leave_pages_for_good() -> None:
    """Do so for all pages of this process."""
    request, hear = (
        AppSession.request_rerun,
        AppSession._handle_scriptrunner_event_on_event_loop,
    )

    def request_unless_left(self: AppSession, client_state: ClientState | None) -> None:
        if client_state is not None and client_state.page_script_hash:
            page = client_state.page_script_hash
            if not client_state.fragment_id:
                _ASKED[self] = page
            elif page != _ASKED.get(self, self.page_script_hash):
                return
        request(self, client_state)

    def hear_of_the_page(
        self: AppSession, sender: Any, event: ScriptRunnerEvent, *given: Any, **named: Any
    ) -> None:
        hear(self, sender, event, *given, **named)
        if event == ScriptRunnerEvent.SCRIPT_STARTED and _ASKED.get(self) == self.page_script_hash:
            del _ASKED[self]

    AppSession.request_rerun = request_unless_left  # type: ignore[method-assign]
    AppSession._handle_scriptrunner_event_on_event_loop = hear_of_the_page  # type: ignore[method-assign]

"""What a person did is done to its end, whatever else the browser sends meanwhile.

Streamlit looks for a newer message before and within the callbacks of the last one, and drops what
it is at if there is one: a click that was followed at once by another message did nothing, or half
of what it should. Here a newer message waits until the callbacks are done; drawing the page, which
takes longer, still gives way to it.

This needs `runner.fastReruns = false`. Otherwise a message gets a thread of its own while the one
before it may still be drawing, and both change the same state under locks that know nothing of each
other: a page that ended in the wrong moment took the click for handled.
"""

import threading
from typing import Any

from streamlit.runtime.scriptrunner import ScriptRunner
from streamlit.runtime.state import SafeSessionState

_AT = threading.local()  # whether this thread is at callbacks


def finish_callbacks() -> None:
    """Do so for all pages of this process."""
    give_way, before_drawing = (
        ScriptRunner._maybe_handle_execution_control_request,
        SafeSessionState.on_script_will_rerun,
    )

    def give_way_when_drawing(self: ScriptRunner) -> None:
        if not getattr(_AT, "callbacks", False):
            give_way(self)

    def run_callbacks(self: SafeSessionState, *given: Any, **named: Any) -> None:
        _AT.callbacks = True
        try:
            before_drawing(self, *given, **named)
        finally:
            _AT.callbacks = False

    ScriptRunner._maybe_handle_execution_control_request = give_way_when_drawing  # type: ignore[method-assign]
    SafeSessionState.on_script_will_rerun = run_callbacks  # type: ignore[method-assign]

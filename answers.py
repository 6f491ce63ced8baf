"""What a part of a page has drawn is sent before the whole page is drawn again.

A drop on the board is answered by the board alone, and then the page is drawn around it. When a run
begins Streamlit drops what was drawn and has not left yet, which it looks for once in ten
milliseconds: an answer that came just then was gone, and a person waited for the whole page.
"""

from weakref import WeakSet

from streamlit.runtime.app_session import AppSession

# Sessions in which a part was drawn last. Only the server's loop uses it.
_PARTS: WeakSet[AppSession] = WeakSet()


def keep_answers() -> None:
    """Do so for all pages of this process."""
    clear = AppSession._clear_queue

    def clear_unless_answered(
        self: AppSession, fragment_ids_this_run: list[str] | None = None
    ) -> None:
        was_part = self in _PARTS
        if fragment_ids_this_run:
            _PARTS.add(self)
        else:
            _PARTS.discard(self)
        if was_part and not fragment_ids_this_run:
            # What comes now goes behind what waits, and replaces nothing in it.
            self._browser_queue._delta_index_map = {}
        else:
            clear(self, fragment_ids_this_run)

    AppSession._clear_queue = clear_unless_answered  # type: ignore[method-assign]

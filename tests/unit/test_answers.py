"""What a part of a page drew is still sent when the whole page is drawn at once after it."""

from collections.abc import Callable

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from answers import keep_answers


class Session(AppSession):
    """A session with what waits to be sent, and no server around it."""

    def __init__(self) -> None:
        self._browser_queue = ForwardMsgQueue()

    def __del__(self) -> None:
        """Have nothing to shut down."""


def drawn(words: str, place: int = 0) -> ForwardMsg:
    """Return a message that draws words at a place of the page."""
    message = ForwardMsg()
    message.delta.new_element.text.body = words
    message.metadata.delta_path.extend([0, place])
    return message


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let a run begin in a session, of the parts named or of the page, and draw words."""
    monkeypatch.setattr(AppSession, "_clear_queue", AppSession._clear_queue)
    keep_answers()

    def begin(session: AppSession, *words: str, parts: list[str] | None = None) -> None:
        session._clear_queue(parts)
        for place, each in enumerate(words):
            session._browser_queue.enqueue(drawn(each, place))

    return begin


def sent(session: AppSession) -> list[str]:
    """Return the words that are sent, in order."""
    return [each.delta.new_element.text.body for each in session._browser_queue.flush()]


def test_an_answer_goes_out_before_the_page_that_is_drawn_after_it(
    run: Callable[..., None],
) -> None:
    session = Session()
    run(session, "board", parts=["board"])
    run(session, "board again", "beside it")
    assert sent(session) == ["board", "board again", "beside it"]


def test_what_a_page_drew_is_dropped_when_it_is_drawn_again(run: Callable[..., None]) -> None:
    session = Session()
    run(session, "page", "beside it")
    run(session, "page again")
    assert sent(session) == ["page again"]
    run(session, "board", parts=["board"])
    run(session, "page")
    run(session, "page again")
    assert sent(session) == ["page again"]


def test_sessions_keep_their_own_answers(run: Callable[..., None]) -> None:
    first, second = Session(), Session()
    run(second, "page")
    run(first, "board", parts=["board"])
    run(second, "page again")
    run(first, "page")
    assert (sent(first), sent(second)) == (["board", "page"], ["page again"])

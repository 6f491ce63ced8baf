"""A dialog that is put away only when it is the one a person saw."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

import streamlit as st

import session

P = ParamSpec("P")


def dialog(title: str, **options: Any) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Return a decorator as `st.dialog` does; `options` are its own.

    Streamlit may join the message that one dialog was put away with the click that opens the
    next. Each drawn dialog is therefore noted, and only that one is closed.
    """

    def decorate(body: Callable[P, None]) -> Callable[P, None]:
        @wraps(body)
        def noted(*args: P.args, **kwargs: P.kwargs) -> None:
            session.note_dialog_drawn()
            body(*args, **kwargs)

        shown: Callable[P, None] = st.dialog(title, on_dismiss=session.dismiss_dialog, **options)(
            noted
        )
        return shown

    return decorate

"""Fields of a dialog that save themselves: each when it is left, nobody's words overwritten.

The dialog remembers what each field showed (`base`). A field whose value differs is saved by
comparing with what is kept; a field that somebody else changed follows, unless something was
typed in it meanwhile. Then both texts are shown, and the person chooses.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

import session
from pages.frame.text import plain
from strategy.errors import EditConflict, Missing, PlanError

Values = dict[str, Any]
Save = Callable[[Values, Values], Any]
REVISIONS, DRAWN, REFUSED, CLASHES, SAVED = (
    "dialog_revisions",
    "dialog_drawn",
    "dialog_refused",
    "dialog_clashes",
    "dialog_saved",
)


def field_key(field: str, part: str = "") -> str:
    """Return the key of a widget that belongs to a field of the open dialog.

    A field may have several widgets, told apart by `part`. The key changes when the field has
    to show another value than the one typed.
    """
    revision = st.session_state.get(REVISIONS, {}).get(field, 0)
    key = session.dialog_key(f"{field}_{part}_{revision}")
    st.session_state.setdefault(DRAWN, {}).setdefault(field, {}).setdefault(key, None)
    return key


def fresh(serial_of: str = "dialog_serial") -> None:
    """Forget the fields of a dialog that was open before."""
    if st.session_state.get("editing_serial") != st.session_state.get(serial_of):
        st.session_state["editing_serial"] = st.session_state.get(serial_of)
        for name in (REVISIONS, DRAWN, REFUSED, CLASHES, SAVED):
            st.session_state.pop(name, None)


def _is_touched(field: str) -> bool:
    """Return whether a widget of the field holds another value than when it was last drawn."""
    drawn = st.session_state.get(DRAWN, {}).get(field, {})
    return any(st.session_state.get(key) != value for key, value in drawn.items())


def _show_anew(field: str) -> None:
    """Let the field's widgets start over from its base."""
    revisions = st.session_state.setdefault(REVISIONS, {})
    revisions[field] = revisions.get(field, 0) + 1
    st.session_state.get(DRAWN, {}).pop(field, None)


def follow(base: Values, kept: Mapping[str, Any]) -> list[str]:
    """Take up what others changed in fields that nothing was typed in; return their names."""
    held = {*st.session_state.get(REFUSED, {}), *st.session_state.get(CLASHES, {})}
    changed = [
        name
        for name in base
        if name in kept and kept[name] != base[name] and name not in held and not _is_touched(name)
    ]
    for name in changed:
        base[name] = kept[name]
        _show_anew(name)
    return changed


def save_fields(
    save: Save, base: Values, wanted: Values, groups: Iterable[Sequence[str]] = ()
) -> None:
    """Save each field that differs from its base; those of a group are saved together.

    What is refused stays in its field, with the reason kept for `show_trouble`.
    """
    st.session_state[REFUSED], st.session_state[CLASHES] = {}, {}
    grouped = [tuple(group) for group in groups]
    alone = [(name,) for name in wanted if not any(name in group for group in grouped)]
    for names in [*grouped, *alone]:
        if any(wanted.get(name) != base.get(name) for name in names):
            _save_one(save, base, wanted, names)
    drawn = st.session_state.get(DRAWN, {})
    for keys in drawn.values():
        for key in keys:
            keys[key] = st.session_state.get(key)


def _save_one(save: Save, base: Values, wanted: Values, names: Sequence[str]) -> None:
    part = {name: wanted[name] for name in names if name in wanted}
    try:
        kept = save(dict(base), base | part)
    except EditConflict as conflict:
        st.session_state[CLASHES] |= conflict.fields
    except Missing as error:
        st.session_state[REFUSED] |= dict.fromkeys(names, str(error))
    except PlanError as error:
        st.session_state[REFUSED] |= dict.fromkeys(names, str(error))
    else:
        base |= {name: getattr(kept, name) for name in names}
        st.session_state[SAVED] = session.store().now()


def show_trouble(
    base: Values,
    labels: Mapping[str, str],
    show: Callable[[str, Any], str] = lambda _, value: str(value),
) -> None:
    """Say what was not saved and why; where two people changed one field, offer both texts."""
    for reason in dict.fromkeys(st.session_state.get(REFUSED, {}).values()):
        st.error(plain(f"Not saved yet. {reason}"), icon=":material/error:")
    for name, (theirs, mine) in st.session_state.get(CLASHES, {}).items():
        label = labels.get(name, name.replace("_", " ").capitalize())
        with st.container(border=True, key=f"clash_{name}"):
            st.markdown(f"**{plain(label)}: somebody else changed this a moment ago.**")
            st.text(f"Theirs, saved: {show(name, theirs)}")
            st.text(f"Yours, not saved: {show(name, mine)}")
            with st.container(horizontal=True):
                st.button(
                    "Keep mine",
                    key=session.dialog_key(f"mine_{name}"),
                    on_click=_keep_mine,
                    args=(base, name, theirs),
                )
                st.button(
                    "Take theirs",
                    key=session.dialog_key(f"theirs_{name}"),
                    on_click=_take_theirs,
                    args=(base, name, theirs),
                )


def _keep_mine(base: Values, name: str, theirs: Any) -> None:
    """Count their value as seen: the next save replaces it knowingly."""
    base[name] = theirs
    st.session_state[CLASHES].pop(name, None)


def _take_theirs(base: Values, name: str, theirs: Any) -> None:
    base[name] = theirs
    st.session_state[CLASHES].pop(name, None)
    _show_anew(name)


def saved_words() -> str:
    """Return when a field of this dialog was last saved, or what happens when one is left."""
    at = st.session_state.get(SAVED)
    return f"Saved {at[11:19]} UTC" if at else "Each field is saved when you leave it."

"""Where freed hours go and how many of them have an owner, each one number or a range."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.frame.range_fields import end_field
from pages.frame.text import plain
from pages.simulate.fields import USES, Save
from strategy.levers import Levers
from strategy.model import Spread

OWNED = "Freed hours that have a destination and an owner"


class Typed(NamedTuple):
    """A share as it was typed, percent; the ends are empty where somebody is sure."""

    label: str
    low: float | None
    likely: float
    high: float | None

    def share_of(self, whole: float) -> Spread:
        """Return it as a share of `whole` percent: one number, or low, likely and high."""
        if self.low is None or self.high is None or self.low == self.high:
            return self.likely / whole
        return (min(self.low / whole, 1.0), self.likely / whole, min(self.high / whole, 1.0))


def destination_fields(levers: Levers, inputs: dict[str, Any], prefix: str, save: Save) -> None:
    """Ask where freed hours go and for how many of them somebody is responsible."""
    follows = levers.destinations is None and levers.plan_quality is None
    st.caption(
        "Taken from the tactics on the board."
        if follows
        else "Set for this scenario, instead of what the tactics on the board say."
    )
    st.caption(
        "Leave low and high empty where you are sure. With a range every future draws its own "
        "share; the three uses of a future are then scaled so that they make 100%."
    )
    with st.form(f"{prefix}_freed", border=False):
        shares = {
            use: _share(label, inputs["destinations"][use], f"{prefix}_to_{use}")
            for use, label in USES.items()
        }
        quality = _share(OWNED, inputs["plan_quality"], f"{prefix}_quality")
        if st.form_submit_button("Run with these destinations", icon=":material/play_arrow:"):
            _save(shares, quality, save)
    if not follows and st.button("Follow the board again", key=f"{prefix}_follow"):
        save(lambda levers: replace(levers, destinations=None, plan_quality=None))
        st.rerun()


def _share(label: str, now: float | list[float], key: str) -> Typed:
    st.markdown(f"**{plain(label)}**")
    low, likely, high = now if isinstance(now, list) else (None, now, None)
    at_least, middle, at_most = st.columns(3)
    return Typed(
        label,
        _end(at_least, "low (%)", low, f"{key}_low"),
        middle.number_input("likely (%)", value=_percent(likely), step=5.0, format="%.1f", key=key),
        _end(at_most, "high (%)", high, f"{key}_high"),
    )


def _end(place: DeltaGenerator, label: str, share: float | None, key: str) -> float | None:
    percent = None if share is None else _percent(share)
    return end_field(place, label, percent, key, step=5.0, format="%.1f")


def _percent(share: float) -> float:
    return round(100 * share, 2)


def _save(shares: Mapping[str, Typed], quality: Typed, save: Save) -> None:
    for each in (*shares.values(), quality):
        if refused := _refused(each):
            st.error(plain(refused))
            return
    total = sum(each.likely for each in shares.values())
    if abs(total - 100) > 0.5:
        more = f"Take {total - 100:.1f} away" if total > 100 else f"Add {100 - total:.1f}"
        is_sure = all(each.low is None for each in shares.values())
        what = "shares" if is_sure else "likely shares"
        st.error(f"The three {what} add up to {total:.1f}%. {more} to run.")
        return
    exact = {use: each.share_of(total) for use, each in shares.items()}
    owned = quality.share_of(100)
    save(lambda levers: replace(levers, destinations=exact, plan_quality=owned))
    st.rerun()


def _refused(each: Typed) -> str | None:
    """Return what is wrong with a share; the fields themselves have no bounds.

    A browser would quietly put back the old value.
    """
    for value in (each.low, each.likely, each.high):
        if value is not None and not 0 <= value <= 100:
            return f"{each.label} is {value:,.10g}%. Use a number from 0 to 100%."
    if (each.low is None) != (each.high is None):
        return f"{each.label}: give both a low and a high value, or leave both empty."
    if each.low is not None and each.high is not None and not each.low <= each.likely <= each.high:
        return (
            f"{each.label}: {each.likely:g}% must lie between its low value {each.low:g}% and its "
            f"high value {each.high:g}%."
        )
    return None

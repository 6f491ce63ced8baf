"""What an export leaves open, asked with a guess: columns, stages, dates, seats, currencies."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

import session
from calibration import (
    DateOrder,
    Mapping,
    Outcome,
    RawExport,
    currencies,
    currency_code,
    guess_outcomes,
    preview,
)
from pages.frame.text import plain

COLUMNS = {
    "opportunity_id": "Opportunity id",
    "owner": "Owner (rep)",
    "account": "Account",
    "amount": "Amount",
    "created": "Created or engaged on",
    "closed": "Closed on",
    "lost": "Lost on, if in a column of its own",
    "stage": "Stage",
    "is_won": "Is won",
    "is_closed": "Is closed",
    "currency": "Currency",
    "segment": "Segment (type, source, product)",
}
NONE = "— none —"
ENDINGS: list[Outcome] = ["won", "lost", "open"]
# A choice that is None would give the box a small button to clear it.
DATE_ORDERS: dict[str, DateOrder | None] = {
    "Found from the file": None,
    "Day first": "day-first",
    "Month first": "month-first",
}
_STAGES_ASKED = 30
_CURRENCIES_ASKED = 8
_LARGEST_RATE = 1e9


@dataclass(frozen=True)
class Choices:
    """What was chosen for a file; `rates` is None if it has one currency."""

    mapping: Mapping
    outcomes: dict[str, Outcome]
    order: DateOrder | None
    seats: int | None
    rates: dict[str, float] | None
    with_names: bool


def ask(
    raw: RawExport, guessed: Mapping, unsure: tuple[str, ...], key: str, currency: str
) -> Choices | None:
    """Return what is chosen for this file; None after saying what is wrong with it.

    `unsure` names the fields whose column was guessed by its words or cells.
    """
    mapping = _mapping_fields(raw, guessed, unsure, key)
    with st.expander("First rows"):
        st.dataframe(pd.DataFrame(preview(raw, mapping)), hide_index=True)
    outcomes = _stage_fields(raw, mapping, key)
    left, right = st.columns(2)
    order = left.selectbox("Order of day and month", list(DATE_ORDERS), key=f"crm_order_{key}")
    seats = right.number_input(
        "Seats behind this export (empty: reps with 5 deals or more)",
        value=None,
        step=1,
        key=f"crm_seats_{key}",
    )
    if seats is not None and not 1 <= seats <= 100_000:
        st.error(f"Seats is {seats:,}. Use a whole number from 1 to 100,000, or leave it empty.")
        return None
    with_names = st.checkbox(
        "Show reps by name on this screen (names are still not stored)", key=f"crm_names_{key}"
    )
    rates: dict[str, float] | None = None
    columns = f"{mapping.amount}\n{mapping.currency}"
    found = session.once(("crm_currencies", key, columns), lambda: currencies(raw, mapping))
    if _need_rates(found, currency):
        rates = _rate_fields(found, key, currency)
        if rates is None:
            return None
    return Choices(mapping, outcomes, DATE_ORDERS[order], seats, rates, with_names)


def _mapping_fields(raw: RawExport, guessed: Mapping, unsure: tuple[str, ...], key: str) -> Mapping:
    options = [NONE, *raw.headers]
    chosen: dict[str, Any] = {}
    with st.expander("Columns", expanded=bool(guessed.missing or unsure)):
        if unsure:
            named = ", ".join(COLUMNS[field].lower() for field in unsure)
            st.caption(f"Guessed from the words or the cells of the columns; check: {named}.")
        places = st.columns(2)
        for place, (field, label) in enumerate(COLUMNS.items()):
            guess = getattr(guessed, field)
            picked = places[place % 2].selectbox(
                label,
                options,
                index=options.index(guess) if guess in options else 0,
                key=f"crm_{key}_{field}",
            )
            chosen[field] = None if picked == NONE else picked
    return Mapping(**chosen, source=guessed.source)


def _stage_fields(raw: RawExport, mapping: Mapping, key: str) -> dict[str, Outcome]:
    """Ask what each stage means, with a guess; nothing to ask without a stage column."""
    if mapping.stage is None or mapping.missing:
        return {}
    guessed = guess_outcomes(raw, mapping)
    asked = sorted(guessed.items())[:_STAGES_ASKED]
    with st.expander("What the stages mean"):
        told = {
            stage: st.selectbox(
                plain(stage) or "(empty)",
                ENDINGS,
                index=ENDINGS.index(outcome),
                key=f"crm_{key}_stage_{place}",
            )
            for place, (stage, outcome) in enumerate(asked)
        }
        if len(guessed) > len(asked):
            st.caption(f"The other {len(guessed) - len(asked):,} stages are taken as guessed.")
    return guessed | told


def _need_rates(found: tuple[str, ...], currency: str) -> bool:
    """Return whether amounts are not all in the plan's currency; too many are refused later."""
    return 0 < len(found) <= _CURRENCIES_ASKED and set(found) != {currency_code(currency)}


def _rate_fields(found: tuple[str, ...], key: str, currency: str) -> dict[str, float] | None:
    """Ask what each currency is worth in the plan's; None until each has a rate."""
    sign, ours = plain(currency), currency_code(currency)
    kinds = "another currency" if len(found) == 1 else f"{len(found)} currencies"
    st.markdown(f"**Amounts are in {kinds}.** The plan is in {sign}.")
    rates: dict[str, float] = {}
    for column, code in zip(st.columns(len(found)), found, strict=True):
        rate = column.number_input(
            f"1 {plain(code)} in the plan's currency",
            value=1.0 if code == ours else None,
            format="%.4f",
            key=f"crm_{key}_rate_{code}",
        )
        if rate is not None and 0 < rate < _LARGEST_RATE:
            rates[code] = float(rate)
    if len(rates) == len(found):
        return rates
    st.info(
        f"Nothing is counted yet. Type a rate above zero for each currency, or export all amounts "
        f"in {sign}.",
        icon=":material/currency_exchange:",
    )
    return None

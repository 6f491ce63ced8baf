"""Win rates by rep and by segment, each shrunk towards the whole."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.amount_groups import LogPrior, Size, log_prior, shrunk_size
from calibration.cleaning import OTHER, CleanExport
from calibration.shrinkage import (
    REP_STRENGTH,
    SEGMENT_STRENGTH,
    Fit,
    Group,
    fit_strength,
    shrunk,
    shrunk_mean,
)

Amounts = NDArray[np.float64]

_AS_ONE = 50_000.0  # deals; no group comes near, so that each is the whole


@dataclass(frozen=True)
class Groups:
    """Hold how much groups differ, and the groups with the most decided deals first."""

    fit: Fit
    groups: tuple[Group, ...]
    sizes: LogPrior | None  # of their deal sizes; None where amounts are not lognormal

    @property
    def verdict(self) -> str:
        """Say in a sentence whether the groups differ."""
        if not self.fit.is_fitted:
            return f"Too few groups to fit: each is mixed with {self.fit.strength:.0f} deals."
        mixed = f"each is mixed with {self.fit.strength:,.0f} deals of the whole"
        if self.fit.strength > _AS_ONE:
            mixed = "all count as one"
        if self.fit.differ:
            return f"The groups differ by more than luck; {mixed}."
        return f"The differences are no more than luck; {mixed}."


def rep_groups(clean: CleanExport) -> Groups | None:
    """Return the win rates of reps, numbered unless their names were asked for."""
    labels = clean.names or [f"Rep {number + 1}" for number in range(clean.owners)]
    return _groups(clean, clean.deals.owner, ["Others", *labels], REP_STRENGTH)


def segment_groups(clean: CleanExport) -> Groups | None:
    """Return the win rates of segments; None without a column for them."""
    if not clean.segments:
        return None
    labels = ["None named", *clean.segments]
    return _groups(clean, clean.deals.segment, labels, SEGMENT_STRENGTH)


def _groups(
    clean: CleanExport, ids: NDArray[np.int64], labels: Sequence[str], default: float
) -> Groups | None:
    """Return the groups among decided deals; deals that never close are in none of them."""
    outcome = clean.deals.outcome
    wins = np.bincount(ids[outcome == "won"], minlength=len(labels)).astype(np.float64)
    decided = wins + np.bincount(ids[outcome == "lost"], minlength=len(labels))
    if not decided.sum():
        return None
    # Those pooled into one are no group of their own kind.
    fitted = np.arange(len(labels)) != OTHER if decided[OTHER + 1 :].sum() else decided > 0
    fit = fit_strength(wins[fitted], decided[fitted], default)
    won = clean.deals[clean.deals.won]
    amounts = [won.amount[ids[clean.deals.won] == each] for each in range(len(labels))]
    sizes = log_prior([each for each, is_one in zip(amounts, fitted, strict=True) if is_one])
    rows = [
        Group(
            labels[i], int(wins[i]), int(decided[i]),
            *shrunk(wins[i], decided[i], fit.mean, fit.strength),
            _size(amounts[i], won.amount, sizes),
        )
        for i in np.argsort(-decided, kind="stable") if decided[i]
    ]  # fmt: skip
    return Groups(fit, tuple(rows), sizes)


def _size(amounts: Amounts, all_won: Amounts, prior: LogPrior | None) -> Size | None:
    """Return a group's deal size; as plain means where amounts are not lognormal."""
    if prior is not None:
        return shrunk_size(amounts, prior)
    if not len(all_won):
        return None
    return Size(shrunk_mean(float(amounts.sum()), len(amounts), float(all_won.mean())))

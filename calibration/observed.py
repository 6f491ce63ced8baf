"""What an export shows that no assumption takes up, said in sentences."""

from collections.abc import Sequence

import numpy as np

from calibration.deals import Deals
from calibration.ranges import Estimate
from calibration.stages import StageTime
from calibration.survival import Incidence

_DECIDED_NEEDED = 50  # decided deals in either kind of month
_OFF_BALANCE = 1.3  # times: months and deals alone move the product by this much
_STAGES = 3  # of the model's pipeline


def open_note(deals: Deals) -> list[str]:
    """Say so if there is no open deal among many: those that never close seem left out."""
    if len(deals) < _DECIDED_NEEDED or (deals.outcome == "open").any():
        return []
    return [
        "The file has no open deal. If open ones were left out, deals that never close are "
        "missing, and the win rate is too high: export all stages."
    ]


def quarter_end_note(deals: Deals) -> list[str]:
    """Compare the win rate of deals closed in a quarter's last month with that of the others."""
    decided = deals[deals.outcome != "open"]
    month = decided.closed.astype("M8[M]").astype(np.int64) % 12
    last = month % 3 == 2
    if min(last.sum(), (~last).sum()) < _DECIDED_NEEDED:
        return []
    end, other = decided.won[last].mean(), decided.won[~last].mean()
    return [
        f"Of the deals closed in a quarter's last month {end:.0%} were won, in other months "
        f"{other:.0%}. That is when deals are closed, not how well: the win rate follows deals "
        "from their creation."
    ]


def cycle_note(curve: Incidence | None) -> list[str]:
    """Say the median beside the mean, which slow deals pull up."""
    if curve is None or curve.won_share <= 0:
        return []
    mean, _ = curve.cycle_moments()
    return [
        f"Half of the deals that are won take {curve.median_days:,} days or less; the mean, "
        f"which the model needs, is {mean:,.0f}."
    ]


def balance_note(
    created: Estimate | None, win_rate: Estimate, size: Estimate, bookings: Estimate | None
) -> list[str]:
    """Say so if new deals, win rate and deal size do not multiply to what was booked."""
    if created is None or bookings is None or not win_rate.sample * size.sample:
        return []
    ratio = created.mode * win_rate.mode * size.mode / bookings.mode
    if 1 / _OFF_BALANCE <= ratio <= _OFF_BALANCE:
        return []
    return [
        f"New deals a month, win rate and deal size multiply to {ratio:.0%} of what was booked. "
        "Either the pace of new deals changed lately, or the file lacks part of them. The plan "
        "takes bookings, win rate and deal size; new deals follow from these."
    ]


def stage_note(cycle: Estimate, stages: Sequence[StageTime]) -> str:
    """Say what the model takes for the time in each stage, and how far the file is from it."""
    thirds = (
        f"Each of the model's {_STAGES} stages takes a third of the cycle, "
        f"{cycle.mode / _STAGES:.1f} months"
    )
    if not stages:
        return f"{thirds}: the file does not say when deals entered their stages."
    longest = max(stages, key=lambda each: each.mean_days)
    share = longest.mean_days / max(sum(each.mean_days for each in stages), 1e-9)
    return (
        f"{thirds}. In the file {longest.name!r} is the longest of {len(stages)} stages, with "
        f"{share:.0%} of their time; the model does not take that up."
    )

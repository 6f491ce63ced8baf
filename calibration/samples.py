"""What the sample of each assumption counts, and how much of it is needed."""

from calibration import amount_estimates, contact, demand, estimates
from calibration.ranges import Estimate

_COUNTED: dict[str, tuple[str, int]] = {
    "bookings_per_seat": ("full months", estimates.MONTHS_NEEDED),
    "win_rate": ("won or lost deals", estimates.DECIDED_NEEDED),
    "deal_size": ("wins", amount_estimates.WINS_NEEDED),
    "deal_size_variation": ("wins", amount_estimates.WINS_NEEDED),
    "cycle_months": ("wins", estimates.CYCLES_NEEDED),
    "demand_spread": ("full months", demand.MONTHS_NEEDED),
    "demand_persistence": ("full months", demand.MONTHS_NEEDED),
    "buyer_pressure": ("hours of selling", round(contact.HOURS_NEEDED)),
}


def sample_words(estimate: Estimate) -> str:
    """Return such as '10 full months, 12 needed'; too few for any estimate is said so."""
    counted, needed = _COUNTED[estimate.name]
    if not estimate.sample:
        return f"too few: {needed:,} {counted} needed"
    return f"{estimate.sample:,} {counted}, {needed:,} needed"

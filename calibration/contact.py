"""What the share of contact says about buyers' time.

Source: docs/model.md, section Calibration.
"""

from math import sqrt

from calibration.ranges import Estimate, bounded, default_estimate, positive_estimate, widened

HOURS_NEEDED = 100.0  # of selling before the contact share stands alone


def pressure(contact: float, sharpness: float) -> float:
    """Return u, seller hours offered for each hour buyers want, from the contact share.

    Parameters
    ----------
    contact : share of the time offered that becomes two-sided contact, inside 0 to 1
    sharpness : k of the buyer ceiling, > 0
    """
    return float((contact**-sharpness - 1) ** (1 / sharpness))


def pressure_estimate(contact_hours: float, selling_hours: float, sharpness: float) -> Estimate:
    """Estimate buyer pressure from contact within the hours set aside for selling.

    The binomial error of the contact share is carried over: each hour counts as one trial.
    """
    name = "buyer_pressure"
    if not 0 < contact_hours < selling_hours:
        why = "Contact must be above zero and below the hours set aside for selling."
        return default_estimate(name, why)
    edge = 0.5 / (selling_hours + 1)
    contact = min(1 - edge, max(edge, contact_hours / selling_hours))
    found = pressure(contact, sharpness)
    slope = contact ** (-sharpness - 1) * (contact**-sharpness - 1) ** (1 / sharpness - 1)
    error = slope * sqrt(contact * (1 - contact) / selling_hours) / found
    method = f"contact in {contact:.0%} of {selling_hours:,.0f} hours set aside for selling"
    made = positive_estimate(name, found, error, "hours per hour", method, round(selling_hours))
    why = f"Only {selling_hours:,.0f} hours of {HOURS_NEEDED:,.0f} needed: mixed with the default."
    return bounded(widened(made, selling_hours / HOURS_NEEDED, why, by="level"))

"""From a CRM export of opportunities to calibrated assumptions, in one call."""

from collections.abc import Mapping as Lookup

from calibration.amounts import Rates
from calibration.cleaning import clean
from calibration.columns import Mapping, Outcome
from calibration.dates import DateOrder
from calibration.estimates import Calibration, estimate
from calibration.guessing import guess_columns
from calibration.progress import Progress, part, silent
from calibration.reading import read_export


def calibrate(
    content: bytes,
    name: str,
    mapping: Mapping | None = None,
    outcomes: Lookup[str, Outcome] | None = None,
    date_order: DateOrder | None = None,
    seats: int | None = None,
    progress: Progress = silent,
    *,
    rates: Rates | None = None,
    with_names: bool = False,
) -> Calibration:
    """Read, clean and estimate; whatever is not given is guessed.

    Parameters
    ----------
    content, name : the CSV file
    mapping : which column holds which field
    outcomes : stage -> 'won', 'lost' or 'open'
    date_order : order of day and month where it is not plain
    seats : seats over which bookings are spread
    rates : currency code -> its worth in the plan's currency; None refuses two currencies
    with_names : whether the names of reps label their groups; else they are numbered
    progress : called with the share done (0 to 1) and what is being done

    Raises
    ------
    ExportError
        If the file cannot be read or counted; says where and what to change.

    Source
    ------
    docs/model.md, section Calibration.
    """
    raw = read_export(content, name, part(progress, 0.0, 0.4))
    chosen = mapping or guess_columns(raw)[0]
    deals = clean(
        raw, chosen, outcomes, date_order, part(progress, 0.4, 0.9),
        rates=rates, with_names=with_names,
    )  # fmt: skip
    return estimate(deals, seats, part(progress, 0.9, 1.0))

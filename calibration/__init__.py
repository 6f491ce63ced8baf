"""From a CRM export, a time log or a calendar to assumptions with ranges.

Purpose: `read_export` -> `guess_mapping` -> `clean` -> `estimate`, or `calibrate` for all four.
May import: numpy, scipy, simulation. Must not: streamlit, data.
Tested by: hand-calculated cases, the worked example, and generated files.
"""

from calibration.amounts import currency_code
from calibration.cleaning import CleanExport, clean, currencies
from calibration.columns import (
    Mapping,
    Outcome,
    guess_mapping,
    guess_outcomes,
    preview,
    stage_outcomes,
)
from calibration.dates import DateOrder
from calibration.deals import Deals, Finding
from calibration.errors import ExportError
from calibration.estimates import Calibration, estimate
from calibration.groups import Groups
from calibration.guessing import guess_columns
from calibration.months import Month
from calibration.opportunities import calibrate
from calibration.ranges import Estimate
from calibration.reading import RawExport, read_export
from calibration.samples import sample_words
from calibration.stages import StageTime

__all__ = [
    "Calibration",
    "CleanExport",
    "DateOrder",
    "Deals",
    "Estimate",
    "ExportError",
    "Finding",
    "Groups",
    "Mapping",
    "Month",
    "Outcome",
    "RawExport",
    "StageTime",
    "calibrate",
    "clean",
    "currencies",
    "currency_code",
    "estimate",
    "guess_columns",
    "guess_mapping",
    "guess_outcomes",
    "preview",
    "read_export",
    "sample_words",
    "stage_outcomes",
]

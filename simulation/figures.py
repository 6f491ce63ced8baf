"""Numbers with as many significant figures as are kept: enough to draw, small to keep."""

from collections.abc import Sequence

import numpy as np

from simulation.types import FloatArray

SIGNIFICANT_FIGURES = 7
EXACT_POWERS = 22  # of ten: a 64-bit number holds each of them exactly
NEAR_HALF = 1e-6  # far more than multiplying by a power of ten may be wrong
_POWERS = np.array([float(f"1e{power}") for power in range(EXACT_POWERS + 1)])
_LEAST, _MOST = 10.0 ** (SIGNIFICANT_FIGURES - 1), 10.0**SIGNIFICANT_FIGURES


def rounded(value: float) -> float:
    """Return a value with seven significant figures."""
    return float(f"{float(value):.{SIGNIFICANT_FIGURES}g}")


def rounded_array(values: FloatArray) -> FloatArray:
    """Return what `rounded` returns for each value, to the bit, in a fraction of the time.

    A whole number of seven figures times or through an exact power of ten is what the decimal
    number reads as. Where it is not certain which whole number, the value is written out.
    """
    size = np.abs(values)
    magnitude = np.floor(np.log10(np.fmin(np.fmax(size, 1e-300), 1e300)))
    shift = SIGNIFICANT_FIGURES - 1 - magnitude.astype(np.int64)
    up = _POWERS[np.clip(shift, 0, EXACT_POWERS)]
    down = _POWERS[np.clip(-shift, 0, EXACT_POWERS)]
    scaled = values * up / down
    whole = np.rint(scaled)
    found: FloatArray = whole / up * down
    digits = np.abs(scaled)
    is_sure = (np.abs(shift) <= EXACT_POWERS) & (digits >= _LEAST) & (digits < _MOST)
    is_sure &= np.abs(np.abs(scaled - whole) - 0.5) > NEAR_HALF
    for place in np.flatnonzero(~(is_sure | (size == 0.0))):
        found.flat[place] = rounded(values.flat[place])
    return found


def rounded_list(values: Sequence[float] | FloatArray) -> list[float]:
    """Return values as plain numbers with seven significant figures."""
    numbers: list[float] = rounded_array(np.asarray(values, dtype=np.float64)).tolist()
    return numbers


def rounded_lists(rows: Sequence[FloatArray]) -> list[list[float]]:
    """Return rows of equal length as `rounded_list` returns each of them."""
    numbers: list[list[float]] = rounded_array(np.array(rows, dtype=np.float64)).tolist()
    return numbers

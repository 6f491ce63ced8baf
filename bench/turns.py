"""Numbers about repeated measurements, and turns that never repeat a state."""

from collections.abc import Iterator
from itertools import count
from statistics import quantiles


def percentile_95(taken: list[float]) -> float:
    """Return the 95th percentile, interpolated; of a single number, the number."""
    return quantiles(taken, n=20, method="inclusive")[-1] if len(taken) > 1 else taken[0]


def gray_code(bits: int) -> Iterator[int]:
    """Return which bit to flip next so that no state comes twice in 2 ** `bits` flips."""
    return (min((at & -at).bit_length() - 1, bits - 1) for at in count(1))

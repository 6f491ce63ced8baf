"""Percentiles of many draws without sorting them."""

import numpy as np

from simulation.compiled import compiled
from simulation.threads import in_threads, threads
from simulation.types import FloatArray, IntArray, fixed

BINS = 2048
ALONE = 50_000  # values; fewer are not worth a second thread


def order_statistics(values: FloatArray, percents: tuple[float, ...]) -> list[FloatArray]:
    """Return percentiles along the last axis, interpolated linearly between draws.

    Parameters
    ----------
    values : (draws,) or (months, draws), finite
    percents : 0 to 100

    Returns
    -------
    list of the shape of `values` without its last axis, one for each percentile
    """
    rows = fixed(values.reshape(-1, values.shape[-1]))
    places = np.array(percents, dtype=np.float64) / 100.0 * (rows.shape[1] - 1)
    parts = threads() if rows.size > ALONE else 1
    found = np.concatenate(
        in_threads(
            lambda part: _percentile_rows(rows[part], places),
            [
                slice(part * len(rows) // parts, (part + 1) * len(rows) // parts)
                for part in range(parts)
            ],
        )
    )
    return [found[:, number].reshape(values.shape[:-1]) for number in range(len(percents))]


@compiled
def _percentile_rows(rows: FloatArray, places: FloatArray) -> FloatArray:
    found = np.empty((rows.shape[0], places.size))
    wanted = np.empty(2 * places.size, dtype=np.int64)
    for number in range(places.size):
        wanted[2 * number] = int(np.floor(places[number]))
        wanted[2 * number + 1] = int(np.ceil(places[number]))
    values = np.empty(wanted.size)
    for row in range(rows.shape[0]):
        _select(rows[row], wanted, values)
        for number in range(places.size):
            low, high = values[2 * number], values[2 * number + 1]
            part = places[number] - np.floor(places[number])
            found[row, number] = low + (high - low) * part
    return found


@compiled
def _select(values: FloatArray, wanted: IntArray, found: FloatArray) -> None:
    """Write the values at the wanted places of the sorted array.

    Values are counted in bins of equal width; only the bins that hold a wanted place are
    sorted.
    """
    low, high = values[0], values[0]
    for i in range(values.size):
        low, high = min(low, values[i]), max(high, values[i])
    if not high > low:
        found[:] = low
        return
    scale = BINS / (high - low)
    bins = np.empty(values.size, dtype=np.int32)
    counts = np.zeros(BINS + 1, dtype=np.int64)
    for i in range(values.size):
        bins[i] = min(int((values[i] - low) * scale), BINS - 1)
    for i in range(values.size):
        counts[bins[i] + 1] += 1
    starts = np.cumsum(counts)
    for number in range(wanted.size):
        found[number] = np.nan
    for number in range(wanted.size):
        if found[number] == found[number]:
            continue
        place = wanted[number]
        chosen = np.searchsorted(starts, place, side="right") - 1
        members = np.empty(counts[chosen + 1])
        filled = 0
        for i in range(values.size):
            if bins[i] == chosen:
                members[filled] = values[i]
                filled += 1
        _sort(members)
        for other in range(number, wanted.size):
            inside = wanted[other] - starts[chosen]
            if 0 <= inside < members.size:
                found[other] = members[inside]


@compiled
def _sort(values: FloatArray) -> None:
    first = values[0]
    for i in range(values.size):
        if values[i] != first:
            values.sort()
            return

"""Percentiles of many draws without sorting them."""

import numpy as np

from simulation.arithmetic import extremes, total_of
from simulation.compiled import compiled
from simulation.threads import in_threads, parts, threads
from simulation.types import FloatArray, IntArray, SmallIntArray, fixed

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
    found = described_rows(rows, percents)
    return [found[:, number].reshape(values.shape[:-1]) for number in range(len(percents))]


def described_rows(rows: FloatArray, percents: tuple[float, ...], window: int = 1) -> FloatArray:
    """Return percentiles and, last, the mean of each row, (months, percentiles + 1).

    Parameters
    ----------
    rows : (months, draws), finite, contiguous
    percents : 0 to 100
    window : each draw's mean over so many months, 1 to 3, up to its own (as many as there are)
        counts
    """
    if not 1 <= window <= 3:
        raise ValueError(f"a window of {window} months")
    places = np.array(percents, dtype=np.float64) / 100.0 * (rows.shape[1] - 1)
    count = parts(threads()) if rows.size > ALONE else 1
    cuts = [part * len(rows) // count for part in range(count + 1)]
    return np.concatenate(
        in_threads(
            lambda part: _described(rows, places, window, *part),
            zip(cuts[:-1], cuts[1:], strict=True),
        )
    )


@compiled
def _described(
    rows: FloatArray, places: FloatArray, window: int, first: int, last: int
) -> FloatArray:
    draws = rows.shape[1]
    found = np.empty((last - first, places.size + 1))
    wanted = np.empty(2 * places.size, dtype=np.int64)
    for number in range(places.size):
        wanted[2 * number] = int(np.floor(places[number]))
        wanted[2 * number + 1] = int(np.ceil(places[number]))
    values, mean = np.empty(wanted.size), np.empty(draws)
    for row in range(first, last):
        at = row - first
        if window == 1:
            _select(rows[row], wanted, values)
            found[at, places.size] = total_of(rows[row]) / draws
        else:
            _mean_of(rows, max(row - window + 1, 0), row + 1, mean)
            _select(mean, wanted, values)
            found[at, places.size] = total_of(mean) / draws
        for number in range(places.size):
            low, high = values[2 * number], values[2 * number + 1]
            part = places[number] - np.floor(places[number])
            found[at, number] = low + (high - low) * part
    return found


@compiled
def _mean_of(rows: FloatArray, first: int, last: int, mean: FloatArray) -> None:
    """Write the mean of two or three rows, draw by draw; one row counts as itself.

    Written out, since a compiler does several draws at once only in loops of this form.
    """
    one, two, three = rows[first], rows[(first + last - 1) // 2], rows[last - 1]
    if last - first == 3:
        for draw in range(mean.size):
            mean[draw] = (one[draw] + two[draw] + three[draw]) * (1.0 / 3.0)
    else:
        for draw in range(mean.size):
            mean[draw] = (one[draw] + three[draw]) * 0.5


@compiled
def _select(values: FloatArray, wanted: IntArray, found: FloatArray) -> None:
    """Write the values at the wanted places of the sorted array.

    Values are counted in bins of equal width; only the bins that hold a wanted place are
    gathered, and sorted together: a higher bin holds higher values.
    """
    low, high = extremes(values)
    if not high > low:
        found[:] = low
        return
    bins = np.empty(values.size, dtype=np.int32)
    _sort_into_bins(values, low, BINS / (high - low), bins)
    starts = np.zeros(BINS + 1, dtype=np.int64)
    for i in range(values.size):
        starts[np.uint32(bins[i]) + np.uint32(1)] += 1
    for place in range(BINS):
        starts[place + 1] += starts[place]
    is_chosen = np.zeros(BINS, dtype=np.uint8)
    chosen = np.searchsorted(starts, wanted, side="right") - 1
    for number in range(wanted.size):
        is_chosen[chosen[number]] = 1
    begins, size = np.empty(BINS, dtype=np.int64), 0  # of each bin's members among the gathered
    for place in range(BINS):
        begins[place] = size
        size += is_chosen[place] * (starts[place + 1] - starts[place])
    members, filled = np.empty(size + 1), 0
    for i in range(values.size):
        members[filled] = values[i]  # the next takes its place if its bin is not chosen
        filled += is_chosen[np.uint32(bins[i])]
    gathered = members[:size]
    _sort(gathered)
    for number in range(wanted.size):
        place = chosen[number]
        found[number] = gathered[begins[place] + wanted[number] - starts[place]]


@compiled
def _sort_into_bins(values: FloatArray, low: float, scale: float, bins: SmallIntArray) -> None:
    for i in range(values.size):
        # Limited before it is cut off to a small integer: only so are several done at once.
        bins[i] = np.int32(min((values[i] - low) * scale, BINS - 1.0))


@compiled
def _sort(values: FloatArray) -> None:
    for i in range(1, values.size):
        if values[i] < values[i - 1]:
            values.sort()
            return

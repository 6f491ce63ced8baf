"""Percentiles of many draws without sorting them."""

from typing import NamedTuple

import numpy as np

from simulation.arithmetic import extremes, total_of
from simulation.compiled import compiled
from simulation.threads import in_threads, parts, threads
from simulation.types import FlagArray, FloatArray, IntArray, SmallIntArray, TinyIntArray, fixed

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
    order = np.argsort(places)
    wanted = np.empty(2 * places.size, dtype=np.int64)
    for at in range(places.size):
        wanted[2 * at] = int(np.floor(places[order[at]]))
        wanted[2 * at + 1] = int(np.ceil(places[order[at]]))
    values, mean, bench = np.empty(wanted.size), np.empty(draws), _bench(draws, wanted.size)
    for row in range(first, last):
        at = row - first
        if window == 1:
            _select(rows[row], wanted, values, bench)
            found[at, places.size] = total_of(rows[row]) / draws
        else:
            _mean_of(rows, max(row - window + 1, 0), row + 1, mean)
            _select(mean, wanted, values, bench)
            found[at, places.size] = total_of(mean) / draws
        for number in range(places.size):
            low, high = values[2 * number], values[2 * number + 1]
            place = places[order[number]]
            found[at, order[number]] = low + (high - low) * (place - np.floor(place))
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


class Bench(NamedTuple):
    """Room for `_select`, used again row after row.

    Attributes
    ----------
    bins : (values,) the bin of each value
    counts : (bins,) how many values each holds
    is_chosen : (bins,) 1 for those that are gathered; all 0 between two rows
    before : (wanted,) how many values that are not gathered lie below each wanted place
    members : (values + 1,) what was gathered
    """

    bins: TinyIntArray
    counts: SmallIntArray
    is_chosen: FlagArray
    before: IntArray
    members: FloatArray


@compiled
def _bench(values: int, wanted: int) -> Bench:
    return Bench(
        np.empty(values, dtype=np.uint16),
        np.empty(BINS, dtype=np.int32),
        np.zeros(BINS, dtype=np.uint8),
        np.empty(wanted, dtype=np.int64),
        np.empty(values + 1),
    )


@compiled
def _select(values: FloatArray, wanted: IntArray, found: FloatArray, bench: Bench) -> None:
    """Write the values at the wanted places, in order, of the sorted array.

    Values are counted in bins of equal width; only the bins that hold a wanted place are
    gathered, and sorted together: a higher bin holds higher values. Which range the bins cover
    changes no value found, only how many are gathered.
    """
    low, high = _usual_range(values)
    if not high > low:
        low, high = extremes(values)
    if not high > low:
        found[:] = low
        return
    _sort_into_bins(values, low, BINS / (high - low), bench.bins)
    _count(bench.bins, bench.counts)
    _choose(wanted, bench)
    size = _gather(values, bench.bins, bench.is_chosen, bench.members)
    gathered = bench.members[:size]
    bench.is_chosen[:] = 0
    _sort(gathered)
    for number in range(wanted.size):
        found[number] = gathered[wanted[number] - bench.before[number]]


@compiled
def _usual_range(values: FloatArray) -> tuple[float, float]:
    """Return the smallest and the largest of every 16th value."""
    low, high = values[0], values[0]
    for i in range(0, values.size, 16):
        low, high = min(low, values[i]), max(high, values[i])
    return low, high


@compiled
def _sort_into_bins(values: FloatArray, low: float, scale: float, bins: TinyIntArray) -> None:
    """Write the bin of each value; the first and the last also hold what lies outside."""
    for i in range(values.size):
        # Limited before it is cut off to a small integer: only so are several done at once.
        inside = max(min((values[i] - low) * scale, BINS - 1.0), 0.0)
        bins[i] = np.uint16(np.int32(inside))


@compiled
def _count(bins: TinyIntArray, counts: SmallIntArray) -> None:
    """Write how many values each bin holds."""
    counts[:] = 0
    for i in range(bins.size):
        counts[bins[i]] += np.int32(1)


@compiled
def _choose(wanted: IntArray, bench: Bench) -> None:
    """Choose the bins that hold a wanted place."""
    place, below, gathered, before = 0, 0, 0, 0
    for number in range(wanted.size):
        while below + bench.counts[place] <= wanted[number]:
            below += bench.counts[place]
            place += 1
        if not bench.is_chosen[place]:
            bench.is_chosen[place] = 1
            before = below - gathered
            gathered += bench.counts[place]
        bench.before[number] = before


@compiled
def _gather(
    values: FloatArray, bins: TinyIntArray, is_chosen: FlagArray, members: FloatArray
) -> int:
    """Write the members of the chosen bins, in any order; return how many they are.

    Four values are passed over at once, since few are chosen. A value is written before it is
    known to be chosen: the next takes its place if it is not.
    """
    fours, filled = values.size // 4 * 4, 0
    for i in range(0, fours, 4):
        one, two = is_chosen[bins[i]], is_chosen[bins[i + 1]]
        three, four = is_chosen[bins[i + 2]], is_chosen[bins[i + 3]]
        if one | two | three | four:
            for at in range(i, i + 4):
                members[filled] = values[at]
                filled += is_chosen[bins[at]]
    for at in range(fours, values.size):
        members[filled] = values[at]
        filled += is_chosen[bins[at]]
    return filled


@compiled
def _sort(values: FloatArray) -> None:
    for i in range(1, values.size):
        if values[i] < values[i - 1]:
            values.sort()
            return

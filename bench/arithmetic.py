"""The counted-arithmetic floor: what a calculation cannot be faster than on one core here.

The slow operations of the model (exp, log, powers, roots, divisions) are counted while it really
runs, on an array type that counts, and each is charged what it costs in this run on arrays that
fit the cache. Additions, multiplications, memory and Python's own work are free in this reckoning.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from statistics import median
from typing import Any

import numpy as np

IN_CACHE = 4_096  # values; 32 kB
CALLS = 32
COUNTED: dict[str, tuple[np.ufunc, int]] = {
    "exp": (np.exp, 1),
    "log": (np.log, 1),
    "power": (np.power, 2),
    "sqrt": (np.sqrt, 1),
    "cbrt": (np.cbrt, 1),
    "divide": (np.divide, 2),
}
STANDS_FOR = {  # other operations in terms of these
    "exp2": ("exp",),
    "expm1": ("exp",),
    "log1p": ("log",),
    "float_power": ("power",),
    "reciprocal": ("divide",),
    "tanh": ("exp", "divide"),
    "expit": ("exp", "divide"),
    "logit": ("log", "divide"),
    "xlogy": ("log",),
}
CONSTRUCTORS = ("array", "asarray", "empty", "full", "ones", "zeros")
_counts: Counter[str] = Counter()


class CountingArray(np.ndarray[Any, Any]):
    """An array that counts the values of each operation it takes part in."""

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        """Do the operation on plain arrays, count its values, and return a counting array."""
        plain = [_plain(each) for each in inputs]
        if kwargs.get("out"):
            kwargs["out"] = tuple(_plain(each) for each in kwargs["out"])
        if isinstance(kwargs.get("where"), np.ndarray):
            kwargs["where"] = _plain(kwargs["where"])
        result = getattr(ufunc, method)(*plain, **kwargs)
        if method == "__call__":
            name = ufunc.__name__
            for each in STANDS_FOR.get(name, (name,)):
                _counts[each] += int(np.size(result))
        return _counting(result)


def _plain(value: Any) -> Any:
    return value.view(np.ndarray) if isinstance(value, CountingArray) else value


def counted(array: np.ndarray[Any, Any]) -> CountingArray:
    """Return the same values as an array whose operations are counted."""
    return array.view(CountingArray)


def _counting(value: Any) -> Any:
    return value.view(CountingArray) if type(value) is np.ndarray else value


@contextmanager
def counting() -> Iterator[Counter[str]]:
    """Count operations on the arrays made inside the block; yield the running count.

    NumPy's constructors are replaced meanwhile, so nothing else may use NumPy in this process.
    """
    kept = {name: getattr(np, name) for name in CONSTRUCTORS}
    _counts.clear()
    try:
        for name, make in kept.items():
            setattr(np, name, _counted(make))
        yield _counts
    finally:
        for name, make in kept.items():
            setattr(np, name, make)


def _counted(make: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args, **kwargs: _counting(make(*args, **kwargs))


def operations(work: Callable[[], Any]) -> dict[str, int]:
    """Return how many values of each counted operation `work` calculates."""
    with counting() as counts:
        work()
        return {name: counts[name] for name in COUNTED if counts[name]}


def cost_a_value(name: str, calls: int = CALLS) -> float:
    """Return the seconds one value of an operation takes in cache, as the median of calls."""
    ufunc, arity = COUNTED[name]
    values = [np.linspace(0.5, 2.0, IN_CACHE), np.linspace(2.5, 0.4, IN_CACHE)][:arity]
    out = np.empty(IN_CACHE)
    taken = []
    for _ in range(calls):
        started = time.perf_counter()
        ufunc(*values, out=out)
        taken.append(time.perf_counter() - started)
    return median(taken) / IN_CACHE


def floor_seconds(counts: Mapping[str, int], times: float = 1.0, calls: int = CALLS) -> float:
    """Return the floor of `times` the counted operations, at the speeds of this moment."""
    return sum(times * count * cost_a_value(name, calls) for name, count in counts.items())

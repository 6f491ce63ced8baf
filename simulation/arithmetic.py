"""Exponential and logarithm that a compiler can do for many draws at once.

Both are exact to about one unit in the last place. The usual ones are calls into a library, one
draw after the other, which takes several times as long.
"""

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from numba import types
from numba.extending import intrinsic

from simulation.compiled import compiled, compiled_sum, equation
from simulation.types import FloatArray

LOG2_E = 1.4426950408889634
LN2_HIGH, LN2_LOW = 0.693147180369123816490, 1.90821492927058770002e-10
# Adding 1.5 * 2**52 rounds to a whole number and leaves it in the low bits.
ROUNDING = 6755399441055744.0
ROUNDING_BITS = 0x4338000000000000
SQRT_HALF_BITS = 0x3FE6A09E667F3BCD
MANTISSA = (1 << 52) - 1
BIAS = 1024  # added to an exponent, so that it is never negative
SMALLEST = 1e-300
LOG_OF_ZERO = -1e300  # finite, so that 0 times it is 0; its exponential is 0


def _bits_of(context: Any, value: Any) -> Any:
    """Return the 64 bits of a float as an integer."""

    def generate(target: Any, builder: Any, _: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], target.get_value_type(types.int64))

    return types.int64(types.float64), generate


def _float_of(context: Any, value: Any) -> Any:
    """Return the float that 64 bits stand for."""

    def generate(target: Any, builder: Any, _: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], target.get_value_type(types.float64))

    return types.float64(types.int64), generate


def _exponent_of(context: Any, value: Any) -> Any:
    """Return the bits above the 52 of a mantissa, as a number that is never negative.

    Python's own shift keeps the sign, which many processors cannot do for several numbers at once.
    """

    def generate(target: Any, builder: Any, _: Any, arguments: Any) -> Any:
        return builder.lshr(arguments[0], arguments[0].type(52))

    return types.int64(types.int64), generate


_bits = cast(Callable[[float], int], intrinsic(_bits_of))
_float = cast(Callable[[int], float], intrinsic(_float_of))
_exponent = cast(Callable[[int], int], intrinsic(_exponent_of))


@equation
def exp(x: float) -> float:
    """Return e**x; below -708 it is 0, above 709 the value at 709."""
    is_nothing = x < -708.0
    x = min(max(x, -708.0), 709.0)
    shifted = x * LOG2_E + ROUNDING
    whole = shifted - ROUNDING
    r = (x - whole * LN2_HIGH) - whole * LN2_LOW
    p = 1.6059043836821613e-10  # 1/13!, then 1/12! and so on
    p = p * r + 2.08767569878681e-09
    p = p * r + 2.505210838544172e-08
    p = p * r + 2.755731922398589e-07
    p = p * r + 2.7557319223985893e-06
    p = p * r + 2.48015873015873e-05
    p = p * r + 0.0001984126984126984
    p = p * r + 0.001388888888888889
    p = p * r + 0.008333333333333333
    p = p * r + 0.041666666666666664
    p = p * r + 0.16666666666666666
    p = p * r + 0.5
    p = p * r * r + r + 1.0
    return 0.0 if is_nothing else _float(_bits(p) + (_bits(shifted) << 52))


@equation
def log(x: float) -> float:
    """Return the natural logarithm; of 0 a huge negative number, see LOG_OF_ZERO.

    x is brought to m * 2**e with m near 1; ln m = 2 artanh(s), s = (m - 1) / (m + 1), as a
    series in s**2.
    """
    above = _bits(max(x, SMALLEST)) - SQRT_HALF_BITS
    m = _float((above & MANTISSA) + SQRT_HALF_BITS)
    f = m - 1.0
    e = _float(_exponent(above + (BIAS << 52)) + ROUNDING_BITS) - (ROUNDING + BIAS)
    s = f / (2.0 + f)
    z = s * s
    series = 0.10526315789473684  # 2/19, then 2/17 and so on
    series = series * z + 0.11764705882352941
    series = series * z + 0.13333333333333333
    series = series * z + 0.15384615384615385
    series = series * z + 0.18181818181818182
    series = series * z + 0.22222222222222222
    series = series * z + 0.2857142857142857
    series = series * z + 0.4
    series = series * z + 0.6666666666666666
    half = 0.5 * f * f
    near_one = f - (half - s * (half + z * series))
    found = e * LN2_HIGH + (near_one + e * LN2_LOW)
    return LOG_OF_ZERO if x <= SMALLEST else found


@equation
def log_of_cube_root(x: float) -> float:
    """Return the logarithm of the cube root of a positive number."""
    return log(x) / 3.0


@equation
def cube_root(x: float) -> float:
    """Return the cube root of a positive number."""
    return exp(log_of_cube_root(x))


@compiled
def copy(values: FloatArray, room: FloatArray) -> None:
    """Copy an array into room of its size; numba's own assignment takes twenty times as long."""
    for i in range(room.size):
        room[i] = values[i]


@compiled
def part_of(table: FloatArray, low: int, high: int) -> FloatArray:
    """Return columns low to high - 1 of a table, as a table of its own."""
    part = np.empty((table.shape[0], high - low))
    for row in range(table.shape[0]):
        copy(table[row, low:high], part[row])
    return part


@compiled_sum
def total_of(values: FloatArray) -> float:
    """Return the sum of an array."""
    total = 0.0
    for i in range(values.size):
        total += values[i]
    return total


@compiled
def extremes(values: FloatArray) -> tuple[float, float]:
    """Return the smallest and the largest of some numbers.

    Lane by lane, then of the lanes: a compiler compares several at once only in loops in which no
    turn waits for the one before.
    """
    count = values.size
    lanes = min(count, 64)
    lows, highs = values[:lanes].copy(), values[:lanes].copy()
    for turn in range(1, (count + lanes - 1) // lanes):
        first = min(turn * lanes, count - lanes)  # the last turn overlaps the one before
        for lane in range(lanes):
            value = values[first + lane]
            lows[lane] = value if value < lows[lane] else lows[lane]
            highs[lane] = value if value > highs[lane] else highs[lane]
    low, high = lows[0], highs[0]
    for lane in range(lanes):
        low, high = min(low, lows[lane]), max(high, highs[lane])
    return low, high

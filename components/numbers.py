"""Numbers as the screens write them: a unit on each, no false precision, never "-0"."""

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from strategy.amounts import symbol
from strategy.calendar import month_label

Unit = Literal["money", "percent", "hours", "days", "count", "months", "score"]

MINUS = "\u2212"
JOINER = "\u2060"  # no line ends here
NOT_AVAILABLE = "not available"
LIKELY_FROM, TOSS_FROM = 70, 40

_SCALES = ((1e9, "B"), (1e6, "M"), (1e3, "k"), (1.0, ""))
_NOT_DIGITS = re.compile(rf"[^\d.,{MINUS}]")


def is_number(value: float | None) -> bool:
    """Say whether a value can be written: present, and neither NaN nor infinite."""
    return value is not None and math.isfinite(value)


def _half_up(value: float, decimals: int = 0) -> float:
    factor = 10.0**decimals
    return math.copysign(math.floor(abs(value) * factor + 0.5 + 1e-9) / factor, value)


def joined(sign: str, written: str) -> str:
    """Return a sign and what it belongs to, "−$5"; no line ends between them.

    Before a digit none does anyway; before a sign of money it may.
    """
    return f"{sign}{JOINER}{written}" if sign and not written[:1].isdigit() else sign + written


def _signed(value: float, decimals: int, before: str = "", after: str = "") -> str:
    rounded = _half_up(value, decimals)
    sign = MINUS if rounded < 0 else ""
    return joined(sign, f"{before}{abs(rounded):,.{decimals}f}{after}")


def _two_figures(value: float) -> float:
    if value == 0:
        return 0.0
    rounded = _half_up(value, 1 - math.floor(math.log10(abs(value))))
    # A million must not come back as 999,999.99999 and be written in thousands.
    return float(f"{rounded:.12g}")


def _scale(size: float) -> tuple[float, str]:
    return next((scale for scale in _SCALES if size >= scale[0]), _SCALES[-1])


@lru_cache(maxsize=4096)  # money has two figures, so that a page writes few amounts, and again
def _scaled(value: float, currency: str, factor: float, suffix: str, decimals: int) -> str:
    if _half_up(value / factor, decimals) == 0:
        return f"{symbol(currency)}0"
    return _signed(value / factor, decimals, symbol(currency), suffix)


def money(value: float | None, currency: str = "$") -> str:
    """Return a forecast of money in two significant figures: "$1.4M", "−$270k", "$0"."""
    if value is None or not math.isfinite(value):
        return NOT_AVAILABLE
    rounded = _two_figures(value)
    factor, suffix = _scale(abs(rounded))
    shows_tenths = suffix and abs(rounded) / factor < 10
    return _scaled(rounded, currency, factor, suffix, 1 if shows_tenths else 0)


def typed_cost(value: float | None, currency: str = "$") -> str:
    """Return a cost somebody typed in whole thousands, "$272k"; in full below a thousand."""
    if value is None or not math.isfinite(value):
        return NOT_AVAILABLE
    if abs(_half_up(value)) < 1_000:
        return _scaled(value, currency, 1.0, "", 0)
    return _signed(value / 1_000, 0, symbol(currency), "k")


def typed_cost_range(low: float, high: float, currency: str = "$") -> str:
    """Return a typed cost between two ends, "$18k to $29k"; one where both are written alike."""
    ends = [typed_cost(each, currency) for each in (low, high)]
    return " to ".join(dict.fromkeys(ends))


def _small(value: float) -> str:
    whole = abs(value) >= 9.95 or abs(value - _half_up(value)) < 0.05
    return _signed(value, 0 if whole else 1)


def _counted(value: float, noun: str) -> str:
    written = _signed(value, 0)
    return f"{written} {noun}" if written in ("1", f"{MINUS}1") else f"{written} {noun}s"


def format_value(value: float | None, unit: Unit, currency: str = "$") -> str:
    """Return a value with its unit; "percent" takes a share from 0 to 1."""
    if value is None or not math.isfinite(value):
        return NOT_AVAILABLE
    match unit:
        case "money":
            return money(value, currency)
        case "percent":
            return _signed(value * 100, 1, after="%")
        case "hours":
            return _signed(value, 1, after=" h")
        case "days":
            return _counted(value, "day")
        case "months":
            return _counted(value, "month")
        case "count" | "score":
            return _small(value)


def format_change(value: float | None, unit: Unit, currency: str = "$") -> str:
    """Return a difference with its sign, "+$39k" or "−1.2 h"; shares become points, "+0.5 pt"."""
    if value is None or not math.isfinite(value):
        return NOT_AVAILABLE
    points = _signed(value * 100, 1, after=" pt")
    written = points if unit == "percent" else format_value(value, unit, currency)
    is_zero = not any(digit in written for digit in "123456789")
    return written if is_zero or written.startswith(MINUS) else joined("+", written)


def _money_range(low: float, high: float, currency: str) -> str:
    factor, suffix = _scale(abs(_two_figures(max(abs(low), abs(high)))))
    decimals = 1 if suffix and max(abs(low), abs(high)) / factor < 9.95 else 0
    ends = [
        _scaled(end, currency, factor, suffix, decimals)
        if _half_up(end / factor, decimals)
        else money(end, currency)
        for end in (low, high)
    ]
    return f"{ends[0]} to {ends[1]}"


def format_range(one: float | None, other: float | None, unit: Unit, currency: str = "$") -> str:
    """Return a range, low number first: "$0.5M to $2.5M", "23.8% to 26.2%", "0.5 to 2.5 h"."""
    if one is None or other is None or not math.isfinite(one) or not math.isfinite(other):
        return NOT_AVAILABLE
    low, high = sorted((one, other))
    if unit == "money":
        return _money_range(low, high, currency)
    first, last = format_value(low, unit), format_value(high, unit)
    return f"{first if unit == 'percent' else first.split(' ')[0]} to {last}"


def range_beside(
    value: float | None, one: float | None, other: float | None, unit: Unit, currency: str = "$"
) -> str:
    """Return a range without units where the value before it shows them: "4.7 to 5.5"."""
    full = format_range(one, other, unit, currency)
    ends = full.split(" to ")
    scale = format_value(value, unit, currency)[-1:]
    if len(ends) != 2 or (unit == "money" and any(end[-1:] != scale for end in ends)):
        return full
    return " to ".join(_NOT_DIGITS.sub("", end.replace(symbol(currency), "")) for end in ends)


def _whole_percent(share: float) -> int:
    return int(_half_up(share * 100))


def _chance(share: float | None, of: str) -> str:
    if share is None or not math.isfinite(share):
        return NOT_AVAILABLE
    if share < 0.01:
        return f"under 1{of}"
    return f"over 99{of}" if share > 0.99 else f"{_whole_percent(share)}{of}"


def chance(share: float | None) -> str:
    """Return a chance in whole per cent: "52%", "under 1%", "over 99%"."""
    return _chance(share, "%")


def futures(share: float | None) -> str:
    """Return a chance as futures of a hundred: "52 of 100", "over 99 of 100"."""
    return _chance(share, " of 100")


def chance_word(share: float | None) -> str:
    """Return "Likely", "Coin toss" or "Unlikely", judged on the whole per cent that is shown."""
    if share is None or not math.isfinite(share):
        return NOT_AVAILABLE
    percent = _whole_percent(share)
    if percent >= LIKELY_FROM:
        return "Likely"
    return "Coin toss" if percent >= TOSS_FROM else "Unlikely"


def months_label(start_month: str, first: int, last: int) -> str:
    """Return "Mar to Jun 2027", "Nov 2027 to Feb 2028", or "Mar 2027" where both are one month."""
    begin, end = month_label(start_month, first), month_label(start_month, last)
    if first == last:
        return end
    return f"{begin.removesuffix(end[3:])} to {end}"


def month_number(start_month: str, month: str) -> int:
    """Return which month of the plan "YYYY-MM" is; the inverse of `month_label`."""
    year, at = (int(part) for part in month.split("-"))
    first_year, first = (int(part) for part in start_month.split("-"))
    return (year - first_year) * 12 + at - first + 1


def axis_labels(ticks: Sequence[float], unit: Unit, currency: str = "$") -> list[str]:
    """Return evenly spaced ticks in one scale, with as many decimals as their step needs."""
    before = symbol(currency) if unit == "money" else ""
    factor, after = _axis_scale(max((abs(tick) for tick in ticks), default=0.0), unit)
    step = min((b - a for a, b in zip(ticks, ticks[1:], strict=False)), default=0.0)
    decimals = _decimals(step / factor)
    return [
        f"{before}0"
        if unit == "money" and abs(tick) < step / 1e6
        else _signed(tick / factor, decimals, before, after)
        for tick in ticks
    ]


def _axis_scale(size: float, unit: Unit) -> tuple[float, str]:
    if unit == "money":
        return _scale(size)
    return {"percent": (0.01, "%"), "hours": (1.0, " h"), "days": (1.0, " d")}.get(unit, (1.0, ""))


def _decimals(step: float) -> int:
    fits = (d for d in range(4) if abs(step - _half_up(step, d)) <= 1e-6 * step)
    return next(fits, 4)


def own_value(value: float, unit: str) -> str:
    """Return a typed number with the unit people gave it; no digits are dropped."""
    return f"{value:,.6g} {unit}".strip().replace("-", "−")

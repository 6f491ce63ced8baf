"""The five claims in sentences, made by rule from what was found."""

from collections import Counter
from collections.abc import Sequence

from components.assumption_values import number_text, with_unit
from components.numbers import (
    MINUS,
    Unit,
    chance,
    format_change,
    format_range,
    format_value,
    futures,
    is_number,
    money,
)
from reports.wording import capitalised, listed
from simulation.thesis import Figure, Thesis, Verdict
from strategy.testing_theses import Carrier, Claim, NextHour

ICONS: dict[Verdict, str] = {
    "holds on your numbers": ":material/check_circle:",
    "does not hold": ":material/cancel:",
    "no clear difference": ":material/balance:",
    "cannot be tested on this plan": ":material/do_not_disturb_on:",
}
UNTESTED: Verdict = "cannot be tested on this plan"
# Shares of futures; of all other shares the part of a whole is meant.
COUNTED = ("ahead", "positive", "strategic_hour_wins")
CHANCES = ("pays_apart", "pays_together", "unprepared_pays", "prepared_pays")
NOT_FOUND = {
    "pressure_without_gain": "no pressure up to 20 hours per hour",
    "twice_bookings": "no gain to compare with",
}


def headline(theses: Sequence[Thesis]) -> str:
    """Return how many claims hold and how many do not, in a sentence."""
    count = Counter(each.verdict for each in theses)
    holding = count["holds on your numbers"]
    verb = "holds" if holding == 1 else "hold"
    others = [
        _some(count["does not hold"], "does not", "do not"),
        _some(
            count["no clear difference"], "shows no clear difference", "show no clear difference"
        ),
        _some(count[UNTESTED], "cannot be tested", "cannot be tested"),
    ]
    said = [f"{holding or 'none'} of {len(theses)} claims {verb}", *filter(None, others)]
    return f"On your numbers {listed(said)}."


def _some(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}" if count else ""


def verdict_words(verdict: Verdict) -> str:
    """Return a verdict as it stands alone, "Does not hold"."""
    return capitalised(verdict)


def figure_text(figure: Figure, currency: str) -> str:
    """Return a figure with its unit: "$65k", "52 of 100", "1,900 h", "2.1 times"."""
    value = figure.value
    if value is None or not is_number(value):
        return NOT_FOUND.get(figure.key, "none found")
    if figure.key in COUNTED:
        return futures(value)
    if figure.key in CHANCES:
        return chance(value)
    match figure.unit:
        case "currency":
            return money(value, currency)
        case "share" | "ratio":
            return format_value(value, "percent")
        case "hours":
            return f"{_two(value):,.0f} h".replace("-", MINUS)
        case "%":
            return f"{_two(value):g}%".replace("-", MINUS)
        case _:
            return f"{_two(value):g} {figure.unit}".replace("-", MINUS)


def range_text(figure: Figure, currency: str) -> str:
    """Return the range that holds 80% of futures, "$41k to $94k"; "" where there is none."""
    low, high = figure.low, figure.high
    if low is None or high is None:
        return ""
    match figure.unit:
        case "currency":
            return format_range(low, high, "money", currency)
        case "share" | "ratio":
            return format_range(low, high, "percent")
        case "hours":
            return f"{_two(low):,.0f} to {_two(high):,.0f} h".replace("-", MINUS)
        case _:
            return f"{_two(low):g}% to {_two(high):g}%".replace("-", MINUS)


def _two(value: float) -> float:
    """Return a value in two significant figures, never "-0"."""
    return float(f"{value:.2g}") + 0.0


def found_words(tested: Claim, currency: str) -> str:
    """Return what was found for a claim, or why it cannot be tested."""
    if tested.thesis.why_not is not None:
        return tested.thesis.why_not
    say = {1: _shared_goal, 2: _selling_time, 3: _systems, 4: _preparation, 5: _strategy}
    return say[tested.thesis.number](tested.figures, currency)


def _shared_goal(found: dict[str, Figure], currency: str) -> str:
    left = found["difference_without_mechanisms"]
    return (
        f"With a shared goal net benefit is {_beside(found['difference'], currency)} in the "
        f"middle future; it is ahead in {_text(found, 'ahead', currency)} futures. With the four "
        f"assumptions that carry it at zero the difference is {_signed(left, currency)}."
    )


def _selling_time(found: dict[str, Figure], currency: str) -> str:
    hours, end = found["own_hours"], found["own_end"]
    month = end.label.split(",")[0].removeprefix("Bookings gained in ")
    return (
        f"Selling hours change by {_signed(hours, currency)} ({_range(hours, currency)}) and "
        f"bookings in {month} by {_signed(end, currency)} ({_range(end, currency)}): "
        f"{_text(found, 'proportion', currency)} for each 1% of selling hours."
    )


def _systems(found: dict[str, Figure], currency: str) -> str:
    net = found["net"]
    return (
        f"Systems take over {_text(found, 'moved', currency)}. After rework, upkeep and overflow "
        f"{_text(found, 'net', currency)} are left ({_range(net, currency)}); some are left in "
        f"{_text(found, 'positive', currency)} futures."
    )


def _preparation(found: dict[str, Figure], currency: str) -> str:
    return (
        f"The chance of a gain is {_text(found, 'unprepared_pays', currency)} without preparation "
        f"and {_text(found, 'prepared_pays', currency)} fully prepared. Prepared, net benefit is "
        f"{_beside(found['difference'], currency)} in the middle future, and ahead in "
        f"{_text(found, 'ahead', currency)} futures."
    )


def _strategy(found: dict[str, Figure], currency: str) -> str:
    best = found["best_share"].value or 0.0
    return (
        f"With {best:.0%} of freed hours for strategy, the best share tried above none, net "
        f"benefit is {_beside(found['difference'], currency)} than with all for selling in the "
        f"middle future; it is ahead in {_text(found, 'ahead', currency)} futures."
    )


def _text(found: dict[str, Figure], key: str, currency: str) -> str:
    return figure_text(found[key], currency)


def _range(figure: Figure, currency: str) -> str:
    return f"80% range {range_text(figure, currency)}"


def _signed(figure: Figure, currency: str) -> str:
    unit: Unit = "money" if figure.unit == "currency" else "percent"
    written = format_change(figure.value, unit, currency)
    return written.replace(" pt", "%") if unit == "percent" else written


def _beside(figure: Figure, currency: str) -> str:
    """Return a difference in words: "$65k higher (80% range $41k to $94k)"."""
    value = figure.value or 0.0
    side = "higher" if value >= 0 else "lower"
    return f"{money(abs(value), currency)} {side} ({_difference_range(figure, currency)})"


def _difference_range(figure: Figure, currency: str) -> str:
    low, high = (format_change(end, "money", currency) for end in (figure.low, figure.high))
    return f"80% range {low} to {high}"


def refuted_words(thesis: Thesis) -> str:
    """Return whether the plan's own ranges allow what would refute a claim; "" if untested."""
    if thesis.verdict == UNTESTED:
        return ""
    if thesis.refutation_in_range:
        return "The ranges of this plan’s assumptions allow the refutation."
    return "The ranges of this plan’s assumptions do not allow the refutation."


def carrier_words(carriers: Sequence[Carrier], currency: str) -> str:
    """Return the assumptions with their ranges, "Leak 10% to 60%; Rework 5% to 50%"."""
    return "; ".join(_carrier(each, currency) for each in carriers)


def _carrier(each: Carrier, currency: str) -> str:
    low, high = (number_text(end, each.unit, currency) for end in (each.low, each.high))
    reach = low if low == high else f"{low} to {high}"
    return f"{each.label} ({with_unit(reach, each.unit)})"


def next_hour_headline(found: NextHour) -> str:
    """Return in how many futures the next hour of account work beats the next of selling."""
    return (
        f"The next hour is worth more as account work than as selling in "
        f"{futures(found.wins.value)} futures."
    )


def next_hour_words(found: NextHour) -> str:
    """Return the break-even of account work beside what it is assumed to add."""
    needed, strategic = (
        f"{figure_text(each, '')} ({_range(each, '')})" for each in (found.needed, found.strategic)
    )
    return (
        f"Break-even: 1% more account work must add {needed} to bookings to match the next hour of "
        f"selling. Your assumptions say that it adds {strategic}, win odds, deal size and buyers’ "
        "attention together. If your own estimate is above the break-even, the next hour belongs "
        "to account work; if it is below, to selling."
    )

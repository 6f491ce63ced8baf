"""Break-even values as words: where an answer turns, and where nothing turns it."""

from collections.abc import Sequence

from components.assumption_values import number_text, rough_text, with_unit
from reports.wording import listed
from strategy.turning import Turning


def turning_words(each: Turning, currency: str) -> str:
    """Return "0.21, better above" for each value that turns the answer, or that none does."""
    if each.crossings:
        values = [rough_text(turn.value, each.unit, currency) for turn in each.crossings]
        return listed(
            [
                f"{with_unit(value, each.unit)}, better {turn.better}"
                for value, turn in zip(values, each.crossings, strict=True)
            ]
        )
    return f"no value in its range does: {_always_words(each)}"


def brief_words(found: Sequence[Turning], currency: str) -> list[str]:
    """Return a line for each input that turns an outcome, and one for all that do not."""
    said = [f"{each.label}: {turning_words(each, currency)}" for each in found if each.crossings]
    still = [each for each in found if not each.crossings]
    for always in dict.fromkeys(_always_words(each) for each in still):
        names = listed([f"“{each.label}”" for each in still if _always_words(each) == always])
        said.append(f"No value in the range of {names}: {always}")
    return said


def _always_words(each: Turning) -> str:
    is_good = each.always == "favourable"
    if each.outcome.unit == "money":
        return "net benefit stays above zero" if is_good else "net benefit stays below zero"
    return "likelier met than not" if is_good else "likelier missed than met"


def range_words(each: Turning, currency: str) -> str:
    """Return the range that was searched, "0.1 to 0.6% for each 1%"."""
    low, high = (number_text(end, each.unit, currency) for end in (each.low, each.high))
    return with_unit(f"{low} to {high}", each.unit)


def likely_words(each: Turning, currency: str) -> str:
    """Return the likely value in use, or that each tactic has its own."""
    if each.likely is None:
        return "Each tactic has its own"
    return f"Likely {with_unit(number_text(each.likely, each.unit, currency), each.unit)}"


def question(each: Turning) -> str:
    """Return what turns: "Net benefit is zero at" or a goal's coin toss."""
    if each.outcome.unit == "money":
        return "Net benefit is zero at"
    return f"{each.outcome.label} is a coin toss at"

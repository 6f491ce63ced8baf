"""Assumptions updated from what happened: what the figures say, and which ranges to take over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from simulation.defaults import Range, defaults
from simulation.threads import turn
from simulation.updating import Learned, Updated, update
from strategy.against import observed
from strategy.errors import InvalidValue
from strategy.forecasts import Forecast
from strategy.model import Actual, Plan
from strategy.projection import read_inputs
from strategy.running import is_older_model

SOURCE = "Updated from actuals"
MIN_ERROR, MAX_ERROR = 0.01, 0.5


@dataclass(frozen=True)
class Proposal:
    """One assumption as the figures leave it.

    `now` is the plan's range at present; `is_as_forecast` says whether it is the one that the
    forecast started from. Otherwise somebody has changed it since.
    """

    learned: Learned
    now: Range
    is_as_forecast: bool


@dataclass(frozen=True)
class Lesson:
    """What happened, counted into a frozen forecast.

    `months` are the first and the last month used, `figures` how many there are.
    """

    updated: Updated
    months: tuple[str, str]
    figures: int


def learn(forecast: Forecast, actuals: Sequence[Actual], error: float) -> Lesson:
    """Weigh the futures of a frozen forecast by what happened.

    Parameters
    ----------
    error : relative standard deviation of the figures themselves, .01 to .5

    Raises
    ------
    InvalidValue
        If there is no figure in the forecast's months, the forecast is of another model, or
        `error` is out of bounds.
    """
    if not MIN_ERROR <= error <= MAX_ERROR:
        raise InvalidValue(
            f"How far figures may be off is {100 * error:g}%. "
            f"Use a number from {100 * MIN_ERROR:g} to {100 * MAX_ERROR:g}%."
        )
    if is_older_model(forecast.model_version):
        raise InvalidValue(
            "This forecast was made by another version of the model, whose futures cannot be "
            "weighed now. Choose a newer forecast."
        )
    figures = observed(actuals, forecast)
    if not figures:
        raise InvalidValue("No figure lies in the months of this forecast. Choose another one.")
    inputs = read_inputs(forecast.inputs)
    with turn():
        updated = update(inputs, forecast.draws, forecast.seed, figures, error)
    used = [each.month for each in actuals if _is_used(each, forecast)]
    return Lesson(updated, (min(used), max(used)), len(figures))


def _is_used(actual: Actual, forecast: Forecast) -> bool:
    return forecast.start_month <= actual.month <= forecast.last_month


def proposals(plan: Plan, forecast: Forecast, lesson: Lesson) -> tuple[Proposal, ...]:
    """Return every assumption with a range, those that moved first."""
    started = read_inputs(forecast.inputs).assumptions
    found = [_proposal(plan, started[each.name], each) for each in lesson.updated.learned]
    return tuple(sorted(found, key=lambda each: not each.learned.has_moved))


def _proposal(plan: Plan, started: Range, learned: Learned) -> Proposal:
    own = plan.assumptions.get(learned.name)
    now = Range(own.low, own.mode, own.high) if own else defaults().assumptions[learned.name].range
    return Proposal(learned, now, now == started)


def labels(name: str) -> tuple[str, str]:
    """Return what an assumption is called, and its unit."""
    known = defaults().assumptions[name]
    return known.label, known.unit


def has_learned_from(plan: Plan, forecast: Forecast) -> bool:
    """Return whether the plan had been updated from actuals before the forecast was made."""
    return any(
        each.source.startswith(SOURCE) and each.set_at <= forecast.mark.made_at
        for each in plan.assumptions.values()
    )


def ranges_of(lesson: Lesson, names: Iterable[str], span: str) -> dict[str, dict[str, Any]]:
    """Return the chosen assumptions as `commands.set_assumptions` takes them.

    `span` says the months in words, for the source.
    """
    found = {each.name: each for each in lesson.updated.learned}
    effective = f"{lesson.updated.effective:,.0f}"
    source = f"{SOURCE}, {span} ({lesson.figures} figures, {effective} effective futures)"
    return {
        name: {
            "low": found[name].fitted.low,
            "mode": found[name].fitted.mode,
            "high": found[name].fitted.high,
            "source": source,
            "grade": "measured",
        }
        for name in names
        if name in found
    }

"""What passes from month to month: open deals, slow stocks, people (equations 13, 14, 16)."""

import math

from simulation.worked.given import LARGEST_EXPONENT, RAMP, Month
from simulation.worked.sheet import sum_of, written
from simulation.worked.week import Week
from simulation.worked.work import Work


def take_over(month: Month) -> None:
    """Write down what the month before left."""
    month.sheet.part = "Carried over from the month before"
    carried, line = month.carried, month.sheet.line
    seats = _change_seats(month)
    line(
        16,
        "Filled seats",
        f"{written(seats)} seats − {written(carried.vacant)} vacant",
        carried.heads,
        "people",
        metric="heads",
    )
    parts = [f"{written(w)} × {written(c)}" for w, c in zip(RAMP, carried.cohorts, strict=True)]
    line(
        16,
        "Work done by a head, new reps included",
        f"({sum_of(parts)}) / {written(carried.heads)}",
        carried.productivity,
        "ratio",
    )
    line(
        14,
        "Open opportunities, in three stages",
        sum_of(written(each) for each in carried.stages),
        sum(carried.stages),
        "opportunities",
    )
    left = "as before the plan" if month.number == 1 else f"as month {month.number - 1} left it"
    line(13, "Stock of account work", left, carried.account_stock, "ratio")
    line(13, "Stock of skill", left, carried.skill_stock, "ratio")


def _change_seats(month: Month) -> float:
    """Open or close seats, vacant ones first; return how many there are now (equation 16)."""
    seats, carried = month.given.seats_in(month.number), month.carried
    if seats == month.given.seats_in(month.number - 1):
        return seats
    staying = min(seats / carried.heads, 1.0) if carried.heads else 0.0
    month.sheet.line(
        16,
        "Share of reps who keep their seat",
        f"min({written(seats)} / {written(carried.heads)}, 1)",
        staying,
        "share",
    )
    carried.cohorts = [size * staying for size in carried.cohorts]
    carried.vacant = seats - carried.heads
    return seats


def hand_over(month: Month, week: Week, work: Work) -> None:
    """Leave to the next month what carries over."""
    month.sheet.part = "Carried into the next month"
    stages = month.carried.stages
    month.sheet.line(
        14,
        "Open opportunities, in three stages",
        sum_of(written(each) for each in stages),
        sum(stages),
        "opportunities",
        metric="pipeline",
    )
    _account_stock(month, week, work)
    _skill_stock(month, week)
    _people(month)


def _account_stock(month: Month, week: Week, work: Work) -> None:
    given, carried = month.given, month.carried
    fading, weight = given.value["strategy_decay"], given.value["ops_strategy_weight"]
    usual = carried.heads * given.hours * given.inputs.week["account_strategy"]
    usual_ops = given.ops_hours * given.value["ops_strategic"]
    done = week.strategy + weight * work.ops_strategic
    kept = f"(1 − {written(fading)}) × {written(carried.account_stock)} + {written(fading)} × "
    carried.account_stock = month.sheet.line(
        13,
        "Stock of account work",
        f"{kept}({written(week.strategy)} + {written(weight)} × {written(work.ops_strategic)}) / "
        f"({written(usual)} + {written(weight)} × {written(usual_ops)})",
        (1 - fading) * carried.account_stock + fading * done / (usual + weight * usual_ops),
        "ratio",
        metric="strategy_stock",
    )


def _skill_stock(month: Month, week: Week) -> None:
    given, carried = month.given, month.carried
    fading = given.value["skill_decay"]
    usual = carried.heads * given.hours * given.inputs.week["coaching"]
    carried.skill_stock = month.sheet.line(
        13,
        "Stock of skill",
        f"(1 − {written(fading)}) × {written(carried.skill_stock)} + {written(fading)} × "
        f"{written(week.coaching)} / {written(usual)}",
        (1 - fading) * carried.skill_stock + fading * week.coaching / usual,
        "ratio",
        metric="skill_stock",
    )


def _people(month: Month) -> None:
    """Fill seats, move new reps on, lose people (equation 16)."""
    value, carried, line = month.given.value, month.carried, month.sheet.line
    misfit = sum(each.adoption * (value["fit_neutral"] - each.fit) for each in month.uses)
    push = min(value["attrition_fit_effect"] * misfit, LARGEST_EXPONENT)
    hazard = line(
        16,
        "Share of reps who leave this month",
        f"1 − (1 − {written(month.before.leaving)})^exp({written(push)})",
        1 - (1 - month.before.leaving) ** math.exp(push),
        "share",
    )
    hired = carried.vacant * min(1 / max(value["hire_months"], 1e-9), 1.0)
    gone = [size * hazard for size in carried.cohorts]
    line(
        16,
        "Filled seats next month",
        f"{written(carried.heads)} + {written(hired)} hired − {written(sum(gone))} left",
        carried.heads + hired - sum(gone),
        "people",
    )
    carried.vacant += sum(gone) - hired
    carried.cohorts = _moved_on(carried.cohorts, gone, hired, 3 / value["ramp_months"])


def _moved_on(cohorts: list[float], gone: list[float], hired: float, step: float) -> list[float]:
    """Return the cohorts a month later."""
    later, entering = [], hired
    for size, left in zip(cohorts[:3], gone[:3], strict=True):
        staying = size - left + entering
        # Only a fast ramp that meets high attrition would move on more than are there.
        promoted = min(size * step, staying)
        later.append(staying - promoted)
        entering = promoted
    return [*later, cohorts[3] - gone[3] + entering]

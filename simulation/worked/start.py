"""Before month 1: team and pipeline in their steady states (equations 14 and 16)."""

from simulation.worked.given import RAMP, SUBSTEPS, Before, Carried, Given
from simulation.worked.sheet import Sheet, sum_of, written


def steady_start(given: Given, sheet: Sheet) -> tuple[Before, Carried]:
    """Return what months are compared with, and what month 1 begins with."""
    sheet.part = "Before the first month"
    created = _created(given, sheet)
    leaving = _leaving(given, sheet)
    team = _team(given, leaving, sheet)
    stages = _stages(given, created, sheet)
    carried = Carried(given.seats - sum(team), team, stages)
    parts = [f"{written(w)} × {written(size)}" for w, size in zip(RAMP, team, strict=True)]
    sheet.line(
        16,
        "Work done by a head, new reps included",
        f"({sum_of(parts)}) / {written(carried.heads)}",
        carried.productivity,
        "ratio",
    )
    before = Before(created, carried.heads, carried.productivity, sum(stages), leaving)
    return before, carried


def _created(given: Given, sheet: Sheet) -> float:
    value = given.value
    bookings = sheet.line(
        0,
        "Bookings a month before the plan",
        f"{written(given.seats)} seats × {written(value['bookings_per_seat'])}",
        given.seats * value["bookings_per_seat"],
        "currency",
    )
    return sheet.line(
        0,
        "New opportunities a month before the plan",
        f"{written(bookings)} / ({written(value['win_rate'])} × {written(value['deal_size'])})",
        bookings / (value["win_rate"] * value["deal_size"]),
        "opportunities",
    )


def _leaving(given: Given, sheet: Sheet) -> float:
    yearly = given.value["attrition"]
    return sheet.line(
        16,
        "Share of reps who leave in a month",
        f"1 − (1 − {written(yearly)})^(1/12)",
        1 - (1 - yearly) ** (1 / 12),
        "share",
    )


def _team(given: Given, leaving: float, sheet: Sheet) -> list[float]:
    """Return the cohorts that hiring and leaving keep as they are."""
    months = max(given.value["hire_months"], 1e-9)
    heads = sheet.line(
        16,
        "Filled seats before the plan",
        f"{written(given.seats)} / (1 + {written(leaving)} × {written(months)})",
        given.seats / (1 + leaving * months),
        "people",
    )
    step = 3 / given.value["ramp_months"]
    first = leaving * heads / (step + leaving)
    second = first * step / (step + leaving)
    third = second * step / (step + leaving)
    return [first, second, third, heads - first - second - third]


def _stages(given: Given, created: float, sheet: Sheet) -> list[float]:
    """Return the three stages that as many new as leaving opportunities keep as they are."""
    moving = min(1.0, 3 / (SUBSTEPS * given.value["cycle_months"]))
    passing = given.value["win_rate"] ** (1 / 3)
    first = created / SUBSTEPS / moving
    stages = [first, first * passing, first * passing**2]
    sheet.line(
        14,
        "Open opportunities before the plan, in three stages",
        sum_of(written(each) for each in stages),
        sum(stages),
        "opportunities",
    )
    return stages

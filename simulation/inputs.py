"""The engine's inputs: validated once, then frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from simulation.checking import (
    InputError,
    choice,
    number,
    object_of,
    reject_unknown,
    shares,
    text,
    whole,
)
from simulation.defaults import Range, defaults

MAX_MONTHS = 120
MAX_TACTICS = 400
METRICS = (
    "bookings",
    "expected_bookings",
    "revenue",
    "wins",
    "opportunities",
    "win_rate",
    "deal_size",
    "cycle",
    "pipeline",
    "selling_hours",
    "strategy_hours",
    "coaching_hours",
    "slack_hours",
    "admin_hours",
    "meeting_hours",
    "system_hours",
    "rework_hours",
    "ops_hours",
    "overflow_hours",
    "unmet_hours",
    "heads",
    "contact",
    "response",
    "strategy_stock",
    "skill_stock",
    "cost",
    "shelfware",
    "net_benefit",
    "cumulative_net",
)
STATISTICS = ("level", "trailing3", "cumulative", "change")
DESTINATIONS = ("selling", "strategy", "coaching")


@dataclass(frozen=True)
class Organisation:
    """Seats, operations people and productive hours of a rep a month."""

    seats: float
    ops_people: float
    hours_per_rep_month: float


@dataclass(frozen=True)
class Headcount:
    """Another number of seats from a month on, and what a filled seat costs a year.

    `seats` are drawn in each world, in whole ones, where they are a range.
    """

    seats: Range
    start: int
    yearly_cost: float

    @property
    def as_given(self) -> dict[str, Any]:
        """What `read_headcount` reads."""
        return vars(self) | {"seats": self.seats.as_given}


SEASONAL = ("opportunities", "win_rate")
YEAR = 12
MOST_SEASON = 12.0
MOST_SEATS = 100_000


@dataclass(frozen=True)
class TacticInput:
    """One tactic as the engine sees it; docs/model.md, section Levers, gives the units.

    `adopt` and `start` are drawn in each world where they are ranges; `start` in whole months.
    """

    name: str
    goal: str | None
    start: Range
    delay: float
    to: Literal["system", "ops"]
    moves: Mapping[str, float]
    moves_ops: Mapping[str, float]
    adopt: Range
    preparation: float
    seat_price: float
    seats: float | None
    one_off: float
    fixed_monthly: float
    training_hours: float
    upkeep_hours: float
    cycle: float
    win: float
    deal: float
    attention: float


@dataclass(frozen=True)
class GoalInput:
    """A metric, how it is counted, and what it must reach by month `due`.

    With `per_seat` it is divided by the seats there are then, which may differ between worlds.
    """

    id: str
    metric: str
    statistic: str
    comparison: Literal[">=", "<="]
    target: float
    due: int
    per_seat: bool = False


@dataclass(frozen=True)
class Inputs:
    """Everything one run needs but its draws.

    `destinations` and `plan_quality` are drawn in each world where they are ranges.
    """

    months: int
    organisation: Organisation
    assumptions: Mapping[str, Range]
    week: Mapping[str, float]
    destinations: Mapping[str, Range]
    plan_quality: Range
    tactics: tuple[TacticInput, ...]
    goals: tuple[GoalInput, ...]
    season: Mapping[str, tuple[float, ...]]
    headcount: Headcount | None

    @classmethod
    def from_json(cls, raw: Any) -> "Inputs":
        """Read the input object of docs/model.md, section Interface.

        Raises
        ------
        InputError
            Names the first field that is wrong, its value and its bound.
        """
        raw = object_of("input", raw)
        reject_unknown("input", raw, cls.__dataclass_fields__)
        if "tactics" not in raw:
            raise InputError("tactics", "is missing", "a list, which may be empty")
        months = whole("months", raw.get("months", defaults().policy["months"]), 1, MAX_MONTHS)
        return cls(
            months=months,
            organisation=_organisation(raw.get("organisation", {})),
            assumptions=_assumptions(raw.get("assumptions", {})),
            week=_week(raw.get("week", {})),
            destinations=usual_destinations()
            if raw.get("destinations") is None
            else _destinations(raw["destinations"]),
            plan_quality=usual_quality()
            if "plan_quality" not in raw
            else read_range("plan_quality", raw["plan_quality"], (0, 1)),
            tactics=_tactics(raw["tactics"]),
            goals=_goals(raw.get("goals", []), months),
            season=read_season("season", raw.get("season", {})),
            headcount=read_headcount("headcount", raw.get("headcount")),
        )


def _organisation(raw: Any) -> Organisation:
    raw = object_of("organisation", raw)
    reject_unknown("organisation", raw, Organisation.__dataclass_fields__)
    values = defaults().organisation | raw
    return Organisation(
        seats=number("organisation.seats", values["seats"], 1, MOST_SEATS),
        ops_people=number("organisation.ops_people", values["ops_people"], 0, 100_000),
        hours_per_rep_month=number(
            "organisation.hours_per_rep_month", values["hours_per_rep_month"], 1, 744
        ),
    )


def read_range(field: str, raw: Any, bounds: tuple[float, float]) -> Range:
    """Read a number or [low, mode, high] inside `bounds`; raise InputError otherwise."""
    if not isinstance(raw, (list, tuple)):
        return Range.fixed_at(number(field, raw, *bounds))
    if len(raw) != 3:
        raise InputError(field, f"has {len(raw)} values", "a number or [low, mode, high]")
    low, mode, high = (number(field, value, *bounds) for value in raw)
    if not low <= mode <= high:
        raise InputError(field, f"is [{low:g}, {mode:g}, {high:g}]", "low <= mode <= high")
    return Range(low, mode, high)


def read_months(field: str, raw: Any, last: int) -> Range:
    """Read a month or [low, mode, high], whole numbers from 1; raise InputError otherwise."""
    for month in raw if isinstance(raw, (list, tuple)) else [raw]:
        whole(field, month, 1, last)
    return read_range(field, raw, (1, last))


def _assumptions(raw: Any) -> dict[str, Range]:
    raw = object_of("assumptions", raw)
    known = defaults().assumptions
    reject_unknown("assumptions", raw, known)
    ranges = {
        name: read_range(f"assumptions.{name}", raw[name], each.bounds)
        if name in raw
        else each.range
        for name, each in known.items()
    }
    if sum(ranges[name].high for name in ("ops_tactical", "ops_strategic", "ops_flex")) > 1 + 1e-9:
        raise InputError(
            "assumptions.ops_tactical",
            "with ops_strategic and ops_flex is above 1",
            "shares of one working time",
        )
    return ranges


def _week(raw: Any) -> dict[str, float]:
    raw = object_of("week", raw)
    tasks = defaults().tasks
    week = shares("week", {name: task.share for name, task in tasks.items()} | raw, tasks)
    for row, names in {
        "live_conversations and week.prospecting": ("live_conversations", "prospecting"),
        "account_strategy": ("account_strategy",),
        "coaching": ("coaching",),
    }.items():
        if sum(week[name] for name in names) <= 0:
            raise InputError(f"week.{row}", "is 0", "above 0, because effects are relative to it")
    return week


def read_season(field: str, raw: Any) -> dict[str, tuple[float, ...]]:
    """Read monthly factors, month 1 first; raise InputError unless they average 1.

    What is left out has no season.
    """
    raw = object_of(field, raw)
    reject_unknown(field, raw, SEASONAL)
    return {name: _factors(f"{field}.{name}", raw.get(name, [1.0] * YEAR)) for name in SEASONAL}


def read_headcount(field: str, raw: Any) -> Headcount | None:
    """Read a change of headcount, None if there is none; raise InputError if it is out of bounds.

    The cost of a seat is the loaded pay of the defaults unless it is given.
    """
    if raw is None:
        return None
    raw = object_of(field, raw)
    reject_unknown(field, raw, Headcount.__dataclass_fields__)
    if "seats" not in raw:
        raise InputError(f"{field}.seats", "is missing", "a number of seats")
    cost = raw.get("yearly_cost", defaults().loaded_pay.yearly)
    return Headcount(
        seats=_seats(f"{field}.seats", raw["seats"]),
        start=whole(f"{field}.start", raw.get("start", 1), 1, 10 * MAX_MONTHS),
        yearly_cost=number(f"{field}.yearly_cost", cost, 0, 1e9),
    )


def _seats(field: str, raw: Any) -> Range:
    if isinstance(raw, (list, tuple)):
        for seats in raw:
            whole(field, seats, 1, MOST_SEATS)
    return read_range(field, raw, (1, MOST_SEATS))


def _factors(field: str, raw: Any) -> tuple[float, ...]:
    if not isinstance(raw, (list, tuple)) or len(raw) != YEAR:
        raise InputError(field, "is not a year", f"a list of {YEAR} factors")
    factors = tuple(
        number(f"{field}[{month}]", each, 0, MOST_SEASON) for month, each in enumerate(raw, 1)
    )
    mean = sum(factors) / YEAR
    if abs(mean - 1) > 1e-6:
        raise InputError(field, f"averages {mean:g}", "an average of 1, so that the year stays")
    return factors


def usual_destinations() -> dict[str, Range]:
    """Return where freed hours go as long as nobody says anything else."""
    known = defaults().policy["destinations"]
    return {use: Range.fixed_at(share) for use, share in known.items()}


def usual_quality() -> Range:
    """Return the share of freed hours with an owner as long as nobody says anything else."""
    return Range.fixed_at(defaults().policy["plan_quality"])


def _destinations(raw: Any) -> dict[str, Range]:
    """Return shares whose likely values sum to 1; worlds scale what they draw to that."""
    raw = object_of("destinations", raw)
    reject_unknown("destinations", raw, DESTINATIONS)
    given = {
        use: read_range(f"destinations.{use}", raw.get(use, 0.0), (0, 1)) for use in DESTINATIONS
    }
    likely = shares("destinations", {use: each.mode for use, each in given.items()}, DESTINATIONS)
    if all(each.is_fixed for each in given.values()):
        return {use: Range.fixed_at(share) for use, share in likely.items()}
    return given


def _tactics(raw: Any) -> tuple[TacticInput, ...]:
    if not isinstance(raw, list):
        raise InputError("tactics", f"is {raw!r}"[:80], "a list")
    if len(raw) > MAX_TACTICS:
        raise InputError("tactics", f"has {len(raw)} entries", f"at most {MAX_TACTICS}")
    return tuple(_tactic(f"tactics[{index}]", index, each) for index, each in enumerate(raw))


def _moves(field: str, raw: Any, rows: tuple[str, ...]) -> dict[str, float]:
    raw = object_of(field, raw)
    reject_unknown(field, raw, rows)
    return {row: number(f"{field}.{row}", share, 0, 1) for row, share in raw.items()}


def _tactic(field: str, index: int, raw: Any) -> TacticInput:
    raw = object_of(field, raw)
    reject_unknown(field, raw, TacticInput.__dataclass_fields__)

    def bounded(name: str, default: float, low: float, high: float) -> float:
        return number(f"{field}.{name}", raw.get(name, default), low, high)

    seats, goal = raw.get("seats"), raw.get("goal")
    return TacticInput(
        name=text(f"{field}.name", raw.get("name", f"Tactic {index + 1}")),
        goal=None if goal is None else text(f"{field}.goal", goal),
        start=read_months(f"{field}.start", raw.get("start", 1), 10 * MAX_MONTHS),
        delay=bounded("delay", 0.0, 0, 10 * MAX_MONTHS),
        to="ops"
        if choice(f"{field}.to", raw.get("to", "system"), ("system", "ops")) == "ops"
        else "system",
        moves=_moves(f"{field}.moves", raw.get("moves", {}), defaults().admin_tasks),
        moves_ops=_moves(
            f"{field}.moves_ops", raw.get("moves_ops", {}), tuple(defaults().ops_tasks)
        ),
        adopt=read_range(f"{field}.adopt", raw.get("adopt", 0.9), (0, 1)),
        preparation=bounded("preparation", 0.0, 0, 1),
        seat_price=bounded("seat_price", 0.0, 0, 1e9),
        seats=None if seats is None else number(f"{field}.seats", seats, 0, 1e6),
        one_off=bounded("one_off", 0.0, 0, 1e12),
        fixed_monthly=bounded("fixed_monthly", 0.0, 0, 1e12),
        training_hours=bounded("training_hours", 0.0, 0, 1e6),
        upkeep_hours=bounded("upkeep_hours", 0.0, 0, 1e6),
        cycle=bounded("cycle", 0.0, -5, 0.95),
        win=bounded("win", 0.0, -10, 10),
        deal=bounded("deal", 0.0, -0.95, 3),
        attention=bounded("attention", 0.0, -0.95, 3),
    )


def _goals(raw: Any, months: int) -> tuple[GoalInput, ...]:
    if not isinstance(raw, list):
        raise InputError("goals", f"is {raw!r}", "a list")
    goals = tuple(_goal(f"goals[{index}]", each, months) for index, each in enumerate(raw))
    ids = [goal.id for goal in goals]
    if repeated := next((each for each in ids if ids.count(each) > 1), None):
        raise InputError("goals", f"has two goals with id {repeated!r}", "one goal an id")
    return goals


def _goal(field: str, raw: Any, months: int) -> GoalInput:
    raw = object_of(field, raw)
    reject_unknown(field, raw, GoalInput.__dataclass_fields__)
    for name in ("id", "metric", "target", "due"):
        if name not in raw:
            raise InputError(f"{field}.{name}", "is missing", "needed for every goal")
    comparison = choice(f"{field}.comparison", raw.get("comparison", ">="), (">=", "<="))
    per_seat = raw.get("per_seat", False)
    if not isinstance(per_seat, bool):
        raise InputError(f"{field}.per_seat", f"is {per_seat!r}"[:80], "true or false")
    return GoalInput(
        id=text(f"{field}.id", raw["id"]),
        metric=choice(f"{field}.metric", raw["metric"], METRICS),
        statistic=choice(f"{field}.statistic", raw.get("statistic", "level"), STATISTICS),
        comparison=">=" if comparison == ">=" else "<=",
        target=number(f"{field}.target", raw["target"], -1e15, 1e15),
        due=whole(f"{field}.due", raw["due"], 1, months),
        per_seat=per_seat,
    )

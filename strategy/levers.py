"""What a scenario changes: validated overrides on the plan's base."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from simulation.checking import InputError, number, object_of, reject_unknown, whole
from simulation.defaults import defaults
from simulation.inputs import (
    DESTINATIONS,
    MAX_MONTHS,
    Headcount,
    read_headcount,
    read_months,
    read_season,
)
from strategy.errors import EditConflict, InvalidValue
from strategy.model import Adoption, Spread, Start, Tactic
from strategy.spreads import likely_of, listed, read_spread

MOST_MONEY = 1e12  # currency
# Levers with a row for each tactic that they change.
TACTIC_LEVERS = {"starts": "start month", "adoption": "adoption"}


@dataclass(frozen=True)
class Shift:
    """Hours of one admin task moved to automation on top of what the board's tactics do.

    `share` is of the task's hours, 0 to 1; `start` is the month it begins.
    """

    share: float
    start: int


@dataclass(frozen=True)
class ShiftTerms:
    """What the extra automation costs and how well it is prepared."""

    seat_price: float = 0.0
    one_off: float = 0.0
    preparation: float = 0.5


@dataclass(frozen=True)
class Levers:
    """A scenario's overrides; everything left out follows the plan.

    `without` names tactics of the board that this scenario leaves out; `preparation`, if
    given, replaces the preparation of every tactic. `starts` and `adoption` give tactics of the
    board another start month, counted from 1, and another share of people who will use them.
    These, assumptions, `destinations`, `plan_quality` and the seats of `headcount` are one number
    each, or low, likely and high. `season` holds twelve factors, January first, for each of what
    has a season. `budget` is what the first 12 months may cost; the model does not read it.
    """

    seats: float | None = None
    week: Mapping[str, float] | None = None
    destinations: Mapping[str, Spread] | None = None
    plan_quality: Spread | None = None
    preparation: float | None = None
    shifts: Mapping[str, Shift] = field(default_factory=dict)
    shift_terms: ShiftTerms = field(default_factory=ShiftTerms)
    assumptions: Mapping[str, Spread] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    starts: Mapping[str, Start] = field(default_factory=dict)
    adoption: Mapping[str, Adoption] = field(default_factory=dict)
    season: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    headcount: Headcount | None = None
    budget: float | None = None

    @classmethod
    def from_json(cls, raw: Any, titles: Mapping[str, str] | None = None) -> "Levers":
        """Read a scenario's overrides; `titles` of tactics by id name them in a refusal.

        Raises
        ------
        InvalidValue
            Names the first field that is wrong, its value and its bound.
        """
        try:
            return _levers(object_of("scenario", raw))
        except InputError as error:
            raise InvalidValue(_sentence(error, titles or {})) from error

    def for_tactics(self, ids: Mapping[str, str]) -> "Levers":
        """Return the same levers for a copy whose tactics have other ids; gone ones drop out."""
        return replace(
            self,
            without=tuple(sorted(ids[each] for each in self.without if each in ids)),
            starts={ids[each]: start for each, start in self.starts.items() if each in ids},
            adoption={ids[each]: share for each, share in self.adoption.items() if each in ids},
        )

    def on(self, tactic: Tactic) -> Tactic:
        """Return a tactic of the board as this scenario has it."""
        if tactic.id not in self.starts and tactic.id not in self.adoption:
            return tactic
        started = begun(tactic, self.starts.get(tactic.id, tactic.begin))
        return adopted(started, self.adoption.get(tactic.id, tactic.adopt))

    def to_json(self) -> dict[str, Any]:
        """Return only what differs from the plan, in the shape `from_json` reads."""
        result: dict[str, Any] = {}
        for name in ("seats", "budget", "plan_quality", "preparation"):
            if (value := getattr(self, name)) is not None:
                result[name] = listed(value)
        for name in ("week", "destinations"):
            if (shares := getattr(self, name)) is not None:
                result[name] = {row: listed(share) for row, share in shares.items()}
        if self.shifts:
            result["shifts"] = {
                task: {"share": shift.share, "start": shift.start}
                for task, shift in self.shifts.items()
            }
            result["shift_terms"] = vars(self.shift_terms).copy()
        if self.assumptions:
            result["assumptions"] = {
                name: listed(value) for name, value in self.assumptions.items()
            }
        if self.without:
            result["without"] = sorted(self.without)
        if self.headcount is not None:
            result["headcount"] = self.headcount.as_given
        if self.season:
            result["season"] = {name: list(each) for name, each in self.season.items()}
        for name in TACTIC_LEVERS:
            if rows := getattr(self, name):
                result[name] = {key: listed(each) for key, each in sorted(rows.items())}
        return result


def adopted(tactic: Tactic, value: Adoption) -> Tactic:
    """Return a tactic that this share of people will use: one number, or low, likely and high."""
    low, likely, high = value if isinstance(value, tuple) else (None, value, None)
    return replace(tactic, adoption=likely, adoption_low=low, adoption_high=high)


def begun(tactic: Tactic, value: Start) -> Tactic:
    """Return a tactic that starts in this month: one, or earliest, likely and latest."""
    low, likely, high = value if isinstance(value, tuple) else (None, value, None)
    return replace(tactic, start=likely, start_low=low, start_high=high)


def _sentence(error: InputError, titles: Mapping[str, str]) -> str:
    """Return what is wrong with a lever; assumptions and tactics by the words the page shows."""
    lever, _, tactic = error.field.partition(".")
    if lever in TACTIC_LEVERS and tactic in titles:
        return (
            f"This scenario's {TACTIC_LEVERS[lever]} of “{titles[tactic]}” {error.value}. "
            f"It must be {error.bound}."
        )
    known = defaults().assumptions.get(error.field.removeprefix("assumptions."))
    if known is None:
        return f"This scenario's {error}."
    if error.limits:
        value, low, high = (f"{number:,.10g}" for number in error.limits)
        return f"This scenario's “{known.label}” is {value}. Use a number from {low} to {high}."
    return f"This scenario's “{known.label}” {error.value}. It must be {error.bound}."


def titles_of(tactics: Iterable[Tactic]) -> dict[str, str]:
    """Return the titles of tactics by id."""
    return {each.id: each.title for each in tactics}


def merge_overrides(
    kept: Mapping[str, Any], base: Mapping[str, Any], wanted: Mapping[str, Any]
) -> dict[str, Any]:
    """Return overrides in which both sides' changes since `base` stand.

    Raises
    ------
    EditConflict
        If `kept` and `wanted` changed the same lever differently.
    """
    merged = dict(kept)
    for key in base.keys() | wanted.keys():
        if base.get(key) == wanted.get(key):
            continue
        merged[key] = _merge_lever(key, kept.get(key), base.get(key), wanted.get(key))
    return {key: value for key, value in merged.items() if value not in (None, [], {})}


def _merge_lever(key: str, kept: Any, base: Any, wanted: Any) -> Any:
    if key == "without":
        left, before, after = (set(each or ()) for each in (kept, base, wanted))
        return sorted((left - (before - after)) | (after - before))
    if key in ("shifts", "assumptions", "season", *TACTIC_LEVERS):
        kept, base, wanted = kept or {}, base or {}, wanted or {}
        rows = dict(kept)
        for row in base.keys() | wanted.keys():
            if base.get(row) != wanted.get(row):
                rows[row] = _merge_value(row, kept.get(row), base.get(row), wanted.get(row))
        return {row: value for row, value in rows.items() if value is not None}
    return _merge_value(key, kept, base, wanted)


def _merge_value(name: str, kept: Any, base: Any, wanted: Any) -> Any:
    if kept not in (base, wanted):
        raise EditConflict(
            "Somebody else changed this a moment ago. Compare both versions and save again.",
            {name: (kept, wanted)},
        )
    return wanted


def _optional(raw: Mapping[str, Any], name: str, low: float, high: float) -> float | None:
    return None if raw.get(name) is None else number(name, raw[name], low, high)


def _levers(raw: dict[str, Any]) -> Levers:
    reject_unknown("scenario", raw, Levers.__dataclass_fields__)
    without = raw.get("without", [])
    if not isinstance(without, (list, tuple)) or not all(isinstance(each, str) for each in without):
        raise InputError("without", "is not a list of tactics", "a list of tactic ids")
    return Levers(
        seats=_optional(raw, "seats", 1, 100_000),
        week=_shares(raw, "week", tuple(defaults().tasks)),
        destinations=_destinations(raw),
        plan_quality=None
        if raw.get("plan_quality") is None
        else read_spread("plan_quality", raw["plan_quality"], (0, 1)),
        preparation=_optional(raw, "preparation", 0, 1),
        shifts=_shifts(raw.get("shifts", {})),
        shift_terms=_terms(raw.get("shift_terms", {})),
        assumptions=_assumptions(raw.get("assumptions", {})),
        without=tuple(without),
        starts={
            each: _month_or_three(f"starts.{each}", start)
            for each, start in object_of("starts", raw.get("starts", {})).items()
        },
        budget=_optional(raw, "budget", 0, MOST_MONEY),
        headcount=read_headcount("headcount", raw.get("headcount")),
        season=_season(raw.get("season", {})),
        adoption={
            each: read_spread(f"adoption.{each}", share, (0, 1))
            for each, share in object_of("adoption", raw.get("adoption", {})).items()
        },
    )


def _shares(raw: Mapping[str, Any], name: str, rows: tuple[str, ...]) -> dict[str, float] | None:
    if raw.get(name) is None:
        return None
    shares = object_of(name, raw[name])
    reject_unknown(name, shares, rows)
    checked = {row: number(f"{name}.{row}", shares.get(row, 0.0), 0, 1) for row in rows}
    _check_sum(name, checked)
    return checked


def _destinations(raw: Mapping[str, Any]) -> dict[str, Spread] | None:
    """Return shares whose likely values add up to all of the hours."""
    if raw.get("destinations") is None:
        return None
    shares = object_of("destinations", raw["destinations"])
    reject_unknown("destinations", shares, DESTINATIONS)
    checked = {
        use: read_spread(f"destinations.{use}", shares.get(use, 0.0), (0, 1))
        for use in DESTINATIONS
    }
    _check_sum("destinations", likely_of(checked))
    return checked


def _check_sum(name: str, shares: Mapping[str, float]) -> None:
    if abs(sum(shares.values()) - 1) > 1e-6:
        raise InputError(name, f"adds up to {sum(shares.values()):.1%}", "100%")


def _shifts(raw: Any) -> dict[str, Shift]:
    raw = object_of("shifts", raw)
    reject_unknown("shifts", raw, defaults().admin_tasks)
    shifts = {}
    for task, row in raw.items():
        row = object_of(f"shifts.{task}", row)
        reject_unknown(f"shifts.{task}", row, Shift.__dataclass_fields__)
        shifts[task] = Shift(
            number(f"shifts.{task}.share", row.get("share", 0), 0, 1),
            whole(f"shifts.{task}.start", row.get("start", 1), 1, MAX_MONTHS),
        )
    return {task: shift for task, shift in shifts.items() if shift.share > 0}


def _season(raw: Any) -> dict[str, tuple[float, ...]]:
    """Return only what is given: a name left out follows the plan."""
    known = read_season("season", raw)
    return {name: known[name] for name in raw}


def _terms(raw: Any) -> ShiftTerms:
    raw = object_of("shift_terms", raw)
    reject_unknown("shift_terms", raw, ShiftTerms.__dataclass_fields__)
    base = ShiftTerms()
    return ShiftTerms(
        seat_price=number("shift_terms.seat_price", raw.get("seat_price", base.seat_price), 0, 1e9),
        one_off=number("shift_terms.one_off", raw.get("one_off", base.one_off), 0, 1e12),
        preparation=number(
            "shift_terms.preparation", raw.get("preparation", base.preparation), 0, 1
        ),
    )


def _assumptions(raw: Any) -> dict[str, Spread]:
    raw = object_of("assumptions", raw)
    known = defaults().assumptions
    reject_unknown("assumptions", raw, known)
    return {
        name: read_spread(f"assumptions.{name}", value, known[name].bounds)
        for name, value in raw.items()
    }


def _month_or_three(field: str, raw: Any) -> Start:
    """Return a month, or earliest, likely and latest where they are not the same."""
    spread = read_months(field, raw, MAX_MONTHS)
    likely = int(spread.mode)
    return likely if spread.is_fixed else (int(spread.low), likely, int(spread.high))

"""A whole plan as one JSON document: what it holds, and how a document is checked."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from types import UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from strategy.errors import InvalidValue
from strategy.model import Actual, AssumptionRange, Board, Goal, Plan, Scenario, Tactic

FORMAT = 1
MOST_BYTES = 10 * 1024 * 1024
LONGEST = 1000  # values in one field
MOST = {"goals": 100, "tactics": 1000, "scenarios": 26, "actuals": 1000}
# Belong to the database the plan is in, not to the plan.
LEFT_OUT = frozenset({"plan_id", "position", "created_at", "archived_at", "version"})
Row = TypeVar("Row", Plan, Goal, Tactic, Scenario, AssumptionRange, Actual)


@dataclass(frozen=True)
class Document:
    """A plan as a document holds it; ids are the document's own."""

    plan: Plan
    goals: tuple[Goal, ...]
    tactics: tuple[Tactic, ...]
    scenarios: tuple[Scenario, ...]
    actuals: tuple[Actual, ...] = ()


def to_document(
    board: Board, scenarios: tuple[Scenario, ...], actuals: tuple[Actual, ...]
) -> dict[str, Any]:
    """Return a plan with all that people typed for it as plain JSON values.

    That is its goals, tactics, scenarios, own assumptions, and what happened.

    Runs, snapshots, share links and the history stay where they are.
    """
    return {
        "fulcrum_plan": FORMAT,
        "plan": _written(board.plan),
        "goals": [_written(goal) for goal in board.goals],
        "tactics": [_written(tactic) for tactic in board.tactics],
        "scenarios": [_written(scenario) for scenario in scenarios],
        "actuals": [_written(actual) for actual in actuals],
    }


def _written(row: Plan | Goal | Tactic | Scenario | Actual) -> dict[str, Any]:
    return {
        each.name: _plain(getattr(row, each.name))
        for each in fields(row)
        if each.name not in LEFT_OUT
    }


def _plain(value: Any) -> Any:
    if isinstance(value, AssumptionRange):
        return {each.name: getattr(value, each.name) for each in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return value


def read_document(content: bytes) -> Document:
    """Return the plan in a document.

    Only the shape is checked here: every value has the kind it should have. Whether the model
    accepts it is checked when it is imported.

    Raises
    ------
    InvalidValue
        Names the first place that is wrong, and what should be there.
    """
    if len(content) > MOST_BYTES:
        raise InvalidValue(f"The file has {len(content) / 1e6:,.0f} MB; at most 10 MB are read.")
    raw = _object("The file", _parsed(content))
    written = raw.get("fulcrum_plan")
    if isinstance(written, bool) or not isinstance(written, int):
        raise InvalidValue("This is not a plan exported by Fulcrum: “fulcrum_plan” is missing.")
    if written > FORMAT:
        raise InvalidValue("A newer Fulcrum wrote this plan. Update Fulcrum to import it.")
    _refuse_unknown("", raw, {"fulcrum_plan", "plan", *MOST})
    rows = {name: _list(name, raw.get(name, []), most) for name, most in MOST.items()}
    return Document(
        plan=_row(Plan, "plan", raw.get("plan")),
        goals=tuple(_row(Goal, f"goals[{n}]", each) for n, each in enumerate(rows["goals"])),
        tactics=tuple(
            _row(Tactic, f"tactics[{n}]", each) for n, each in enumerate(rows["tactics"])
        ),
        scenarios=tuple(
            _row(Scenario, f"scenarios[{n}]", each) for n, each in enumerate(rows["scenarios"])
        ),
        actuals=tuple(
            _row(Actual, f"actuals[{n}]", each) for n, each in enumerate(rows["actuals"])
        ),
    )


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise InvalidValue("The file is not text in UTF-8. Export the plan again.") from error
    except json.JSONDecodeError as error:
        raise InvalidValue(
            f"The file is not JSON: line {error.lineno}, column {error.colno}. Export it again."
        ) from error
    except (ValueError, RecursionError) as error:
        raise InvalidValue("The file holds a number that is not finite, or is too deep.") from error


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


def _object(place: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InvalidValue(f"{place} must be an object of named values.")
    return value


def _list(place: str, value: Any, most: int) -> list[Any]:
    if not isinstance(value, list):
        raise InvalidValue(f"“{place}” must be a list.")
    if len(value) > most:
        raise InvalidValue(f"“{place}” has {len(value)} entries; at most {most} are read.")
    return value


def _refuse_unknown(place: str, given: Mapping[str, Any], known: set[str]) -> None:
    if unknown := sorted(given.keys() - known):
        raise InvalidValue(f"“{place}{unknown[0]}” is not known here. Remove it or check its name.")


def _row(kind: type[Row], place: str, value: Any) -> Row:
    given, hints = _object(f"“{place}”", value), get_type_hints(kind)
    names = {each.name for each in fields(kind)} - LEFT_OUT
    _refuse_unknown(f"{place}.", given, names)
    required = {
        each.name
        for each in fields(kind)
        if each.default is MISSING and each.default_factory is MISSING
    }
    if missing := sorted((required & names) - given.keys()):
        raise InvalidValue(f"“{place}.{missing[0]}” is missing.")
    values = {name: _value(hints[name], f"{place}.{name}", each) for name, each in given.items()}
    if "plan_id" in hints:
        values["plan_id"] = ""
    return cast(Row, cast(Any, kind)(**values))


def _value(hint: Any, place: str, value: Any) -> Any:
    """Return a value of the kind a field has; whole numbers pass for numbers."""
    origin = get_origin(hint)
    if origin is Literal:
        if value not in get_args(hint):
            choices = ", ".join(str(each) for each in get_args(hint))
            raise InvalidValue(f"“{place}” must be one of {choices}.")
        return value
    if origin in (Union, UnionType):
        if value is None and type(None) in get_args(hint):
            return None
        kinds = [each for each in get_args(hint) if each is not type(None)]
        # What may be a list as well is one if a list is given.
        kind = kinds[-1] if isinstance(value, list) else kinds[0]
        return _value(kind, place, value)
    if origin in (tuple, list):
        kind, given = get_args(hint)[0], _list(place, value, LONGEST)
        return origin(_value(kind, f"{place}[{at}]", each) for at, each in enumerate(given, 1))
    if origin is not None:
        return _mapping(get_args(hint)[1], place, value)
    if hint is AssumptionRange:
        return _row(AssumptionRange, place, value)
    return value if hint is Any else _scalar(hint, place, value)


def _mapping(hint: Any, place: str, value: Any) -> dict[str, Any]:
    given = _object(f"“{place}”", value)
    return {key: _value(hint, f"{place}.{key}", each) for key, each in given.items()}


def _scalar(hint: type, place: str, value: Any) -> Any:
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        value = _as_float(place, value)
    if type(value) is not hint:
        words = {str: "text", bool: "true or false", int: "a whole number", float: "a number"}
        raise InvalidValue(f"“{place}” must be {words[hint]}.")
    return value


def _as_float(place: str, value: int) -> float:
    try:
        return float(value)
    except OverflowError as error:
        raise InvalidValue(f"“{place}” is too large a number.") from error

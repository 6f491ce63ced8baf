"""JSON as it is kept: plain values and finite numbers only, with a format number beside it.

Runs and snapshots outlive the program that wrote them. Their rows carry `format`; a reader of
each old format stays here for ever. Nothing is ever pickled: a database is a file someone sends.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from typing import Any, cast

from data.errors import DatabaseUnusable
from strategy.errors import InvalidValue

FORMAT = 1
LARGEST_INTEGER = 2**63 - 1


class _Unusual(Exception):
    """A value that is not kept as it is."""


def plain(value: Any, name: str) -> Any:
    """Return a value as JSON knows it: mappings and dataclasses as dict, tuples as list.

    Raises
    ------
    InvalidValue
        If a number is not finite, a key is not text, or a value has no place in JSON; `name`
        and the path below it are in the message.
    """
    try:
        return _copied(value)
    except _Unusual:
        return _converted(value, name)


def _copied(value: Any) -> Any:
    """Return a copy of what is plain already, as most of a run is, without noting the path."""
    kind = type(value)
    if kind is dict:
        copied = {key: _copied(item) for key, item in value.items()}
        if all(type(key) is str and key.isascii() for key in copied):
            return copied
    elif kind is list or kind is tuple:
        # Runs hold thousands of numbers in lists; their sum is finite only if each of them is.
        if set(map(type, value)) == {float} and math.isfinite(sum(value)):
            return list(value)
        return [_copied(item) for item in value]
    elif kind is float:
        if math.isfinite(value):
            return value
    elif kind is str:
        if value.isascii():
            return value
    elif kind is int:
        if abs(value) <= LARGEST_INTEGER:
            return value
    elif kind is bool or value is None:
        return value
    raise _Unusual


def _converted(value: Any, name: str) -> Any:
    """Return what `plain` does, of any value."""
    if value is None or isinstance(value, str | float | int):  # most values are
        return scalar(value, name)
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value), name)
    if isinstance(value, Mapping):
        return {_key(key, name): plain(item, f"{name}.{key}") for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, f"{name}[{place}]") for place, item in enumerate(value)]
    return scalar(value, name)


def plain_mapping(value: Any, name: str) -> dict[str, Any]:
    """Return a mapping as JSON knows it; refuse anything else by name."""
    if not isinstance(value, Mapping):
        raise InvalidValue(f"{_label(name)} must be a mapping, not {type(value).__name__}.")
    return cast(dict[str, Any], plain(value, name))


def scalar(value: Any, name: str) -> Any:
    """Return a single value if it can be kept exactly; refuse it by name otherwise."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, float):
        return _finite(value, name)
    if isinstance(value, int):
        return _whole(value, name)
    if isinstance(value, str):
        return _text(value, name)
    raise InvalidValue(f"{_label(name)} cannot be kept: {type(value).__name__} is not accepted.")


def encode(value: Mapping[str, Any]) -> str:
    """Return the JSON text of what `plain_mapping` returned."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def decode(text: str, written_format: int = FORMAT) -> dict[str, Any]:
    """Return the mapping that was kept.

    Raises
    ------
    DatabaseUnusable
        If a newer Fulcrum wrote it, or it is not an object of finite numbers.
    """
    if written_format > FORMAT:
        raise DatabaseUnusable("A newer Fulcrum wrote this; update Fulcrum to read it.")
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except ValueError as error:
        raise DatabaseUnusable(f"Something kept cannot be read back ({error}).") from error
    if not isinstance(value, dict):
        raise DatabaseUnusable("Something kept cannot be read back (not an object).")
    return value


def _finite(value: float, name: str) -> float:
    if not math.isfinite(value):
        raise InvalidValue(f"{_label(name)} must be a finite number, not {value}.")
    return float(value)


def _whole(value: int, name: str) -> int:
    if abs(value) > LARGEST_INTEGER:
        raise InvalidValue(f"{_label(name)} must be between -2^63 and 2^63, not {value}.")
    return int(value)


def _text(value: str, name: str) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InvalidValue(f"{_label(name)} contains characters that are not text.") from error
    return str(value)


def _key(key: Any, name: str) -> str:
    if not isinstance(key, str):
        raise InvalidValue(f"{_label(name)} must have text keys, not {key!r}.")
    return _text(key, name)


def _label(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not a finite number")

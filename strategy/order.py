"""String order keys: a place between two neighbours without touching either.

Keys are fractions written in base 62 (`0-9A-Za-z`), so comparing them as bytes puts them in
order. Floats would run out after 52 inserts into the same gap; strings only grow. Two people may
still be given the same key, so rows are ordered by key and then id.
"""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE = len(DIGITS)
LONGEST_KEY = 64
"""Give the whole list fresh keys (`keys_for`) once a new key is longer than this."""

_STEP_WIDTH = 3
"""Appending counts in this many digits, so that 100,000 appends stay this short."""


def key_between(before: str | None, after: str | None) -> str:
    """Return a key that sorts after `before` and before `after`.

    Parameters
    ----------
    before : the key of the neighbour above; None for the first place
    after : the key of the neighbour below; None for the last place

    Raises
    ------
    ValueError
        If a key is not one of ours, or `before` does not sort before `after`; then the list
        needs fresh keys from `keys_for`.
    """
    for key in (before, after):
        _require_key(key)
    if before is not None and after is not None and before >= after:
        raise ValueError(f"there is no place between order keys {before!r} and {after!r}")
    stepped = _step(before, after)
    return stepped if stepped is not None else _midpoint(before or "", after or "")


def keys_for(n: int) -> list[str]:
    """Return `n` short keys in order, evenly spread, for a list that needs fresh ones."""
    width = 1
    while BASE**width <= n:
        width += 1
    return [_digits(place * BASE**width // (n + 1), width) for place in range(1, n + 1)]


def _require_key(key: str | None) -> None:
    if key is None:
        return
    if not key or key.endswith("0") or any(digit not in DIGITS for digit in key):
        raise ValueError(f"{key!r} is not an order key")


def _step(before: str | None, after: str | None) -> str | None:
    """Return the next key past one end of the list, or None if only halving helps."""
    if before is None and after is None:
        return DIGITS[BASE // 2]
    if before is not None and after is not None:
        return None
    number = _number(before) + 1 if before is not None else _number(after or "") - 1
    return _digits(number, _STEP_WIDTH) if 0 < number < BASE**_STEP_WIDTH else None


def _number(key: str) -> int:
    """Return the first digits of a key as a whole number."""
    number = 0
    for digit in key[:_STEP_WIDTH].ljust(_STEP_WIDTH, "0"):
        number = number * BASE + DIGITS.index(digit)
    return number


def _digits(number: int, width: int) -> str:
    """Write a number as a key; a trailing 0 would leave no place before its shorter form."""
    written = ""
    for _ in range(width):
        number, digit = divmod(number, BASE)
        written = DIGITS[digit] + written
    return written.rstrip("0")


def _midpoint(before: str, after: str) -> str:
    """Return a key halfway between; an empty `after` means the end of the list."""
    shared = _shared_length(before, after)
    if shared:
        return after[:shared] + _midpoint(before[shared:], after[shared:])
    low = DIGITS.index(before[0]) if before else 0
    high = DIGITS.index(after[0]) if after else BASE
    if high - low > 1:
        return DIGITS[(low + high) // 2]
    if len(after) > 1:
        return after[0]
    return DIGITS[low] + _midpoint(before[1:], "")


def _shared_length(before: str, after: str) -> int:
    """Return how many leading digits two keys share, reading a missing digit as 0."""
    padded = before.ljust(len(after), "0")
    pairs = zip(padded, after, strict=False)
    return next((place for place, (x, y) in enumerate(pairs) if x != y), 0)

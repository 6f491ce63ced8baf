"""An assumption's values as people read them."""

from strategy.amounts import amount, symbol


def number_text(value: float, unit: str, currency: str) -> str:
    """Return an assumption's value in words people read."""
    if unit.startswith("currency"):
        return amount(value, currency)
    if is_percent(unit):
        return f"{100 * value:.4g}%"
    return f"{value:.4g}".replace("-", "\N{MINUS SIGN}")


def is_percent(unit: str) -> bool:
    """Say whether people read and type a value of this unit in percent."""
    return unit.startswith("share")


def as_typed(value: float, unit: str) -> float:
    """Return a value as people type it: shares in percent."""
    return round(100 * value, 10) if is_percent(unit) else value


def as_kept(typed: float, unit: str, before: float) -> float:
    """Return what was typed as it is kept: shares from 0 to 1.

    What still reads as `before`, the value kept so far, is that value to its last digit.
    """
    if typed == as_typed(before, unit):
        return before
    return round(typed / 100, 12) if is_percent(unit) else typed


def typed_unit(unit: str, currency: str) -> str:
    """Return the unit in which people type a value: "% a month", "$ a month", "log-odds"."""
    if is_percent(unit):
        return f"% {unit_text(unit)}".strip()
    if unit.startswith("currency"):
        return f"{symbol(currency).strip()} {unit_text(unit)}".strip()
    return unit


def unit_text(unit: str) -> str:
    """Return the unit beside a value that already carries its sign."""
    if unit in ("share", "currency"):
        return ""
    return unit.replace("share ", "").replace("currency ", "")


def rough_text(value: float, unit: str, currency: str) -> str:
    """Return a computed value of an assumption, such as an end of its range, in two figures."""
    return number_text(float(f"{value:.2g}"), unit, currency)


def with_unit(text: str, unit: str) -> str:
    """Return a written value followed by what its unit says beyond the sign it carries."""
    return followed_by(text, unit_text(unit))


def followed_by(text: str, unit: str) -> str:
    """Return "0.2 a month", "0.31% for each 1%", or the value alone where it has its unit."""
    return f"{text}{'' if unit.startswith('%') else ' '}{unit}".strip()

"""An assumption's values as people read them."""

from components.numbers import symbol


def number_text(value: float, unit: str, currency: str) -> str:
    """Return an assumption's value in words people read."""
    if unit.startswith("currency"):
        return f"{symbol(currency)}{value:,.0f}"
    if unit.startswith("share"):
        return f"{100 * value:.4g}%"
    return f"{value:.4g}".replace("-", "\N{MINUS SIGN}")


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
    return f"{text} {unit_text(unit)}".strip()

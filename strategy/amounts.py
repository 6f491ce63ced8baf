"""Amounts of money as screens write them, whatever the plan's currency."""

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}


def symbol(currency: str) -> str:
    """Return what stands before the number: "$" for "USD", "CHF " for "CHF"."""
    known = _SYMBOLS.get(currency, currency)
    return f"{known}\u00a0" if known[-1:].isalpha() else known


def amount(value: float, currency: str) -> str:
    """Return an amount somebody typed in full and in whole units: "$180,000", "CHF 180,000"."""
    return f"{symbol(currency)}{value:,.0f}"

"""How buyers answer selling effort (equations 9 to 12, and the swing of demand of 15)."""

import math

from simulation.worked.given import Month
from simulation.worked.sheet import changes_written, written
from simulation.worked.week import Week


def time_together(offered: float, granted: float, sharpness: float) -> float:
    """Return the smooth minimum of what sellers offer and buyers grant (equation 10)."""
    smaller, larger = sorted((offered, granted))
    if larger == 0:
        return 0.0
    return float(smaller / (1 + (smaller / larger) ** sharpness) ** (1 / sharpness))


def new_opportunities(month: Month, week: Week) -> float:
    """Return the month's new opportunities."""
    month.sheet.part = "Buyers"
    line = month.sheet.line
    contact = _contact(month, _effort(month, week), _attention(month))
    power, inbound = _power(month), month.given.value["inbound_share"]
    response = line(
        12,
        "Response of buyers",
        f"{written(inbound)} + (1 − {written(inbound)}) × {written(contact)}^{written(power)}",
        inbound + (1 - inbound) * contact**power,
        "ratio",
        metric="response",
    )
    swing, years = _swing(month), (month.number - 1) / 12
    season = month.given.season("opportunities", month.number)
    change = month.given.value["demand_change"]
    return line(
        12,
        "New opportunities",
        f"{written(month.before.created)} × {written(response)} × {written(swing)} × "
        f"{written(season)} × (1 + {written(change)})^({month.number - 1}/12)",
        month.before.created * response * swing * season * (1 + change) ** years,
        "opportunities",
        metric="opportunities",
    )


def _effort(month: Month, week: Week) -> float:
    given, before = month.given, month.before
    hours = before.heads * given.hours * given.selling_share
    now, then = month.carried.productivity, before.productivity
    return month.sheet.line(
        9,
        "Selling effort, relative to before",
        f"{written(week.selling)} / {written(hours)} × {written(now)} / {written(then)}",
        week.selling / hours * now / then,
        "ratio",
    )


def _attention(month: Month) -> float:
    value, stock = month.given.value, month.carried.account_stock
    power, decline = value["strategy_attention_elasticity"], value["attention_decline"]
    changes = month.changes("attention")
    return month.sheet.line(
        10,
        "Time buyers are willing to give",
        f"{written(stock)}^{written(power)} × (1 − {written(decline)})^({month.number}/12) × "
        f"{changes_written(changes)}",
        stock**power
        * (1 - decline) ** (month.number / 12)
        * math.prod(1 + each for each in changes),
        "ratio",
    )


def _contact(month: Month, effort: float, attention: float) -> float:
    value, line = month.given.value, month.sheet.line
    pressure, sharp = value["buyer_pressure"], value["ceiling_sharpness"]
    u, k, x, granted = (written(each) for each in (pressure, sharp, effort, attention))
    together = line(
        10,
        "Time both sides spend",
        f"{x} × {u} × {granted} / (({x} × {u})^{k} + {granted}^{k})^(1/{k})",
        time_together(effort * pressure, attention, sharp),
        "ratio",
    )
    today = line(
        10,
        "The same before the plan",
        f"{u} / ({u}^{k} + 1)^(1/{k})",
        time_together(pressure, 1.0, sharp),
        "ratio",
    )
    return line(
        10,
        "Time spent, relative to before",
        f"{written(together)} / {written(today)}",
        together / today,
        "ratio",
        metric="contact",
    )


def _power(month: Month) -> float:
    value = month.given.value
    today, inbound = value["selling_elasticity"], value["inbound_share"]
    pressure, sharp = value["buyer_pressure"], value["ceiling_sharpness"]
    return month.sheet.line(
        11,
        "Elasticity to that time",
        f"min({written(today)} × (1 + {written(pressure)}^{written(sharp)}) / "
        f"(1 − {written(inbound)}), 1)",
        min(today * (1 + pressure**sharp) / (1 - inbound), 1.0),
        "ratio",
    )


def _swing(month: Month) -> float:
    """Return demand relative to its mean; its level carries over."""
    value, carried = month.given.value, month.carried
    noise, lasting = month.given.demand_noise[month.number - 1], value["demand_persistence"]
    fresh = math.sqrt(1 - lasting**2)
    first = month.number == 1
    level = month.sheet.line(
        15,
        "Level of demand",
        f"{written(noise)} as drawn"
        if first
        else f"{written(lasting)} × {written(carried.swing)} + {written(fresh)} × {written(noise)}",
        noise if first else lasting * carried.swing + fresh * noise,
        "ratio",
    )
    carried.swing = level
    size = value["demand_spread"]
    return month.sheet.line(
        15,
        "Swing of demand",
        f"exp({written(size)} × {written(level)} − {written(size)}² / 2)",
        1.0 if month.given.is_noiseless else math.exp(size * level - size**2 / 2),
        "ratio",
    )

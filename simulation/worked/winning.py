"""From opportunities to bookings: odds, deal, cycle, pipeline, luck (equations 13 to 15)."""

import math

from simulation.worked.given import LARGEST_EXPONENT, SUBSTEPS, Month
from simulation.worked.sheet import changes_written, sum_of, written

LEAST_SHAPE = 1e-12  # no deal is expected: the luck of none


def bookings_of(month: Month, created: float) -> float:
    """Return the month's bookings."""
    month.sheet.part = "Winning"
    line, given = month.sheet.line, month.given
    win_rate, deal, cycle = _win_rate(month), _deal(month), _cycle(month)
    wins = _wins(month, created, cycle, win_rate)
    expected = line(
        14,
        "Bookings to be expected",
        f"{written(wins)} × {written(deal)}",
        wins * deal,
        "currency",
        metric="expected_bookings",
    )
    if given.is_noiseless:
        return line(15, "Bookings", "without luck", expected, "currency", metric="bookings")
    spread, noise = given.value["deal_size_variation"], given.bookings_noise[month.number - 1]
    shape = line(
        15,
        "Deals that luck is spread over",
        f"{written(wins)} / (1 + {written(spread)}²)",
        max(wins / (1 + spread**2), LEAST_SHAPE),
        "deals",
    )
    luck = max(1 - 1 / (9 * shape) + noise / (3 * math.sqrt(shape)), 0.0) ** 3
    return line(
        15,
        "Bookings in this future",
        f"{written(expected)} × max(1 − 1 / (9 × {written(shape)}) + {written(noise)} / "
        f"(3 × √{written(shape)}), 0)³",
        expected * luck,
        "currency",
        metric="bookings",
    )


def _win_rate(month: Month) -> float:
    value, carried = month.given.value, month.carried
    today = value["win_rate"] / (1 - value["win_rate"])
    account, skill = value["strategy_win_elasticity"], value["skill_win_elasticity"]
    added = sum(each.tactic.win * each.adoption for each in month.uses)
    odds = month.sheet.line(
        13,
        "Odds of winning",
        f"{written(today)} × {written(carried.account_stock)}^{written(account)} × "
        f"{written(carried.skill_stock)}^{written(skill)} × exp({written(added)})",
        today
        * carried.account_stock**account
        * carried.skill_stock**skill
        * math.exp(min(added, LARGEST_EXPONENT)),
        "ratio",
    )
    season = month.given.season("win_rate", month.number)
    return month.sheet.line(
        13,
        "Win rate",
        f"min({written(odds)} / (1 + {written(odds)}) × {written(season)}, 1)",
        min(odds / (1 + odds) * season, 1.0),
        "share",
        metric="win_rate",
    )


def _deal(month: Month) -> float:
    value, stock = month.given.value, month.carried.account_stock
    changes, power = month.changes("deal"), value["strategy_deal_elasticity"]
    dearer, years = value["price_change"], (month.number - 1) / 12
    return month.sheet.line(
        13,
        "Mean deal",
        f"{written(value['deal_size'])} × {written(stock)}^{written(power)} × "
        f"{changes_written(changes)} × (1 + {written(dearer)})^({month.number - 1}/12)",
        value["deal_size"]
        * stock**power
        * math.prod(1 + each for each in changes)
        * (1 + dearer) ** years,
        "currency",
        metric="deal_size",
    )


def _cycle(month: Month) -> float:
    today, changes = month.given.value["cycle_months"], [-x for x in month.changes("cycle")]
    return month.sheet.line(
        13,
        "Sales cycle",
        f"{written(today)} × {changes_written(changes)}",
        today * math.prod(1 + each for each in changes),
        "months",
        metric="cycle",
    )


def _wins(month: Month, created: float, cycle: float, win_rate: float) -> float:
    """Move the three stages four times and return the month's wins (equation 14)."""
    line, stages, wins = month.sheet.line, month.carried.stages, []
    moving = line(
        14,
        "Share of a stage that moves on in a quarter of a month",
        f"min(3 / (4 × {written(cycle)}), 1)",
        min(3 / (SUBSTEPS * cycle), 1.0),
        "share",
    )
    passing = line(
        14, "Share of those that passes", f"∛{written(win_rate)}", win_rate ** (1 / 3), "share"
    )
    for _ in range(SUBSTEPS):
        leaving = [moving * size for size in stages]
        entering = [created / SUBSTEPS, passing * leaving[0], passing * leaving[1]]
        wins.append(passing * leaving[2])
        stages = [
            size + new - gone for size, new, gone in zip(stages, entering, leaving, strict=True)
        ]
    month.carried.stages = stages
    return line(
        14,
        "Deals won in the four quarters of the month",
        sum_of(written(each) for each in wins),
        sum(wins),
        "deals",
        metric="wins",
    )

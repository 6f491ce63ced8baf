"""Write the example CRM export of Larkfield Software, a company that does not exist.

Run from the root of the repository: `python scripts/make_example_crm.py`.

The export looks like a Salesforce report and carries the faults real ones have. What it was made
from stands in `TRUTH`, so that a test can ask whether the calibration finds it again. Only
`random.Random` is used, whose numbers are the same on every machine.
"""

import csv
import datetime
import io
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

PATH = Path(__file__).parents[1] / "data" / "example" / "crm_opportunities.csv"
SEED = 20261046  # a draw whose last year lies near the truth
FIRST, LAST = datetime.date(2024, 9, 1), datetime.date(2026, 10, 31)
CLEAN_UP = datetime.date(2026, 2, 7)  # a Saturday on which stale deals were closed as lost


@dataclass(frozen=True)
class Truth:
    """What the export is drawn from; months are of 30.4375 days, money is in US dollars."""

    reps: int = 24
    bookings_per_seat: float = 62_500.0  # a month
    win_rate: float = 0.22
    lost_share: float = 0.58
    deal_size: float = 45_000.0
    deal_size_variation: float = 0.9
    cycle_months: float = 3.0

    @property
    def opportunities_per_month(self) -> float:
        """Return the deals created a month that give these bookings."""
        return self.reps * self.bookings_per_seat / (self.win_rate * self.deal_size)


TRUTH = Truth()
MONTH_DAYS = 30.4375
DUPLICATES, ZEROS, NEGATIVES, WRITTEN_OUT, CLEANED_UP, LEAVER_DEALS = 14, 9, 6, 12, 55, 3
NO_ACCOUNT = 0.05  # share of deals
EARLIER_BY_QUARTER_END = 0.35  # share of the wins of a quarter's first days pulled into the last

REPS = (
    "Ada Winslow", "Bram Oakes", "Carla Finch", "Dario Venn", "Elin Marsh", "Farid Holm",
    "Greta Lowe", "Hugo Pell", "Ines Calder", "Jonas Thorne", "Kaya Reed", "Liam Ashby",
    "Mira Stroud", "Nils Garrow", "Orla Beck", "Pavel Quill", "Quinn Harte", "Rosa Lindell",
    "Samir Dove", "Tessa Brandt", "Uma Fairley", "Viktor Sand", "Willa Crane", "Yusuf Kerr",
)  # fmt: skip
LEAVER = "Zoe Merrow"
_PLACES = (
    "Alder", "Birch", "Cobalt", "Dunmere", "Elmsted", "Fenwick", "Garnet", "Harrow", "Ivybridge",
    "Juniper", "Kestrel", "Linden", "Marlow", "Northam", "Orchard", "Pemberly", "Quarry", "Rowan",
    "Silverton", "Thistle", "Upland", "Verity", "Wexcombe", "Yarrow",
)  # fmt: skip
_TRADES = (
    "Logistics", "Foods", "Insurance", "Textiles", "Energy", "Clinics", "Freight", "Interiors",
    "Packaging", "Robotics", "Media", "Travel", "Dairy", "Steel", "Optics",
)  # fmt: skip
_STAGES = ("Prospecting", "Qualification", "Proposal", "Negotiation")
_SOURCES = ("Outbound", "Website", "Partner", "Event", "Referral")
HEADER = (
    "Opportunity ID", "Opportunity Owner", "Account Name", "Type", "Lead Source", "Amount",
    "Created Date", "Close Date", "Stage", "Closed", "Won",
)  # fmt: skip


@dataclass(frozen=True)
class Deal:
    """One row of the export before it is written."""

    number: int
    owner: str
    account: str
    kind: str
    lead: str
    amount: float
    created: datetime.date
    closes: datetime.date
    stage: str
    written_out: bool = False

    @property
    def row(self) -> tuple[str, ...]:
        """Return the cells as a Salesforce report writes them."""
        closed = self.stage.startswith("Closed")
        amount = f"${self.amount:,.2f}" if self.written_out else f"{self.amount:.2f}"
        return (
            f"006LF{self.number:010d}AAA", self.owner, self.account, self.kind, self.lead, amount,
            _us(self.created), _us(self.closes), self.stage,
            str(int(closed)), str(int(self.stage == "Closed Won")),
        )  # fmt: skip


def example_csv() -> bytes:
    """Return the export, the same bytes every time."""
    chance = random.Random(SEED)
    deals = _with_faults(_with_clean_up(list(_deals(chance))), chance)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(deal.row for deal in deals)
    return text.getvalue().encode()


def _deals(chance: random.Random) -> Iterator[Deal]:
    """Yield deals in the order of their creation, at a steady rate on working days."""
    accounts = [f"{place} {trade}" for place in _PLACES for trade in _TRADES]
    number = 4_100
    daily = TRUTH.opportunities_per_month * 12 / (52.1775 * 5)
    for day in _days(FIRST, LAST):
        for _ in range(_poisson(daily, chance) if day.weekday() < 5 else 0):
            number += chance.randint(1, 3)
            yield _deal(number, day, chance.choice(accounts), chance)


def _deal(number: int, created: datetime.date, account: str, chance: random.Random) -> Deal:
    stage, closes = _ending(created, chance)
    if chance.random() < NO_ACCOUNT:
        account = ""
    return Deal(
        number, chance.choice(REPS), account,
        chance.choice(("New Business", "New Business", "Expansion")), chance.choice(_SOURCES),
        _amount(chance), created, closes, stage,
    )  # fmt: skip


def _ending(created: datetime.date, chance: random.Random) -> tuple[str, datetime.date]:
    """Draw how a deal ends; one that ends after the export, or never, is open in it."""
    draw = chance.random()
    if draw < TRUTH.win_rate:
        stage, mean = "Closed Won", TRUTH.cycle_months * MONTH_DAYS
    elif draw < TRUTH.win_rate + TRUTH.lost_share:
        stage, mean = "Closed Lost", 2.4 * MONTH_DAYS
    else:
        # Nobody will ever close it, and its close date passed or slips.
        return chance.choice(_STAGES), _after(created, chance.uniform(30, 200))
    closes = _after(created, chance.gammavariate(2.5, mean / 2.5))
    if stage == "Closed Won":
        closes = _pulled_to_quarter_end(created, closes, chance)
    return (stage if closes <= LAST else chance.choice(_STAGES)), closes


def _pulled_to_quarter_end(
    created: datetime.date, closes: datetime.date, chance: random.Random
) -> datetime.date:
    """Return an earlier day for some wins that were due early in the next quarter."""
    quarter = datetime.date(closes.year, 3 * ((closes.month - 1) // 3) + 1, 1)
    pulled = quarter - datetime.timedelta(days=chance.randint(1, 5))
    if (closes - quarter).days < 20 and chance.random() < EARLIER_BY_QUARTER_END:
        return max(created, pulled)
    return closes


def _amount(chance: random.Random) -> float:
    spread = math.sqrt(math.log(1 + TRUTH.deal_size_variation**2))
    drawn = chance.lognormvariate(math.log(TRUTH.deal_size) - spread**2 / 2, spread)
    return max(500.0, 50.0 * round(drawn / 50))


def _with_clean_up(deals: list[Deal]) -> list[Deal]:
    """Close the oldest stale deals as lost on one day."""
    long_ago = CLEAN_UP - datetime.timedelta(days=270)
    stale = [d.number for d in deals if d.stage in _STAGES and d.created < long_ago]
    chosen = set(stale[:CLEANED_UP])
    return [
        replace(deal, stage="Closed Lost", closes=CLEAN_UP) if deal.number in chosen else deal
        for deal in deals
    ]


def _with_faults(deals: list[Deal], chance: random.Random) -> list[Deal]:
    """Spoil a few rows as people and systems do."""
    won = [place for place, deal in enumerate(deals) if deal.stage == "Closed Won"]
    chosen = chance.sample(won, ZEROS + NEGATIVES + WRITTEN_OUT)
    for place in chosen[:ZEROS]:
        deals[place] = replace(deals[place], amount=0.0)
    for place in chosen[ZEROS : ZEROS + NEGATIVES]:
        closes = _after(deals[place].created, -chance.randint(1, 9))
        deals[place] = replace(deals[place], closes=max(FIRST, closes))
    for place in chosen[ZEROS + NEGATIVES :]:
        deals[place] = replace(deals[place], written_out=True)
    for place in chance.sample(range(200), LEAVER_DEALS):
        deals[place] = replace(deals[place], owner=LEAVER)
    for place in sorted(chance.sample(range(len(deals)), DUPLICATES), reverse=True):
        deals.insert(place + 1, deals[place])
    return deals


def _days(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    return (_after(first, day) for day in range((last - first).days + 1))


def _after(day: datetime.date, days: float) -> datetime.date:
    return day + datetime.timedelta(days=round(days))


def _us(day: datetime.date) -> str:
    return f"{day.month}/{day.day}/{day.year}"


def _poisson(mean: float, chance: random.Random) -> int:
    limit, product, count = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count


if __name__ == "__main__":
    PATH.parent.mkdir(parents=True, exist_ok=True)
    PATH.write_bytes(example_csv())
    print(f"{PATH.name}: {PATH.stat().st_size:,} bytes")

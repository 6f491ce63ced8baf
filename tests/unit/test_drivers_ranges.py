"""What drives it: where the range of each kind of row is set."""

from dataclasses import replace
from typing import Any

import pytest

from pages.drivers.ranges import Place, place_of
from pages.frame.plan_dialog import TEAM
from strategy.deciding import Decider
from strategy.model import Scenario
from tests.unit.test_strategy_samples import BOARD, CLEAN, PLAN

LEAK = Decider("leak", "Leak", "share", 0.2, 0.4, 2.1e6, 0.9e6, -0.5)
ADOPTION = replace(LEAK, assumption="adoption:t1", tactic=CLEAN.id)
START = replace(ADOPTION, assumption="start:t1", is_start=True)
SEATS = replace(LEAK, assumption="seats", is_policy=True)
OWNED = replace(LEAK, assumption="plan_quality", is_policy=True)
SELLING = replace(LEAK, assumption="destination:selling", is_policy=True)
CARD = Place(dialog=("tactic", CLEAN.id), page="plan")
HIRES = {"headcount": {"seats": [8, 12, 15], "start": 4}}


def scenario(**overrides: Any) -> Scenario:
    return Scenario("s1", PLAN.id, "Unsure", "A", overrides)


@pytest.mark.parametrize(
    ("each", "chosen", "place"),
    [
        (LEAK, None, Place(dialog=("assumption", "leak"))),
        (SEATS, None, Place(dialog=(TEAM, PLAN.id))),
        (SEATS, scenario(), Place(dialog=(TEAM, PLAN.id))),
        (SEATS, scenario(**HIRES), Place(page="simulate", levers="Team")),
        (OWNED, scenario(), Place(page="simulate", levers="Freed hours")),
        (SELLING, scenario(), Place(page="simulate", levers="Freed hours")),
        (ADOPTION, None, CARD),
        (START, scenario(adoption={CLEAN.id: [0.2, 0.4, 0.6]}), CARD),
        (
            ADOPTION,
            scenario(adoption={CLEAN.id: [0.2, 0.4, 0.6]}),
            Place(page="simulate", levers="Tactics"),
        ),
        (START, scenario(starts={CLEAN.id: [1, 2, 5]}), Place(page="simulate", levers="Tactics")),
        (replace(ADOPTION, tactic="gone"), None, None),
    ],
)
def test_each_row_leads_to_where_its_range_is_set(
    each: Decider, chosen: Scenario | None, place: Place | None
) -> None:
    assert place_of(BOARD, chosen, each) == place

"""The claims the model can test: what carries them, and what it takes to refute them."""

from hypothesis import given

from simulation.engine import simulate_modes
from simulation.inputs import Inputs
from tests.validation.plans import Plan
from tests.validation.tools import WORLDS, assert_never_lower, some, tools


@some
@given(tools(), WORLDS)
def test_more_automation_never_lowers_selling_hours_when_nobody_is_trained(
    tactics: list[Plan], world: Plan
) -> None:
    plan = {"months": 24, "tactics": tactics, "assumptions": world | {"attrition_fit_effect": 0}}
    outcome = simulate_modes(Inputs.from_json(plan))
    assert_never_lower(outcome.metrics["selling_hours"], outcome.baseline["selling_hours"])


@some
@given(tools(), WORLDS)
def test_more_selling_time_never_brings_bookings_in_proportion(
    tactics: list[Plan], world: Plan
) -> None:
    plan = {"months": 24, "tactics": tactics, "assumptions": world | {"attrition_fit_effect": 0}}
    outcome = simulate_modes(Inputs.from_json(plan))
    sold, before = (each["expected_bookings"] for each in (outcome.metrics, outcome.baseline))
    time, time_before = (each["selling_hours"] for each in (outcome.metrics, outcome.baseline))
    assert (sold / before).max() <= (time / time_before).max() + 1e-9


def test_without_its_mechanisms_alignment_makes_no_difference_at_all() -> None:
    # The last one matters little: plan quality also decides how much of the time operations
    # get back goes to strategic work.
    off = dict.fromkeys(
        (
            *("coordination_hours", "unplanned_leak", "fit_gain", "attrition_fit_effect"),
            "ops_strategy_weight",
        ),
        0,
    )

    def value(goal: str | None, preparation: float, quality: float) -> float:
        tactics = [
            {"name": "A", "moves": {"quotes": 0.5}},
            {"name": "B", "moves": {"orders": 0.5}, "start": 3},
        ]
        tactics = [
            each | {"goal": goal, "preparation": preparation, "seat_price": 40} for each in tactics
        ]
        plan = {"tactics": tactics, "plan_quality": quality, "assumptions": off}
        return float(simulate_modes(Inputs.from_json(plan)).finance.npv[0])

    assert value("g", 1, 1) == value(None, 0, 0)

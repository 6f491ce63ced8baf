"""Cost, shelfware and value of one tool, worked out by hand from equations 17 and 18."""

from math import log

import pytest

from tests.validation.engineered import STILL, at_modes

# Fit is a quarter: odds of one to three. Use follows the default curve of case V6c.
WORLD = STILL | {
    "fit_unprepared": -log(3),
    "overrun": 0.8,
    "realised_share": 1,
    "adoption_innovation": 0.05,
    "adoption_imitation": 0.6,
}
TOOL = {
    "start": 2,
    "adopt": 1,
    "seat_price": 10,
    "seats": 5,
    "fixed_monthly": 7,
    "one_off": 1000,
}


def test_seats_are_paid_from_the_start_and_one_off_costs_overrun_by_what_does_not_fit() -> None:
    cost = at_modes({"months": 5, "assumptions": WORLD, "tactics": [TOOL]}).metrics["cost"][0]
    # 5 seats of 10 and 7 fixed; in the first month 1,000 and .8 of its unfit three quarters.
    assert cost == pytest.approx([0, 57 + 1600, 57, 57, 57], rel=1e-12)


def test_seats_wait_unused_until_go_live_and_beyond() -> None:
    late = TOOL | {"delay": 1}
    run = at_modes({"months": 9, "assumptions": WORLD, "tactics": [late]})
    shelfware = run.metrics["shelfware"][0]
    assert shelfware[:3] == pytest.approx([0, 50, 50], rel=1e-12)
    # 1, 3 and 6 months after go-live .065793, .316821 and .788282 of the reps use it.
    used = [50 * share for share in (0.065793, 0.316821, 0.788282)]
    assert [50 - each for each in shelfware[[3, 5, 8]]] == pytest.approx(used, abs=5e-5)


def test_use_fades_to_what_fits() -> None:
    fading = WORLD | {"abandonment": 0.2, "adoption_innovation": 10, "adoption_imitation": 0}
    run = at_modes({"months": 60, "assumptions": fading, "tactics": [TOOL | {"start": 1}]})
    use = run.path.work.adoption[0, :, 0]
    # A quarter fits and stays; of the rest 1/e is left after 5 months, nothing in the end.
    assert use[5] == pytest.approx(0.25 + 0.75 * 0.367879, abs=1e-6)
    assert use[-1] == pytest.approx(0.25, abs=1e-5)


def test_a_plan_that_only_costs_is_worth_minus_its_cost() -> None:
    plan = {"months": 3, "assumptions": WORLD | {"discount_rate": 0.21}, "tactics": [TOOL]}
    money = at_modes(plan).finance
    # 1.21 a year is 1.1 in half a year, so that month m counts 1.21^(-m/12).
    expected = -1657 / 1.1 ** (4 / 12) - 57 / 1.1 ** (6 / 12)
    assert money.npv[0] == pytest.approx(expected, rel=1e-9)
    assert money.roi[0] == pytest.approx(-1, rel=1e-9)
    assert money.payback[0] == float("inf")


def test_extra_bookings_earn_margin_on_revenue_less_commission() -> None:
    # Ten per cent larger deals, in full from the second month on; revenue in the same month.
    world = WORLD | {"adoption_innovation": 10, "adoption_imitation": 0, "recognition_months": 1}
    plan = {"months": 8, "assumptions": world, "tactics": [{"adopt": 1, "deal": 0.1}]}
    run = at_modes(plan)
    # 800,000 a month before, three quarters margin, a tenth commission.
    assert run.metrics["net_benefit"][0, -1] == pytest.approx(80_000 * 0.65, rel=1e-9)
    assert run.metrics["net_benefit"][0, 0] == pytest.approx(0, abs=1e-6)

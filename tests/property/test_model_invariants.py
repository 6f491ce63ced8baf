"""What must hold for every plan: conservation, causality, symmetry, scale, chances, money."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.defaults import defaults
from simulation.draws import sample
from simulation.engine import simulate, simulate_modes, simulate_on
from simulation.inputs import METRICS, Inputs
from simulation.outcome import Outcome
from tests.model_equations import (
    contact,
    contact_elasticity,
    month_later,
    response,
    steady_team,
)

Plan = dict[str, Any]

ADMIN_ROWS = defaults().admin_tasks
OPS_ROWS = tuple(defaults().ops_tasks)
ADMIN_SHARE = sum(defaults().tasks[row].share for row in ADMIN_ROWS)
HOURS_USED = ("selling", "strategy", "coaching", "slack", "admin", "meeting")
SIGNED = ("net_benefit", "cumulative_net")
AMOUNTS = tuple(metric for metric in METRICS if metric not in SIGNED)
MONEY = ("bookings", "expected_bookings", "revenue", "deal_size", "cost", "shelfware", *SIGNED)

few = settings(max_examples=40, deadline=None)
fewer = settings(max_examples=25, deadline=None)


def real(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False, allow_infinity=False)


def amount(high: float) -> st.SearchStrategy[float]:
    """Draw nothing or at least a cent: a return on less overflows and interests nobody."""
    return st.just(0.0) | real(0.01, high)


def moved(rows: tuple[str, ...]) -> st.SearchStrategy[dict[str, float]]:
    return st.dictionaries(st.sampled_from(rows), real(0, 1), max_size=3)


def tactics(*, wild: bool = False) -> st.SearchStrategy[Plan]:
    """Build one tactic without a name; wild ones go to the edge of what is accepted."""
    big = 1e4 if wild else 1.0
    return st.fixed_dictionaries(
        {
            "goal": st.sampled_from([None, "g1", "g2"]),
            "start": st.integers(1, 30),
            "delay": real(0, 6),
            "to": st.sampled_from(["system", "system", "ops"]),
            "moves": moved(ADMIN_ROWS),
            "moves_ops": moved(OPS_ROWS),
            "adopt": real(0, 1),
            "preparation": real(0, 1),
            "seat_price": amount(200 * big),
            "seats": st.none() | amount(50 * big),
            "one_off": amount(1e5 * big),
            "fixed_monthly": amount(5e3 * big),
            "training_hours": real(0, 10 * big),
            "upkeep_hours": real(0, 20 * big),
            "cycle": real(-5, 0.95) if wild else real(-0.1, 0.3),
            "win": real(-10, 10) if wild else real(-0.2, 0.2),
            "deal": real(-0.95, 3) if wild else real(-0.1, 0.1),
            "attention": real(-0.95, 3) if wild else real(-0.1, 0.1),
        }
    )


@st.composite
def policies(draw: st.DrawFn) -> dict[str, float]:
    weights = [draw(st.integers(0, 10)) for _ in range(3)]
    weights[draw(st.integers(0, 2))] += 1
    total = sum(weights)
    return {
        name: weight / total
        for name, weight in zip(("selling", "strategy", "coaching"), weights, strict=True)
    }


@st.composite
def plans(draw: st.DrawFn, *, least: int = 0, most: int = 4, wild: bool = False) -> Plan:
    """Build a plan of up to 24 months whose tactics have different names."""
    count = draw(st.integers(least, most))
    return {
        "months": draw(st.integers(1, 24)),
        "organisation": {
            "seats": draw(real(1, 300)),
            "ops_people": draw(real(0, 30)),
            "hours_per_rep_month": draw(real(50, 200)),
        },
        "destinations": draw(policies()),
        "plan_quality": draw(real(0, 1)),
        "tactics": [
            draw(tactics(wild=wild)) | {"name": f"Tactic {place}"} for place in range(count)
        ],
        "assumptions": draw(extremes()) if wild else {},
    }


@st.composite
def extremes(draw: st.DrawFn) -> dict[str, float]:
    """Fix some assumptions anywhere inside their bounds, the bounds included."""
    # The three ops shares must sum to 1 and money has no upper bound worth the name.
    free = [
        name
        for name, each in defaults().assumptions.items()
        if not name.startswith("ops_") and each.bounds[1] < 1e6
    ]
    names = draw(st.lists(st.sampled_from(free), unique=True, max_size=6))
    return {name: draw(real(*defaults().assumptions[name].bounds)) for name in names}


def run(plan: Plan, draws: int = 4) -> Outcome:
    return simulate(Inputs.from_json(plan), draws, seed=7)


def assert_same(left: Outcome, right: Outcome, *, months: int | None = None) -> None:
    """Compare every metric up to rounding; money relative to its own size."""
    for metric in METRICS:
        one, two = (each.metrics[metric][:, :months] for each in (left, right))
        size = np.abs(left.metrics["bookings"]).max() if metric in SIGNED else 0.0
        np.testing.assert_allclose(one, two, rtol=1e-9, atol=1e-9 * (1 + size), err_msg=metric)


# ---- The baseline -------------------------------------------------------------------------


def test_a_plan_without_tactics_is_its_own_baseline_bit_for_bit() -> None:
    outcome = run({"tactics": [], "months": 24})
    for metric in METRICS:
        assert np.array_equal(outcome.metrics[metric], outcome.baseline[metric])
    assert not outcome.finance.npv.any()


@few
@given(tactics(), st.integers(1, 24))
def test_a_tactic_that_starts_after_the_horizon_changes_nothing_bit_for_bit(
    tactic: Plan, months: int
) -> None:
    outcome = run({"months": months, "tactics": [tactic | {"start": months + 1, "moves": {}}]})
    for metric in METRICS:
        assert np.array_equal(outcome.metrics[metric], outcome.baseline[metric]), metric


@few
@given(st.integers(1, 24), real(0, 6), real(0, 1), real(0, 1), st.sampled_from(["system", "ops"]))
def test_a_tactic_that_does_and_costs_nothing_changes_nothing_bit_for_bit(
    start: int, delay: float, adopt: float, preparation: float, to: str
) -> None:
    # A used tool still changes who stays, hence the effect of fit on attrition is off.
    nothing = {"start": start, "delay": delay, "adopt": adopt, "preparation": preparation}
    plan = {"months": 24, "tactics": [nothing | {"to": to}]}
    outcome = run(plan | {"assumptions": {"attrition_fit_effect": 0}})
    for metric in METRICS:
        assert np.array_equal(outcome.metrics[metric], outcome.baseline[metric]), metric


@few
@given(plans())
def test_identical_plans_on_the_same_draws_differ_by_exactly_nothing(plan: Plan) -> None:
    one, two = run(plan), run(plan)
    for metric in METRICS:
        assert np.array_equal(one.metrics[metric], two.metrics[metric])
    assert np.array_equal(one.finance.npv, two.finance.npv)


# ---- Conservation -------------------------------------------------------------------------


@few
@given(plans() | plans(wild=True, least=1))
def test_every_rep_hour_has_exactly_one_use(plan: Plan) -> None:
    outcome = run(plan)
    hours = outcome.inputs.organisation.hours_per_rep_month
    used = sum(outcome.metrics[f"{use}_hours"] for use in HOURS_USED)
    np.testing.assert_allclose(used, outcome.metrics["heads"] * hours, rtol=1e-8)


@few
@given(plans(), plans(wild=True, least=1))
def test_work_is_done_by_reps_by_systems_or_by_operations_and_never_lost(
    plan: Plan, wild: Plan
) -> None:
    # Coordination and training are work that tactics add; without them volume is conserved.
    # Little's law needs stages that keep a deal for a substep: a cycle of .75 months or more.
    extra = wild["assumptions"] | {"coordination_hours": 0, "cycle_months": 2.5}
    tactics_ = [each | {"training_hours": 0} for each in plan["tactics"]]
    outcome = run(plan | {"tactics": tactics_, "assumptions": extra})
    organisation, values = outcome.inputs.organisation, outcome.draws.values
    metrics = {name: each.T for name, each in outcome.metrics.items()}

    hazard = 1 - (1 - values["attrition"]) ** (1 / 12)
    heads = organisation.seats / (1 + hazard * values["hire_months"])
    created = organisation.seats * values["bookings_per_seat"]
    created = created / (values["win_rate"] * values["deal_size"])
    passing = values["win_rate"] ** (1 / 3)
    open_before = created * values["cycle_months"] / 3 * (1 + passing + passing**2)
    open_at_start = np.vstack([open_before, metrics["pipeline"][:-1]])
    share = values["pipeline_admin_share"]
    volume = 1 - share + share * open_at_start / open_before

    hours = organisation.hours_per_rep_month
    work = heads * hours * ADMIN_SHARE * volume
    work = work + organisation.ops_people * hours * values["ops_tactical"] * volume
    upkeep = [
        sum(each["upkeep_hours"] for each in tactics_ if each["start"] <= month)
        for month in range(1, plan["months"] + 1)
    ]
    done = metrics["admin_hours"] + metrics["unmet_hours"]
    done = done + metrics["system_hours"] + metrics["ops_hours"]
    np.testing.assert_allclose(done, work + np.array(upkeep)[:, None], rtol=1e-8)


@few
@given(plans())
def test_operations_never_work_more_than_their_capacity(plan: Plan) -> None:
    outcome = run(plan)
    organisation = outcome.inputs.organisation
    capacity = organisation.ops_people * organisation.hours_per_rep_month * (0.65 + 0.15)
    assert (outcome.metrics["ops_hours"] <= capacity + 1e-6).all()


@few
@given(
    real(0, 0.99),
    real(0, 60),
    real(3, 60),
    st.lists(real(-3, 3), min_size=1, max_size=24),
)
def test_every_seat_is_vacant_ramping_or_full(
    attrition: float, hire: float, ramp: float, effects: list[float]
) -> None:
    people = steady_team(np.array([attrition]), np.array([hire]), np.array([ramp]))
    for effect in effects:
        people = month_later(people, effect)
        parts = np.array([people.vacant, *people.ramping, people.full])
        assert (parts >= -1e-12).all()
        assert parts.sum() == pytest.approx(20, rel=1e-9)
        assert 0 <= people.productivity[0] <= 1 + 1e-12


@settings(max_examples=60, deadline=None)
@given(plans(wild=True, least=1))
def test_no_plan_however_absurd_makes_anything_negative_or_undefined(plan: Plan) -> None:
    outcome = run(plan)
    for metric in METRICS:
        assert np.isfinite(outcome.metrics[metric]).all(), metric
    for metric in AMOUNTS:
        tiny = 1e-9 * np.abs(outcome.metrics[metric]).max()
        assert (outcome.metrics[metric] >= -tiny).all(), metric
    assert ((outcome.metrics["win_rate"] >= 0) & (outcome.metrics["win_rate"] <= 1)).all()
    assert ((outcome.path.work.fit >= 0) & (outcome.path.work.fit <= 1)).all()
    assert ((outcome.path.work.adoption >= 0) & (outcome.path.work.adoption <= 1)).all()


@few
@given(plans())
def test_there_are_never_more_heads_than_seats(plan: Plan) -> None:
    outcome = run(plan)
    seats = outcome.inputs.organisation.seats
    assert (outcome.metrics["heads"] <= seats * (1 + 1e-9)).all()


# ---- Time and symmetry --------------------------------------------------------------------


@few
@given(plans(), tactics(), st.integers(1, 24))
def test_nothing_changes_before_a_tactic_starts(plan: Plan, tactic: Plan, start: int) -> None:
    added = tactic | {"name": "Added", "start": start}
    with_it = run(plan | {"tactics": [*plan["tactics"], added]})
    assert_same(run(plan), with_it, months=min(start - 1, plan["months"]))


@fewer
@given(plans())
def test_a_long_run_starts_with_the_short_run(plan: Plan) -> None:
    short, long = run(plan | {"months": 36}), run(plan | {"months": 60})
    assert_same(short, long, months=36)


@few
@given(plans(least=2), st.randoms(use_true_random=False))
def test_the_order_of_tactics_does_not_matter(plan: Plan, order: Any) -> None:
    shuffled = list(plan["tactics"])
    order.shuffle(shuffled)
    assert_same(run(plan), run(plan | {"tactics": shuffled}))


@fewer
@given(plans(least=2, most=3))
def test_tactics_of_the_same_name_differ_in_order_only_by_their_luck(plan: Plan) -> None:
    # Tactics of one name number their streams by place; without luck their order is free.
    named = [each | {"name": "Same"} for each in plan["tactics"]]
    forward, backward = (plan | {"tactics": each} for each in (named, named[::-1]))
    no_luck = {"assumptions": {"fit_spread": 0}}
    assert_same(run(forward | no_luck), run(backward | no_luck))


# ---- Scale --------------------------------------------------------------------------------


@few
@given(plans())
def test_a_team_seven_times_as_big_does_seven_times_as_much(plan: Plan) -> None:
    before = plan["organisation"]
    bigger = plan | {
        "organisation": before
        | {"seats": 7 * before["seats"], "ops_people": 7 * before["ops_people"]},
        "tactics": [
            each
            | {
                "upkeep_hours": 7 * each["upkeep_hours"],
                "seats": None if each["seats"] is None else 7 * each["seats"],
            }
            for each in plan["tactics"]
        ],
    }
    one, seven = run(plan).metrics, run(bigger).metrics
    grown = [metric for metric in METRICS if metric.endswith("_hours")]
    for metric in [*grown, "heads", "expected_bookings", "wins", "opportunities", "pipeline"]:
        np.testing.assert_allclose(seven[metric], 7 * one[metric], rtol=1e-8, atol=1e-6)
    same = ("win_rate", "deal_size", "cycle", "contact", "response", "strategy_stock")
    for metric in (*same, "skill_stock"):
        np.testing.assert_allclose(seven[metric], one[metric], rtol=1e-8, atol=1e-9)
    np.testing.assert_allclose(seven["shelfware"], 7 * one["shelfware"], rtol=1e-8, atol=1e-6)


@few
@given(plans())
def test_a_currency_of_a_hundredth_changes_amounts_of_money_and_nothing_else(plan: Plan) -> None:
    money = ("deal_size", "bookings_per_seat")
    ranges = {name: defaults().assumptions[name].range for name in money}
    cents = plan | {
        "assumptions": {
            name: [100 * each.low, 100 * each.mode, 100 * each.high]
            for name, each in ranges.items()
        },
        "tactics": [
            each
            | {field: 100 * each[field] for field in ("seat_price", "one_off", "fixed_monthly")}
            for each in plan["tactics"]
        ],
    }
    dollars, pennies = run(plan), run(cents)
    for metric in METRICS:
        factor = 100 if metric in MONEY else 1
        size = np.abs(dollars.metrics["bookings"]).max() if metric in SIGNED else 1
        np.testing.assert_allclose(
            pennies.metrics[metric],
            factor * dollars.metrics[metric],
            rtol=1e-8,
            atol=1e-8 * factor * size,
            err_msg=metric,
        )
    roi, same_roi = dollars.finance.roi, pennies.finance.roi
    np.testing.assert_allclose(same_roi, roi, rtol=1e-6, atol=1e-6, equal_nan=True)


# ---- The response -------------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(real(0, 2), real(0, 0.95), real(0.01, 20), real(0.5, 20))
def test_the_response_rises_ever_more_slowly_from_inbound_to_its_ceiling(
    eps: float, inbound: float, pressure: float, sharp: float
) -> None:
    share, u, k = np.array([inbound]), np.array([pressure]), np.array([sharp])
    power = contact_elasticity(np.array([eps]), share, u, k)
    effort = np.linspace(0, 5, 201)
    one = np.ones(1)
    relative = contact(effort, one, u, k) / contact(one, one, u, k)
    grown = response(relative, share, power)
    assert grown[40] == pytest.approx(1, rel=1e-12)
    if eps > 0:
        assert grown[0] == pytest.approx(inbound, abs=1e-12)
    slopes = np.diff(grown)
    assert (slopes >= -1e-12).all()
    # Contact, a smooth minimum, is concave in effort for every sharpness; a power of at most 1
    # of it stays concave.
    assert (np.diff(slopes) <= 1e-9).all()
    ceiling = inbound + (1 - inbound) * ((1 + pressure**sharp) ** (1 / sharp) / pressure) ** power
    assert (grown <= ceiling * (1 + 1e-9)).all()


# ---- Chances and money --------------------------------------------------------------------


@few
@given(
    plans(),
    st.sampled_from(METRICS),
    st.sampled_from(["level", "trailing3", "cumulative", "change"]),
    real(-1e7, 1e7),
    real(0, 1e7),
    st.sampled_from([">=", "<="]),
)
def test_a_harder_target_never_has_a_better_chance(
    plan: Plan, metric: str, statistic: str, target: float, more: float, comparison: str
) -> None:
    goal = {"metric": metric, "statistic": statistic, "comparison": comparison, "due": 1}
    goals = [goal | {"id": "near", "target": target}, goal | {"id": "far", "target": target + more}]
    outcome = run(plan | {"goals": goals}, draws=16)
    low, high = (outcome.goal_hits(each).mean() for each in outcome.inputs.goals)
    easy, hard = (low, high) if comparison == ">=" else (high, low)
    assert 0 <= hard <= easy <= 1


@few
@given(plans(least=1))
def test_without_discounting_the_present_value_is_the_plain_sum(plan: Plan) -> None:
    outcome = run(plan | {"assumptions": {"discount_rate": 0}})
    total = outcome.metrics["net_benefit"].sum(axis=1)
    np.testing.assert_allclose(outcome.finance.npv, total, rtol=1e-9, atol=1e-3)


@few
@given(plans(least=1))
def test_payback_never_comes_exactly_when_the_plan_ends_in_the_red(plan: Plan) -> None:
    outcome = run(plan, draws=16)
    in_the_red = outcome.metrics["cumulative_net"][:, -1] < 0
    assert np.array_equal(np.isinf(outcome.finance.payback), in_the_red)


@few
@given(plans(least=1), real(1, 300), real(1, 300))
def test_present_value_falls_in_a_straight_line_with_the_seat_price(
    plan: Plan, more: float, much_more: float
) -> None:
    first, *rest = plan["tactics"]
    first = first | {"start": 1, "seats": 10}

    def value(price: float) -> Any:
        return run(plan | {"tactics": [first | {"seat_price": price}, *rest]}).finance.npv

    free, dear, dearer = value(0), value(more), value(more + much_more)
    assert (dear < free).all()
    assert (dearer < dear).all()
    size = np.abs(free).max() + 1e5
    np.testing.assert_allclose((free - dear) / more, (dear - dearer) / much_more, atol=1e-9 * size)


@few
@given(plans(), plans())
def test_a_scenario_is_compared_with_a_baseline_it_cannot_touch(plan: Plan, other: Plan) -> None:
    shared = {"months": plan["months"], "organisation": plan["organisation"]}
    one, two = run(plan), run(other | shared)
    for metric in METRICS:
        assert np.array_equal(one.baseline[metric], two.baseline[metric]), metric


@fewer
@given(plans(least=1))
def test_draws_can_be_taken_once_and_used_again(plan: Plan) -> None:
    inputs = Inputs.from_json(plan)
    once, again = run(plan), simulate_on(inputs, sample(inputs, 4, 7))
    for metric in METRICS:
        assert np.array_equal(once.metrics[metric], again.metrics[metric])


@fewer
@given(plans(least=1))
def test_at_the_modes_there_is_one_world_and_bookings_are_as_expected(plan: Plan) -> None:
    metrics = simulate_modes(Inputs.from_json(plan)).metrics
    assert metrics["bookings"].shape == (1, plan["months"])
    assert np.array_equal(metrics["bookings"], metrics["expected_bookings"])

"""What drives a run: the analyses in the planner's words, against runs of changed boards."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from data.example import load_example
from data.store import SqliteStore
from pages.drivers.deciding import swing_of
from simulation.defaults import defaults
from simulation.draws import sample
from simulation.engine import simulate, simulate_on
from simulation.holding import with_values
from strategy import commands
from strategy.calendar import month_label
from strategy.cases import ends, make_cases
from strategy.contributing import Contributing, contributing, mix_policy
from strategy.deciding import Deciding, deciding
from strategy.levers import Levers
from strategy.limiting import LABELS, OPPORTUNITIES, Limiting, limiting
from strategy.model import Board, Run, Scenario, Tactic
from strategy.projection import engine_inputs, read_inputs
from strategy.straying import Straying, straying
from strategy.studying import outcomes, study
from strategy.turning import ADOPTION, Turning, turning_points
from tests.store_samples import Clock
from tests.unit.test_strategy_samples import BOARD, COACH, DRAWS, PLAN, STRAY


def run_of(board: Board, scenario: Scenario | None = None, draws: int = DRAWS) -> Run:
    """Return a run of a board as a store would keep it, without its summary."""
    levers = Levers.from_json(scenario.overrides) if scenario else None
    return Run(
        id="r1",
        plan_id=board.plan.id,
        scenario_id=scenario.id if scenario else None,
        inputs_hash="",
        model_version="",
        seed=board.plan.seed,
        draws=draws,
        months=board.plan.months,
        inputs=engine_inputs(board, levers),
        summary={},
        elapsed_ms=0,
        change_seq=board.change_seq,
    )


def without(board: Board, *ids: str) -> Board:
    """Return the board with these tactics taken off."""
    return replace(board, tactics=tuple(each for each in board.tactics if each.id not in ids))


def mean_benefit(board: Board) -> float:
    """Return the mean net benefit of a board on the same futures."""
    npv = simulate(read_inputs(engine_inputs(board)), DRAWS, PLAN.seed).finance.npv
    return float(npv.mean())


@pytest.fixture(scope="module")
def decided() -> tuple[Deciding, ...]:
    return deciding(BOARD, run_of(BOARD))


@pytest.fixture(scope="module")
def dear() -> Board:
    """A board that about breaks even: it spends most of its net benefit, and tools overrun."""
    npv = simulate(read_inputs(engine_inputs(BOARD)), DRAWS, PLAN.seed).finance.npv
    spent = replace(STRAY, one_off=STRAY.one_off + 0.65 * float(np.median(npv)))
    return replace(BOARD, tactics=(*without(BOARD, STRAY.id).tactics, spent))


@pytest.fixture(scope="module")
def turned(dear: Board) -> tuple[Turning, ...]:
    return turning_points(dear, run_of(dear))


@pytest.fixture(scope="module")
def contributed() -> tuple[Contributing, ...]:
    return contributing(BOARD, run_of(BOARD))


@pytest.fixture(scope="module")
def strayed() -> Straying:
    return straying(BOARD, run_of(BOARD))


@pytest.fixture(scope="module")
def limited() -> Limiting:
    return limiting(run_of(BOARD))


# ---- outcomes and futures ------------------------------------------------------------------


def test_net_benefit_comes_before_the_goals_by_their_titles() -> None:
    found = outcomes(BOARD, read_inputs(engine_inputs(BOARD)))
    assert [(each.goal, each.label, each.unit) for each in found] == [
        (None, "Net benefit, discounted", "money"),
        ("g1", "Win more", "chance"),
        ("g2", "Sell faster", "chance"),
    ]


def test_a_long_run_is_studied_on_its_first_futures() -> None:
    inputs, draws = study(run_of(BOARD), most=50)
    all_of_them = sample(inputs, DRAWS, PLAN.seed)
    assert draws.count == 50
    assert np.array_equal(draws.values["leak"], all_of_them.values["leak"][:50])
    assert np.array_equal(draws.demand_noise, all_of_them.demand_noise[:, :50])
    assert study(run_of(BOARD), most=DRAWS)[1].count == DRAWS


# ---- what decides --------------------------------------------------------------------------


def test_every_assumption_with_a_range_is_there_with_its_label_and_unit(
    decided: tuple[Deciding, ...],
) -> None:
    ranged = {name for name, each in defaults().assumptions.items() if not each.range.is_fixed}
    for each in decided:
        assert {one.assumption for one in each.deciders} == ranged
        for one in each.deciders:
            shipped = defaults().assumptions[one.assumption]
            assert (one.label, one.unit) == (shipped.label, shipped.unit)
            assert one.low_value < one.high_value
        swings = [abs(one.high - one.low) for one in each.deciders]
        assert swings == sorted(swings, reverse=True)


def test_an_unsure_adoption_is_a_decider_and_has_ends_in_the_cases() -> None:
    known = defaults().assumptions
    sure = {name: each.range.mode for name, each in known.items() if name != "leak"}
    overrides = {"assumptions": sure, "adoption": {COACH.id: [0.2, 0.5, 0.9]}}
    run = run_of(BOARD, Scenario("s1", PLAN.id, "Unsure", "A", overrides))
    net = deciding(BOARD, run)[0]
    assert {each.tactic for each in net.deciders} == {None, COACH.id}
    assert [each.assumption for each in net.assumptions] == ["leak"]
    [adoption] = (each for each in net.deciders if each.tactic)
    assert (adoption.label, adoption.unit) == (f"Adoption of {COACH.title}", "share of reps")
    assert 0.2 < adoption.low_value < 0.5 < adoption.high_value < 0.9
    found = ends(BOARD, run)
    assert found.good.assumptions.keys() == found.bad.assumptions.keys() == {"leak"}
    both = {found.good.adoption[COACH.id], found.bad.adoption[COACH.id]}
    assert both == {adoption.low_value, adoption.high_value}
    is_more_better = adoption.high > adoption.low
    assert (found.good.adoption[COACH.id] == adoption.high_value) == is_more_better


def test_an_unsure_start_is_a_decider_and_has_ends_in_the_cases() -> None:
    known = defaults().assumptions
    sure = {name: each.range.mode for name, each in known.items()}
    overrides = {"assumptions": sure, "starts": {COACH.id: [2, 4, 12]}}
    run = run_of(BOARD, Scenario("s1", PLAN.id, "Unsure", "A", overrides))
    [start] = deciding(BOARD, run)[0].deciders
    assert (start.label, start.tactic, start.is_start) == (
        f"Start of {COACH.title}",
        COACH.id,
        True,
    )
    assert 2 <= start.low_value < start.high_value <= 12
    shown = swing_of(start, "USD", "2026-11")
    assert shown["unit"] == ""
    assert shown["low_value"] == month_label("2026-11", int(start.low_value))
    found = ends(BOARD, run)
    both = (found.good.starts[COACH.id], found.bad.starts[COACH.id])
    assert both == (start.low_value, start.high_value)[:: 1 if start.low > start.high else -1]


def test_unsure_shares_of_freed_hours_are_deciders_and_have_ends_in_the_cases(
    tmp_path: Path,
) -> None:
    known = defaults().assumptions
    sure = {name: each.range.mode for name, each in known.items()}
    uses = {"selling": [0.2, 0.5, 0.8], "strategy": [0.1, 0.3, 0.5], "coaching": 0.2}
    overrides = {"assumptions": sure, "destinations": uses, "plan_quality": [0.2, 0.5, 0.9]}
    scenario = Scenario("s1", PLAN.id, "Unsure", "A", overrides)
    run = run_of(BOARD, scenario)
    net = deciding(BOARD, run)[0]
    found = {each.label: each for each in net.deciders}
    assert found.keys() == {
        "Freed hours with an owner",
        "Freed hours for selling",
        "Freed hours for account work",
    }
    assert net.assumptions == ()
    owned = found["Freed hours with an owner"]
    assert 0.2 < owned.low_value < 0.5 < owned.high_value < 0.9
    assert owned.low < owned.high
    shown = swing_of(owned, "USD", "2026-11")
    assert (shown["unit"], shown["low_value"]) == (
        "",
        f"{100 * float(f'{owned.low_value:.2g}'):g}%",
    )
    corners = ends(BOARD, run)
    assert corners.good.assumptions == corners.bad.assumptions == {}
    assert corners.good.policy["plan_quality"] == owned.high_value
    assert corners.bad.policy["plan_quality"] == owned.low_value
    store = SqliteStore.open(tmp_path / "plan.db", Clock())
    board = store.board(load_example(store).id)
    kept = commands.add_scenario(store, board.plan.id, "Ann", "Unsure", overrides)
    good, bad = make_cases(store, board, "Ann", kept, corners)
    for case, corner in ((good, corners.good), (bad, corners.bad)):
        levers = Levers.from_json(case.overrides)
        assert levers.plan_quality == corner.policy["plan_quality"]
        parts = [corner.policy.get(f"destination:{use}", 0.2) for use in uses]
        assert levers.destinations is not None
        assert [levers.destinations[use] for use in uses] == pytest.approx(
            [each / sum(parts) for each in parts]
        )
    store.close()


def test_unsure_seats_are_a_decider_and_have_ends_in_the_cases(tmp_path: Path) -> None:
    sure = {name: each.range.mode for name, each in defaults().assumptions.items()}
    change = {"seats": [PLAN.seats - 3, PLAN.seats + 2, PLAN.seats + 9], "start": 4}
    scenario = Scenario("s1", PLAN.id, "Unsure", "A", {"assumptions": sure, "headcount": change})
    run = run_of(BOARD, scenario)
    [seats] = deciding(BOARD, run)[0].deciders
    assert (seats.label, seats.is_policy, seats.is_assumption) == ("Seats later on", True, False)
    assert PLAN.seats - 3 <= seats.low_value < seats.high_value <= PLAN.seats + 9
    shown = swing_of(seats, "USD", "2026-11")
    assert (shown["unit"], shown["low_value"]) == ("seats", f"{seats.low_value:.0f}")
    corners = ends(BOARD, run)
    better = seats.high_value if seats.high > seats.low else seats.low_value
    assert corners.good.policy == {"seats": better}
    store = SqliteStore.open(tmp_path / "plan.db", Clock())
    board = store.board(load_example(store).id)
    kept = commands.add_scenario(store, board.plan.id, "Ann", "Unsure", {"headcount": change})
    good, bad = make_cases(store, board, "Ann", kept, corners)
    assert good.overrides["headcount"]["seats"] == better
    assert bad.overrides["headcount"] == good.overrides["headcount"] | {
        "seats": corners.bad.policy["seats"]
    }
    follows = commands.add_scenario(store, board.plan.id, "Ann", "Follows", {})
    planned = replace(board, plan=replace(board.plan, headcount=change))
    good, _ = make_cases(store, planned, "Ann", follows, corners)
    assert (good.overrides["headcount"]["seats"], good.overrides["headcount"]["start"]) == (
        better,
        4,
    )
    store.close()


def test_the_ends_are_what_the_plan_gives_with_that_value(decided: tuple[Deciding, ...]) -> None:
    inputs, draws = study(run_of(BOARD))
    net, first, _ = decided
    assert net.as_drawn == float(np.median(simulate_on(inputs, draws).finance.npv))
    widest = net.deciders[0]
    held = simulate_on(inputs, with_values(draws, {widest.assumption: widest.high_value}))
    assert widest.high == pytest.approx(float(np.median(held.finance.npv)))
    goal = simulate_on(inputs, draws).goal_hits(inputs.goals[0])
    assert first.as_drawn == pytest.approx(float(np.mean(goal)))


def test_an_assumption_made_one_number_no_longer_decides() -> None:
    scenario = Scenario("s1", "p1", "Sure", "A", {"assumptions": {"leak": 0.2}})
    found = deciding(BOARD, run_of(BOARD, scenario, draws=50))
    assert all("leak" not in {one.assumption for one in each.deciders} for each in found)


# ---- where it turns ------------------------------------------------------------------------


def test_each_outcome_is_asked_of_four_inputs(turned: tuple[Turning, ...]) -> None:
    asked = {(each.outcome.label, each.input) for each in turned}
    inputs = {"selling_elasticity", "leak", "buyer_pressure", ADOPTION}
    labels = ("Net benefit, discounted", "Win more", "Sell faster")
    assert asked == {(label, name) for label in labels for name in inputs}
    for each in turned:
        assert (each.always is None) == bool(each.crossings)
        assert (each.likely is None) == (each.input == ADOPTION)


def test_an_answer_differs_on_both_sides_of_a_turn(
    turned: tuple[Turning, ...], dear: Board
) -> None:
    inputs, draws = study(run_of(dear))
    turns = [each for each in turned if each.crossings and each.input != ADOPTION]
    assert any(each.outcome.goal is None for each in turns)
    for each in turns:
        turn, step = each.crossings[0], (each.high - each.low) / 500
        sides = []
        for value in (turn.value - step, turn.value + step):
            held = simulate_on(inputs, with_values(draws, {each.input: value}))
            if each.outcome.goal is None:
                sides.append(bool(np.median(held.finance.npv) > 0))
            else:
                goal = next(one for one in inputs.goals if one.id == each.outcome.goal)
                sides.append(bool(np.mean(held.goal_hits(goal)) > 0.5))
        assert sides == ([False, True] if turn.better == "above" else [True, False])


# ---- what tactics contribute ---------------------------------------------------------------


def test_a_mix_has_the_policy_of_a_board_with_its_tactics_alone() -> None:
    inputs = read_inputs(engine_inputs(BOARD))
    policy = mix_policy(BOARD, Levers(), inputs)
    names = [tactic.name for tactic in inputs.tactics]
    for mask in range(1 << len(names)):
        gone = [name for place, name in enumerate(names) if not mask >> place & 1]
        expected = engine_inputs(without(BOARD, *gone))
        assert policy(mask) == (expected["destinations"], expected["plan_quality"])


def test_the_policies_of_mixes_do_differ() -> None:
    inputs = read_inputs(engine_inputs(BOARD))
    policy = mix_policy(BOARD, Levers(), inputs)
    found = [policy(mask) for mask in range(1 << len(inputs.tactics))]
    assert len({(tuple(sorted(uses.items())), quality) for uses, quality in found}) > 3


def test_what_a_scenario_sets_stays_set_in_every_mix() -> None:
    uses = {"selling": 0.2, "strategy": 0.5, "coaching": 0.3}
    levers = Levers.from_json({"destinations": uses, "plan_quality": 0.4})
    policy = mix_policy(BOARD, levers, read_inputs(engine_inputs(BOARD, levers)))
    assert {str(policy(mask)) for mask in range(16)} == {str((uses, 0.4))}


def test_what_goes_without_a_tactic_is_the_board_less_the_board_without_it(
    contributed: tuple[Contributing, ...],
) -> None:
    net = contributed[0]
    assert net.with_all == pytest.approx(mean_benefit(BOARD))
    assert {part.title for part in net.parts} == {
        "Clean the CRM", "Coach weekly", "Quote by rule", "Second BI tool",
    }  # fmt: skip
    for part in net.parts:
        left = mean_benefit(without(BOARD, part.tactic))
        assert part.last == pytest.approx(net.with_all - left, abs=1e-6)


def test_shares_add_up_to_the_total_and_the_largest_is_first(
    contributed: tuple[Contributing, ...],
) -> None:
    for each in contributed:
        shares = [part.shown for part in each.parts]
        assert each.has_shares
        assert sum(shares) == pytest.approx(each.total)
        assert shares == sorted(shares, reverse=True)


def test_above_twelve_tactics_there_are_no_shares() -> None:
    more = tuple(replace(COACH, id=f"c{place}", title=f"Coach {place}") for place in range(10))
    board = replace(BOARD, tactics=(*BOARD.tactics, *more))
    net = contributing(board, run_of(board, draws=50))[0]
    assert len(net.parts) == 14
    assert not net.has_shares
    assert all(part.shown == part.last for part in net.parts)


def test_what_a_scenario_shifts_has_a_name() -> None:
    shifts = {"shifts": {"orders": {"share": 0.3, "start": 5}}, "without": ["t3"]}
    scenario = Scenario("s1", "p1", "More", "A", shifts)
    net = contributing(BOARD, run_of(BOARD, scenario, draws=50), scenario)[0]
    assert {part.title for part in net.parts} == {
        "Clean the CRM", "Coach weekly", "Second BI tool", "Hours shifted from month 5",
    }  # fmt: skip


# ---- misalignment --------------------------------------------------------------------------


def test_a_tactic_without_a_goal_is_listed_with_all_of_its_spending(strayed: Straying) -> None:
    [stray] = [each for each in strayed.strays if each.title == STRAY.title]
    assert stray.figures.why == "no goal"
    assert stray.goal_title is None
    assert stray.figures.spend == pytest.approx(_one_off_with_overrun(STRAY), rel=1e-9)


def _one_off_with_overrun(tactic: Tactic) -> float:
    """Return a tactic's one-off cost with what unfitting tools overrun (equation 17)."""
    inputs, draws = study(run_of(BOARD))
    place = [each.name for each in inputs.tactics].index(tactic.id)
    fit = simulate_on(inputs, draws).path.work.fit[place]
    return float((tactic.one_off * (1 + draws.values["overrun"] * (1 - fit))).mean())


def test_the_listed_tactics_make_up_the_total_the_largest_first(strayed: Straying) -> None:
    costs = [each.figures.cost for each in strayed.strays]
    assert sum(costs) == pytest.approx(strayed.cost.total)
    assert costs == sorted(costs, reverse=True)
    assert not strayed.is_nothing


def test_one_helpful_tactic_that_costs_no_seat_leaves_nothing_to_report() -> None:
    alone = replace(BOARD, tactics=(COACH,))
    found = straying(alone, run_of(alone))
    assert found.is_nothing
    assert found.strays == ()


# ---- limits --------------------------------------------------------------------------------


def test_limits_cover_every_month_and_opportunities_stand_last(limited: Limiting) -> None:
    assert limited.periods == tuple((month, month) for month in range(1, PLAN.months + 1))
    assert [each.key for each in limited.limits] == list(LABELS)
    assert limited.limits[-1].key == OPPORTUNITIES
    assert OPPORTUNITIES not in {each.key for each in limited.upstream}
    for each in limited.limits:
        assert len(each.by_period) == PLAN.months


def test_the_binding_limit_is_the_one_worth_most_before_opportunities(limited: Limiting) -> None:
    for place, key in enumerate(limited.binding):
        worth = {each.key: each.by_period[place] for each in limited.upstream}
        assert key is not None
        assert worth[key] == max(worth.values())

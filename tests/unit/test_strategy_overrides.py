"""A scenario's overrides one by one: told, reset, adopted by the plan; cases from its ranges."""

from collections.abc import Iterator

import pytest

from data.example import load_example
from data.store import SqliteStore
from strategy import commands
from strategy.adopting import adopt
from strategy.calendar import month_label
from strategy.cases import ends, make_cases
from strategy.errors import InvalidValue
from strategy.levers import Levers
from strategy.model import Board, Scenario
from strategy.overrides import overrides_of, reset_override
from strategy.projection import engine_inputs, live_tactics
from strategy.running import current_run
from strategy.sharing import describe_levers
from strategy.undoing import next_undo, undo
from tests.store_samples import Clock

ACTOR = "ann"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    kept = SqliteStore.open(tmp_path_factory.mktemp("overrides") / "plan.db", Clock())
    yield kept
    kept.close()


@pytest.fixture
def board(store: SqliteStore) -> Board:
    return store.board(load_example(store).id)


@pytest.fixture
def bold(store: SqliteStore, board: Board) -> Scenario:
    week = dict(board.plan.week)
    week["crm_entry"], week["slack"] = week["crm_entry"] - 0.02, week["slack"] + 0.02
    overrides = {
        "seats": 30,
        "week": week,
        "destinations": {"selling": 1.0},
        "preparation": 0.5,
        "shifts": {"orders": {"share": 0.2, "start": 4}},
        "shift_terms": {"seat_price": 10, "one_off": 500, "preparation": 0.75},
        "assumptions": {"leak": [0.2, 0.3, 0.5], "buyer_pressure": 0.7},
        "without": [board.tactics[0].id],
    }
    return commands.add_scenario(store, board.plan.id, ACTOR, "Bold", overrides)


def test_every_override_is_a_line_with_both_values(board: Board, bold: Scenario) -> None:
    found = {each.key: each for each in overrides_of(bold, board)}
    assert found.keys() == {
        "seats",
        "week",
        "destinations",
        "preparation",
        "shifts.orders",
        "assumptions.leak",
        "assumptions.buyer_pressure",
        f"without.{board.tactics[0].id}",
    }
    assert (found["seats"].base, found["seats"].value) == ("24", "30")
    assert found["assumptions.leak"].value == "0.3 (0.2 to 0.5)"
    assert found["week"].base.startswith("CRM data entry 9.0%")
    assert not found["preparation"].is_adoptable and not found["destinations"].is_adoptable


def test_a_plan_without_overrides_has_no_line(store: SqliteStore, board: Board) -> None:
    same = commands.add_scenario(store, board.plan.id, ACTOR, "Same", {})
    assert overrides_of(same, board) == ()


def test_each_override_can_be_reset_and_the_rest_stays(
    store: SqliteStore, board: Board, bold: Scenario
) -> None:
    plan = board.plan.id
    left = [each.key for each in overrides_of(bold, board)]
    while left:
        key = left.pop()
        now = reset_override(store, plan, ACTOR, bold.id, key)
        assert [each.key for each in overrides_of(now, board)] == left
    inputs = engine_inputs(board, Levers.from_json(now.overrides))
    assert inputs == engine_inputs(board)
    with pytest.raises(InvalidValue, match="any more"):
        reset_override(store, plan, ACTOR, bold.id, "seats")


def test_an_edit_of_the_plan_reaches_what_a_scenario_does_not_override(
    store: SqliteStore, board: Board, bold: Scenario
) -> None:
    base = commands.fields_of(board.plan)
    commands.edit_plan(store, board.plan.id, ACTOR, base, base | {"seats": 40, "months": 24})
    now = engine_inputs(store.board(board.plan.id), Levers.from_json(bold.overrides))
    assert (now["organisation"]["seats"], now["months"]) == (30, 24)


def test_chosen_overrides_become_the_plan_in_one_change(
    store: SqliteStore, board: Board, bold: Scenario
) -> None:
    plan, gone = board.plan.id, board.tactics[0].id
    keys = ["seats", "week", "assumptions.leak", f"without.{gone}", "shifts.orders"]
    assert adopt(store, plan, ACTOR, bold.id, keys) == 5
    now = store.board(plan)
    assert now.plan.seats == 30
    assert now.plan.week["crm_entry"] == pytest.approx(board.plan.week["crm_entry"] - 0.02)
    assert now.plan.assumptions["leak"].source == "Taken over from scenario D, Bold"
    assert next(each for each in now.tactics if each.id == gone).lane == "ideas"
    (added,) = (
        each for each in now.tactics if each.title == "Automate Orders, contracts, signatures"
    )
    assert (added.moves, added.start, added.one_off) == ({"orders": 0.2}, 4, 500)
    kept = next(each for each in store.scenarios(plan) if each.id == bold.id)
    assert {each.key for each in overrides_of(kept, now)} == {
        "destinations",
        "preparation",
        "assumptions.buyer_pressure",
    }
    change = next_undo(store.events(plan))
    assert change is not None and change.words == "Make D Bold the plan: 5 differences"
    undo(store, plan, ACTOR, change.seq)
    back = store.board(plan)
    assert engine_inputs(back) == engine_inputs(board)
    assert overrides_of(store.scenarios(plan)[-1], back) == overrides_of(bold, board)


def test_a_scenario_starts_a_tactic_later_with_fewer_users_and_the_plan_may_follow(
    store: SqliteStore, board: Board
) -> None:
    plan, (one, other, *_) = board.plan.id, live_tactics(board.tactics)
    moved = {"starts": {one.id: one.start + 3}, "adoption": {one.id: 0.35, other.id: 0.45}}
    scenario = commands.add_scenario(store, plan, ACTOR, "Later", moved)

    def read(levers: Levers | None) -> dict[str, tuple[int, float]]:
        rows = engine_inputs(store.board(plan), levers)["tactics"]
        return {row["name"]: (row["start"], row["adopt"]) for row in rows}

    before = read(None)
    as_moved = {one.id: (one.start + 3, 0.35), other.id: (other.start, 0.45)}
    assert read(Levers.from_json(moved)) == before | as_moved
    assert [each.what for each in overrides_of(scenario, board)] == [
        f"{one.title}: start month",
        f"{one.title}: adoption",
        f"{other.title}: adoption",
    ]
    left = reset_override(store, plan, ACTOR, scenario.id, f"adoption.{other.id}")
    keys = [f"starts.{one.id}", f"adoption.{one.id}"]
    assert [each.key for each in overrides_of(left, board)] == keys
    assert adopt(store, plan, ACTOR, scenario.id, keys) == 2
    assert read(None) == before | {one.id: (one.start + 3, 0.35)}
    change = next_undo(store.events(plan))
    assert change is not None
    undo(store, plan, ACTOR, change.seq)
    assert read(None) == before


def test_unsure_shares_of_freed_hours_are_told_and_reset(store: SqliteStore, board: Board) -> None:
    plan, base = board.plan.id, engine_inputs(board)
    wanted = {
        "destinations": {"selling": [0.4, 0.6, 0.7], "strategy": 0.4, "coaching": 0.0},
        "plan_quality": [0.2, 0.5, 0.9],
    }
    scenario = commands.add_scenario(store, plan, ACTOR, "Unsure", wanted)
    assert scenario.overrides == wanted
    uses, owned = overrides_of(scenario, board)
    assert uses.value == "60% (40% to 70%) selling, 40% account work"
    assert (owned.base, owned.value) == (f"{base['plan_quality']:.0%}", "50% (20% to 90%)")
    for key in ("destinations", "plan_quality"):
        scenario = reset_override(store, plan, ACTOR, scenario.id, key)
    assert scenario.overrides == {}


def test_an_unsure_adoption_is_told_made_the_plans_undone_and_reset(
    store: SqliteStore, board: Board
) -> None:
    plan, one = board.plan.id, live_tactics(board.tactics)[0]
    wanted = {"adoption": {one.id: [0.4, 0.6, 0.8]}}
    scenario = commands.add_scenario(store, plan, ACTOR, "Unsure", wanted)
    assert scenario.overrides == wanted
    [override] = overrides_of(scenario, board)
    assert (override.base, override.value) == (f"{one.adoption:.0%}", "60% (40% to 80%)")
    levers = Levers.from_json(wanted)
    assert describe_levers(levers, board) == [f"{one.title} reaches 60% (40% to 80%) adoption"]

    def adopt_of(levers: Levers | None) -> object:
        rows = engine_inputs(store.board(plan), levers)["tactics"]
        return next(row["adopt"] for row in rows if row["name"] == one.id)

    assert adopt_of(levers) == [0.4, 0.6, 0.8]
    assert adopt(store, plan, ACTOR, scenario.id, [override.key]) == 1
    assert adopt_of(None) == [0.4, 0.6, 0.8]
    surer = commands.add_scenario(store, plan, ACTOR, "Sure", {"adoption": {one.id: 0.7}})
    [sure] = overrides_of(surer, store.board(plan))
    assert (sure.base, sure.value) == ("60% (40% to 80%)", "70%")
    assert adopt_of(Levers.from_json(surer.overrides)) == 0.7
    reset_override(store, plan, ACTOR, surer.id, sure.key)
    assert store.scenarios(plan)[-1].overrides == {}
    adopted = next(each for each in store.events(plan) if each.op == "adopt_scenario")
    undo(store, plan, ACTOR, adopted.seq)
    assert engine_inputs(store.board(plan)) == engine_inputs(board)


def test_an_unsure_start_is_told_made_the_plans_undone_and_reset(
    store: SqliteStore, board: Board
) -> None:
    plan, one = board.plan.id, live_tactics(board.tactics)[0]
    wanted = {"starts": {one.id: [4, 5, 8]}}
    scenario = commands.add_scenario(store, plan, ACTOR, "Unsure", wanted)
    assert scenario.overrides == wanted
    [override] = overrides_of(scenario, board)
    names = [month_label(board.plan.start_month, each) for each in (one.start, 5, 4, 8)]
    words = f"{names[1]} ({names[2]} to {names[3]})"
    assert (override.base, override.value) == (names[0], words)
    levers = Levers.from_json(wanted)
    assert describe_levers(levers, board) == [f"{one.title} starts {words}"]

    def start_of(levers: Levers | None) -> object:
        rows = engine_inputs(store.board(plan), levers)["tactics"]
        return next(row["start"] for row in rows if row["name"] == one.id)

    assert start_of(levers) == [4, 5, 8]
    assert adopt(store, plan, ACTOR, scenario.id, [override.key]) == 1
    assert start_of(None) == [4, 5, 8]
    surer = commands.add_scenario(store, plan, ACTOR, "Sure", {"starts": {one.id: 7}})
    [sure] = overrides_of(surer, store.board(plan))
    assert sure.base == words
    assert start_of(Levers.from_json(surer.overrides)) == 7
    reset_override(store, plan, ACTOR, surer.id, sure.key)
    assert store.scenarios(plan)[-1].overrides == {}
    adopted = next(each for each in store.events(plan) if each.op == "adopt_scenario")
    undo(store, plan, ACTOR, adopted.seq)
    assert engine_inputs(store.board(plan)) == engine_inputs(board)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"start_low": 1}, "latest month of the start is empty"),
        ({"start_high": 9}, "earliest month of the start is empty"),
        ({"start_low": 8, "start_high": 9, "start": 7}, "between its earliest and its latest"),
        ({"start_low": 1, "start_high": 200}, "latest start lies outside the plan"),
        ({"start_low": 0, "start_high": 9}, "earliest start lies outside the plan"),
        ({"start_low": 1.5, "start_high": 9, "start": 3}, "Start month is 1.5"),
        ({"adoption_low": 0.4}, "Adoption, high value, is empty"),
        ({"adoption_low": 0.95, "adoption_high": 1.0}, "90% must lie between its low value 95%"),
        ({"adoption_low": 0.4, "adoption_high": 1.5}, "Adoption, high value, is 150"),
    ],
)
def test_a_tactic_on_the_board_refuses_a_range_around_nothing(
    store: SqliteStore, board: Board, fields: dict[str, float], words: str
) -> None:
    plan, one = board.plan.id, live_tactics(board.tactics)[0]
    assert one.adoption == 0.9
    with pytest.raises(InvalidValue, match=words):
        commands.edit_tactic(store, plan, ACTOR, one.id, commands.fields_of(one), fields)
    assert store.change_seq(plan) == board.change_seq


def test_a_start_after_the_end_of_the_plan_is_not_adopted(store: SqliteStore, board: Board) -> None:
    plan, one = board.plan.id, live_tactics(board.tactics)[0]
    late = {"starts": {one.id: board.plan.months + 1}}
    scenario = commands.add_scenario(store, plan, ACTOR, "Late", late)
    with pytest.raises(InvalidValue, match=f"“{one.title}”: .*after the plan's last month"):
        adopt(store, plan, ACTOR, scenario.id, [f"starts.{one.id}"])
    assert engine_inputs(store.board(plan)) == engine_inputs(board)


def test_a_team_that_grows_is_told_made_the_plans_and_undone(
    store: SqliteStore, board: Board
) -> None:
    plan, seats = board.plan.id, board.plan.seats
    wanted = {"headcount": {"seats": seats + 4, "start": 4, "yearly_cost": 150_000}}
    scenario = commands.add_scenario(store, plan, ACTOR, "Grow", wanted)
    [override] = overrides_of(scenario, board)
    assert (override.what, override.base) == ("Seats later on", f"{seats}, as today")
    assert override.value.startswith(f"{seats + 4} from Apr {board.plan.start_month[:4]} on")
    assert override.value.endswith("150,000 a year each")
    assert describe_levers(Levers.from_json(wanted), board) == [f"Seats later on: {override.value}"]
    assert adopt(store, plan, ACTOR, scenario.id, ["headcount"]) == 1
    after = store.board(plan)
    assert engine_inputs(after)["headcount"] == wanted["headcount"]
    as_today = {"headcount": {"seats": seats}}
    back = commands.add_scenario(store, plan, ACTOR, "As today", as_today)
    assert engine_inputs(after, Levers.from_json(back.overrides)) == engine_inputs(board)
    change = next_undo(store.events(plan))
    assert change is not None
    undo(store, plan, ACTOR, change.seq)
    adopted = next_undo(store.events(plan))
    assert adopted is not None
    undo(store, plan, ACTOR, adopted.seq)
    assert engine_inputs(store.board(plan)) == engine_inputs(board)


@pytest.mark.parametrize("lever", ["starts", "adoption", "without"])
def test_the_plan_does_not_take_over_a_tactic_that_was_archived(
    store: SqliteStore, board: Board, lever: str
) -> None:
    plan, one = board.plan.id, live_tactics(board.tactics)[0]
    levers = {"starts": {one.id: 4}, "adoption": {one.id: 0.4}, "without": [one.id]}
    scenario = commands.add_scenario(store, plan, ACTOR, "Gone", {lever: levers[lever]})
    commands.archive_tactic(store, plan, ACTOR, one.id)
    after = store.board(plan)
    assert overrides_of(scenario, after) == ()
    assert describe_levers(Levers(starts={one.id: 4}, adoption={one.id: 0.4}), after) == []
    with pytest.raises(InvalidValue, match=f"“{one.title}” was archived"):
        adopt(store, plan, ACTOR, scenario.id, [f"{lever}.{one.id}"])
    assert store.change_seq(plan) == after.change_seq


def test_a_refusal_names_the_tactic_by_its_title(store: SqliteStore, board: Board) -> None:
    one = live_tactics(board.tactics)[0]
    for overrides, words in (
        ({"starts": {one.id: 0}}, f"start month of “{one.title}” is 0"),
        ({"adoption": {one.id: 1.2}}, f"adoption of “{one.title}” is 1.2"),
    ):
        with pytest.raises(InvalidValue, match=words):
            commands.add_scenario(store, board.plan.id, ACTOR, "Bad", overrides)


@pytest.mark.parametrize("key", ["preparation", "destinations"])
def test_what_follows_from_tactics_is_not_adopted_and_nothing_is_kept(
    store: SqliteStore, board: Board, bold: Scenario, key: str
) -> None:
    seq = store.change_seq(board.plan.id)
    with pytest.raises(InvalidValue, match="on the cards"):
        adopt(store, board.plan.id, ACTOR, bold.id, ["seats", key])
    assert store.change_seq(board.plan.id) == seq


def test_nothing_chosen_is_refused(store: SqliteStore, board: Board, bold: Scenario) -> None:
    with pytest.raises(InvalidValue, match="at least one"):
        adopt(store, board.plan.id, ACTOR, bold.id, [])


def test_the_good_case_is_worth_more_and_the_bad_one_less(store: SqliteStore, board: Board) -> None:
    plan = board.plan.id
    scenario = store.scenarios(plan)[0]
    run = current_run(store, board, scenario, draws=400)
    seq = store.change_seq(plan)
    good, bad = make_cases(store, board, ACTOR, scenario, ends(board, run))
    assert store.change_seq(plan) == seq + 1
    net = [
        current_run(store, board, each, draws=400).summary["net"]["p50"]
        for each in (bad, scenario, good)
    ]
    assert net == sorted(net) and net[0] < net[2]
    assert (good.name, bad.name) == (
        "Automate and reinvest, optimistic",
        "Automate and reinvest, pessimistic",
    )

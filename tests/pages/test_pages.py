"""Pages run whole, without a browser, on every state a plan can be in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.number_row import number_row
from components.numbers import money
from components.outcome_bar import outcome_bar
from components.palette import LIGHT
from data.store import SqliteStore
from reports.big_numbers import bar_numbers, scenario_numbers
from simulation.naive import linear_promise
from strategy import commands
from strategy.levers import Levers
from strategy.model import Board
from strategy.projection import engine_inputs, live_tactics, read_inputs
from strategy.running import current_run
from strategy.undoing import undo
from tests.pages.conftest import Draw
from tests.pages.drawing import PAGES, by_label, errors, press, said, shown, title, titles

# ---- every page in every state -------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_a_page_draws_the_worked_example(draw: Draw, example: Board, name: str) -> None:
    page = draw(name, plan=example.plan.id)
    assert len(titles(page)) == 1
    assert titles(page)[0]
    assert errors(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_without_any_plan_says_where_to_begin(draw: Draw, name: str) -> None:
    page = draw(name)
    assert len(titles(page)) == 1
    assert errors(page) == []
    if name == "plan":
        assert {each.label for each in page.button} >= {"Set this goal", "Open the example"}
    else:
        assert titles(page)[0].startswith("There is no plan")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_draws_a_plan_with_nothing_in_it(draw: Draw, bare: Board, name: str) -> None:
    page = draw(name, plan=bare.plan.id)
    assert len(titles(page)) == 1
    assert errors(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_draws_scenarios_without_goals(
    draw: Draw, bare: Board, store: SqliteStore, name: str
) -> None:
    for scenario in ("One", "Two"):
        commands.add_scenario(store, bare.plan.id, "Ann", scenario, {})
    page = draw(name, plan=bare.plan.id)
    assert len(titles(page)) == 1
    assert errors(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_an_unknown_plan_is_said_in_one_sentence(draw: Draw, example: Board, name: str) -> None:
    page = draw(name, plan="nope")
    assert errors(page) == ["There is no plan with that address here. This is another one."]
    assert page.query_params["plan"] in (example.plan.id, [example.plan.id])


def test_an_unknown_scenario_is_said_in_one_sentence(draw: Draw, example: Board) -> None:
    page = draw("simulate", plan=example.plan.id, scenario="nope")
    assert len(errors(page)) == 1
    assert "no scenario with that address" in errors(page)[0]


@pytest.mark.parametrize("name", ["plan", "simulate"])
def test_a_page_draws_one_scenario_of_the_example(
    draw: Draw, example: Board, store: SqliteStore, name: str
) -> None:
    scenario = store.scenarios(example.plan.id)[1]
    page = draw(name, plan=example.plan.id, scenario=scenario.id)
    assert errors(page) == []


# ---- what a page does ----------------------------------------------------------------------


def test_the_start_page_opens_the_example(draw: Draw, store: SqliteStore) -> None:
    page = press(draw("plan"), "Open the example")
    assert [plan.name for plan in store.plans()] == ["Larkfield FY27"]
    assert "goal" in titles(page)[0]


def test_a_plan_starts_with_one_goal_and_its_chance(draw: Draw, store: SqliteStore) -> None:
    page = draw("plan")
    by_label(page, "text_input", "Name of the plan").input("North team")
    by_label(page, "number_input", "From, today ($)").set_value(2_400_000)
    by_label(page, "number_input", "To ($)").set_value(2_600_000)
    page = shown(page.run())
    assert any("Carrying on as today, bookings reach" in each.value for each in page.markdown)
    assert store.plans() == ()
    press(page, "Set this goal")
    (plan,) = store.plans()
    board = store.board(plan.id)
    assert (plan.name, board.goals[0].title) == ("North team", "Bookings a quarter to $2.6M")
    # Three months of 20 seats: the model starts where the goal says it is.
    assert plan.assumptions["bookings_per_seat"].mode == 40_000
    assert [event.op for event in store.events(plan.id)] == ["create_plan"]
    assert errors(page) == []


def test_a_first_goal_that_cannot_be_is_refused_in_a_sentence(
    draw: Draw, store: SqliteStore
) -> None:
    page = draw("plan")
    for label in ("From, today ($)", "To ($)"):
        by_label(page, "number_input", label).set_value(5)
    page = shown(page.run())
    assert errors(page) == [
        "The target equals today's value, so there is nothing to reach. Change one of them."
    ]
    assert store.plans() == ()


def test_a_template_becomes_a_plan(draw: Draw, store: SqliteStore) -> None:
    page = draw("plan")
    by_label(page, "selectbox", "Template").set_value("quote_speed")
    press(shown(page.run()), "Use this template")
    (plan,) = store.plans()
    assert plan.name == "Quote speed"
    assert [event.op for event in store.events(plan.id)] == ["create_plan"]


def test_a_new_plan_starts_on_the_first_page_and_leads_back(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = press(open_menu(draw("plan", plan=example.plan.id)), "New plan")
    assert titles(page) == ["What should be different by the end of next year?"]
    press(page, f"Back to {example.plan.name}")
    assert titles(page) != ["What should be different by the end of next year?"]


def test_tactics_are_pasted_with_what_was_understood(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = draw("plan", plan=example.plan.id)
    page.session_state["dialog"] = ("paste", example.plan.id)
    page = shown(page.run())
    by_label(page, "text_area", "What you already do").input("Map, $12k, 30 days\n$5k\nDesk")
    page = shown(page.run())
    (left_out,) = (each.value for each in page.warning)
    assert left_out.startswith("Line 2 is left out") and "no words" in left_out
    press(page, "Add 2 tactics")
    added = store.board(example.plan.id).tactics[-2:]
    assert {(each.title, each.lane) for each in added} <= {
        (each.title, each.lane) for each in store.board(example.plan.id).tactics
    }
    assert store.events(example.plan.id)[0].words == "Add 2 tactics"


def test_many_plans_are_found_by_a_part_of_their_name(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    for number in range(30):
        commands.create_plan(
            store, "ann", replace(example.plan, id=f"plan_{number}", name=f"Region {number}")
        )
    page = open_menu(draw("share", plan=example.plan.id))
    assert sum(each.label.startswith("Region") for each in page.button) == 12
    by_label(page, "text_input", "Find a plan").input("gion 27")
    press(shown(page.run()), "Region 27")
    assert page.query_params["plan"] in ("plan_27", ["plan_27"])


def test_plan_settings_are_changed(draw: Draw, example: Board, store: SqliteStore) -> None:
    page = draw("share", plan=example.plan.id)
    page.session_state["plan_menu_dialog_0_"] = True
    press(shown(page.run()), "Rename and settings")
    by_label(page, "text_input", "Name").input("Larkfield, second try")
    by_label(page, "number_input", "Seats (reps)").set_value(30)
    press(page, "Save")
    kept = store.board(example.plan.id).plan
    assert (kept.name, kept.seats) == ("Larkfield, second try", 30)


def open_menu(page: AppTest) -> AppTest:
    """Open the plan's menu."""
    page.session_state["plan_menu_dialog_0_"] = True
    return shown(page.run())


def test_a_plan_is_copied_and_the_copy_is_shown(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = press(open_menu(draw("share", plan=example.plan.id)), "Copy this plan")
    copy = store.plans()[-1]
    assert copy.name == f"{example.plan.name} (copy)"
    assert page.query_params["plan"] in (copy.id, [copy.id])
    assert len(store.board(copy.id).tactics) == len(example.tactics)


def test_the_last_plan_is_archived_and_brought_back_from_the_start_page(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = open_menu(draw("plan", plan=example.plan.id))
    press(page, "Delete this plan")
    assert store.plans() == ()
    assert titles(page) == ["What should be different by the end of next year?"]
    page = press(page, f"Bring back {example.plan.name}")
    assert [plan.id for plan in store.plans()] == [example.plan.id]
    assert errors(page) == []


def test_a_scenario_is_saved_and_chosen(draw: Draw, example: Board, store: SqliteStore) -> None:
    page = press(draw("simulate", plan=example.plan.id), "Save as scenario")
    by_label(page, "text_input", "Name").input("Half to coaching")
    press(page, "Save")
    kept = store.scenarios(example.plan.id)[-1]
    assert kept.name == "Half to coaching"
    assert page.query_params["scenario"] in (kept.id, [kept.id])


def test_a_week_that_does_not_add_up_is_refused(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = draw("simulate", plan=example.plan.id, levers="Week today")
    field = next(
        each
        for each in page.number_input
        if each.label.endswith("(%)") and "_week_" in str(each.key)
    )
    field.set_value(field.value + 10)
    press(page, "Run with this week")
    assert errors(page) == ["The week adds up to 110.0 %, not 100.0. Take 10.0 % away to run."]
    assert store.change_seq(example.plan.id) == example.change_seq


def levers_of(store: SqliteStore, board: Board) -> dict[str, Any]:
    """Return what the first scenario changes."""
    return dict(store.scenarios(board.plan.id)[0].overrides)


TERMS = {"price": 0, "one_off": 0, "ticks": 2}


def set_in_browser(plan_id: str, messages: list[object]) -> None:
    """Draw Simulate once, then take in messages of its lever table, as fast as they come."""
    import streamlit as st

    import session
    from pages.simulate.edit import saver
    from pages.simulate.scenario import simulate_page
    from pages.simulate.shifts import keep_setting

    simulate_page()
    save = saver(session.store().board(plan_id), session.store().scenarios(plan_id)[0])
    for message in messages:
        keep_setting(message, save)
    if said := session.take_message():
        st.error(said.text)


def send(board: Board, *messages: Any) -> list[str]:
    """Send messages to the page of a plan; return what it complains of."""
    page = AppTest.from_function(set_in_browser, args=(board.plan.id, list(messages)))
    page.query_params["plan"] = board.plan.id
    return errors(shown(page.run(timeout=30)))


def test_shares_months_and_prices_are_kept_as_they_are_set(
    example: Board, store: SqliteStore
) -> None:
    crm = {"crm_entry": {"share": 29.0, "start": 5}}
    assert send(example, {"rows": crm, "terms": TERMS}) == []
    assert levers_of(store, example)["shifts"] == {"crm_entry": {"share": 0.29, "start": 5}}
    assert store.change_seq(example.plan.id) == example.change_seq + 1
    quotes = {"quotes": {"share": 80, "start": 1}}
    dear = {"price": 20, "one_off": 9000, "ticks": 4}
    assert send(example, {"rows": quotes, "terms": dear}) == []
    kept = levers_of(store, example)
    assert kept["shifts"] == {
        "crm_entry": {"share": 0.29, "start": 5},
        "quotes": {"share": 0.8, "start": 1},
    }
    assert kept["shift_terms"] == {"seat_price": 20, "one_off": 9000, "preparation": 1}
    none = {task: {"share": 0, "start": 1} for task in ("crm_entry", "quotes")}
    assert send(example, {"rows": none, "terms": dear}) == []
    assert "shifts" not in levers_of(store, example)


def test_a_lever_moved_twice_before_the_page_is_drawn_again_is_no_conflict(
    example: Board, store: SqliteStore
) -> None:
    steps = [
        {"rows": {"quotes": {"share": share, "start": 1}}, "terms": TERMS} for share in (20, 35)
    ]
    assert send(example, *steps) == []
    assert levers_of(store, example)["shifts"]["quotes"]["share"] == 0.35


def test_costs_of_nothing_are_no_change(example: Board, store: SqliteStore) -> None:
    assert send(example, {"rows": {}, "terms": TERMS | {"price": 50}}) == []
    assert store.change_seq(example.plan.id) == example.change_seq


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"rows": {"quotes": {"share": 140, "start": 1}}, "terms": TERMS}, "0 to 100"),
        ({"rows": {"quotes": {"share": 14, "start": 900}}, "terms": TERMS}, "1 to 120"),
        ({"rows": {"coffee": {"share": 14, "start": 1}}, "terms": TERMS}, "no such task"),
        ({"rows": {"quotes": {"share": 14, "start": 1}}, "terms": {}}, "not complete"),
        ({"rows": {"quotes": {"share": 14, "start": 1}}, "terms": TERMS | {"ticks": 5}}, "0 to"),
        ("quotes", "set of named values"),
    ],
)
def test_what_no_table_would_send_is_refused_in_words(
    message: Any, words: str, example: Board, store: SqliteStore
) -> None:
    [said] = send(example, message)
    assert words in said
    assert store.change_seq(example.plan.id) == example.change_seq


def test_what_somebody_else_moved_meanwhile_stays(example: Board, store: SqliteStore) -> None:
    page = simulated(example)
    scenario = store.scenarios(example.plan.id)[0]
    theirs = {"shifts": {"quotes": {"share": 0.6, "start": 2}}}
    commands.edit_scenario(
        store,
        example.plan.id,
        "Ben",
        scenario.id,
        commands.fields_of(scenario),
        {"overrides": theirs},
    )
    page.session_state["mine"] = True
    assert errors(shown(page.run())) == []
    kept = levers_of(store, example)["shifts"]
    assert {task: each["share"] for task, each in kept.items()} == {"quotes": 0.6, "crm_entry": 0.1}


def mine_after_theirs(plan_id: str) -> None:
    """Draw the levers, and on the next run set one with the page as it was drawn before."""
    import streamlit as st

    import session
    from pages.simulate.edit import saver
    from pages.simulate.shifts import keep_setting

    crm = {"crm_entry": {"share": 10, "start": 1}}
    if st.session_state.get("mine"):
        keep_setting(
            {"rows": crm, "terms": {"price": 0, "one_off": 0, "ticks": 2}},
            st.session_state["save"],
        )
        if said := session.take_message():
            st.error(said.text)
        return
    st.session_state["save"] = saver(
        session.store().board(plan_id), session.store().scenarios(plan_id)[0]
    )


def simulated(board: Board) -> AppTest:
    """Return a page whose levers were drawn once."""
    return shown(AppTest.from_function(mine_after_theirs, args=(board.plan.id,)).run())


def week_in_browser(plan_id: str, hours: list[object], shares: list[object]) -> None:
    """Take in messages of the rep's week on a page that was drawn; say what was kept."""
    import streamlit as st

    import session
    from pages.simulate.edit import saver
    from pages.simulate.week import keep_hours, keep_share
    from strategy.freed_hours import freed_shares
    from strategy.levers import Levers
    from strategy.projection import engine_inputs
    from strategy.rep_week import admin_tasks

    board = session.store().board(plan_id)
    scenario = session.store().scenarios(plan_id)[0]
    levers = Levers.from_json(scenario.overrides)
    inputs = engine_inputs(board, levers)
    save = saver(board, scenario)
    freed = freed_shares(inputs["destinations"], inputs["plan_quality"])
    kept = [keep_hours(each, admin_tasks(board, levers, inputs), save) for each in hours]
    kept += [keep_share(each, freed, save) for each in shares]
    st.text(" ".join(str(each) for each in kept))
    if said := session.take_message():
        st.error(said.text)


@pytest.mark.parametrize(
    ("hours", "shares", "said"),
    [
        ([{"task": "crm_entry", "hours": 99}], [], "is the most"),
        ([{"task": "crm_entry", "hours": 0}], [], "promised by"),
        ([{"task": "meetings", "hours": 1}], [], "no such task"),
        (["crm_entry"], [], "must name a task"),
        ([], [{"use": "sleep", "share": 10}], "four uses"),
        ([], [{"use": "selling", "share": 101}], "from 0 to 100"),
    ],
)
def test_hours_and_shares_out_of_bounds_leave_the_scenario_as_it_was(
    example: Board, store: SqliteStore, hours: list[object], shares: list[object], said: str
) -> None:
    page = AppTest.from_function(week_in_browser, args=(example.plan.id, hours, shares)).run()
    assert [each for each in errors(shown(page)) if said in each]
    assert page.text[0].value == "False"
    assert store.change_seq(example.plan.id) == example.change_seq


def test_hours_and_a_share_of_the_week_are_kept(example: Board, store: SqliteStore) -> None:
    shares: list[object] = [{"use": "coaching", "share": 20}, None]
    hours: list[object] = [{"task": "crm_entry", "hours": 2.7}]
    page = AppTest.from_function(week_in_browser, args=(example.plan.id, hours, shares)).run()
    assert errors(shown(page)) == []
    assert page.text[0].value == "True True True"
    kept = levers_of(store, example)
    assert kept["shifts"]["crm_entry"]["share"] > 0
    assert kept["plan_quality"] * kept["destinations"]["coaching"] == pytest.approx(0.2)


def test_where_freed_hours_go_may_be_ranges(draw: Draw, example: Board, store: SqliteStore) -> None:
    page = draw("simulate", plan=example.plan.id, levers="Freed hours")
    for use, share in (("selling", 60.0), ("strategy", 40.0), ("coaching", 0.0)):
        by_key(page, f"_to_{use}").set_value(share)
        assert by_key(page, f"_to_{use}_low").value is None
    by_key(page, "_to_selling_low").set_value(50.0)
    press(page, "Run with these destinations")
    assert errors(page) == ["Selling: give both a low and a high value, or leave both empty."]
    by_key(page, "_to_selling_high").set_value(55.0)
    press(page, "Run with these destinations")
    assert errors(page) == [
        "Selling: 60% must lie between its low value 50% and its high value 55%."
    ]
    by_key(page, "_to_selling_high").set_value(101.0)
    press(page, "Run with these destinations")
    assert errors(page) == ["Selling is 101%. Use a number from 0 to 100%."]
    by_key(page, "_to_selling_high").set_value(80.0)
    by_key(page, "_to_strategy").set_value(30.0)
    press(page, "Run with these destinations")
    assert errors(page) == ["The three likely shares add up to 90.0%. Add 10.0 to run."]
    assert levers_of(store, example) == {}
    by_key(page, "_to_strategy").set_value(40.0)
    by_key(page, "_quality").set_value(50.0)
    by_key(page, "_quality_low").set_value(20.0)
    by_key(page, "_quality_high").set_value(70.0)
    press(page, "Run with these destinations")
    assert errors(page) == []
    kept = {
        "destinations": {"selling": [0.5, 0.6, 0.8], "strategy": 0.4, "coaching": 0},
        "plan_quality": [0.2, 0.5, 0.7],
    }
    assert levers_of(store, example) == kept
    assert by_key(page, "_to_selling_high").value == 80
    words = "60% (50% to 80%) selling, 40% account work"
    assert words in said(page)
    run = current_run(store, example, store.scenarios(example.plan.id)[0], draws=200)
    assert run.inputs["destinations"] == kept["destinations"]
    seq = store.change_seq(example.plan.id)
    press(page, "Run with these destinations")
    assert store.change_seq(example.plan.id) == seq
    by_key(page, "_to_selling_low").set_value(None)
    by_key(page, "_to_selling_high").set_value(None)
    press(page, "Run with these destinations")
    assert levers_of(store, example)["destinations"]["selling"] == 0.6
    press(page, "Follow the board again")
    assert levers_of(store, example) == {}


def by_key(page: AppTest, ending: str) -> Any:
    """Return the one number field whose key ends so."""
    [found] = [each for each in page.number_input if str(each.key).endswith(ending)]
    return found


def test_demand_prices_and_seasons_are_set_for_a_scenario(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = draw("simulate", plan=example.plan.id, levers="Market")
    by_key(page, "price_change_likely").set_value(4.0)
    press(page, "Run with these changes")
    assert "must lie between its low value 0% and its high value 0%" in errors(page)[0]
    by_key(page, "price_change_high").set_value(6.0)
    by_key(page, "demand_change_low").set_value(-95.0)
    press(page, "Run with these changes")
    assert "Yearly change of demand is -95%. Use a number from -90% to 300%" in errors(page)[0]
    assert levers_of(store, example) == {}
    by_key(page, "demand_change_low").set_value(-5.0)
    press(page, "Run with these changes")
    assert errors(page) == []
    assert levers_of(store, example)["assumptions"] == {
        "price_change": [0, 0.04, 0.06],
        "demand_change": [-0.05, 0, 0],
    }
    by_key(page, "season_opportunities_Dec").set_value(1300)
    press(page, "Run with this season")
    assert errors(page) == ["Dec is 1,300%. Use a number from 0 to 1,200%."]
    by_key(page, "season_opportunities_Dec").set_value(210)
    press(page, "Run with this season")
    assert levers_of(store, example)["season"]["opportunities"][11] == pytest.approx(
        12 * 210 / 1310
    )
    assert by_key(page, "season_opportunities_Dec").value == pytest.approx(192.4, abs=0.05)
    assert "Season of new opportunities: every month alike → Dec strongest" in said(page)
    seq = store.change_seq(example.plan.id)
    press(page, "Run with this season")
    assert store.change_seq(example.plan.id) == seq
    by_key(page, "season_strength_high").set_value(400.0)
    press(page, "Run with this strength")
    assert "Strength of the season is 400%. Use a number from 0% to 300%" in errors(page)[0]
    by_key(page, "season_strength_low").set_value(50.0)
    by_key(page, "season_strength_high").set_value(120.0)
    press(page, "Run with this strength")
    kept = levers_of(store, example)
    assert kept["assumptions"]["season_strength"] == [0.5, 1.0, 1.2]
    assert kept["assumptions"]["price_change"] == [0, 0.04, 0.06]
    press(page, "Make every month 100%")
    assert "season" not in levers_of(store, example)
    assert not [each for each in page.number_input if "season_strength" in str(each.key)]


def test_a_team_that_grows_is_set_for_a_scenario(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    seats = example.plan.seats
    page = draw("simulate", plan=example.plan.id, levers="Team")
    press(page, "Run with this team")
    assert levers_of(store, example) == {}
    by_key(page, "_seats").set_value(0)
    press(page, "Run with this team")
    assert errors(page) == ["Seats is 0. Use a whole number from 1 to 100,000."]
    by_key(page, "_seats").set_value(seats + 5)
    by_key(page, "_cost").set_value(-1.0)
    press(page, "Run with this team")
    assert errors(page) == [
        "The cost of a seat is -1 a year. Use a number from 0 to 1,000,000,000."
    ]
    by_key(page, "_cost").set_value(120_000.0)
    by_label(page, "selectbox", "From").set_value(6)
    press(page, "Run with this team")
    assert errors(page) == []
    change = {"seats": seats + 5, "start": 6, "yearly_cost": 120_000}
    assert levers_of(store, example)["headcount"] == change
    assert f"Seats later on: {seats}, as today → {seats + 5} from" in said(page)
    run = current_run(store, example, store.scenarios(example.plan.id)[0], draws=200)
    assert run.inputs["headcount"] == change
    by_key(page, "_seats_low").set_value(seats + 1)
    press(page, "Run with this team")
    assert errors(page) == ["Seats: give both a low and a high number, or leave both empty."]
    by_key(page, "_seats_high").set_value(seats + 4)
    press(page, "Run with this team")
    assert "must lie between its low number" in errors(page)[0]
    by_key(page, "_seats_high").set_value(seats + 9)
    press(page, "Run with this team")
    assert errors(page) == []
    three = [seats + 1, seats + 5, seats + 9]
    assert levers_of(store, example)["headcount"] == change | {"seats": three}
    assert f"{seats + 5} ({seats + 1} to {seats + 9}) from" in said(page)
    run = current_run(store, example, store.scenarios(example.plan.id)[0], draws=200)
    assert run.inputs["headcount"]["seats"] == three
    assert by_key(page, "_seats_low").value == seats + 1
    by_key(page, "_seats_low").set_value(None)
    by_key(page, "_seats_high").set_value(None)
    press(page, "Run with this team")
    assert levers_of(store, example)["headcount"] == change
    by_key(page, "_seats").set_value(seats)
    press(page, "Run with this team")
    assert levers_of(store, example) == {}


def test_seats_that_differ_from_the_start_have_a_field_and_follow_the_plan_again(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    seats, scenario = example.plan.seats, store.scenarios(example.plan.id)[0]
    base = commands.fields_of(scenario)
    old = {"overrides": {"seats": seats + 2}}
    commands.edit_scenario(store, example.plan.id, "Ann", scenario.id, base, old)
    page = draw("simulate", plan=example.plan.id, levers="Team")
    assert by_label(page, "number_input", "Seats from the start").value == seats + 2
    by_label(page, "number_input", "Seats from the start").set_value(0)
    press(page, "Run with these seats")
    assert errors(page) == ["Seats is 0. Use a whole number from 1 to 100,000."]
    by_label(page, "number_input", "Seats from the start").set_value(seats + 3)
    press(page, "Run with these seats")
    assert levers_of(store, example) == {"seats": seats + 3}
    press(page, "Use the plan's seats")
    assert levers_of(store, example) == {}
    assert "Seats from the start" not in [each.label for each in page.number_input]


def plan_settings(draw: Draw, board: Board) -> AppTest:
    page = draw("plan", plan=board.plan.id)
    page.session_state["dialog"] = ("plan", board.plan.id)
    return shown(page.run())


def test_the_plans_own_seasons_and_team_are_set_in_its_settings_and_undone(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    plan = example.plan
    scenario = store.scenarios(plan.id)[-1]
    press(plan_settings(draw, example), "Save")
    assert engine_inputs(store.board(plan.id)) == engine_inputs(example)
    page = plan_settings(draw, example)
    by_key(page, "season_win_rate_Dec").set_value(1300.0)
    page = press(page, "Save")
    assert errors(page) == ["Dec is 1,300%. Use a number from 0 to 1,200%."]
    by_key(page, "season_win_rate_Dec").set_value(210.0)
    by_key(page, "later_seats").set_value(plan.seats + 4)
    by_label(page, "selectbox", "From").set_value(6)
    press(page, "Save")
    after = store.board(plan.id)
    assert after.plan.season["win_rate"][11] == pytest.approx(12 * 210 / 1310)
    assert "opportunities" not in after.plan.season
    assert (after.plan.headcount["seats"], after.plan.headcount["start"]) == (plan.seats + 4, 6)
    words = store.events(plan.id)[0].words
    assert words.startswith("Change plan settings: season of the win rate, every month alike to")
    assert f"seats later on, {plan.seats}, as today to {plan.seats + 4} from" in words
    # A scenario that says nothing else follows.
    own = engine_inputs(after, Levers.from_json(scenario.overrides))
    assert own["headcount"] == dict(after.plan.headcount)
    assert own["season"].keys() == {"win_rate"}
    first = store.events(plan.id)[0].seq
    page = plan_settings(draw, after)
    by_key(page, "later_seats_low").set_value(plan.seats)
    page = press(page, "Save")
    assert errors(page) == ["Seats: give both a low and a high number, or leave both empty."]
    by_key(page, "later_seats_high").set_value(plan.seats + 9)
    press(page, "Save")
    unsure = store.board(plan.id)
    three = [plan.seats, plan.seats + 4, plan.seats + 9]
    assert unsure.plan.headcount == after.plan.headcount | {"seats": three}
    words = store.events(plan.id)[0].words
    assert f"to {plan.seats + 4} ({plan.seats} to {plan.seats + 9}) from" in words
    assert (
        engine_inputs(unsure, Levers.from_json(scenario.overrides))["headcount"]["seats"] == three
    )
    page = plan_settings(draw, unsure)
    assert by_key(page, "later_seats_high").value == plan.seats + 9
    press(page, "Save")
    assert store.board(plan.id).plan == unsure.plan
    undo(store, plan.id, "Ann", store.events(plan.id)[0].seq)
    assert engine_inputs(store.board(plan.id)) == engine_inputs(after)
    undo(store, plan.id, "Ann", first)
    assert engine_inputs(store.board(plan.id)) == engine_inputs(example)

    page = plan_settings(draw, store.board(plan.id))
    assert by_key(page, "season_win_rate_Dec").value == 100
    assert by_key(page, "later_seats").value is None


def test_settings_open_where_an_imported_season_has_whole_numbers(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    factors = [1.1, 0.9, 1, 1, 1, 1, 1, 0.8, 1, 1, 1.1, 1.1]
    was = commands.fields_of(example.plan)
    commands.edit_plan(store, example.plan.id, "Ann", was, {"season": {"opportunities": factors}})
    page = plan_settings(draw, store.board(example.plan.id))
    assert errors(page) == []
    assert by_key(page, "season_opportunities_Mar").value == 100
    assert by_key(page, "season_opportunities_Aug").value == 80
    page = draw("simulate", plan=example.plan.id, levers="Market")
    assert errors(page) == []


def test_a_budget_says_how_likely_it_is_enough(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = draw("simulate", plan=example.plan.id)
    assert "Set a budget to see how likely it is enough." in said(page)
    scenario = store.scenarios(example.plan.id)[0]
    runs = len(store.runs(example.plan.id, scenario.id))

    def set_budget(amount: float | None) -> str:
        by_label(page, "number_input", "Budget for the first 12 months").set_value(amount)
        return said(shown(page.run()))

    assert "Within the budget in over 99 of 100 futures." in set_budget(1e9)
    assert levers_of(store, example)["budget"] == 1e9
    assert "Within the budget in under 1 of 100 futures." in set_budget(10.0)
    assert "Budget for the first 12 months: none → $10" in said(page)
    set_budget(-5.0)
    assert errors(page) == [
        "The budget is -5. Use a number from 0 to 1,000,000,000,000, or leave it empty to follow "
        "the plan. Nothing was changed."
    ]
    assert levers_of(store, example)["budget"] == 10
    set_budget(None)
    assert levers_of(store, example) == {}
    assert len(store.runs(example.plan.id, scenario.id)) == runs


def test_only_groups_of_levers_that_were_opened_are_drawn(draw: Draw, example: Board) -> None:
    page = draw("simulate", plan=example.plan.id)
    words = "Adoption is the share of people who will ever use it. Where nobody is sure of it,"
    assert words not in said(page)
    page.session_state["levers"] = "Tactics"
    assert words in said(shown(page.run()))


def tactics_in_browser(plan_id: str, messages: list[object]) -> None:
    """Draw Simulate once, then take in messages of its table of tactics."""
    import streamlit as st

    import session
    from pages.simulate.edit import saver
    from pages.simulate.scenario import simulate_page
    from pages.simulate.tactics import keep_tactics

    simulate_page()
    board = session.store().board(plan_id)
    save = saver(board, session.store().scenarios(plan_id)[0])
    for message in messages:
        keep_tactics(message, board, save)
    if said := session.take_message():
        st.error(said.text)


def set_tactic(board: Board, tactic_id: str, **row: object) -> list[str]:
    """Send one row of the table of tactics; return what the page complains of."""
    message = {"rows": {tactic_id: row}, "terms": {}}
    page = AppTest.from_function(tactics_in_browser, args=(board.plan.id, [message]))
    page.query_params["plan"] = board.plan.id
    return errors(shown(page.run(timeout=30)))


def test_a_tactic_is_left_out_moved_and_follows_the_plan_again(
    example: Board, store: SqliteStore
) -> None:
    tactic = live_tactics(example.tactics)[0]
    as_planned = {"share": 100 * tactic.adoption, "start": tactic.start}
    assert set_tactic(example, tactic.id, **as_planned, is_in=False) == []
    assert levers_of(store, example)["without"] == [tactic.id]
    assert set_tactic(example, tactic.id, share=25, start=tactic.start + 2, is_in=True) == []
    kept = levers_of(store, example)
    assert kept["starts"] == {tactic.id: tactic.start + 2}
    assert kept["adoption"] == {tactic.id: 0.25}
    assert "without" not in kept
    assert set_tactic(example, tactic.id, **as_planned, is_in=True) == []
    assert not {"without", "starts", "adoption"} & levers_of(store, example).keys()


def test_a_tactic_is_adopted_within_a_range_and_by_one_share_again(
    example: Board, store: SqliteStore
) -> None:
    from pages.simulate.tactics import tactic_table

    tactic = live_tactics(example.tactics)[0]
    row = {"share": 60, "start": tactic.start, "is_in": True}
    assert set_tactic(example, tactic.id, **row, low=40, high=80) == []
    levers = Levers.from_json(levers_of(store, example))
    assert levers.adoption == {tactic.id: (0.4, 0.6, 0.8)}
    shown_row = tactic_table(example, levers)["rows"][0]
    assert (shown_row["low"], shown_row["share"], shown_row["high"]) == (40, 60, 80)
    assert shown_row["is_changed"]
    [refused] = set_tactic(example, tactic.id, **row, low=70, high=80)
    assert "60% must lie between its low value 70% and its high value 80%" in refused
    assert set_tactic(example, tactic.id, **row, low=60, high=60) == []
    assert levers_of(store, example)["adoption"] == {tactic.id: 0.6}


def test_a_tactic_starts_within_a_range_of_months_and_in_one_again(
    example: Board, store: SqliteStore
) -> None:
    from pages.simulate.tactics import tactic_table

    tactic = live_tactics(example.tactics)[0]
    row = {"share": 100 * tactic.adoption, "start": 5, "is_in": True}
    assert set_tactic(example, tactic.id, **row, earliest=3, latest=9) == []
    levers = Levers.from_json(levers_of(store, example))
    assert levers.starts == {tactic.id: (3, 5, 9)}
    shown_row = tactic_table(example, levers)["rows"][0]
    assert [shown_row["earliest"], shown_row["start"], shown_row["latest"]] == [3, 5, 9]
    assert shown_row["is_changed"]
    [refused] = set_tactic(example, tactic.id, **row, earliest=6, latest=9)
    assert "must lie between its earliest month" in refused
    [refused] = set_tactic(example, tactic.id, **row, earliest=3, latest=61)
    assert "cannot start in month 61" in refused
    assert set_tactic(example, tactic.id, **row, earliest=5, latest=5) == []
    assert levers_of(store, example)["starts"] == {tactic.id: 5}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"share": 50, "start": 61, "is_in": True}, "cannot start in month 61"),
        ({"share": 101, "start": 1, "is_in": True}, "0 to 100"),
        ({"share": 50, "start": 1, "is_in": "no"}, "in or out"),
    ],
)
def test_a_tactic_the_plan_cannot_have_is_refused(
    row: dict[str, object], words: str, example: Board, store: SqliteStore
) -> None:
    tactic = live_tactics(example.tactics)[0]
    [refused] = set_tactic(example, tactic.id, **row)
    assert words in refused
    assert store.change_seq(example.plan.id) == example.change_seq


def test_a_tactic_that_left_the_board_meanwhile_is_refused(example: Board) -> None:
    [refused] = set_tactic(example, "gone", share=50, start=1, is_in=True)
    assert "not on the board any more" in refused


def test_the_table_of_tactics_marks_what_differs_from_the_plan(example: Board) -> None:
    from pages.simulate.tactics import tactic_table

    first, second, *_ = live_tactics(example.tactics)
    levers = Levers(without=(first.id,), starts={second.id: second.start + 1})
    rows = {row["id"]: row for row in tactic_table(example, levers)["rows"]}
    assert [each for each, row in rows.items() if row["is_changed"]] == [first.id, second.id]
    assert rows[first.id]["is_in"] is False
    assert rows[second.id]["start"] == second.start + 1
    assert rows[second.id]["note"].startswith(f"In the plan: {second.adoption:.0%}, ")


def test_a_first_scenario_is_offered_and_simulated(
    draw: Draw, bare: Board, store: SqliteStore
) -> None:
    page = press(draw("simulate", plan=bare.plan.id), "Start with the plan as it is")
    assert [each.name for each in store.scenarios(bare.plan.id)] == ["Plan as it is"]
    [run] = store.runs(bare.plan.id, store.scenarios(bare.plan.id)[0].id)
    assert errors(page) == []
    facts = {"currency": "$", "months": bare.plan.months, "start_month": bare.plan.start_month}
    numbers = number_row(scenario_numbers(facts, run.summary), LIGHT)
    assert numbers.count("<dt>") == 4
    foot = outcome_bar(bar_numbers(facts, run.summary), LIGHT)
    assert numbers + foot in [each.proto.body for each in page.get("html")]


def test_compare_refuses_more_than_four(draw: Draw, example: Board, store: SqliteStore) -> None:
    for name in ("Four", "Five"):
        commands.add_scenario(store, example.plan.id, "Ann", name, {})
    page = draw("compare", plan=example.plan.id)
    pills = page.get("button_group")[0]
    pills.set_value([each.id for each in store.scenarios(example.plan.id)])
    shown(page.run())
    assert errors(page) == ["Four scenarios are the most that can be read at once. Take 1 away."]


def test_a_link_is_made_listed_and_revoked(draw: Draw, example: Board, store: SqliteStore) -> None:
    page = press(draw("share", plan=example.plan.id), "Freeze and share")
    by_label(page, "text_input", "What is this").input("Board meeting")
    by_label(page, "text_input", "Who is the link for").input("The board")
    press(page, "Create link")
    [link] = store.share_links(example.plan.id)
    assert link.recipient == "The board"
    assert titles(page) == ["One link is open."]
    assert any("/s/" in each.value for each in page.code)
    press(page, "Revoke")
    assert store.share_links(example.plan.id)[0].revoked_at is not None
    assert titles(page) == ["No link is open now."]


@pytest.mark.parametrize("name", ["simulate", "compare"])
def test_what_a_linear_calculator_would_promise_stands_beside_net_benefit(
    draw: Draw, example: Board, name: str
) -> None:
    promised = linear_promise(read_inputs(engine_inputs(example)))
    page = draw(name, plan=example.plan.id)
    lines = [each for each in said(page).splitlines() if "A linear calculator would" in each]
    assert lines
    assert all(money(promised.cumulative[-1], "$") in each for each in lines)


def test_a_month_is_worked_by_hand_and_agrees(draw: Draw, example: Board) -> None:
    page = draw("trust", plan=example.plan.id)
    assert titles(page)[0].replace("\\", "") == "This run adds up: all 12 checks hold."
    assert any("in Dec 2027:" in each.value for each in page.markdown)
    by_label(page, "selectbox", "Month to work").select_index(0)
    shown(page.run())
    assert any("in Jan 2027:" in each.value for each in page.markdown)
    assert sum("calculation and the run agree" in each.value for each in page.markdown) == 1
    assert not page.dataframe  # a tab is drawn once it was opened
    page = open_tab(page, "trust", "Checks")
    assert sum("Holds" in each.value for each in page.markdown) == 12
    assert not any("Fails" in each.value for each in page.markdown)


def test_a_run_of_an_older_model_is_marked_and_run_again_beside(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    present = current_run(store, example, draws=200)
    goals = [row | {"chance": 0.125} for row in present.summary["goals"]]
    old = replace(
        present,
        id="run_old",
        model_version="0.9.0+s1",
        summary=dict(present.summary) | {"goals": goals},
    )
    store.keep_run(old)
    page = open_tab(draw("trust", plan=example.plan.id), "trust", "Stored runs")
    table = next(each.value for each in page.dataframe if "Model" in each.value)
    assert list(table["Model"]) == ["0.9.0+s1, older model", present.model_version]
    assert list(table["First goal's chance"])[0] == "13%"
    page = press(page, "Run again beside it")
    [beside] = [each.value for each in page.table]
    said = [figure.replace("\\", "") for figure in beside["Figure"]]
    assert said[1:] == [f"Chance: {goal.title}" for goal in example.goals]
    first = 100 * (present.summary["goals"][0]["chance"] - 0.125)
    assert beside["Difference"].iloc[1].lstrip("\\") == f"{first:+.1f} pt"
    assert len(press(page, "Done").table) == 0


def test_an_older_run_this_model_cannot_take_says_why(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    present = current_run(store, example, draws=200)
    inputs = dict(present.inputs) | {"forgotten": 1}
    store.keep_run(
        replace(present, id="run_odd", model_version="0.1", inputs=inputs, inputs_hash="odd")
    )
    page = open_tab(draw("trust", plan=example.plan.id), "trust", "Stored runs")
    page = press(page, "Run again beside it")
    assert len(errors(page)) == 1
    assert "forgotten" in errors(page)[0]


def small(store: SqliteStore, board: Board) -> Board:
    """Leave three tactics on the example's board: the mixes of many take long."""
    for tactic in board.tactics[3:]:
        commands.archive_tactic(store, board.plan.id, "Ann", tactic.id)
    return store.board(board.plan.id)


def open_tab(page: AppTest, name: str, label: str) -> AppTest:
    """Open one of the tabs of a page."""
    page.session_state[f"{name}_tabs"] = label
    return shown(page.run())


def drivers_tab(draw: Draw, board: Board, label: str, **address: str) -> AppTest:
    """Draw What drives it with one of its tabs open."""
    return open_tab(draw("drivers", plan=board.plan.id, **address), "drivers", label)


def test_the_assumption_that_decides_most_opens_from_the_keyboard(
    draw: Draw, example: Board
) -> None:
    page = draw("drivers", plan=example.plan.id)
    assert titles(page)[0].startswith("Net benefit, discounted, is")
    assert "decides most: net benefit from" in said(page)
    box = by_label(page, "selectbox", "Look at a range")
    box.select("Freed hours that leak away")
    shown(page.run())
    assert [each.label for each in page.number_input] == ["Low (%)", "Likely (%)", "High (%)"]
    assert [each.value for each in page.number_input] == [10.0, 30.0, 60.0]
    assert by_label(page, "selectbox", "Look at a range").value is None


def test_the_register_names_what_decides_the_chosen_outcome_most(
    draw: Draw, example: Board
) -> None:
    page = draw("assumptions", plan=example.plan.id)
    assert title(page).startswith("The answer hangs most on “")
    assert "Sorted by effect on net benefit, the plan on the board." in said(page)
    by_label(page, "selectbox", "Effect on").select(example.goals[0].id)
    shown(page.run())
    assert f"Sorted by effect on the chance of “{example.goals[0].title}”" in said(page)


def test_an_assumptions_dialog_shows_what_another_range_would_change_and_keeps_nothing(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = draw("drivers", plan=example.plan.id)
    by_label(page, "selectbox", "Look at a range").select("Freed hours that leak away")
    shown(page.run())
    assert "half below 31%" in said(page)
    assert by_label(page, "button", "What would this change?").disabled
    likely = by_label(page, "number_input", "Likely (%)")
    likely.set_value(5.0)
    shown(page.run())
    assert "5% must lie between its low value 10% and its high value 60%" in errors(page)[0]
    by_label(page, "number_input", "Likely (%)").set_value(155.0)
    shown(page.run())
    assert "likely value, is 155%. Use a number from 0% to 100%." in errors(page)[0]
    by_label(page, "number_input", "Likely (%)").set_value(55.0)
    shown(page.run())
    assert "After: 55% (10% to 60%)" in said(page).replace("*", "")
    press(page, "What would this change?")
    assert "Net benefit, discounted: " in said(page) and " instead of " in said(page)
    assert "leak" not in store.board(example.plan.id).plan.assumptions


def test_an_assumptions_dialog_takes_shares_in_percent_and_keeps_them_as_shares(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = draw("drivers", plan=example.plan.id)
    by_label(page, "selectbox", "Look at a range").select("Freed hours that leak away")
    shown(page.run())
    assert "Unit: %. Source: " in said(page)
    by_label(page, "number_input", "Likely (%)").set_value(29.0)
    shown(page.run())
    press(page, "Save")
    kept = store.board(example.plan.id).plan.assumptions["leak"]
    assert (kept.low, kept.mode, kept.high) == (0.1, 0.29, 0.6)


def test_a_scenarios_range_of_a_share_is_typed_and_refused_in_percent(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = draw("simulate", plan=example.plan.id, levers="Assumptions")

    def likely() -> Any:
        (found,) = (
            each for each in page.number_input if str(each.key).endswith("front_leak_likely")
        )
        return found

    assert (likely().label, likely().value) == ("likely (%)", 30.0)
    likely().set_value(150.0)
    press(page, "Run with these ranges")
    assert errors(page) == [
        "Freed hours that leak away, likely value, is 150%. Use a number from 0% to 100%."
    ]
    likely().set_value(40.0)
    press(page, "Run with these ranges")
    assert levers_of(store, example)["assumptions"] == {"leak": [0.1, 0.4, 0.6]}


def test_the_register_goes_on_from_what_another_page_worked_out(draw: Draw, example: Board) -> None:
    fresh = draw("assumptions", plan=example.plan.id)
    page = draw("assumptions", plan=example.plan.id)
    kept = page.session_state["computed"]
    page.session_state["computed"] = {
        key: each for key, each in kept.items() if key[0] != "knowing"
    }
    shown(page.run())
    assert said(page) == said(fresh)


def test_a_rule_is_switched_off_said_on_every_page_and_taken_back(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = draw("assumptions", plan=example.plan.id)
    page.session_state["assumption_tabs"] = "Rules of the model"
    shown(page.run())
    assert "without the rule" in said(page)
    by_label(page, "toggle", "**Goals before software**").set_value(False)
    shown(page.run())
    assert store.board(example.plan.id).plan.rules == {"preparation": False}
    names = ("assumptions", "plan", "simulate", "compare", "drivers", "thesis", "trust", "share")
    for name in names:
        assert "Rule off: Goals before software." in said(draw(name, plan=example.plan.id))
    levers = draw("simulate", plan=example.plan.id, levers="Assumptions")
    assert "Left out of the model: the rule “Goals before software” is off." in said(levers)
    press(page, "Undo")
    assert store.board(example.plan.id).plan.rules == {}
    assert by_label(page, "toggle", "**Goals before software**").value
    assert "Rule off" not in said(draw("plan", plan=example.plan.id))


def test_without_a_tactic_the_register_works_out_no_effect(draw: Draw, bare: Board) -> None:
    page = draw("assumptions", plan=bare.plan.id)
    assert title(page).startswith("None of ")
    assert "Sorted by effect" not in said(page)


def test_a_goals_chance_is_explained_when_it_is_chosen(draw: Draw, example: Board) -> None:
    page = draw("drivers", plan=example.plan.id)
    page.get("button_group")[0].set_value(example.goals[1].id)
    shown(page.run())
    assert titles(page)[0].replace("\\", "").startswith(f"{example.goals[1].title}: met in ")
    assert "decides most: the chance from" in said(page)


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Break-even values", "Net benefit is zero at"),
        ("What each tactic adds", "All tactics together change net benefit by about"),
        ("Cost of misalignment", "Misalignment costs about"),
        ("What limits the plan", "limits this plan in"),
    ],
)
def test_each_tab_says_its_finding(
    draw: Draw, example: Board, store: SqliteStore, label: str, words: str
) -> None:
    page = drivers_tab(draw, small(store, example), label)
    assert words in said(page)
    assert "decides most" not in said(page)
    assert errors(page) == []


def test_a_scenario_in_the_address_is_explained_and_named(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    scenario = store.scenarios(example.plan.id)[1]
    page = draw("drivers", plan=example.plan.id, scenario=scenario.id)
    assert f"Scenario {scenario.letter} {scenario.name}" in said(page)
    page = press(page, "Explain the plan on the board")
    assert "The plan on the board, 200 futures" in said(page)
    assert "scenario" not in page.query_params


def test_a_plan_without_tactics_is_sent_to_the_board(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    for tactic in example.tactics:
        commands.archive_tactic(store, example.plan.id, "Ann", tactic.id)
    page = draw("drivers", plan=example.plan.id)
    assert titles(page) == ["Nothing drives this plan yet: it has no tactic."]


def test_a_plan_without_goals_is_explained_by_its_net_benefit(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    for goal in example.goals:
        commands.archive_goal(store, example.plan.id, "Ann", goal.id)
    page = draw("drivers", plan=example.plan.id)
    assert "No goals yet" in said(page)
    assert "decides most: net benefit" in said(page)


def test_break_even_values_are_worked_out_on_simulate_only_when_opened(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    board = small(store, example)
    page = draw("simulate", plan=board.plan.id)
    assert "Net benefit is zero at" not in said(page)
    run = current_run(store, board, store.scenarios(board.plan.id)[0], draws=200)
    page.session_state[f"break_even_net_{run.id}"] = True
    shown(page.run())
    assert "Net benefit is zero at" in said(page)
    assert "is a coin toss at" not in said(page)
    page.session_state[f"break_even_goals_{run.id}"] = True
    shown(page.run())
    assert f"{board.goals[0].title} is a coin toss at" in said(page)


def test_the_examples_export_is_read_and_applied(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = press(draw("assumptions", plan=example.plan.id), "Try the example's export")
    labels = [each.label for each in page.metric]
    assert "Won in the end" in labels
    assert "is drawn to the whole on a log scale" in said(page)
    assert "The model works them out from bookings, win rate and deal size" in said(page)
    words = "No season of new opportunities is offered: Months differ by no more than luck."
    assert words in said(page)
    press(page, "Apply to the plan")
    plan = store.board(example.plan.id).plan
    assert plan.assumptions["win_rate"].grade == "measured"
    assert plan.season == {}
    assert "assumptions are measured, " in said(page)


def export_with_a_season() -> bytes:
    """Return three years of deals, twice as many in December as in other months."""
    lines = ["Opportunity ID,Owner,Created Date,Close Date,Stage,Amount"]
    for month in range(36):
        year, at = 2023 + month // 12, month % 12 + 1
        for number in range(80 if at == 12 else 40):
            stage = "Closed Won" if number % 4 == 0 else "Closed Lost"
            day = number % 27 + 1
            closed = f"{year + (at == 12)}-{at % 12 + 1:02d}-{day:02d}"
            key = f"{month}-{number}"
            amount = 20_000 + 37 * number + month
            lines.append(
                f"{key},Rep {number % 8},{year}-{at:02d}-{day:02d},{closed},{stage},{amount}"
            )
    return "\n".join(lines).encode()


def season_in_browser(plan_id: str, content: bytes) -> None:
    """Draw what an export says and the form that applies it."""
    import session
    from calibration import calibrate
    from pages.assumptions.crm_apply import apply_form
    from pages.assumptions.crm_found import show_found

    board = session.store().board(plan_id)
    found = calibrate(content, "deals.csv")
    show_found(board, found)
    apply_form(board, found)


def test_the_season_of_an_export_is_listed_applied_with_the_rest_and_undone(
    example: Board, store: SqliteStore
) -> None:
    args = (example.plan.id, export_with_a_season())
    page = AppTest.from_function(season_in_browser, args=args)
    page = shown(page.run(timeout=60))
    row = page.dataframe[0].value.iloc[-1]
    assert row["Assumption"] == "Season of new opportunities"
    assert row["From this file"].startswith("Dec strongest at 18")
    assert row["Now"] == "every month alike"
    by_months = next(each.value for each in page.dataframe if "Month" in each.value)
    assert by_months["Month"].tolist()[-1] == "Dec"
    [offer] = (each for each in page.checkbox if each.label.startswith("Set the season of"))
    offer.check()
    seq = store.change_seq(example.plan.id)
    press(page, "Apply to the plan")
    plan = store.board(example.plan.id).plan
    assert store.change_seq(plan.id) == seq + 1
    assert plan.season["opportunities"][11] == pytest.approx(24 / 13, abs=0.02)
    assert plan.assumptions["win_rate"].grade == "measured"
    undo(store, plan.id, "Ann", store.events(plan.id)[0].seq)
    assert engine_inputs(store.board(plan.id)) == engine_inputs(example)


def test_evidence_is_added_to_an_assumption_listed_and_taken_away(
    draw: Draw, example: Board, store: SqliteStore
) -> None:
    page = press(draw("assumptions", plan=example.plan.id), "Add evidence")
    press(page, "Add")
    assert errors(page) == ["Choose the assumption that this speaks for."]
    by_label(page, "selectbox", "Assumption").set_value("leak")
    press(page, "Add")
    assert errors(page) == ["The source is empty. Give it a few words."]
    by_label(page, "text_input", "What does it say").input("Pilot, <b>6</b> reps")
    by_label(page, "text_input", "Link").input("https://intra/pilot")
    page = press(page, "Add")
    assert errors(page) == []
    [piece] = store.board(example.plan.id).plan.evidence["leak"]
    assert (piece["text"], piece["link"]) == ("Pilot, <b>6</b> reps", "https://intra/pilot")
    assert "Pilot, <b>6</b> reps" in said(page)
    press(page, "Remove")
    assert store.board(example.plan.id).plan.evidence == {}
    assert "None yet, beside the source above." in said(page)


def test_undo_and_redo_are_the_frames(draw: Draw, example: Board, store: SqliteStore) -> None:
    goal = example.goals[0]
    commands.archive_goal(store, example.plan.id, "Ann", goal.id)
    page = press(draw("simulate", plan=example.plan.id), "Undo")
    assert len(store.board(example.plan.id).goals) == len(example.goals)
    press(page, "Redo")
    assert len(store.board(example.plan.id).goals) == len(example.goals) - 1


# ---- the thesis, tested --------------------------------------------------------------------


def test_every_claim_has_its_verdict_in_words(draw: Draw, example: Board) -> None:
    page = draw("thesis", plan=example.plan.id)
    assert titles(page)[0].startswith("On your numbers")
    assert [each.value[0] for each in page.subheader][:5] == list("12345")
    said = [each.value for each in page.markdown if each.value.startswith(":material/")]
    assert len(said) == 5
    assert all("**" in each for each in said)


def test_a_plan_without_tactics_has_no_claims_to_test(draw: Draw, bare: Board) -> None:
    page = draw("thesis", plan=bare.plan.id)
    assert titles(page) == ["Nothing to test yet: this plan has no tactic."]

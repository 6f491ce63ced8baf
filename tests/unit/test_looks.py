"""A look at a lever: the picture of the run that would be kept, and nothing kept by it."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from components.look import Asked, parse_asked
from components.palette import DARK, LIGHT
from data.store import SqliteStore
from looks import LARGEST, look_routes
from pages.simulate.fan import Fan
from pages.simulate.look import look
from reports.big_numbers import bar_numbers, facts_of
from simulation.threads import threads, turn
from strategy import commands
from strategy.errors import InvalidValue, Missing
from strategy.levers import ShiftTerms
from strategy.model import Scenario
from strategy.running import current_run
from tests.share_samples import Browser
from tests.store_samples import Clock
from tests.unit.test_strategy_running import runs_kept
from tests.unit.test_strategy_samples import DRAWS, planned_store

METRIC, WIDTH = "bookings_quarter", 640
USUAL = ShiftTerms()
TERMS = {"price": USUAL.seat_price, "one_off": USUAL.one_off, "ticks": 4 * USUAL.preparation}
ROW = {"share": 60, "start": 1, "is_in": True, "low": None, "high": None}
SHIFT = {"rows": {"crm_entry": ROW}, "terms": TERMS}
LEFT_OUT = {"rows": {"t1": {**ROW, "is_in": False}}, "terms": {}}
QUESTION = {
    "part": "shifts",
    "message": SHIFT,
    "metric": METRIC,
    "width": WIDTH,
    "is_dark": False,
    "has_bar": False,
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    kept = planned_store(tmp_path / "plan.db", Clock())
    yield kept
    kept.close()


@pytest.fixture
def scenario(store: SqliteStore) -> Scenario:
    return commands.add_scenario(store, "p1", "Ana", "More automation", {})


def client_of(store: SqliteStore) -> Browser:
    return Browser(Starlette(routes=list(look_routes(lambda: store, DRAWS))), raises=True)


def asked(**changed: Any) -> Asked:
    return parse_asked(QUESTION | changed)


def fan_with(store: SqliteStore, scenario: Scenario, overrides: dict[str, Any]) -> Fan:
    """Keep levers as the page does; return the chart of the run with them."""
    base, wanted = commands.fields_of(scenario), {"overrides": overrides}
    changed = commands.edit_scenario(store, "p1", "Ana", scenario.id, base, wanted)
    board = store.board("p1")
    return Fan(board, current_run(store, board, changed, draws=DRAWS), METRIC, ())


@pytest.mark.parametrize(
    ("part", "message", "overrides"),
    [
        ("shifts", SHIFT, {"shifts": {"crm_entry": {"share": 0.6, "start": 1}}}),
        ("tactics", LEFT_OUT, {"without": ["t1"]}),
    ],
)
def test_a_look_is_the_chart_of_the_run_that_is_kept_afterwards(
    store: SqliteStore,
    scenario: Scenario,
    part: str,
    message: dict[str, Any],
    overrides: dict[str, Any],
) -> None:
    today = look(store, "p1", scenario.id, asked(message=None), DRAWS)
    seen = look(store, "p1", scenario.id, asked(part=part, message=message), DRAWS)
    assert seen is not None
    assert seen != today
    fan = fan_with(store, scenario, overrides)
    assert seen["svg"] == fan.look_svg(LIGHT, WIDTH)
    assert seen["words"] == f"{fan.finding()}. {DRAWS:,} futures, not saved yet."


@pytest.mark.parametrize(
    ("part", "message"),
    [("hours", {"task": "quotes", "hours": 1.5}), ("freed", {"use": "coaching", "share": 80})],
)
def test_the_rep_week_has_looks_too(
    store: SqliteStore, scenario: Scenario, part: str, message: dict[str, Any]
) -> None:
    today = look(store, "p1", scenario.id, asked(message=None), DRAWS)
    seen = look(store, "p1", scenario.id, asked(part=part, message=message), DRAWS)
    assert seen is not None
    assert today is not None
    assert seen["svg"] != today["svg"]


def test_a_phone_gets_the_numbers_at_its_foot(store: SqliteStore, scenario: Scenario) -> None:
    plain = look(store, "p1", scenario.id, asked(), DRAWS)
    phone = look(store, "p1", scenario.id, asked(has_bar=True), DRAWS)
    assert plain is not None
    assert phone is not None
    assert plain["bar"] == []
    base, wanted = (
        commands.fields_of(scenario),
        {"shifts": {"crm_entry": {"share": 0.6, "start": 1}}},
    )
    changed = commands.edit_scenario(store, "p1", "Ana", scenario.id, base, {"overrides": wanted})
    run = current_run(store, store.board("p1"), changed, draws=DRAWS)
    numbers = bar_numbers(facts_of(store.board("p1").plan), run.summary)
    assert phone["bar"] == [[each.value, each.note] for each in numbers]
    assert phone["svg"] == plain["svg"]


def test_nothing_is_kept_by_a_look(store: SqliteStore, scenario: Scenario) -> None:
    before = store.board("p1"), store.scenarios("p1"), runs_kept(store)
    for _ in range(2):
        assert look(store, "p1", scenario.id, asked(), DRAWS)
    assert (store.board("p1"), store.scenarios("p1"), runs_kept(store)) == before


def test_a_look_is_in_the_colours_of_the_page(store: SqliteStore, scenario: Scenario) -> None:
    seen = look(store, "p1", scenario.id, asked(is_dark=True), DRAWS)
    assert seen is not None
    assert (seen["ground"], seen["ink"]) == (DARK.bg, DARK.text3)
    assert DARK.teal in seen["svg"]
    assert LIGHT.teal not in seen["svg"]


@pytest.mark.skipif(threads() == 1, reason="one run at a time has no others beside it")
def test_nobody_looks_while_others_leave_no_core_free(
    store: SqliteStore, scenario: Scenario
) -> None:
    with ExitStack() as others:
        for _ in range(threads()):
            others.enter_context(turn())
        assert look(store, "p1", scenario.id, asked(), DRAWS) is None
        answer = client_of(store).request("POST", f"/look/p1/{scenario.id}", question())
    assert (answer.status_code, answer.content) == (204, b"")


def question(**changed: Any) -> bytes:
    return json.dumps(QUESTION | changed).encode()


def test_the_address_answers_and_is_never_cached(store: SqliteStore, scenario: Scenario) -> None:
    answer = client_of(store).request("POST", f"/look/p1/{scenario.id}", question())
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json() == look(store, "p1", scenario.id, asked(), DRAWS)
    assert client_of(store).get(f"/look/p1/{scenario.id}").status_code == 405


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"[" * 30_000,
        b"[]",
        b'"shifts"',
        question(part="nothing"),
        question(part=7),
        question(metric="__class__"),
        question(metric="x" * 65),
        question(width=True),
        question(width="640"),
        question(width=10),
        question(width=1e9),
        question(width=float("nan")),
        question(is_dark="no"),
        question(has_bar=None),
        question(message="40"),
        question(message={"rows": {"lunch": ROW}, "terms": TERMS}),
        question(message={"rows": {"crm_entry": {**ROW, "share": 101}}, "terms": TERMS}),
        question(message={"rows": {"crm_entry": ROW}, "terms": {}}),
        question(part="tactics", message={"rows": {"gone": ROW}, "terms": {}}),
        question(part="hours", message={"task": "quotes", "hours": 900}),
        question(part="freed", message={"use": "lunch", "share": 10}),
    ],
)
def test_what_is_no_question_gets_a_sentence_and_no_picture(
    store: SqliteStore, scenario: Scenario, body: bytes
) -> None:
    answer = client_of(store).request("POST", f"/look/p1/{scenario.id}", body)
    assert answer.status_code == 422
    assert answer.text.endswith(".")
    assert "svg" not in answer.text


def test_an_unknown_plan_or_scenario_has_no_look(store: SqliteStore, scenario: Scenario) -> None:
    for address in (f"/look/nothing/{scenario.id}", "/look/p1/nothing", f"/look/p2/{scenario.id}"):
        assert client_of(store).request("POST", address, question()).status_code == 422
    commands.archive_scenario(store, "p1", "Ana", scenario.id)
    with pytest.raises(Missing):
        look(store, "p1", scenario.id, asked(), DRAWS)


def test_a_question_as_long_as_a_book_is_not_read(store: SqliteStore, scenario: Scenario) -> None:
    body = b" " * LARGEST + question()
    answer = client_of(store).request("POST", f"/look/p1/{scenario.id}", body)
    assert answer.status_code == 413


def test_a_lever_that_cannot_be_says_why(store: SqliteStore, scenario: Scenario) -> None:
    with pytest.raises(InvalidValue, match="hours|h "):
        look(
            store,
            "p1",
            scenario.id,
            asked(part="hours", message={"task": "quotes", "hours": 900 / 10}),
            DRAWS,
        )

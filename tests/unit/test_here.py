"""What an open page asks every second or two: what is new, who is here, and which server it is."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette

from boot import BOOT
from data.store import SqliteStore
from here import here_routes
from pages.frame.people_here import HERE, edits_mark
from presence import PRESENCE, Person
from strategy import commands
from tests.share_samples import Browser
from tests.store_samples import Clock
from tests.unit.test_strategy_samples import planned_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    kept = planned_store(tmp_path / "plan.db", Clock())
    yield kept
    kept.close()


def test_it_says_which_change_was_the_last_and_which_server_answers(store: SqliteStore) -> None:
    browser = Browser(Starlette(routes=list(here_routes(lambda: store))), raises=True)
    plan = store.plans()[0].id
    first = browser.get(f"{HERE}{plan}?me=somebody").json()
    assert first == {"boot": BOOT, "seq": store.change_seq(plan), "others": [], "edits": "{}"}
    goal = store.board(plan).goals[0]
    commands.archive_goal(store, plan, "Ann", goal.id)
    second = browser.get(f"{HERE}{plan}?me=somebody").json()
    assert second["seq"] == store.change_seq(plan) > first["seq"]


def test_it_says_who_else_is_here_and_keeps_the_asker_here(store: SqliteStore) -> None:
    browser = Browser(Starlette(routes=list(here_routes(lambda: store))), raises=True)
    plan = store.plans()[0].id
    ann = Person("ann", "Ann Mbeki", "plan", "t1", "Lead routing")
    PRESENCE.note(plan, ann)
    seen = browser.get(f"{HERE}{plan}?me=ben").json()
    words = "Ann Mbeki is here, editing “Lead routing”"
    assert seen["others"] == [{"initials": "AM", "words": words}]
    assert json.loads(seen["edits"]) == {"t1": "Ann Mbeki"}
    assert seen["edits"] == edits_mark([ann])
    # Who only asks was never reported by a page and is nobody.
    assert browser.get(f"{HERE}{plan}?me=ann").json()["others"] == []


@pytest.mark.parametrize("address", ["nothing", "nothing?me=" + "x" * 5000, "%00", "a b"])
def test_a_plan_that_is_not_there_is_refused_in_words(store: SqliteStore, address: str) -> None:
    browser = Browser(Starlette(routes=list(here_routes(lambda: store))), raises=True)
    answer = browser.get(HERE + address)
    assert (answer.status_code, answer.text) == (404, "There is no such plan.")

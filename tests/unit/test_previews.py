"""The board's table of what each card would change: whole, fresh, and in nobody's way."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

import previews
from components.numbers import chance
from data.store import SqliteStore
from previews import Previews, Table, preview_routes
from strategy import commands
from strategy.model import Plan
from strategy.running import current_run
from tests.share_samples import Browser
from tests.store_samples import Clock
from tests.unit.test_strategy_samples import DRAWS, planned_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    kept = planned_store(tmp_path / "plan.db", Clock())
    yield kept
    kept.close()


def client_of(store: SqliteStore) -> Browser:
    return Browser(Starlette(routes=list(preview_routes(lambda: store, DRAWS))), raises=True)


def lines_of(client: Browser, address: str = "/preview/p1") -> list[dict[str, Any]]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    return [json.loads(line) for line in answer.text.splitlines()]


def counted(table: Table, store: SqliteStore) -> list[str]:
    """Count a table to its end; return its cards in the order they were found."""
    while not table.is_over:
        table.count_some(store, DRAWS)
    return [json.loads(line)["card"] for line in table.lines]


def test_every_card_has_a_line_with_every_lane(store: SqliteStore) -> None:
    board = store.board("p1")
    first, *cards = lines_of(client_of(store))
    assert first == {"revision": board.change_seq}
    assert {each["card"] for each in cards} == {each.id for each in board.tactics}
    for each in cards:
        assert list(each["lanes"]) == ["goal:g1", "goal:g2", "unaligned", "ideas"]


def test_a_change_of_the_plan_makes_a_new_table(store: SqliteStore) -> None:
    client = client_of(store)
    before = {each.get("card"): each for each in lines_of(client)}
    commands.move_tactic(store, "p1", "ann", "t4", "goal", "g1")
    first, *cards = lines_of(client)
    assert first == {"revision": store.board("p1").change_seq}
    after = {each["card"]: each for each in cards}
    assert after["t4"]["lanes"]["goal:g1"]["chances"] == {}  # where it is now, nothing changes
    assert before["t4"]["lanes"]["unaligned"]["chances"] == {}
    settled = {
        f"goal:{row['id']}": chance(row["chance"])
        for row in current_run(store, store.board("p1"), draws=DRAWS).summary["goals"]
    }
    foreseen = before["t4"]["lanes"]["goal:g1"]["chances"]
    assert {lane: words[0] for lane, words in foreseen.items()}.items() <= settled.items()


def test_everybody_reads_the_same_table(store: SqliteStore) -> None:
    both = Previews(lambda: store, DRAWS)
    assert both.table("p1") is both.table("p1")


def test_a_card_in_somebodys_hand_comes_next(store: SqliteStore) -> None:
    table = Table(store.board("p1"))
    table.put_first("t2")
    table.put_first("gone")
    assert counted(table, store)[0] == "t2"


def test_counting_waits_a_moment_after_a_change_but_not_for_a_card_in_the_hand(
    store: SqliteStore,
) -> None:
    table = Table(store.board("p1"))
    assert not table.is_due()
    table.put_first("t2")
    assert table.is_due()
    table.count_some(store, DRAWS)
    assert [json.loads(line)["card"] for line in table.lines] == ["t2"]
    assert not table.is_due()
    time.sleep(previews.REST_SECONDS)
    assert table.is_due()
    counted(table, store)
    assert not table.is_due()


def test_a_run_goes_first_also_in_the_middle_of_counting(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(previews, "step_aside", lambda: asked.append(1))
    Table(store.board("p1")).count_some(store, DRAWS)
    assert asked


def test_cards_under_no_goal_come_first_and_ideas_last(store: SqliteStore) -> None:
    found = counted(Table(store.board("p1")), store)
    assert (found[0], found[-1]) == ("t4", "t5")


def test_a_table_of_a_plan_that_changed_is_not_counted_on(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "CARDS_AT_ONCE", 1)
    table = Table(store.board("p1"))
    commands.move_tactic(store, "p1", "ann", "t4", "goal", "g1")
    Previews(lambda: store, DRAWS)._count_some(table)
    assert table.is_over
    assert table.lines == []


def test_a_plan_that_cannot_be_simulated_has_an_empty_table(store: SqliteStore) -> None:
    with store.change("p1", "ann", "edit_plan") as change:
        change.update(change.get(Plan, "p1"), seed=-1)
    assert lines_of(client_of(store)) == [{"revision": store.board("p1").change_seq}]


def test_asking_for_a_card_needs_no_answer(store: SqliteStore) -> None:
    answer = client_of(store).request("HEAD", "/preview/p1?card=t2")
    assert (answer.status_code, answer.content) == (204, b"")


def test_an_unknown_plan_is_not_found(store: SqliteStore) -> None:
    answer = client_of(store).get("/preview/nothing")
    assert answer.status_code == 404
    assert client_of(store).request("POST", "/preview/p1").status_code == 405

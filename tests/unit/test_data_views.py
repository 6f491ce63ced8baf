"""The views answer in SQL what people ask most."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data.database import reading, rows
from data.store import SqliteStore
from tests.store_samples import GOAL, RUN, SCENARIO, TACTIC, store_with


def asked(store: SqliteStore, sql: str) -> list[dict[str, Any]]:
    """Return the answer to a question in SQL."""
    with reading(store.path) as db:
        return rows(db, sql)


@pytest.mark.parametrize(
    ("fields", "cost"),
    [
        ({"seat_price": 10.0}, 10 * 10 * 12),
        ({"seat_price": 10.0, "seats": 3}, 10 * 3 * 12),
        ({"seat_price": 10.0, "seats": 0, "fixed_monthly": 7.0}, 7 * 12),
        ({"fixed_monthly": 7.0, "start": 4, "one_off": 100.0}, 7 * 9 + 100),
        ({"fixed_monthly": 7.0, "start": 12, "one_off": 100.0}, 7 + 100),
        ({"fixed_monthly": 7.0, "start": 13, "one_off": 100.0}, 0),
        ({"fixed_monthly": 7.0, "start": 20}, 0),
    ],
)
def test_the_board_counts_what_a_tactic_costs_in_the_first_year(
    tmp_path: Path, fields: dict[str, Any], cost: float
) -> None:
    store = store_with(tmp_path / "plan.db", GOAL, replace(TACTIC, **fields))
    assert asked(store, "SELECT goal, tactic, lane, effort_days, cost_year_one FROM board") == [
        {
            "goal": "Win more",
            "tactic": "Clean the CRM",
            "lane": "goal",
            "effort_days": 5.0,
            "cost_year_one": cost,
        }
    ]


def test_archived_tactics_are_on_no_view(tmp_path: Path) -> None:
    gone = replace(TACTIC, lane="unaligned", goal_id=None, archived_at="2026-01-01T00:00:00Z")
    store = store_with(tmp_path / "plan.db", gone)
    assert asked(store, "SELECT * FROM board") == []
    assert asked(store, "SELECT tactics FROM unaligned_spend") == [{"tactics": 0}]


def test_unaligned_spend_adds_up_the_unaligned_lane_only(tmp_path: Path) -> None:
    unaligned = replace(TACTIC, lane="unaligned", goal_id=None, seat_price=5.0, one_off=50.0)
    idea = replace(unaligned, id="t3", lane="ideas")
    second = replace(unaligned, id="t2", seats=2, fixed_monthly=1.0, start=20)
    store = store_with(
        tmp_path / "plan.db", GOAL, unaligned, second, idea, replace(TACTIC, id="t4")
    )
    assert asked(store, "SELECT * FROM unaligned_spend") == [
        {
            "plan_id": "p1",
            "plan": "North team",
            "tactics": 2,
            "days_a_year": 10.0,
            "recurring_a_year": 12.0 * (50 + 10 + 1),
            "one_off": 100.0,
        }
    ]


def test_goal_chances_come_from_the_newest_run_of_the_board(tmp_path: Path) -> None:
    store = store_with(tmp_path / "plan.db", GOAL, SCENARIO)
    for number, chance in enumerate((0.2, 0.6)):
        entry = {"id": "g1", "chance": chance, "baseline_chance": 0.1, "standard_error": 0.01}
        store.keep_run(replace(RUN, id=f"r{number}", summary={"goals": [entry]}))
    store.keep_run(replace(RUN, id="r9", scenario_id="s1", summary={"goals": []}))
    found = asked(store, "SELECT run_id, goal_id, goal, chance, baseline_chance FROM goal_chances")
    assert found == [
        {
            "run_id": "r1",
            "goal_id": "g1",
            "goal": "Win more",
            "chance": 0.6,
            "baseline_chance": 0.1,
        }
    ]


def test_a_run_without_goals_has_no_chances(tmp_path: Path) -> None:
    store = store_with(tmp_path / "plan.db", GOAL)
    store.keep_run(replace(RUN, summary={}))
    assert asked(store, "SELECT * FROM goal_chances") == []


def test_the_change_log_reads_as_who_did_what(tmp_path: Path) -> None:
    store = store_with(tmp_path / "plan.db", GOAL)
    assert asked(store, "SELECT plan, actor, op FROM change_log") == [
        {"plan": "North team", "actor": "ann", "op": "start"}
    ]


def test_every_table_is_strict_and_every_column_of_json_is_named_so(tmp_path: Path) -> None:
    store = store_with(tmp_path / "plan.db")
    tables = asked(store, "SELECT * FROM pragma_table_list WHERE type = 'table'")
    ours = [row for row in tables if not row["name"].startswith(("sqlite_", "_sqlite"))]
    assert len(ours) == 12
    assert all(row["strict"] for row in ours)
    schema = asked(store, "SELECT sql FROM sqlite_schema WHERE type = 'table'")
    assert sum((row["sql"] or "").count("json_valid") for row in schema) == 16


@pytest.mark.parametrize(
    "question",
    [
        "SELECT max(seq) FROM events WHERE plan_id = 'p1'",
        "SELECT * FROM tactics WHERE plan_id = 'p1' AND goal_id = 'g1'",
        "SELECT * FROM goals WHERE plan_id = 'p1'",
        "SELECT * FROM tactics WHERE plan_id = 'p1'",
        "SELECT * FROM share_links WHERE token_hash = x'00'",
        "SELECT * FROM runs WHERE plan_id = 'p1' AND scenario_id IS NULL",
        "SELECT * FROM runs WHERE plan_id = 'p1' AND inputs_hash = 'x' AND seed = 1",
    ],
)
def test_frequent_questions_use_an_index(tmp_path: Path, question: str) -> None:
    store = store_with(tmp_path / "plan.db")
    steps = asked(store, f"EXPLAIN QUERY PLAN {question}")
    assert all("USING" in step["detail"] for step in steps if "SEARCH" in step["detail"])
    assert not any(step["detail"].startswith("SCAN") for step in steps)

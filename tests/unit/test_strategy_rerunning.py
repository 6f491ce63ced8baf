"""A stored run of an older model is run again beside it, from exactly its inputs."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data.store import SqliteStore
from simulation import MODEL_VERSION
from strategy import commands
from strategy.errors import InvalidValue, Missing
from strategy.model import Run
from strategy.rerunning import differences, net_and_first_chance, run_again
from strategy.running import VERSION, current_run, is_older_model
from tests.unit.test_strategy_samples import DRAWS, planned_store

OLD = "0.9.0+s1"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    kept = planned_store(tmp_path / "plan.db")
    yield kept
    kept.close()


def now_run(store: SqliteStore, **how: Any) -> Run:
    return current_run(store, store.board("p1"), draws=DRAWS, **how)


def old_run(store: SqliteStore, **changes: Any) -> Run:
    """Keep a run as an older model would have: other numbers under an older version."""
    present = now_run(store)
    goals = [row | {"chance": 0.25} for row in present.summary["goals"]]
    net = dict(present.summary["net"]) | {"p50": present.summary["net"]["p50"] - 50_000}
    summary = dict(present.summary) | {"goals": goals, "net": net}
    kept = replace(present, id="run_old", model_version=OLD, summary=summary, **changes)
    return store.keep_run(kept)


def other_inputs(run: Run, seats: int) -> dict[str, Any]:
    organisation = dict(run.inputs["organisation"]) | {"seats": seats}
    return dict(run.inputs) | {"organisation": organisation}


def test_only_the_models_part_of_a_version_makes_it_older() -> None:
    assert not is_older_model(VERSION)
    assert not is_older_model(f"{MODEL_VERSION}+s0")
    assert is_older_model(OLD)
    assert is_older_model("")


def test_a_run_is_repeated_from_its_inputs_seed_and_draws(store: SqliteStore) -> None:
    changed = other_inputs(now_run(store), 12)
    old = old_run(store, inputs=changed, inputs_hash="other", seed=99)
    ticks = iter([5.0, 5.5])
    before, new = run_again(store, "p1", old.id, timer=lambda: next(ticks))
    assert before == old
    assert (new.model_version, new.seed, new.draws) == (VERSION, 99, DRAWS)
    assert new.inputs == old.inputs
    assert (new.scenario_id, new.change_seq) == (old.scenario_id, old.change_seq)
    assert new.elapsed_ms == 500
    assert store.run("p1", new.id) == new


def test_the_new_numbers_are_those_of_the_present_model(store: SqliteStore) -> None:
    present = now_run(store)
    old = old_run(store, inputs_hash="other")
    _, new = run_again(store, "p1", old.id)
    assert new.id != present.id
    assert new.summary == present.summary


def test_a_run_that_was_repeated_before_is_read_back(store: SqliteStore) -> None:
    present = now_run(store)
    old = old_run(store)
    assert run_again(store, "p1", old.id) == (old, present)
    count = len(store.runs_of_plan("p1"))
    run_again(store, "p1", old.id)
    assert len(store.runs_of_plan("p1")) == count


def test_differences_are_new_less_old_for_net_benefit_and_each_goal(store: SqliteStore) -> None:
    old = old_run(store, inputs_hash="other")
    _, new = run_again(store, "p1", old.id)
    net, first, second = differences(old, new)
    assert (net.label, net.unit, net.change) == (
        "Net benefit, middle future",
        "money",
        pytest.approx(50_000),
    )
    assert [first.label, second.label] == ["Win more", "Sell faster"]
    for row, goal in zip((first, second), new.summary["goals"], strict=True):
        assert (row.unit, row.old, row.new) == ("chance", 0.25, goal["chance"])
        assert row.change == pytest.approx(goal["chance"] - 0.25)


def test_goals_and_seats_that_have_changed_since_count_as_they_did_then(
    store: SqliteStore,
) -> None:
    present = now_run(store)
    old = old_run(store, inputs_hash="other")
    commands.archive_goal(store, "p1", "ann", "g2")
    plan = store.board("p1").plan
    commands.edit_plan(store, "p1", "ann", commands.fields_of(plan), {"seats": 40})
    _, new = run_again(store, "p1", old.id)
    assert new.summary == present.summary


def test_a_summary_that_keeps_less_leaves_figures_unknown(store: SqliteStore) -> None:
    old = replace(old_run(store), summary={"version": 0})
    new = now_run(store)
    net, *goals = differences(old, new)
    assert (net.old, net.change) == (None, None)
    assert [row.old for row in goals] == [None, None]
    assert [row.new for row in goals] == [row["chance"] for row in new.summary["goals"]]
    assert net_and_first_chance(old) == (None, None)
    assert net_and_first_chance(new) == (
        new.summary["net"]["p50"],
        new.summary["goals"][0]["chance"],
    )


def test_a_sparse_old_row_is_run_again_too(store: SqliteStore) -> None:
    present = now_run(store)
    sparse = replace(
        present, id="run_sparse", model_version=OLD, inputs_hash="sparse", summary={"version": 0}
    )
    store.keep_run(sparse)
    _, new = run_again(store, "p1", "run_sparse")
    assert [row["chance"] for row in new.summary["goals"]] == [
        row["chance"] for row in present.summary["goals"]
    ]


def test_inputs_this_model_does_not_take_are_refused_in_a_sentence(store: SqliteStore) -> None:
    broken = dict(now_run(store).inputs) | {"forgotten_lever": 1}
    old = old_run(store, inputs=broken, inputs_hash="broken")
    count = len(store.runs_of_plan("p1"))
    with pytest.raises(InvalidValue, match="forgotten_lever"):
        run_again(store, "p1", old.id)
    assert len(store.runs_of_plan("p1")) == count


def test_a_metric_plans_no_longer_use_is_refused_in_a_sentence(store: SqliteStore) -> None:
    inputs = dict(now_run(store).inputs)
    inputs["goals"] = [inputs["goals"][0] | {"metric": "shelfware"}]
    old = old_run(store, inputs=inputs, inputs_hash="odd")
    with pytest.raises(InvalidValue, match="shelfware"):
        run_again(store, "p1", old.id)


def test_a_run_of_another_plan_is_not_found(store: SqliteStore) -> None:
    old = old_run(store)
    with pytest.raises(Missing):
        run_again(store, "p2", old.id)

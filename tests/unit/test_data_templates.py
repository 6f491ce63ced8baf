"""Templates: each a real plan that simulates, with sources and a believable mix of chances."""

from collections.abc import Iterator

import pytest

from data.store import SqliteStore
from data.templates import KEYS, template_document, templates
from strategy.importing import import_plan
from strategy.proposing import passes_test
from strategy.running import current_run
from tests.store_samples import Clock


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    kept = SqliteStore.open(tmp_path_factory.mktemp("templates") / "plan.db", Clock())
    yield kept
    kept.close()


@pytest.mark.parametrize("key", KEYS)
def test_a_template_is_a_plan_with_good_and_bad_news(store: SqliteStore, key: str) -> None:
    plan = import_plan(store, "ann", template_document(key, 2027))
    board = store.board(plan.id)
    run = current_run(store, board, draws=1000)
    chances = [row["chance"] for row in run.summary["goals"]]
    assert len(board.goals) >= 3 and len(board.tactics) >= 5
    assert all(0.05 < chance < 0.97 for chance in chances)
    # Each goal is likelier with its tactics than when carrying on as today.
    assert all(row["chance"] > row["baseline_chance"] for row in run.summary["goals"])
    assert all(passes_test(each) for each in board.tactics if each.lane == "goal")
    assert plan.start_month == "2027-01"


def test_every_template_says_where_its_numbers_come_from() -> None:
    for each in templates():
        assert len(each.sources) >= 3
        assert any("judgement" in source for source in each.sources)
        assert len("; ".join(each.sources)) <= 600

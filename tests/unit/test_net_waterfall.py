"""Where net benefit comes from, and where it differs, as people read it."""

from pathlib import Path

import pytest

from components.charts import spans
from data.store import SqliteStore
from pages.frame.net_waterfall import largest_words, net_table, net_waterfall
from strategy import commands
from strategy.errors import InvalidValue
from strategy.model import Run
from strategy.net_benefit import NetBenefit, net_benefit, net_difference
from strategy.running import current_run
from tests.unit.test_strategy_samples import planned_store

Pair = tuple[NetBenefit, NetBenefit]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> SqliteStore:
    folder: Path = tmp_path_factory.mktemp("net")
    return planned_store(folder / "plan.db")


@pytest.fixture(scope="module")
def pair(store: SqliteStore) -> Pair:
    fewer = commands.add_scenario(store, "p1", "ann", "Fewer", {"without": ["t4"]})
    return net_benefit(run(store)), net_benefit(
        current_run(store, store.board("p1"), fewer, draws=200)
    )


def run(store: SqliteStore, seed: int | None = None) -> Run:
    return current_run(store, store.board("p1"), draws=200, seed=seed)


def test_bars_walk_from_zero_to_the_net_benefit(pair: Pair) -> None:
    parts = net_waterfall(pair[0], "USD", is_difference=False)
    walked = spans(parts[:-1])[-1][1]
    assert parts[-1]["role"] == "total"
    assert walked == pytest.approx(parts[-1]["amount"], rel=1e-9, abs=1e-3)


def test_costs_are_written_with_a_minus_and_gains_with_a_plus(pair: Pair) -> None:
    by_label = {part["label"]: part["text"] for part in
                net_waterfall(pair[0], "USD", is_difference=False)}  # fmt: skip
    assert by_label["Seats nobody uses"].startswith("−\u2060$")
    assert by_label["Tactics’ own effects"].startswith("+\u2060$")


def test_the_difference_is_part_less_part_and_reverses_its_signs(pair: Pair) -> None:
    one, other = net_difference(*pair), net_difference(pair[1], pair[0])
    assert one.net.mean == pytest.approx(pair[0].net.mean - pair[1].net.mean, rel=1e-9)
    assert [line.mean for line in one.lines] == pytest.approx([-line.mean for line in other.lines])
    parts = net_waterfall(one, "USD", is_difference=True)
    assert spans(parts[:-1])[-1][1] == pytest.approx(parts[-1]["amount"], rel=1e-9, abs=1e-3)
    assert {part["role"] for part in parts} <= {"gain", "loss", "total"}


def test_a_run_does_not_differ_from_itself(pair: Pair) -> None:
    assert all(line.mean == 0 for line in net_difference(pair[0], pair[0]).lines)


def test_runs_of_other_futures_are_not_compared(store: SqliteStore, pair: Pair) -> None:
    with pytest.raises(InvalidValue, match="different futures"):
        net_difference(pair[0], net_benefit(run(store, seed=9)))


def test_words_name_the_largest_part_and_the_table_has_all(pair: Pair) -> None:
    assert largest_words(pair[0], "USD").startswith("Brings most: ")
    table = net_table(pair[0], "USD")
    assert list(table["Part"]) == [line.label for line in pair[0].lines]
    assert table["Average (USD)"].iloc[-1] == round(pair[0].net.mean, 0)

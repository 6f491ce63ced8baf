"""Seasons of a plan: scaled, turned to the plan's first month, told, taken over."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from data.example import load_example
from data.store import SqliteStore
from strategy import commands
from strategy.adopting import adopt
from strategy.errors import InvalidValue
from strategy.levers import Levers
from strategy.model import Board
from strategy.overrides import overrides_of, reset_override
from strategy.projection import engine_inputs, inputs_hash
from strategy.season import FLAT, engine_season, in_words, scaled, season_of
from strategy.sharing import describe_levers
from tests.store_samples import Clock

ACTOR = "Ann"
DECEMBER = scaled([90] * 11 + [210])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    kept = SqliteStore.open(tmp_path_factory.mktemp("season") / "plan.db", Clock())
    yield kept
    kept.close()


@pytest.fixture
def board(store: SqliteStore) -> Board:
    return store.board(load_example(store).id)


def test_months_are_scaled_so_that_they_average_1() -> None:
    found = scaled([200, *[100] * 10, 0])
    assert sum(found) == pytest.approx(12)
    assert found[0] == pytest.approx(2)
    assert scaled([50] * 12) == FLAT


@pytest.mark.parametrize(
    ("percents", "words"),
    [
        ([100] * 11, "twelve months"),
        ([0] * 12, "Every month is 0%"),
        ([100] * 11 + [-1], "Dec is -1%. Use a number from 0 to 1,200%."),
        ([1201] + [100] * 11, "Jan is 1,201%"),
        ([float("nan")] + [100] * 11, "Jan is nan%"),
    ],
)
def test_what_is_no_season_is_refused_in_words(percents: list[float], words: str) -> None:
    with pytest.raises(InvalidValue, match=words):
        scaled(percents)


def test_the_engine_begins_with_the_first_month_of_the_plan(board: Board) -> None:
    plan = replace(board.plan, start_month="2027-11", season={"win_rate": DECEMBER})
    turned = engine_season(plan, {})["win_rate"]
    assert turned[1] == max(turned)
    assert turned == [*DECEMBER[10:], *DECEMBER[:10]]


def test_a_flat_season_leaves_the_inputs_as_they_were(board: Board) -> None:
    flat = Levers.from_json({"season": {"win_rate": [1] * 12}})
    assert inputs_hash(engine_inputs(board, flat)) == inputs_hash(engine_inputs(board))


def test_a_scenario_overrides_one_season_and_follows_the_plan_in_the_other(board: Board) -> None:
    plan = replace(board.plan, season={"win_rate": DECEMBER})
    own = scaled([150] * 6 + [50] * 6)
    assert season_of(plan, {"opportunities": own}) == {"opportunities": own, "win_rate": DECEMBER}


def test_a_season_is_told_reset_and_made_the_plans_with_undo(
    store: SqliteStore, board: Board
) -> None:
    plan = board.plan.id
    wanted = {"season": {"opportunities": list(DECEMBER)}}
    scenario = commands.add_scenario(store, plan, ACTOR, "Year-end", wanted)
    [override] = overrides_of(scenario, board)
    assert override.what == "Season of new opportunities"
    assert (override.base, override.value) == ("every month alike", in_words(DECEMBER))
    assert in_words(DECEMBER) == "Dec strongest at 210%, Jan weakest at 90%"
    [told] = describe_levers(Levers.from_json(wanted), board)
    assert told.startswith("Season of new opportunities: Dec")
    key = "season.opportunities"
    other = commands.add_scenario(store, plan, ACTOR, "Copy", wanted)
    assert reset_override(store, plan, ACTOR, other.id, key).overrides == {}
    assert adopt(store, plan, ACTOR, scenario.id, [key]) == 1
    after = store.board(plan)
    assert season_of(after.plan)["opportunities"] == pytest.approx(DECEMBER)
    assert engine_inputs(after)["season"]["opportunities"][11] == pytest.approx(2.1)
    flat = commands.add_scenario(
        store, plan, ACTOR, "Flat", {"season": {"opportunities": [1] * 12}}
    )
    assert "season" not in engine_inputs(after, Levers.from_json(flat.overrides))
    adopt(store, plan, ACTOR, flat.id, [key])
    assert store.board(plan).plan.season == {}

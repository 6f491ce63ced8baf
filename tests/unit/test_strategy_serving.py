"""A tactic may serve further goals: effort is shared, never counted twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.store import SqliteStore
from strategy import commands
from strategy.alignment import balance
from strategy.copying import duplicate_plan
from strategy.errors import InvalidValue, Missing
from strategy.model import Board, Goal, Tactic
from strategy.serving import goal_shares
from tests.store_samples import Clock
from tests.unit.test_strategy_samples import PLAN, planned_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    kept = planned_store(tmp_path / "plan.db", Clock())
    yield kept
    kept.close()


def a_goal(goal_id: str) -> Goal:
    return Goal(
        id=goal_id,
        plan_id="p1",
        title=goal_id,
        owner="",
        metric="win_rate",
        baseline=0.2,
        target=0.3,
        due_month="2027-12",
    )


GOALS = tuple(a_goal(name) for name in ("g1", "g2", "g3"))
SHARES = st.dictionaries(
    st.sampled_from(["g1", "g2", "g3", "gone"]), st.floats(0.01, 0.24), max_size=4
)
PLACES = st.sampled_from(
    [("goal", "g1"), ("goal", "g2"), ("goal", "g3"), ("unaligned", None), ("ideas", None)]
)


@given(st.lists(st.tuples(PLACES, SHARES, st.floats(0, 1000)), max_size=8))
def test_effort_of_goals_and_of_none_adds_up_to_all_effort(rows: list[tuple]) -> None:  # type: ignore[type-arg]
    tactics = tuple(
        Tactic(
            id=f"t{place}",
            plan_id="p1",
            title="",
            lane=lane,
            goal_id=goal_id,
            effort_days=days,
            supports=supports,
        )
        for place, ((lane, goal_id), supports, days) in enumerate(rows)
    )
    year = balance(Board(PLAN, GOALS, tactics, 0))
    live = sum(each.effort_days for each in tactics if each.lane != "ideas")
    assert year.strategic_days + year.unaligned_days == pytest.approx(live)


def test_the_lane_has_what_further_goals_leave() -> None:
    tactic = Tactic("t", "p1", "Map", "goal", "g1", supports={"g2": 0.3, "g1": 0.2, "gone": 0.4})
    assert goal_shares(tactic, GOALS) == pytest.approx({"g1": 0.7, "g2": 0.3})


@pytest.mark.parametrize("supports", [{"g": 1.0}, {"g": 0.6, "h": 0.5}])
def test_further_goals_leave_something_to_the_lane(
    store: SqliteStore, supports: dict[str, float]
) -> None:
    with pytest.raises(InvalidValue, match="add up to 100%"):
        commands.add_tactic(store, "p1", "ann", title="Map", lane="unaligned", supports=supports)


@pytest.mark.parametrize("share", [-0.1, 1.2, float("nan"), True, "half"])
def test_a_share_is_a_part_of_one(store: SqliteStore, share: object) -> None:
    with pytest.raises(InvalidValue, match="between 0% and 100%"):
        commands.add_tactic(
            store, "p1", "ann", title="Map", lane="unaligned", supports={"g": share}
        )


def test_further_goals_are_goals_of_the_same_plan(store: SqliteStore) -> None:
    with pytest.raises(Missing):
        commands.add_tactic(
            store, "p1", "ann", title="Map", lane="unaligned", supports={"elsewhere": 0.2}
        )


def test_a_copy_supports_its_own_goals(store: SqliteStore) -> None:
    first, second = (goal.id for goal in store.board("p1").goals[:2])
    commands.add_tactic(
        store, "p1", "ann", title="Map", lane="goal", goal_id=first, supports={second: 0.25}
    )
    copy = store.board(duplicate_plan(store, "p1", "ann", "Copy").id)
    (tactic,) = (each for each in copy.tactics if each.title == "Map")
    assert goal_shares(tactic, copy.goals) == pytest.approx(
        {copy.goals[0].id: 0.75, copy.goals[1].id: 0.25}
    )

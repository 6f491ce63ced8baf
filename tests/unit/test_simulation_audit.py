"""Every check of a run holds for the example and fails once the run is tampered with."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
import pytest

from data.example import load_example
from data.store import SqliteStore
from simulation import audit
from simulation.audit import Check
from simulation.draws import modes, sample
from simulation.engine import simulate_on
from simulation.inputs import GoalInput, Inputs
from simulation.outcome import Finance, Outcome, Path
from simulation.types import FloatArray
from strategy.projection import engine_inputs, read_inputs

DRAWS = 200
ALL = (
    audit.hours_balance,
    audit.work_is_conserved,
    audit.nothing_is_negative,
    audit.parts_stay_within_their_whole,
    audit.the_start_is_what_was_typed,
    audit.the_week_is_whole,
    audit.seats_are_conserved,
    audit.no_tactics_change_nothing,
    audit.chances_are_chances,
    audit.harder_targets_are_no_likelier,
    audit.undiscounted_value_is_the_sum,
)


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    store = SqliteStore.open(tmp_path_factory.mktemp("audit") / "fulcrum.db")
    board = store.board(load_example(store).id)
    inputs = read_inputs(engine_inputs(board))
    yield simulate_on(inputs, sample(inputs, DRAWS, board.plan.seed))
    store.close()


def test_everything_holds_for_the_example(outcome: Outcome) -> None:
    checks = audit.audit(outcome)
    assert [check.name for check in checks if not check.holds] == []
    assert len({check.name for check in checks}) == len(ALL)
    assert all(np.isfinite(check.figure) for check in checks)


def test_everything_holds_without_tactics_goals_and_luck() -> None:
    inputs = Inputs.from_json({"tactics": [], "months": 1})
    assert all(check.holds for check in audit.audit(simulate_on(inputs, modes(inputs))))


# ---- tampering -----------------------------------------------------------------------------


def changed(path: Path, name: str, change: Callable[[FloatArray], FloatArray]) -> Path:
    """Return a path with one metric changed in the fourth month of the sixth future."""
    values = path.metrics[name].copy()
    values[5, 3] = change(values[5, 3])
    return replace(path, metrics=dict(path.metrics) | {name: values})


def with_plan(outcome: Outcome, name: str, change: Callable[[Any], Any]) -> Outcome:
    return replace(outcome, path=changed(outcome.path, name, change))


def with_baseline(outcome: Outcome, name: str, change: Callable[[Any], Any]) -> Outcome:
    return replace(outcome, baseline_path=changed(outcome.baseline_path, name, change))


def more_at_the_start(outcome: Outcome) -> Outcome:
    path = outcome.baseline_path
    values = path.metrics["opportunities"].copy()
    values[0, 0] *= 1.0001
    path = replace(path, metrics=dict(path.metrics) | {"opportunities": values})
    return replace(outcome, baseline_path=path)


def a_longer_week(outcome: Outcome) -> Outcome:
    week = dict(outcome.inputs.week) | {"slack": 0.06}
    return replace(outcome, inputs=replace(outcome.inputs, week=week))


def unknown_at_the_due_month(outcome: Outcome) -> Outcome:
    goal = outcome.inputs.goals[0]
    values = outcome.path.metrics[goal.metric].copy()
    values[5, goal.due - 1] = np.nan
    path = replace(outcome.path, metrics=dict(outcome.path.metrics) | {goal.metric: values})
    return replace(outcome, path=path)


class Backwards(Outcome):
    """An outcome that counts the wrong side of a target."""

    def goal_hits(self, goal: GoalInput, *, of_baseline: bool = False) -> np.ndarray[Any, Any]:
        return ~super().goal_hits(goal, of_baseline=of_baseline)


class Generous(Outcome):
    """An outcome whose present value is a dollar too high."""

    @cached_property
    def finance(self) -> Finance:
        honest = Outcome(self.inputs, self.draws, self.path, self.baseline_path).finance
        return replace(honest, npv=honest.npv + 1)


def as_kind(kind: type[Outcome]) -> Callable[[Outcome], Outcome]:
    return lambda outcome: kind(outcome.inputs, outcome.draws, outcome.path, outcome.baseline_path)


TAMPERED: list[tuple[Callable[[Outcome], Check], Callable[[Outcome], Outcome]]] = [
    (audit.hours_balance, lambda o: with_plan(o, "selling_hours", lambda x: x + 0.01)),
    (audit.hours_balance, lambda o: with_baseline(o, "slack_hours", lambda x: x + 0.01)),
    (audit.work_is_conserved, lambda o: with_plan(o, "system_hours", lambda x: x + 0.01)),
    (audit.work_is_conserved, lambda o: with_baseline(o, "ops_hours", lambda x: x - 0.01)),
    (audit.nothing_is_negative, lambda o: with_plan(o, "coaching_hours", lambda x: -0.01)),
    (audit.nothing_is_negative, lambda o: with_plan(o, "revenue", lambda x: np.nan)),
    (audit.parts_stay_within_their_whole, lambda o: with_plan(o, "heads", lambda x: 24.01)),
    (audit.parts_stay_within_their_whole, lambda o: with_plan(o, "win_rate", lambda x: 1.01)),
    (audit.parts_stay_within_their_whole, lambda o: with_plan(o, "shelfware", lambda x: 1e9)),
    (audit.the_start_is_what_was_typed, more_at_the_start),
    (audit.the_week_is_whole, a_longer_week),
    (audit.seats_are_conserved, lambda o: with_plan(o, "heads", lambda x: x - 0.01)),
    (audit.seats_are_conserved, lambda o: with_baseline(o, "heads", lambda x: x + 0.01)),
    (audit.no_tactics_change_nothing, lambda o: with_baseline(o, "wins", lambda x: x + 1e-9)),
    (audit.chances_are_chances, unknown_at_the_due_month),
    (audit.harder_targets_are_no_likelier, as_kind(Backwards)),
    (audit.undiscounted_value_is_the_sum, as_kind(Generous)),
]


@pytest.mark.parametrize("check, tamper", TAMPERED)
def test_a_check_fails_on_a_run_that_was_tampered_with(
    outcome: Outcome,
    check: Callable[[Outcome], Check],
    tamper: Callable[[Outcome], Outcome],
) -> None:
    assert check(outcome).holds
    assert not check(tamper(outcome)).holds


def test_every_check_is_shown_to_be_able_to_fail() -> None:
    assert {check for check, _ in TAMPERED} == set(ALL)


def test_the_figure_says_how_far_off_a_run_is(outcome: Outcome) -> None:
    off = audit.hours_balance(with_plan(outcome, "selling_hours", lambda x: x + 3))
    assert (off.figure, off.unit) == (pytest.approx(3), "hours")

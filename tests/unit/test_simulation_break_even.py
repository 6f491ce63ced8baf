"""Break-even values agree with closed forms and with a walk in fine steps."""

import json
from dataclasses import replace

import numpy as np
import pytest

from simulation.break_even import BreakEven, break_evens, with_adoption
from simulation.defaults import Range
from simulation.draws import sample
from simulation.engine import simulate_on
from simulation.holding import with_values
from simulation.inputs import Inputs
from simulation.objectives import NET_BENEFIT
from tests.explain_samples import CAPTURE, plan


def found(results: tuple[BreakEven, ...], name: str, goal: str | None = None) -> BreakEven:
    return next(each for each in results if (each.input, each.objective.goal) == (name, goal))


def goal(metric: str, target: float, comparison: str = ">=", due: int = 12) -> dict[str, object]:
    return {
        "id": "g",
        "metric": metric,
        "target": target,
        "comparison": comparison,
        "due": due,
    }


def test_the_chance_turns_where_a_straight_line_says() -> None:
    # Promised system hours of one perfectly used tool are a straight line in its adoption,
    # so that the target in the middle of the line is reached at half of the adoption.
    fixed = {"fit_unprepared": 10, "fit_spread": 0, "rework": 0, "pipeline_admin_share": 0}
    tool = {"moves": {"crm_entry": 0.5}, "preparation": 1}
    full = Inputs.from_json(
        {"tactics": [{**tool, "adopt": 1}], "assumptions": {**fixed, "realised_share": 1}}
    )
    hours = float(np.median(simulate_on(full, sample(full, 400, 1)).metrics["system_hours"][:, 35]))
    inputs = Inputs.from_json(
        {
            "tactics": [tool],
            "assumptions": {**fixed, "realised_share": 1},
            "goals": [goal("system_hours", hours / 2, due=36)],
        }
    )
    result = found(break_evens(inputs, sample(inputs, 400, 1), ["adoption"]), "adoption", "g")
    assert [each.better for each in result.crossings] == ["above"]
    assert result.crossings[0].value == pytest.approx(0.5, abs=0.001)
    assert result.always is None


def test_every_value_agrees_with_a_walk_in_fine_steps() -> None:
    inputs = plan(goals=[goal("bookings", 815e3, due=18)])
    draws = sample(inputs, 40, 2)
    results = break_evens(inputs, draws)
    assert len(results) == 8
    assert any(each.crossings for each in results)
    for result in results:
        values = np.linspace(result.low, result.high, 41)
        sides = []
        for value in values:
            outcome = (
                simulate_on(with_adoption(inputs, value), draws)
                if result.input == "adoption"
                else simulate_on(inputs, with_values(draws, {result.input: value}))
            )
            is_money = result.objective.kind == "net_benefit"
            sides.append(
                bool(np.median(outcome.finance.npv) > 0)
                if is_money
                else bool(np.mean(outcome.goal_hits(inputs.goals[0])) > 0.5)
            )
        turns = [place for place in range(40) if sides[place] != sides[place + 1]]
        assert len(result.crossings) == len(turns), (result, turns)
        for crossing, place in zip(result.crossings, turns, strict=True):
            slack = 2e-3 * (result.high - result.low)
            assert values[place] - slack <= crossing.value <= values[place + 1] + slack
            assert crossing.better == ("above" if sides[place + 1] else "below")
        if not turns:
            assert result.always == ("favourable" if sides[0] else "unfavourable")


def test_an_answer_that_turns_twice_is_reported_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    # Net benefit as a parabola of the value, above zero between .2 and .5.
    def parabola(inputs: Inputs, value: float) -> Inputs:
        return replace(inputs, plan_quality=Range.fixed_at(value))

    class Stub:
        def __init__(self, value: float) -> None:
            self.value = value
            self.baseline_path = None

    monkeypatch.setattr("simulation.break_even.with_adoption", parabola)
    monkeypatch.setattr(
        "simulation.break_even.simulate_on",
        lambda inputs, draws, baseline=None: Stub(inputs.plan_quality.mode),
    )
    monkeypatch.setattr(
        "simulation.objectives.Objective.values",
        lambda self, outcome: np.array([(outcome.value - 0.2) * (0.5 - outcome.value)]),
    )
    inputs = plan(goals=[])
    (result,) = break_evens(inputs, sample(inputs, 1, 1), ["adoption"])
    assert [each.better for each in result.crossings] == ["above", "below"]
    assert [each.value for each in result.crossings] == pytest.approx([0.2, 0.5], abs=5e-4)


def test_a_plan_without_tactics_never_turns() -> None:
    inputs = Inputs.from_json({"tactics": [], "months": 6, "goals": [goal("bookings", 1, due=6)]})
    results = break_evens(inputs, sample(inputs, 20, 1), points=3)
    assert all(not each.crossings for each in results)
    assert {each.always for each in results if each.objective == NET_BENEFIT} == {"unfavourable"}
    assert {each.always for each in results if each.objective.goal == "g"} == {"favourable"}


def test_a_fixed_assumption_is_searched_at_its_one_value() -> None:
    inputs = plan(assumptions={"leak": 0.3}, tactics=[CAPTURE], goals=[])
    (result,) = break_evens(inputs, sample(inputs, 20, 1), ["leak"])
    assert (result.low, result.high, result.crossings) == (0.3, 0.3, ())
    assert result.always in {"favourable", "unfavourable"}


def test_progress_ends_at_one_and_the_result_is_json() -> None:
    inputs = plan()
    shares: list[float] = []
    results = break_evens(inputs, sample(inputs, 10, 1), points=3, progress=shares.append)
    assert shares == pytest.approx(np.arange(1, 13) / 12)
    json.dumps([each.as_json() for each in results], allow_nan=False)

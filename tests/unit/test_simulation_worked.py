"""One future worked by hand ends where the engine ends, step by step."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from data.example import load_example
from data.store import SqliteStore
from simulation.draws import Draws, modes, sample
from simulation.engine import simulate_on
from simulation.inputs import METRICS, Inputs
from simulation.middle import middle_places, picked
from simulation.outcome import Outcome
from simulation.worked import work_by_hand
from simulation.worked.sheet import changes_written, written
from strategy.model import Board
from strategy.projection import engine_inputs, read_inputs
from tests.expressions import evaluated

DRAWS = 400
NOT_WORKED = {"revenue", "cost", "shelfware", "net_benefit", "cumulative_net", "meeting_hours"}


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    store = SqliteStore.open(tmp_path_factory.mktemp("worked") / "fulcrum.db")
    yield store.board(load_example(store).id)
    store.close()


@pytest.fixture(scope="module")
def outcome(board: Board) -> Outcome:
    inputs = read_inputs(engine_inputs(board))
    return simulate_on(inputs, sample(inputs, DRAWS, board.plan.seed))


def only(draws: Draws, place: int) -> Draws:
    return picked(draws, [place])


@pytest.mark.parametrize("place", [0, 7, DRAWS - 1])
def test_every_worked_figure_of_the_example_is_the_engines(outcome: Outcome, place: int) -> None:
    worked = work_by_hand(outcome.inputs, only(outcome.draws, place))
    for month in worked.months:
        for step in month.steps:
            if step.metric:
                engine = outcome.metrics[step.metric][place, month.number - 1]
                assert step.value == pytest.approx(engine, rel=1e-9, abs=1e-9), step


def test_the_sheet_of_a_month_covers_every_metric_that_leads_to_bookings(
    outcome: Outcome,
) -> None:
    worked = work_by_hand(outcome.inputs, only(outcome.draws, 3), 12)
    covered = {step.metric for step in worked.months[-1].steps} - {""}
    assert covered == set(METRICS) - NOT_WORKED


def test_the_middle_line_is_the_mean_of_the_two_middle_futures_worked_by_hand(
    outcome: Outcome,
) -> None:
    bookings = outcome.metrics["bookings"]
    for month in range(1, outcome.inputs.months + 1):
        places = middle_places(bookings[:, month - 1])
        worked = [
            work_by_hand(outcome.inputs, only(outcome.draws, place), month).months[-1].bookings
            for place in places
        ]
        middle = np.percentile(bookings[:, month - 1], 50)
        assert len(worked) == 2
        assert worked[0] <= worked[1] * (1 + 1e-12)
        assert sum(worked) / 2 == pytest.approx(middle, rel=1e-9)


def test_every_equation_up_to_turnover_is_worked(outcome: Outcome) -> None:
    worked = work_by_hand(outcome.inputs, only(outcome.draws, 3), 12)
    steps = worked.before + worked.months[-1].steps
    assert {step.equation for step in steps} == set(range(17))


def test_a_month_ends_in_its_bookings(outcome: Outcome) -> None:
    worked = work_by_hand(outcome.inputs, only(outcome.draws, 3), 5)
    assert [month.number for month in worked.months] == [1, 2, 3, 4, 5]
    for month in worked.months:
        (last,) = [step for step in month.steps if step.metric == "bookings"]
        assert last.value == month.bookings


def test_at_the_modes_bookings_are_as_expected() -> None:
    inputs = Inputs.from_json({"tactics": [], "months": 12})
    outcome = simulate_on(inputs, modes(inputs))
    worked = work_by_hand(inputs, modes(inputs))
    bookings = [month.bookings for month in worked.months]
    assert bookings == pytest.approx(list(outcome.metrics["bookings"][0]), rel=1e-12)
    # The golden run of the model's documentation: no tactics at all, month 12.
    assert bookings[-1] == pytest.approx(797_892.78, rel=1e-4)


def test_more_than_one_draw_cannot_be_worked_by_hand(outcome: Outcome) -> None:
    with pytest.raises(ValueError, match="2 draws"):
        work_by_hand(outcome.inputs, picked(outcome.draws, [0, 1]))


def test_a_wrong_number_in_a_draw_shows_as_a_disagreement(outcome: Outcome) -> None:
    draws = only(outcome.draws, 3)
    values = dict(draws.values) | {"win_rate": draws.values["win_rate"] * 1.000001}
    worked = work_by_hand(outcome.inputs, replace(draws, values=values), 12)
    engine = outcome.metrics["bookings"][3, 11]
    assert worked.months[-1].bookings != pytest.approx(engine, rel=1e-9)


IN_WORDS = ("as month", "as before", "without luck")


@pytest.mark.parametrize(
    ("numbers", "value"),
    [
        ("1,200 × 2^3 − 4 / 8", 9599.5),
        ("√16 + ∛8 × −2", 0.0),
        ("max(3 seats, 2) ^ 2 − min(1, 0.5)", 8.5),
        ("−exp(0)²", -1.0),
    ],
)
def test_an_expression_on_the_sheet_is_computed(numbers: str, value: float) -> None:
    assert evaluated(numbers) == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize("numbers", ["open(1)", "(1).real", "1 if 2 else 3", "'a' * 2", "1 +"])
def test_anything_but_arithmetic_is_no_expression(numbers: str) -> None:
    with pytest.raises(ValueError):
        evaluated(numbers)


@pytest.mark.parametrize("place", [0, 3, 11])
def test_what_a_step_writes_is_what_it_computes(outcome: Outcome, place: int) -> None:
    worked = work_by_hand(outcome.inputs, only(outcome.draws, place))
    for step in (*worked.before, *(each for month in worked.months for each in month.steps)):
        if not step.numbers.startswith(IN_WORDS):
            slack = 1.0 if step.unit == "hours" else 1e-4  # the parts are rounded for reading
            assert evaluated(step.numbers) == pytest.approx(step.value, rel=5e-3, abs=slack), step


# ---- which futures -------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2, 3, 10, 11, 400])
def test_the_middle_places_give_the_median(count: int) -> None:
    values = np.random.default_rng(count).normal(size=count)
    places = middle_places(values)
    assert len(places) == 2 - count % 2
    assert values[list(places)].mean() == pytest.approx(np.percentile(values, 50), rel=1e-12)


def test_picked_draws_give_the_same_futures(outcome: Outcome) -> None:
    places = [5, 2, 399]
    few = simulate_on(outcome.inputs, picked(outcome.draws, places))
    assert few.draws.count == 3
    for metric in METRICS:
        np.testing.assert_allclose(
            few.metrics[metric], outcome.metrics[metric][places], rtol=1e-12, atol=1e-6
        )


# ---- how numbers are written ---------------------------------------------------------------


@pytest.mark.parametrize(
    "value, text",
    [
        (0, "0"),
        (12, "12"),
        (0.123456789, "0.12346"),
        (-0.5, "−0.5"),
        (123.456, "123.5"),
        (1234.56, "1,234.6"),
        (1234567.8, "1,234,568"),
    ],
)
def test_numbers_in_an_expression_are_short(value: float, text: str) -> None:
    assert written(value) == text


def test_changes_are_written_with_their_sign() -> None:
    assert changes_written([0.02, -0.1]) == "(1 + 0.02) × (1 − 0.1)"
    assert changes_written([]) == "1"

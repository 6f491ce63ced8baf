"""A nudge moves the plan in its months and never the baseline."""

import numpy as np
import pytest

from simulation.draws import sample
from simulation.engine import simulate_on
from simulation.inputs import Inputs
from simulation.nudge import NUDGED, Nudge

TOOL = {"tactics": [{"moves": {"crm_entry": 0.7}, "preparation": 1.0}], "months": 18}


@pytest.mark.parametrize("name", NUDGED)
def test_more_of_anything_books_more_and_leaves_the_baseline(name: str) -> None:
    inputs = Inputs.from_json(TOOL)
    draws = sample(inputs, 50, 3)
    factors = np.ones(18)
    factors[6] = 1.05
    plain = simulate_on(inputs, draws)
    nudged = simulate_on(inputs, draws, nudge=Nudge({name: factors}))
    for metric, values in plain.baseline.items():
        if metric not in ("net_benefit", "cumulative_net"):
            np.testing.assert_array_equal(values, nudged.baseline[metric])
    change = nudged.metrics["expected_bookings"] - plain.metrics["expected_bookings"]
    assert (change[:, :6] == 0).all()
    assert change[:, 6:].sum() > 0


def test_a_known_baseline_changes_nothing() -> None:
    inputs = Inputs.from_json(TOOL)
    draws = sample(inputs, 20, 3)
    plain = simulate_on(inputs, draws)
    again = simulate_on(inputs, draws, baseline=plain.baseline_path)
    np.testing.assert_array_equal(plain.finance.npv, again.finance.npv)


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ValueError, match="luck"):
        Nudge().of("luck", 3)

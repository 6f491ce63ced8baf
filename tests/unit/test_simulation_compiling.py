"""Nothing is compiled while somebody waits: one kind of arguments for each compiled function."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np

from simulation import selecting

EVERY_WAY = """
import json
from scripts.compile_model import main
from simulation import blocks, mix_blocks, money, pert, selecting, streaming, swap_blocks
from simulation.draws import modes, sample
from simulation.engine import simulate, simulate_on
from simulation.holding import with_values
from simulation.inputs import Inputs
from simulation.middle import picked
from simulation.mixes import evaluate_mixes
from simulation.outcome import percentiles
from simulation.policy_ranges import likely_policy
from simulation.swaps import Swap, swapped_chances

entrances = [
    blocks.run_blocks,
    mix_blocks.run_mixes,
    money.recognised,
    money.money_of,
    pert._interpolated,
    selecting._described,
    streaming._count,
    swap_blocks.run_swaps,
]


def kinds():
    return [len(each.signatures) for each in entrances]


main()
before = kinds()
goal = {"id": "g", "metric": "wins", "target": 20, "due": 4}
tactics = [{"moves": {"quotes": 0.4}, "goal": "g"}, {"to": "ops"}]
inputs = Inputs.from_json({"months": 4, "tactics": tactics, "goals": [goal]})
draws = sample(inputs, 30, 1)
for worlds in (
    modes(inputs),
    sample(inputs, 30, 1, part=2),
    picked(draws, [3, 1, 2]),
    with_values(draws, {"leak": 0.2}),
):
    outcome = simulate_on(inputs, worlds)
    percentiles(outcome.metrics["bookings"])
    percentiles(outcome.finance.npv)
    evaluate_mixes(inputs, worlds, [1, 2])
    own = likely_policy(inputs)
    swaps = [Swap(0, inputs.tactics[1], own), Swap(1, None, own)]
    swapped_chances(inputs, worlds, [True, True], swaps)
simulate(inputs, 21_000, 1, keep=())
streaming.streamed_report(inputs, streaming.PART + 10, 1)
print(json.dumps([before, kinds()]))
"""


def test_every_way_to_run_the_model_is_compiled_beforehand() -> None:
    done = subprocess.run(
        [sys.executable, "-c", EVERY_WAY],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    before, after = json.loads(done.stdout.splitlines()[-1])
    assert before == [1] * len(before)
    assert after == before


def test_compiled_functions_share_their_answers_with_plain_ones() -> None:
    values = np.random.default_rng(1).normal(size=(3, 501))
    found = selecting.order_statistics(values, (0.0, 12.5, 50.0, 100.0))
    expected = np.percentile(values, [0, 12.5, 50, 100], axis=-1)
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_percentiles_of_lumps_outliers_and_equal_values() -> None:
    lumps = np.concatenate([np.zeros(900), np.full(99, 1.0), [1e12]])
    equal = np.full(1000, 7.0)
    found = selecting.order_statistics(np.array([lumps, equal]), (10.0, 50.0, 95.0, 99.95))
    expected = np.percentile([lumps, equal], [10, 50, 95, 99.95], axis=-1)
    np.testing.assert_allclose(found, expected, rtol=1e-9)

"""Compile the model ahead of its use: python -m scripts.compile_model."""

import time


def main() -> None:
    """Run each compiled part once; a second time it takes about a second."""
    started = time.perf_counter()
    print("Compiling the model, once for this machine ...", flush=True)
    from simulation.draws import sample
    from simulation.engine import simulate_on
    from simulation.inputs import Inputs
    from simulation.mixes import evaluate_mixes
    from simulation.outcome import percentiles
    from simulation.policy_ranges import likely_policy
    from simulation.streaming import Bands
    from simulation.swaps import Swap, swapped_chances

    goal = {"id": "goal", "metric": "wins", "target": 1, "due": 3}
    inputs = Inputs.from_json(
        {"months": 3, "tactics": [{"moves": {"crm_entry": 0.5}}], "goals": [goal]}
    )
    draws = sample(inputs, 10, 1)
    outcome = simulate_on(inputs, draws)
    percentiles(outcome.metrics["net_benefit"])
    Bands(outcome.metrics["bookings"].T)
    evaluate_mixes(inputs, draws, [0, 1])
    swapped_chances(inputs, draws, [True], [Swap(0, None, likely_policy(inputs))])
    print(f"Compiled in {time.perf_counter() - started:.0f} s.")


if __name__ == "__main__":
    main()

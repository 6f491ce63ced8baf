"""The peak of a process is its own, whoever started it."""

import subprocess
import sys

import numpy as np
import pytest

from bench.memory import STATUS, peak_megabytes

HOLD = "import numpy; held = numpy.ones(40 * 2**20)\n"  # 320 MB
TELL = "from bench.memory import peak_megabytes; print(peak_megabytes())"


def peak_of(code: str) -> float:
    """Return what a process of its own says of itself after it has run some code."""
    done = subprocess.run(
        [sys.executable, "-c", code + TELL], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


@pytest.mark.skipif(not STATUS.exists(), reason="only Linux keeps a record of each process")
def test_the_peak_counts_what_was_held_and_not_what_the_parent_held() -> None:
    held = np.ones(40 * 2**20)
    assert peak_megabytes() > held.nbytes / 2**20
    assert peak_of("") < 200
    assert 320 < peak_of(HOLD) < 520

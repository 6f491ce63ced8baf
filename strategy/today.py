"""Carrying on as today, worked out once for the plans and scenarios that begin alike.

Tactics do not enter it: while people move them about, only the plan itself is run anew.
"""

import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from simulation.draws import Draws
from simulation.engine import as_today, simulate_on
from simulation.inputs import Inputs
from simulation.outcome import Path
from strategy.model import Board
from strategy.summary import KEPT, series_today

MOST_KEPT = 2  # each holds some 50 MB at 10,000 futures
MOST_DRAWS = 20_000


@dataclass(frozen=True)
class Today:
    """Carrying on as today: its path, and its part of a summary's `series`."""

    path: Path
    series: Mapping[str, Any]


@dataclass(frozen=True)
class _Question:
    """What carrying on as today depends on."""

    inputs: Inputs
    seats: int
    draws: int
    seed: int


_KEPT: deque[tuple[_Question, Today]] = deque(maxlen=MOST_KEPT)
_LOCK = threading.Lock()


def today(board: Board, inputs: Inputs, draws: Draws) -> Today:
    """Return what carrying on as today would bring, on the same futures."""
    start = replace(as_today(inputs), goals=())
    asked = _Question(start, board.plan.seats, draws.count, draws.seed)
    with _LOCK:
        known = next((answer for question, answer in _KEPT if question == asked), None)
    return known or _worked_out(board, asked, draws)


def _worked_out(board: Board, asked: _Question, draws: Draws) -> Today:
    outcome = simulate_on(asked.inputs, draws, keep=KEPT)
    answer = Today(outcome.baseline_path, series_today(board, outcome.baseline))
    if asked.draws <= MOST_DRAWS:
        with _LOCK:
            _KEPT.append((asked, answer))
    return answer

"""One future worked by hand: the equations of docs/model.md on plain numbers, step by step.

An independent reading: it shares no formula with the engine, so that agreement means something.
"""

from simulation.worked.future import WorkedFuture, WorkedMonth, work_by_hand
from simulation.worked.sheet import Step

__all__ = ["Step", "WorkedFuture", "WorkedMonth", "work_by_hand"]

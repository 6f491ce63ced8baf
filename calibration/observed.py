"""What an export shows that no assumption takes up, said in sentences."""

import numpy as np

from calibration.deals import Deals
from calibration.ranges import Estimate

_DECIDED_NEEDED = 50  # decided deals in either kind of month
_STAGES = 3  # of the model's pipeline


def quarter_end_note(deals: Deals) -> list[str]:
    """Compare the win rate of deals closed in a quarter's last month with that of the others."""
    decided = deals[deals.outcome != "open"]
    month = decided.closed.astype("M8[M]").astype(np.int64) % 12
    last = month % 3 == 2
    if min(last.sum(), (~last).sum()) < _DECIDED_NEEDED:
        return []
    end, other = decided.won[last].mean(), decided.won[~last].mean()
    return [
        f"Of the deals closed in a quarter's last month {end:.0%} were won, in other months "
        f"{other:.0%}. That is when deals are closed, not how well: the win rate follows deals "
        "from their creation."
    ]


def stage_note(cycle: Estimate) -> str:
    """Say what the model takes for the time in each stage."""
    return (
        f"The file has no history of stages: each of the model's {_STAGES} takes a third of the "
        f"cycle, {cycle.mode / _STAGES:.1f} months."
    )

"""Random tools in random worlds, of a kind in which the direction of an effect is certain."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from simulation.defaults import defaults
from simulation.engine import simulate_modes
from simulation.inputs import Inputs
from tests.validation.plans import Plan, real

ADMIN_ROWS = defaults().admin_tasks
some = settings(max_examples=40, deadline=None)


def sensible(name: str) -> st.SearchStrategy[float]:
    """Draw an assumption from its default range."""
    spread = defaults().assumptions[name].range
    return real(spread.low, spread.high)


WORLDS = st.fixed_dictionaries(
    {
        name: sensible(name)
        for name in (
            *("selling_elasticity", "inbound_share", "buyer_pressure", "ceiling_sharpness"),
            *("leak", "unplanned_leak", "fit_unprepared", "abandonment", "realised_share"),
            *("rework", "pipeline_admin_share", "win_rate", "cycle_months", "strategy_decay"),
        )
    }
)


@st.composite
def tools(draw: st.DrawFn) -> list[Plan]:
    """Build tools that take work of reps only, each from rows of its own.

    Tools on one row share its mean rework rate, so that more use of a badly fitting second tool
    can return more hours than it frees. Work moved to operations costs their strategic time.
    """
    rows = draw(st.permutations(ADMIN_ROWS))
    count = draw(st.integers(1, 3))
    return [
        {
            "name": f"Tool {place}",
            "goal": "g",
            "start": draw(st.integers(1, 8)),
            "delay": draw(real(0, 4)),
            "moves": {row: draw(real(0, 1)) for row in rows[2 * place : 2 * place + 2]},
            "preparation": draw(real(0, 1)),
            "adopt": draw(real(0, 1)),
        }
        for place in range(count)
    ]


def bookings(tactics: list[Plan], world: Plan, **policy: Any) -> Any:
    """Return the expected bookings of each month."""
    plan = {"months": 24, "tactics": tactics, "assumptions": world, **policy}
    return simulate_modes(Inputs.from_json(plan)).metrics["expected_bookings"][0]


def assert_never_lower(higher: Any, lower: Any) -> None:
    assert (higher >= lower * (1 - 1e-9)).all()

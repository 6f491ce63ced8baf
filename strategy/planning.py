"""A plan to start from: the shipped organisation, beginning next January."""

from typing import Any

from simulation.defaults import defaults
from strategy.identity import new_id
from strategy.model import Plan


def blank_plan(now: str, **fields: Any) -> Plan:
    """Return a plan with the shipped defaults that starts in January after `now`.

    `now` is ISO text; `fields` replace values of the plan.
    """
    organisation = defaults().organisation
    given: dict[str, Any] = {
        "id": new_id("plan"),
        "name": "",
        "start_month": f"{int(now[:4]) + 1}-01",
        "months": int(defaults().policy["months"]),
        "currency": "$",
        "seats": int(organisation["seats"]),
        "ops_people": organisation["ops_people"],
        "hours_per_rep_month": organisation["hours_per_rep_month"],
        "ops_days_per_person": 220.0,
        "week": {name: task.share for name, task in defaults().tasks.items()},
        "assumptions": {},
        "seed": 20270101,
    }
    return Plan(**(given | fields))

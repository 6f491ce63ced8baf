"""The reps' month: administration, freed hours and where they go (equations 7 to 9)."""

from dataclasses import dataclass

from simulation.defaults import defaults
from simulation.inputs import TacticInput
from simulation.worked.given import Month
from simulation.worked.sheet import written
from simulation.worked.work import Work

NAMES = {
    "selling": "Selling",
    "strategy": "Account work",
    "coaching": "Coaching",
    "slack": "Slack",
}


@dataclass(frozen=True)
class Week:
    """Hours of the whole team in the month."""

    selling: float
    strategy: float
    coaching: float


def unshared_pairs(tactics: list[TacticInput]) -> int:
    """Return how many pairs of tactics do not name the same goal; having none shares none."""
    return sum(
        one.goal is None or one.goal != other.goal
        for place, one in enumerate(tactics)
        for other in tactics[place + 1 :]
    )


def rep_month(month: Month, work: Work) -> Week:
    """Return where the hours of the month go."""
    month.sheet.part = "The rep's month"
    inputs, total = month.given.inputs, month.carried.heads * month.given.hours
    freed = _freed(month, work)
    usual = {
        "selling": total * month.given.selling_share,
        "strategy": total * inputs.week["account_strategy"],
        "coaching": total * inputs.week["coaching"],
        "slack": total * inputs.week["slack"],
    }
    left = _left(month, max(-freed, 0.0), sum(usual.values()))
    leak = _leak(month)
    shares = {use: (1 - leak) * share for use, share in month.given.destinations.items()}
    shares["slack"] = leak
    gained = max(freed, 0.0)
    spent = {
        use: month.sheet.line(
            9,
            name,
            f"{written(usual[use])} × {written(left)} + {written(gained)} × {written(shares[use])}",
            usual[use] * left + gained * shares[use],
            "hours",
            metric=f"{use}_hours",
        )
        for use, name in NAMES.items()
    }
    return Week(spent["selling"], spent["strategy"], spent["coaching"])


def _freed(month: Month, work: Work) -> float:
    """Return the hours freed, below zero if they are lost, and write administration down."""
    line, heads, hours = month.sheet.line, month.carried.heads, month.given.hours
    extra = _extra(month)
    admin = line(
        7,
        "Administration",
        f"{written(work.rep)} + {written(heads)} heads × {written(extra)}",
        work.rep + heads * extra,
        "hours",
    )
    usual = sum(month.given.inputs.week[row] for row in defaults().admin_tasks)
    freed = line(
        8,
        "Freed hours",
        f"{written(heads)} × {written(hours)} × {written(usual)} − {written(admin)}",
        heads * hours * usual - admin,
        "hours",
    )
    giving = (
        heads
        * hours
        * sum(
            month.given.inputs.week[row]
            for row in (
                "live_conversations",
                "prospecting",
                "account_strategy",
                "coaching",
                "slack",
            )
        )
    )
    unmet = line(
        8,
        "Work nobody had time for",
        f"max({written(max(-freed, 0.0))} lost − {written(giving)}, 0)",
        max(-freed - giving, 0.0),
        "hours",
        metric="unmet_hours",
    )
    line(
        9,
        "Administration really done",
        f"{written(admin)} − {written(unmet)}",
        admin - unmet,
        "hours",
        metric="admin_hours",
    )
    return freed


def _extra(month: Month) -> float:
    """Return hours a head for training and coordination (equation 7)."""
    live = month.given.live(month.number)
    training = sum(each.training_hours for each in month.given.trained(month.number))
    pairs, a_pair = unshared_pairs(live), month.given.value["coordination_hours"]
    return month.sheet.line(
        7,
        "Training and coordination, a head",
        f"{written(training)} + {written(a_pair)} × {pairs} pairs of tactics",
        training + a_pair * pairs,
        "hours",
    )


def _left(month: Month, lost: float, usual: float) -> float:
    """Return the share of the usual hours that remains where hours are lost (equation 8)."""
    return month.sheet.line(
        8,
        "Share of the usual hours that remains",
        f"max(1 − {written(lost)} lost / {written(usual)}, 0)",
        max(1 - lost / usual, 0.0),
        "share",
    )


def _leak(month: Month) -> float:
    value, quality = month.given.value, month.given.quality
    leak, more = value["leak"], value["unplanned_leak"]
    return month.sheet.line(
        8,
        "Leak into slack",
        f"1 − (1 − {written(leak)}) × (1 − {written(more)} × (1 − {written(quality)}))",
        1 - (1 - leak) * (1 - more * (1 - quality)),
        "share",
    )

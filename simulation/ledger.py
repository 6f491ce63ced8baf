"""Freed hours as a ledger: what was promised, what comes free, and where every hour goes.

It is reckoned beside the engine from a run's adoption, fit and hours, and balances in every
draw and month (docs/model.md, equations 1 to 12).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from simulation.asking import asked_of_people
from simulation.defaults import defaults
from simulation.outcome import Outcome, Path
from simulation.steady import heads_before, open_before
from simulation.types import FloatArray

NEEDED = (
    "admin_hours",
    "selling_hours",
    "strategy_hours",
    "coaching_hours",
    "slack_hours",
    "overflow_hours",
    "unmet_hours",
    "heads",
    "pipeline",
    "contact",
    "strategy_stock",
    "adoption",
)
LOSSES = (
    "not_yet_used",
    "given_up",
    "realised",
    "rework",
    "coordination",
    "training",
    "overflow",
    "volume",
    "unmet",
)
USES = ("selling", "blocked", "strategy", "coaching", "leaked", "staffing")


@dataclass(frozen=True)
class Ledger:
    """Hours a month of the whole team, plan against carrying on as today; (draws, months) each.

    `promised` plus all `losses` is `freed`, and so is the sum of all `uses`.

    Attributes
    ----------
    promised : what the working tactics say at full use, on today's work
    losses : signed, what is added on the way from promised to freed. "not_yet_used": adoption
        takes time; "given_up": use that does not fit fades; "realised": systems do less, or
        more, than they say; "rework": what comes back; "coordination" between tactics
        that share no goal; "training"; "overflow": what the operations team cannot take;
        "volume": admin work grows with open deals; "unmet": admin work nobody does
    freed : admin hours of reps below those of today
    uses : "selling" meets buyers, "blocked" is selling for which buyers have no time,
        "strategy", "coaching", "leaked" into slack, and "staffing": admin time that went with
        reps who left. All but the last at equal heads
    """

    promised: FloatArray
    losses: Mapping[str, FloatArray]
    freed: FloatArray
    uses: Mapping[str, FloatArray]

    @property
    def gap(self) -> float:
        """Return the largest imbalance of any draw and month, hours of the whole team."""
        made = self.promised + sum(self.losses.values()) - self.freed
        used = sum(self.uses.values()) - self.freed
        return float(max(np.abs(made).max(), np.abs(used).max()))


def freed_hours_ledger(outcome: Outcome) -> Ledger:
    """Return the ledger of a run that kept `NEEDED`."""
    base, plan = outcome.baseline_path.metrics, outcome.path.metrics
    promised, losses = _sources(outcome)
    return Ledger(
        promised=promised,
        losses=losses,
        freed=base["admin_hours"] - plan["admin_hours"],
        uses=_uses(outcome),
    )


def _sources(outcome: Outcome) -> tuple[FloatArray, dict[str, FloatArray]]:
    inputs, values = outcome.inputs, outcome.draws.values
    base, plan = outcome.baseline_path.metrics, outcome.path.metrics
    hours = inputs.organisation.hours_per_rep_month
    today = heads_before(values, inputs.organisation.seats)[:, None] * hours
    admin = sum(inputs.week[row] for row in defaults().admin_tasks)
    promised, used, fitting, done = (today * share for share in _stages(outcome))
    rework = today * _rework_share(outcome)
    grown, grown_base = _volume(outcome, outcome.path), _volume(outcome, outcome.baseline_path)
    return promised, {
        "not_yet_used": used - promised,
        "given_up": fitting - used,
        "realised": done - fitting,
        "rework": -rework,
        "coordination": -plan["heads"] * _coordination(outcome),
        "training": -plan["heads"] * _training(outcome),
        "overflow": base["overflow_hours"] - plan["overflow_hours"],
        "volume": (grown - 1) * (done - rework) - (grown - grown_base) * today * admin,
        "unmet": plan["unmet_hours"] - base["unmet_hours"],
    }


def _stages(outcome: Outcome) -> tuple[FloatArray, ...]:
    """Return the share of all rep hours taken over: promised, used, kept in use, really done.

    (draws, months) each. The first counts as `simulation.naive.promised_share` does, with
    each draw's own adoption where that is a range.
    """
    scale, adoption = outcome.draws.values["realised_share"], outcome.path.work.adoption
    tactics, most = outcome.inputs.tactics, outcome.draws.most(outcome.inputs)

    def taken(used: Callable[[int], FloatArray]) -> FloatArray:
        return _taken_share(outcome, [used(place) for place in range(len(tactics))])

    return (
        taken(lambda place: most[place] * _is_working(outcome, place)),
        taken(lambda place: most[place] * _adopted(outcome, place)),
        taken(lambda place: adoption[place]),
        taken(lambda place: np.minimum(adoption[place] * scale, 1.0)),
    )


def _elapsed(outcome: Outcome, place: int) -> FloatArray:
    """Return months since a tactic went live, below zero before.

    (months, draws), or (months, 1) where it starts in the same month in all worlds.
    """
    months, tactic = np.arange(1, outcome.inputs.months + 1)[:, None], outcome.inputs.tactics[place]
    start = outcome.draws.starts(outcome.inputs)[place]
    return np.asarray(months - (start[:1] if tactic.start.is_fixed else start) - tactic.delay)


def _is_working(outcome: Outcome, place: int) -> FloatArray:
    return np.asarray(_elapsed(outcome, place) >= 0, dtype=float)


def _adopted(outcome: Outcome, place: int) -> FloatArray:
    """Return the share that has tried a tactic, (months, draws): the Bass curve of equation 5."""
    values = outcome.draws.values
    innovation, imitation = values["adoption_innovation"], values["adoption_imitation"]
    decay = np.exp(-(innovation + imitation) * np.maximum(_elapsed(outcome, place), 0.0))
    return np.asarray((1 - decay) / (1 + imitation / innovation * decay))


def _taken_share(outcome: Outcome, used: list[FloatArray]) -> FloatArray:
    """Return the share of all rep hours that is taken over, (draws, months) (equation 2).

    `used` is (months, draws) a tactic, or (months, 1): the share of its promise that it keeps.
    """
    total = np.zeros((outcome.inputs.months, outcome.draws.count))
    for row, share in outcome.inputs.week.items():
        left: FloatArray | float = 1.0
        for tactic, kept in zip(outcome.inputs.tactics, used, strict=True):
            if row in tactic.moves:
                left = left * (1 - tactic.moves[row] * kept)
        total += share * (1 - left)
    return total.T


def _rework_share(outcome: Outcome) -> FloatArray:
    """Return the share of all rep hours that comes back as rework, (draws, months) (3)."""
    values, work, tactics = outcome.draws.values, outcome.path.work, outcome.inputs.tactics
    systems = [at for at, each in enumerate(tactics) if each.to == "system"]
    total = np.zeros((outcome.inputs.months, outcome.draws.count))
    for row, share in outcome.inputs.week.items():
        movers = [at for at in systems if row in tactics[at].moves]
        left, moved, returned = np.ones_like(total), np.zeros_like(total), np.zeros_like(total)
        for at in movers:
            realised = np.minimum(work.adoption[at] * values["realised_share"], 1.0)
            taken = tactics[at].moves[row] * realised
            left *= 1 - taken
            moved += taken
            returned += taken * (values["rework"] * (1 - work.fit[at]))
        if movers:
            rate = np.divide(returned, moved, out=np.zeros_like(total), where=moved > 0)
            total += share * (1 - left) * rate
    return total.T


def _volume(outcome: Outcome, path: Path) -> FloatArray:
    """Return the month's admin work relative to today's, (draws, months) (1)."""
    values = outcome.draws.values
    before = open_before(values, outcome.inputs.organisation.seats)
    opened = np.column_stack([before, path.metrics["pipeline"][:, :-1]])
    moving = values["pipeline_admin_share"][:, None]
    return np.asarray(1 - moving + moving * opened / before[:, None])


def _coordination(outcome: Outcome) -> FloatArray:
    """Return hours a head, (draws, months), for pairs of live tactics that share no goal (7)."""
    return outcome.draws.values["coordination_hours"][:, None] * asked_of_people(outcome).pairs


def _training(outcome: Outcome) -> FloatArray:
    """Return hours a head, (draws, months), in the month in which each tactic goes live (7)."""
    return asked_of_people(outcome).training


def _uses(outcome: Outcome) -> dict[str, FloatArray]:
    base, plan, week = outcome.baseline_path.metrics, outcome.path.metrics, outcome.inputs.week
    more = (plan["heads"] - base["heads"]) * outcome.inputs.organisation.hours_per_rep_month

    def gained(metric: str, share: float) -> FloatArray:
        """Return hours above today's, less what more or fewer heads bring by themselves."""
        return np.asarray(plan[metric] - base[metric] - more * share)

    selling = gained("selling_hours", week["live_conversations"] + week["prospecting"])
    before = base["selling_hours"]
    met = (before + selling) * _met_share(outcome, outcome.path, before + selling)
    met -= before * _met_share(outcome, outcome.baseline_path, before)
    return {
        "selling": met,
        "blocked": selling - met,
        "strategy": gained("strategy_hours", week["account_strategy"]),
        "coaching": gained("coaching_hours", week["coaching"]),
        "leaked": gained("slack_hours", week["slack"]),
        "staffing": -more * sum(week[row] for row in defaults().admin_tasks),
    }


def _met_share(outcome: Outcome, path: Path, hours: FloatArray) -> FloatArray:
    """Return the share of `hours` of selling in which a buyer takes part, (draws, months) (10).

    What sellers offered follows from contact K and attention B, since
    (K / offered)^k = 1 - (K / B)^k; it grows with the hours.
    """
    values = {name: each[:, None] for name, each in outcome.draws.values.items()}
    sharpness, pressure = values["ceiling_sharpness"], np.log(values["buyer_pressure"])
    usual = pressure - np.logaddexp(0.0, sharpness * pressure) / sharpness
    attention, spent = _log_attention(outcome, path), path.metrics["selling_hours"]
    with np.errstate(divide="ignore", invalid="ignore"):
        contact = np.log(path.metrics["contact"]) + usual
        filled = sharpness * np.minimum(contact - attention, 0.0)
        offered = contact - np.log(-np.expm1(filled)) / sharpness
        is_offered = (spent > 0) & (hours > 0)
        offered = np.where(is_offered, offered + np.log(hours / spent), -np.inf)
    return np.asarray(np.exp(-np.logaddexp(0.0, sharpness * (offered - attention)) / sharpness))


def _log_attention(outcome: Outcome, path: Path) -> FloatArray:
    """Return the logarithm of buyers' attention relative to today's, (draws, months) (12)."""
    values, months = outcome.draws.values, np.arange(1, outcome.inputs.months + 1)
    stock = path.metrics["strategy_stock"]
    earlier = np.column_stack([np.ones(len(stock)), stock[:, :-1]])
    attention = values["strategy_attention_elasticity"][:, None] * np.log(earlier)
    attention = attention + np.log1p(-values["attention_decline"])[:, None] * months / 12
    if path is not outcome.baseline_path:
        for tactic, adoption in zip(outcome.inputs.tactics, path.work.adoption, strict=True):
            attention = attention + np.log1p(tactic.attention * adoption.T)
    return np.asarray(attention)

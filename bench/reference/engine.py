"""One month after the other: work, hours, buyers, pipeline, money (equations 1 to 18)."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit, logit, xlogy

from bench.reference.adoption import Takeover, takeover
from bench.reference.money import recognised, spending
from bench.reference.noise import demand_factors, noisy_bookings
from bench.reference.outcome import Outcome, Path
from bench.reference.people import (
    Staffing,
    hazard_with_tools,
    next_month,
    staffing,
    steady_state,
    with_seats,
)
from bench.reference.pipeline import advance, steady_pipeline
from bench.reference.response import contact, contact_elasticity, response
from simulation.decided import decided
from simulation.draws import Draws, modes, sample
from simulation.inputs import METRICS, Inputs, usual_destinations, usual_quality
from simulation.nudge import NUDGED, Nudge
from simulation.types import FloatArray


def simulate(inputs: Inputs, draws: int, seed: int) -> Outcome:
    """Run the model and its baseline (the same inputs without tactics) on the same draws.

    Parameters
    ----------
    inputs : what is planned
    draws : number of imagined worlds, 1 to 1,000,000
    seed : 0 to 2**63 - 1; same inputs, draws and seed give the same outcome
    """
    return simulate_on(inputs, sample(inputs, draws, seed))


def simulate_modes(inputs: Inputs) -> Outcome:
    """Run the one world in which every assumption is at its mode and nothing is random."""
    return simulate_on(inputs, modes(inputs))


def simulate_on(
    inputs: Inputs, draws: Draws, *, nudge: Nudge | None = None, baseline: Path | None = None
) -> Outcome:
    """Run the model and its baseline on given draws.

    Carrying on as today has no tactics and no policy for freed hours, so the baseline keeps
    the default policy whatever the plan's is.

    Parameters
    ----------
    inputs : what is planned
    draws : the imagined worlds
    nudge : a little more of something for the plan, see `simulation.nudge`
    baseline : the baseline's path, if it is known from a run with the same organisation, week,
        assumptions, months and draws; tactics, policy and goals do not enter it
    """
    untouched = replace(
        inputs,
        tactics=(),
        destinations=usual_destinations(),
        plan_quality=usual_quality(),
        headcount=None,
    )
    if baseline is None:
        baseline = _Run(untouched, draws, takeover(untouched, draws)).path()
    if inputs == untouched and nudge is None:
        return Outcome(inputs, draws, baseline, baseline)
    more = nudge or Nudge()
    work = takeover(inputs, draws, more.of("adoption", inputs.months))
    return Outcome(inputs, draws, _Run(inputs, draws, work, more).path(), baseline)


@dataclass(frozen=True)
class _Hours:
    """Rep hours of a month, each (draws,); they sum to heads x hours a rep."""

    selling: FloatArray
    strategy: FloatArray
    coaching: FloatArray
    slack: FloatArray
    admin: FloatArray
    meetings: FloatArray
    unmet: FloatArray


@dataclass(frozen=True)
class _Work:
    """Who does the tactical work of a month, hours of the whole team, each (draws,)."""

    rep: FloatArray
    system: FloatArray
    rework: FloatArray
    ops: FloatArray
    overflow: FloatArray
    ops_strategy: FloatArray


class _Run:
    """State and fixed numbers of one run over its months."""

    def __init__(
        self, inputs: Inputs, draws: Draws, work: Takeover, nudge: Nudge | None = None
    ) -> None:
        more = nudge or Nudge()
        self.more = {name: more.of(name, inputs.months) for name in NUDGED}
        self.inputs, self.draws, self.work = inputs, draws, work
        self.values = values = draws.values
        self.starts = draws.starts(inputs)
        self.policy = decided(inputs, draws)
        self.metrics = {name: np.empty((inputs.months, draws.count)) for name in METRICS}
        organisation = inputs.organisation
        self.rep_hours = organisation.hours_per_rep_month
        self.ops_hours = organisation.ops_people * self.rep_hours
        self.rates: Staffing = staffing(
            values["attrition"], values["hire_months"], values["ramp_months"]
        )
        self.people = steady_state(organisation.seats, self.rates)
        self.added = np.zeros(draws.count)
        self.extra_pay = np.zeros((inputs.months, draws.count))
        self.heads_before = self.people.heads
        self.productivity_before = self.people.productivity
        self.bookings_before = organisation.seats * values["bookings_per_seat"]
        self.created_before = self.bookings_before / (values["win_rate"] * values["deal_size"])
        self.pipeline = steady_pipeline(
            self.created_before, values["cycle_months"], values["win_rate"]
        )
        self.pipeline_before = self.pipeline.total
        self.strategy_stock = np.ones(draws.count)
        self.skill_stock = np.ones(draws.count)
        self.demand = demand_factors(draws)
        self.elasticity = contact_elasticity(
            values["selling_elasticity"],
            values["inbound_share"],
            values["buyer_pressure"],
            values["ceiling_sharpness"],
        )
        self.contact_before = self._contact(np.ones(1), np.ones(1))
        self.leaked = 1 - (1 - values["leak"]) * (
            1 - values["unplanned_leak"] * (1 - self.policy.quality)
        )

    def path(self) -> Path:
        """Run all months; return every metric as (draws, months)."""
        for month in range(self.inputs.months):
            self._month(month)
        self._money()
        return Path({name: values.T for name, values in self.metrics.items()}, self.work)

    def _month(self, month: int) -> None:
        self._change_seats(month)
        work = self._holders(month)
        hours = self._rep_week(month, work)
        created = self._opportunities(month, hours)
        self._bookings(month, created)
        self._stocks(month, hours, work)
        self._hours_kept(month, hours, work)
        self._turnover(month)

    def _change_seats(self, month: int) -> None:
        """Open or close seats in the month that says so, and note who is paid for it (16, 17)."""
        change = self.inputs.headcount
        if change is None:
            return
        if month + 1 == change.start:
            seats_added = self.policy.seats - self.inputs.organisation.seats
            self.people, self.added = with_seats(self.people, seats_added)
        self.extra_pay[month] = self.added * change.yearly_cost / 12

    def _effect(self, month: int, attribute: str) -> FloatArray:
        """Return the product of (1 + effect x adoption) over tactics, (draws,)."""
        product = np.ones(self.draws.count)
        for index, tactic in enumerate(self.inputs.tactics):
            if size := getattr(tactic, attribute):
                sign = -1 if attribute == "cycle" else 1
                product = product * (1 + sign * size * self.work.adoption[index, month])
        return product

    def _holders(self, month: int) -> _Work:
        """Split the month's tactical work over reps, systems and operations (1 to 3, 6)."""
        values, shares = self.values, self.work
        volume = (1 - values["pipeline_admin_share"]) + values["pipeline_admin_share"] * (
            self.pipeline.total / self.pipeline_before
        )
        rep = self.heads_before * self.rep_hours * volume
        own = self.ops_hours * values["ops_tactical"]
        ops = own * volume
        upkeep = sum(
            tactic.upkeep_hours * (start <= month + 1)
            for tactic, start in zip(self.inputs.tactics, self.starts, strict=True)
        )
        load = (
            ops * (shares.ops_kept[month] + shares.ops_rework[month])
            + rep * shares.delegated[month]
            + upkeep
        )
        capacity = self.ops_hours * (values["ops_tactical"] + values["ops_flex"])
        overflow = np.maximum(load - capacity, 0.0)
        rework = rep * shares.rep_rework[month] + ops * shares.ops_rework[month]
        return _Work(
            rep=rep * (shares.rep_kept[month] + shares.rep_rework[month]) + overflow,
            system=rep * shares.rep_system[month] + ops * shares.ops_system[month] - rework,
            rework=rework,
            ops=load - overflow,
            overflow=overflow,
            ops_strategy=self.ops_hours * values["ops_strategic"]
            + np.maximum(own - load, 0.0) * self.policy.quality,
        )

    def _extra_admin(self, month: int) -> FloatArray:
        """Return hours a head for training at go-live and coordination of tactics (7)."""
        training, pairs = np.zeros(self.draws.count), np.zeros(self.draws.count)
        for place, (each, start) in enumerate(zip(self.inputs.tactics, self.starts, strict=True)):
            training += each.training_hours * (start + np.floor(each.delay) == month + 1)
            for other in range(place):
                if each.goal is None or each.goal != self.inputs.tactics[other].goal:
                    pairs += np.maximum(start, self.starts[other]) <= month + 1
        return training + self.values["coordination_hours"] * pairs

    def _rep_week(self, month: int, work: _Work) -> _Hours:
        """Give freed hours to their destinations, or take lost ones pro rata (7 to 9)."""
        week, policy = self.inputs.week, self.policy.destinations
        total = self.people.heads * self.rep_hours
        selling = total * (week["live_conversations"] + week["prospecting"])
        strategy, coaching = total * week["account_strategy"], total * week["coaching"]
        slack, meetings = total * week["slack"], total * week["meetings"]
        admin = work.rep + self.people.heads * self._extra_admin(month)
        uses = selling + strategy + coaching + slack
        freed = total - meetings - uses - admin
        gained = np.maximum(freed, 0.0)
        lost = np.maximum(-freed, 0.0)
        left = np.divide(
            np.maximum(uses - lost, 0.0), uses, out=np.zeros_like(uses), where=uses > 0
        )
        unmet = np.maximum(lost - uses, 0.0)
        kept = gained * (1 - self.leaked)
        return _Hours(
            selling=selling * left + kept * policy["selling"],
            strategy=strategy * left + kept * policy["strategy"],
            coaching=coaching * left + kept * policy["coaching"],
            slack=slack * left + gained * self.leaked,
            admin=admin - unmet,
            meetings=meetings,
            unmet=unmet,
        )

    def _season(self, name: str, month: int) -> FloatArray:
        factors = self.inputs.season[name]
        factor = factors[month % len(factors)]
        return np.maximum(1 + self.values["season_strength"] * (factor - 1), 0.0)

    def _contact(self, effort: FloatArray, attention: FloatArray) -> FloatArray:
        return contact(
            effort, attention, self.values["buyer_pressure"], self.values["ceiling_sharpness"]
        )

    def _opportunities(self, month: int, hours: _Hours) -> FloatArray:
        """Return the month's new opportunities and keep the response (10 to 12)."""
        values, week = self.values, self.inputs.week
        before = (
            self.heads_before * self.rep_hours * (week["live_conversations"] + week["prospecting"])
        )
        effort = hours.selling / before * (self.people.productivity / self.productivity_before)
        effort = effort * (self.more["selling"][month] * self.more["productivity"][month])
        attention = (
            self.strategy_stock ** values["strategy_attention_elasticity"]
            * (1 - values["attention_decline"]) ** ((month + 1) / 12)
            * self._effect(month, "attention")
            * self.more["attention"][month]
        )
        together = self._contact(effort, attention) / self.contact_before
        grown = response(together, values["inbound_share"], self.elasticity)
        created = self.created_before * grown * self.demand[month]
        created = created * (1 + values["demand_change"]) ** (month / 12)
        created = created * self.more["opportunities"][month] * self._season("opportunities", month)
        self._keep(month, contact=together, response=grown, opportunities=created)
        return np.asarray(created)

    def _bookings(self, month: int, created: FloatArray) -> None:
        """Move the pipeline and book what is won (13 to 15)."""
        values = self.values
        log_odds = (
            logit(values["win_rate"])
            + xlogy(values["strategy_win_elasticity"], self.strategy_stock)
            + xlogy(values["skill_win_elasticity"], self.skill_stock)
        )
        for index, tactic in enumerate(self.inputs.tactics):
            if tactic.win:
                log_odds = log_odds + tactic.win * self.work.adoption[index, month]
        win_rate = np.minimum(expit(log_odds) * self._season("win_rate", month), 1.0)
        deal = (
            values["deal_size"]
            * self.strategy_stock ** values["strategy_deal_elasticity"]
            * self._effect(month, "deal")
            * (1 + values["price_change"]) ** (month / 12)
        )
        cycle = values["cycle_months"] * self._effect(month, "cycle")
        self.pipeline, wins = advance(self.pipeline, created, cycle, win_rate)
        expected = wins * deal
        booked = (
            expected
            if self.draws.is_noiseless
            else noisy_bookings(
                wins, deal, values["deal_size_variation"], self.draws.bookings_noise[month]
            )
        )
        self._keep(
            month,
            bookings=booked,
            expected_bookings=expected,
            wins=wins,
            win_rate=win_rate,
            deal_size=deal,
            cycle=cycle,
            pipeline=self.pipeline.total,
        )

    def _stocks(self, month: int, hours: _Hours, work: _Work) -> None:
        """Let account work and skill build up slowly (13)."""
        values, week = self.values, self.inputs.week
        # Relative to what today's week would give the people who are here this month.
        rep_before = self.people.heads * self.rep_hours
        weight = values["ops_strategy_weight"]
        strategic = (hours.strategy + weight * work.ops_strategy) / (
            rep_before * week["account_strategy"]
            + weight * self.ops_hours * values["ops_strategic"]
        )
        coached = hours.coaching / (rep_before * week["coaching"])
        fading, skill_fading = values["strategy_decay"], values["skill_decay"]
        self.strategy_stock = (1 - fading) * self.strategy_stock + fading * strategic
        self.skill_stock = (1 - skill_fading) * self.skill_stock + skill_fading * coached
        self._keep(month, strategy_stock=self.strategy_stock, skill_stock=self.skill_stock)

    def _hours_kept(self, month: int, hours: _Hours, work: _Work) -> None:
        self._keep(
            month,
            selling_hours=hours.selling,
            strategy_hours=hours.strategy,
            coaching_hours=hours.coaching,
            slack_hours=hours.slack,
            admin_hours=hours.admin,
            meeting_hours=hours.meetings,
            unmet_hours=hours.unmet,
            system_hours=work.system,
            rework_hours=work.rework,
            ops_hours=work.ops,
            overflow_hours=work.overflow,
            heads=self.people.heads,
        )

    def _turnover(self, month: int) -> None:
        """Hire, ramp and lose people; tools that fit badly drive reps away (16)."""
        effect = np.zeros(self.draws.count)
        for index in range(len(self.inputs.tactics)):
            misfit = self.values["fit_neutral"] - self.work.fit[index]
            effect = effect + self.work.adoption[index, month] * misfit
        hazard = hazard_with_tools(self.rates, self.values["attrition_fit_effect"] * effect)
        change = self.inputs.headcount
        if change is not None and month + 1 >= change.start:
            missing = self.policy.seats - self.inputs.organisation.seats - self.added
            hired = missing * np.minimum(self.rates.fill, 1.0)
            self.added = self.added + hired - self.added * hazard
        self.people = next_month(self.people, self.rates, hazard)

    def _money(self) -> None:
        cost, shelfware = spending(self.inputs, self.draws, self.work)
        cost = cost + self.extra_pay
        revenue = recognised(
            self.metrics["bookings"], self.bookings_before, self.values["recognition_months"]
        )
        self.metrics |= {"cost": cost, "shelfware": shelfware, "revenue": revenue}

    def _keep(self, month: int, **values: FloatArray) -> None:
        for name, value in values.items():
            self.metrics[name][month] = value

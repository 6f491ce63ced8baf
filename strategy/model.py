"""The nouns of planning, as frozen dataclasses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Lane = Literal["goal", "unaligned", "ideas"]
Destination = Literal["selling", "strategy", "coaching", "nowhere"]
Status = Literal["draft", "ready", "running", "done"]
Spread = float | tuple[float, float, float]
Adoption = Spread
Start = int | tuple[int, int, int]
OWN_METRIC = "own"


@dataclass(frozen=True)
class AssumptionRange:
    """A plan's own range for one assumption, with where it comes from.

    `low`, `mode` and `high` are in the assumption's unit; equal values mean a fixed number.
    """

    low: float
    mode: float
    high: float
    source: str
    grade: str
    set_by: str
    set_at: str


@dataclass(frozen=True)
class Plan:
    """Goals, tactics and assumptions of one team for one horizon.

    `week` maps the 13 task rows to shares that sum to 1. `assumptions` holds only what
    differs from the defaults. `start_month` is "YYYY-MM" and is month 1 of the simulation.
    `season` maps what has a season to twelve factors, January first; see `strategy.season`.
    `rules` holds False for each rule of the model that is switched off, by its name in
    `strategy.rules.RULES`; all others are on.
    `evidence` maps assumptions to pieces that people added; see `strategy.assumption_evidence`.
    `headcount` is empty, or another number of seats later on: `seats` (a number, or low, likely and
    high), `start` (a month, from 1) and `yearly_cost` of one in currency; see `strategy.headcount`.
    `budget` is what the first 12 months may cost, in currency; None if nobody set one.
    """

    id: str
    name: str
    start_month: str
    months: int
    currency: str
    seats: int
    ops_people: float
    hours_per_rep_month: float
    ops_days_per_person: float
    week: Mapping[str, float]
    assumptions: Mapping[str, AssumptionRange]
    seed: int
    season: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    headcount: Mapping[str, float | list[float]] = field(default_factory=dict)
    budget: float | None = None
    baseline_source: str = ""
    rules: Mapping[str, bool] = field(default_factory=dict)
    evidence: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    created_at: str = ""
    archived_at: str | None = None
    version: int = 1


@dataclass(frozen=True)
class Goal:
    """What the team wants: a metric, a baseline, a target, a due month and an owner.

    `metric` is a key of `strategy.metrics.GOAL_METRICS`; `baseline` and `target` are in that
    metric's unit. `due_month` is "YYYY-MM". `position` is a string order key.

    With the metric `OWN_METRIC` the goal counts something the model does not produce, named by
    `own_name` and counted in `own_unit`. Its `progress` is typed; it has no chance. None means
    that nobody has typed any yet.
    """

    id: str
    plan_id: str
    title: str
    owner: str
    metric: str
    baseline: float
    target: float
    due_month: str
    own_name: str = ""
    own_unit: str = ""
    progress: float | None = None
    position: str = ""
    created_at: str = ""
    archived_at: str | None = None
    version: int = 1

    @property
    def is_simulated(self) -> bool:
        """Whether the model produces what this goal counts, so that it has a chance."""
        return self.metric != OWN_METRIC


@dataclass(frozen=True)
class Tactic:
    """A piece of work meant to serve a goal, with effort, cost and effects on the model.

    `lane` is "goal" (then `goal_id` is set), "unaligned" (runs, serves no goal) or "ideas"
    (not in the plan). `effort_days` are person-days of the operations team a year. Months
    count from 1 at the plan's start. `moves` and `moves_ops` map task rows to the share of
    that work taken over at full adoption. `adoption` is the share of people who will likely use it;
    where nobody is sure, `adoption_low` and `adoption_high` say between what it lies, else both
    are None. So do `start_low` and `start_high` for the start month. Effects: `cycle` shortens the
    cycle by a share, `win` adds log-odds, `deal` and `attention` are relative changes.

    `status` says how far the work is; whether a tactic is simulated is its lane's matter.
    `supports` maps further goals to their shares of effort and money, 0 to 1; the goal whose
    lane it is in has the rest. `test_metric`, `test_from` and `test_to` answer the strategic
    test: which metric will move, from what to what.
    """

    id: str
    plan_id: str
    title: str
    lane: Lane
    goal_id: str | None = None
    owner: str = ""
    effort_days: float = 0.0
    start: int = 1
    start_low: int | None = None
    start_high: int | None = None
    delay: float = 0.0
    to: Literal["system", "ops"] = "system"
    moves: Mapping[str, float] = field(default_factory=dict)
    moves_ops: Mapping[str, float] = field(default_factory=dict)
    adoption: float = 0.9
    adoption_low: float | None = None
    adoption_high: float | None = None
    buys_tool: bool = False
    requirements_written: bool = False
    process_standardised: bool = False
    baseline_measured: bool = False
    destination: Destination = "nowhere"
    destination_owner: str = ""
    seat_price: float = 0.0
    seats: int | None = None
    one_off: float = 0.0
    fixed_monthly: float = 0.0
    training_hours: float = 0.0
    upkeep_hours: float = 0.0
    cycle: float = 0.0
    win: float = 0.0
    deal: float = 0.0
    attention: float = 0.0
    library_key: str = ""
    note: str = ""
    status: Status = "draft"
    supports: Mapping[str, float] = field(default_factory=dict)
    test_metric: str = ""
    test_from: float | None = None
    test_to: float | None = None
    position: str = ""
    created_at: str = ""
    archived_at: str | None = None
    version: int = 1

    @property
    def adopt(self) -> "Adoption":
        """The share of people who will use it: one number, or low, likely and high."""
        if self.adoption_low is None or self.adoption_high is None:
            return self.adoption
        return (self.adoption_low, self.adoption, self.adoption_high)

    @property
    def begin(self) -> "Start":
        """The month it starts: one, or the earliest, the likely and the latest."""
        if self.start_low is None or self.start_high is None:
            return self.start
        return (self.start_low, self.start, self.start_high)


@dataclass(frozen=True)
class Scenario:
    """Named overrides of levers and assumptions on the plan's base.

    `overrides` has the shape that `strategy.levers.Levers.from_json` reads; empty means the
    plan as it stands on the board. `letter` is the short name on charts.
    """

    id: str
    plan_id: str
    name: str
    letter: str
    overrides: Mapping[str, Any]
    position: str = ""
    created_at: str = ""
    archived_at: str | None = None
    version: int = 1


@dataclass(frozen=True)
class Run:
    """One execution of the model and its summary; charts draw from it.

    `inputs` is the engine's input object, `summary` what `strategy.summary.summarise` returns.
    `scenario_id` is None for the plan as it stands on the board. `change_seq` is the plan's
    last change the run has seen.
    """

    id: str
    plan_id: str
    scenario_id: str | None
    inputs_hash: str
    model_version: str
    seed: int
    draws: int
    months: int
    inputs: Mapping[str, Any]
    summary: Mapping[str, Any]
    elapsed_ms: int
    change_seq: int
    created_at: str = ""


@dataclass(frozen=True)
class Snapshot:
    """A frozen copy of a plan, its scenarios and their runs. Nothing in it changes later."""

    id: str
    plan_id: str
    number: int
    title: str
    content: Mapping[str, Any]
    content_hash: str
    created_by: str
    created_at: str = ""


@dataclass(frozen=True)
class ShareLink:
    """A revocable address of one snapshot; only the SHA-256 of its token is kept."""

    id: str
    plan_id: str
    snapshot_id: str
    token_hash: bytes
    recipient: str
    created_by: str
    expires_at: str
    revoked_at: str | None = None
    created_at: str = ""


@dataclass(frozen=True)
class Comment:
    """What somebody said about a part of a snapshot."""

    id: str
    plan_id: str
    snapshot_id: str
    author: str
    about: str
    body: str
    created_at: str = ""


@dataclass(frozen=True)
class Checkpoint:
    """A moment of a plan that somebody named: the plan as it was right after change `seq`."""

    id: str
    plan_id: str
    name: str
    seq: int
    created_by: str
    created_at: str = ""
    archived_at: str | None = None
    version: int = 1


@dataclass(frozen=True)
class Actual:
    """What happened: one metric in one month, as it was typed or imported, with who and when.

    `metric` is a key of `strategy.metrics.GOAL_METRICS`; `value` is the month's own figure, also
    where goals count a quarter (see `strategy.actuals.MONTHLY`). `month` is "YYYY-MM". A plan
    has at most one row for a metric and month; removing archives it.
    """

    id: str
    plan_id: str
    metric: str
    month: str
    value: float
    source: str
    set_by: str
    set_at: str
    created_at: str = ""
    archived_at: str | None = None
    version: int = 1


@dataclass(frozen=True)
class ForecastMark:
    """A forecast that is stored and no longer changes: a run or a snapshot.

    `made_at` is when; `title` and `number` are a snapshot's. It is of a scenario, or of the plan
    as it stood on the board if `scenario_id` is None.
    """

    kind: Literal["run", "snapshot"]
    id: str
    made_at: str
    title: str = ""
    number: int = 0
    scenario_id: str | None = None


@dataclass(frozen=True)
class Event:
    """One change, in the order it was kept.

    `before` and `after` map a kind ("goals", "tactics"...) to row ids and their changed
    fields; a row that did not exist before has None there.
    """

    seq: int
    plan_id: str
    at_utc: str
    actor: str
    op: str
    words: str
    before: Mapping[str, Mapping[str, Mapping[str, Any] | None]]
    after: Mapping[str, Mapping[str, Mapping[str, Any]]]
    undo_of: int | None
    undoable: bool


@dataclass(frozen=True)
class Board:
    """A plan with its goals and tactics that are not archived, each in order."""

    plan: Plan
    goals: tuple[Goal, ...]
    tactics: tuple[Tactic, ...]
    change_seq: int

    @property
    def simulated_goals(self) -> tuple[Goal, ...]:
        """The goals that have a chance, in order."""
        return tuple(goal for goal in self.goals if goal.is_simulated)

"""The schema's history. Append only: a migration that was released is never edited.

Comments inside the statements stay in the database, for people who open it with a SQL client.
"""

from sqlite_utils import Database, Migrations

schema = Migrations("fulcrum")


@schema()
def m001_plans_boards_and_runs(db: Database) -> None:
    """Create everything the first release keeps."""
    db.executescript(_PLANNING)
    db.executescript(_RECORDS)
    db.executescript(_VIEWS)


@schema()
def m002_searches_are_no_runs(db: Database) -> None:
    """Leave searches out of the view of chances."""
    db.executescript(_CHANCES_OF_RUNS)


@schema()
def m003_checkpoints(db: Database) -> None:
    """Let people name a moment of a plan."""
    db.executescript(_CHECKPOINTS)


@schema()
def m004_readiness_and_own_metrics(db: Database) -> None:
    """Keep how far a tactic is and which goals it serves too; goals on metrics of one's own."""
    db.executescript(_READINESS)


@schema()
def m005_drafts(db: Database) -> None:
    """Keep what people type into a dialog before it becomes part of the plan."""
    db.executescript(_DRAFTS)


@schema()
def m006_actuals(db: Database) -> None:
    """Keep what happened, month by month."""
    db.executescript(_ACTUALS)


@schema()
def m007_seasons(db: Database) -> None:
    """Keep a plan's strong and weak months."""
    db.executescript(_SEASON)


@schema()
def m008_rules(db: Database) -> None:
    """Keep which rules of the model a plan switches off."""
    db.executescript(_RULES)


@schema()
def m009_headcount(db: Database) -> None:
    """Keep that a plan's team grows or shrinks."""
    db.executescript(_HEADCOUNT)


@schema()
def m010_budget(db: Database) -> None:
    """Keep what a plan's first year may cost."""
    db.executescript(_BUDGET)


@schema()
def m011_adoption_ranges(db: Database) -> None:
    """Keep between what a tactic's adoption lies where nobody is sure."""
    db.executescript(_ADOPTION)


@schema()
def m012_evidence(db: Database) -> None:
    """Keep what speaks for an assumption beside its range."""
    db.executescript(_EVIDENCE)


@schema()
def m013_start_ranges(db: Database) -> None:
    """Keep between which months a tactic starts where nobody is sure."""
    db.executescript(_START)


_PLANNING = """
CREATE TABLE plans (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    start_month TEXT NOT NULL CHECK (start_month GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'),
    months INTEGER NOT NULL CHECK (months >= 1),
    currency TEXT NOT NULL,
    seats INTEGER NOT NULL CHECK (seats >= 0),
    ops_people REAL NOT NULL CHECK (ops_people >= 0),
    hours_per_rep_month REAL NOT NULL CHECK (hours_per_rep_month >= 0),
    ops_days_per_person REAL NOT NULL CHECK (ops_days_per_person >= 0),
    week_json TEXT NOT NULL CHECK (json_valid(week_json)), -- task row: share of the week
    assumptions_json TEXT NOT NULL CHECK (json_valid(assumptions_json)), -- only own ranges
    seed INTEGER NOT NULL,
    baseline_source TEXT NOT NULL,
    created_at TEXT NOT NULL,
    archived_at TEXT,
    version INTEGER NOT NULL CHECK (version >= 1)
) STRICT;

CREATE TABLE goals (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plans (id),
    title TEXT NOT NULL,
    owner TEXT NOT NULL,
    metric TEXT NOT NULL,
    baseline REAL NOT NULL, -- in the metric's unit
    target REAL NOT NULL, -- in the metric's unit
    due_month TEXT NOT NULL CHECK (due_month GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'),
    position TEXT NOT NULL, -- sorts goals on the board, then id
    created_at TEXT NOT NULL,
    archived_at TEXT,
    version INTEGER NOT NULL CHECK (version >= 1),
    UNIQUE (plan_id, id)
) STRICT;

CREATE TABLE tactics (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plans (id),
    title TEXT NOT NULL,
    lane TEXT NOT NULL CHECK (lane IN ('goal', 'unaligned', 'ideas')),
    goal_id TEXT, -- set exactly in the lane of a goal
    owner TEXT NOT NULL,
    effort_days REAL NOT NULL CHECK (effort_days >= 0), -- person-days of operations a year
    start INTEGER NOT NULL, -- month of the plan, from 1
    delay REAL NOT NULL, -- months late
    "to" TEXT NOT NULL CHECK ("to" IN ('system', 'ops')),
    moves_json TEXT NOT NULL CHECK (json_valid(moves_json)), -- task row: share taken over
    moves_ops_json TEXT NOT NULL CHECK (json_valid(moves_ops_json)),
    adoption REAL NOT NULL,
    buys_tool INTEGER NOT NULL CHECK (buys_tool IN (0, 1)),
    requirements_written INTEGER NOT NULL CHECK (requirements_written IN (0, 1)),
    process_standardised INTEGER NOT NULL CHECK (process_standardised IN (0, 1)),
    baseline_measured INTEGER NOT NULL CHECK (baseline_measured IN (0, 1)),
    destination TEXT NOT NULL
        CHECK (destination IN ('selling', 'strategy', 'coaching', 'nowhere')),
    destination_owner TEXT NOT NULL,
    seat_price REAL NOT NULL, -- a seat and month
    seats INTEGER, -- NULL: all seats of the plan
    one_off REAL NOT NULL,
    fixed_monthly REAL NOT NULL,
    training_hours REAL NOT NULL,
    upkeep_hours REAL NOT NULL,
    cycle REAL NOT NULL, -- share by which the sales cycle shortens
    win REAL NOT NULL, -- log-odds added to the win rate
    deal REAL NOT NULL, -- relative change of the deal value
    attention REAL NOT NULL, -- relative change
    library_key TEXT NOT NULL,
    note TEXT NOT NULL,
    position TEXT NOT NULL, -- sorts tactics within their lane, then id
    created_at TEXT NOT NULL,
    archived_at TEXT,
    version INTEGER NOT NULL CHECK (version >= 1),
    CHECK ((lane = 'goal') = (goal_id IS NOT NULL)),
    UNIQUE (plan_id, id),
    FOREIGN KEY (plan_id, goal_id) REFERENCES goals (plan_id, id)
) STRICT;
CREATE INDEX tactics_by_goal ON tactics (plan_id, goal_id);

CREATE TABLE scenarios (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plans (id),
    name TEXT NOT NULL,
    letter TEXT NOT NULL, -- the short name on charts
    overrides_json TEXT NOT NULL CHECK (json_valid(overrides_json)),
    position TEXT NOT NULL,
    created_at TEXT NOT NULL,
    archived_at TEXT,
    version INTEGER NOT NULL CHECK (version >= 1),
    UNIQUE (plan_id, id)
) STRICT;
"""

_RECORDS = """
CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plans (id),
    scenario_id TEXT, -- NULL: the plan as it stands on the board
    inputs_hash TEXT NOT NULL,
    model_version TEXT NOT NULL,
    seed INTEGER NOT NULL,
    draws INTEGER NOT NULL CHECK (draws >= 1),
    months INTEGER NOT NULL CHECK (months >= 1),
    inputs_json TEXT NOT NULL CHECK (json_valid(inputs_json)),
    summary_json TEXT NOT NULL CHECK (json_valid(summary_json)),
    elapsed_ms INTEGER NOT NULL CHECK (elapsed_ms >= 0),
    change_seq INTEGER NOT NULL CHECK (change_seq >= 0), -- the last change the run has seen
    created_at TEXT NOT NULL,
    format INTEGER NOT NULL CHECK (format >= 1), -- of the JSON columns
    FOREIGN KEY (plan_id, scenario_id) REFERENCES scenarios (plan_id, id)
) STRICT;
CREATE INDEX runs_by_inputs ON runs (plan_id, inputs_hash, model_version, seed, draws);
CREATE INDEX runs_by_scenario ON runs (plan_id, scenario_id);

CREATE TABLE snapshots (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plans (id),
    number INTEGER NOT NULL CHECK (number >= 1),
    title TEXT NOT NULL,
    content_json TEXT NOT NULL CHECK (json_valid(content_json)),
    content_hash TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    format INTEGER NOT NULL CHECK (format >= 1), -- of the JSON column
    UNIQUE (plan_id, number),
    UNIQUE (plan_id, id)
) STRICT;
CREATE TRIGGER snapshots_never_change BEFORE UPDATE ON snapshots
BEGIN
    SELECT RAISE(ABORT, 'a snapshot never changes');
END;

CREATE TABLE share_links (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plans (id),
    snapshot_id TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32), -- SHA-256; no token
    recipient TEXT NOT NULL,
    created_by TEXT NOT NULL,
    expires_at TEXT NOT NULL CHECK (expires_at GLOB '????-??-??T??:??:??Z'),
    revoked_at TEXT,
    created_at TEXT NOT NULL,
    FOREIGN KEY (plan_id, snapshot_id) REFERENCES snapshots (plan_id, id)
) STRICT;
CREATE INDEX share_links_by_snapshot ON share_links (plan_id, snapshot_id);

CREATE TABLE comments (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plans (id),
    snapshot_id TEXT NOT NULL,
    author TEXT NOT NULL,
    about TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at TEXT NOT NULL,
    FOREIGN KEY (plan_id, snapshot_id) REFERENCES snapshots (plan_id, id)
) STRICT;
CREATE INDEX comments_by_snapshot ON comments (plan_id, snapshot_id);

CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of changes; never a clock
    plan_id TEXT NOT NULL REFERENCES plans (id),
    at_utc TEXT NOT NULL,
    actor TEXT NOT NULL,
    op TEXT NOT NULL,
    words TEXT NOT NULL,
    before_json TEXT NOT NULL CHECK (json_valid(before_json)),
    after_json TEXT NOT NULL CHECK (json_valid(after_json)),
    undo_of INTEGER,
    undoable INTEGER NOT NULL CHECK (undoable IN (0, 1)),
    UNIQUE (plan_id, seq),
    FOREIGN KEY (plan_id, undo_of) REFERENCES events (plan_id, seq)
) STRICT;
CREATE TRIGGER events_never_change BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'an event never changes');
END;
CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
BEGIN
    SELECT RAISE(ABORT, 'an event is never removed');
END;
"""

_VIEWS = """
-- Tactics that are not archived, with their goal and what they cost in the plan's first year.
CREATE VIEW board AS
SELECT
    plans.id AS plan_id,
    plans.name AS plan,
    goals.id AS goal_id,
    goals.title AS goal,
    tactics.id AS tactic_id,
    tactics.title AS tactic,
    tactics.lane AS lane,
    tactics.owner AS owner,
    tactics.effort_days AS effort_days,
    (tactics.seat_price * coalesce(tactics.seats, plans.seats) + tactics.fixed_monthly)
        * max(0, 13 - tactics.start)
        + iif(tactics.start <= 12, tactics.one_off, 0) AS cost_year_one
FROM tactics
JOIN plans ON plans.id = tactics.plan_id
LEFT JOIN goals ON goals.id = tactics.goal_id
WHERE tactics.archived_at IS NULL AND plans.archived_at IS NULL
ORDER BY plans.id, goals.position, goals.id, tactics.lane, tactics.position, tactics.id;

-- What each plan spends on work that serves no goal.
CREATE VIEW unaligned_spend AS
SELECT
    plans.id AS plan_id,
    plans.name AS plan,
    count(tactics.id) AS tactics,
    total(tactics.effort_days) AS days_a_year,
    total(
        12 * (tactics.seat_price * coalesce(tactics.seats, plans.seats) + tactics.fixed_monthly)
    ) AS recurring_a_year,
    total(tactics.one_off) AS one_off
FROM plans
LEFT JOIN tactics
    ON tactics.plan_id = plans.id
    AND tactics.lane = 'unaligned'
    AND tactics.archived_at IS NULL
WHERE plans.archived_at IS NULL
GROUP BY plans.id;

-- The chance of each goal in the newest run of each plan as it stands on the board.
CREATE VIEW goal_chances AS
WITH newest AS (
    SELECT plan_id, max(rowid) AS run FROM runs WHERE scenario_id IS NULL GROUP BY plan_id
)
SELECT
    runs.plan_id AS plan_id,
    runs.id AS run_id,
    runs.created_at AS run_at,
    entry.value ->> 'id' AS goal_id,
    goals.title AS goal,
    entry.value ->> 'chance' AS chance,
    entry.value ->> 'baseline_chance' AS baseline_chance
FROM newest
JOIN runs ON runs.rowid = newest.run
JOIN json_each(runs.summary_json, '$.goals') AS entry
LEFT JOIN goals ON goals.id = entry.value ->> 'id' AND goals.plan_id = runs.plan_id;

-- Who changed what, in order.
CREATE VIEW change_log AS
SELECT
    events.seq AS seq,
    events.at_utc AS at_utc,
    plans.name AS plan,
    events.actor AS actor,
    events.op AS op,
    events.words AS words,
    events.undo_of AS undo_of
FROM events
JOIN plans ON plans.id = events.plan_id
ORDER BY events.seq;
"""

_CHANCES_OF_RUNS = """
DROP VIEW goal_chances;
-- The chance of each goal in the newest run of each plan as it stands on the board; a search for
-- the best mix is kept among the runs, names its kind, and is none.
CREATE VIEW goal_chances AS
WITH newest AS (
    SELECT plan_id, max(rowid) AS run
    FROM runs
    WHERE scenario_id IS NULL AND summary_json ->> '$.kind' IS NULL
    GROUP BY plan_id
)
SELECT
    runs.plan_id AS plan_id,
    runs.id AS run_id,
    runs.created_at AS run_at,
    entry.value ->> 'id' AS goal_id,
    goals.title AS goal,
    entry.value ->> 'chance' AS chance,
    entry.value ->> 'baseline_chance' AS baseline_chance
FROM newest
JOIN runs ON runs.rowid = newest.run
JOIN json_each(runs.summary_json, '$.goals') AS entry
LEFT JOIN goals ON goals.id = entry.value ->> 'id' AND goals.plan_id = runs.plan_id;
"""

_CHECKPOINTS = """
-- Moments of a plan that people named, to come back to.
CREATE TABLE checkpoints (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plans (id),
    name TEXT NOT NULL,
    seq INTEGER NOT NULL CHECK (seq >= 0), -- the plan as it was right after this change
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    archived_at TEXT,
    version INTEGER NOT NULL CHECK (version >= 1)
) STRICT;
CREATE INDEX checkpoints_of_plan ON checkpoints (plan_id);
"""

_READINESS = """
-- "own": the goal counts something the model does not produce.
ALTER TABLE goals ADD COLUMN own_name TEXT NOT NULL DEFAULT '';
ALTER TABLE goals ADD COLUMN own_unit TEXT NOT NULL DEFAULT '';
ALTER TABLE goals ADD COLUMN progress REAL; -- typed, in own_unit

ALTER TABLE tactics ADD COLUMN status TEXT NOT NULL DEFAULT 'draft'
    CHECK (status IN ('draft', 'ready', 'running', 'done'));
-- further goals: their share of effort and money
ALTER TABLE tactics ADD COLUMN supports_json TEXT NOT NULL DEFAULT '{}'
    CHECK (json_valid(supports_json));
-- which metric will move, from what to what
ALTER TABLE tactics ADD COLUMN test_metric TEXT NOT NULL DEFAULT '';
ALTER TABLE tactics ADD COLUMN test_from REAL;
ALTER TABLE tactics ADD COLUMN test_to REAL;
"""

_DRAFTS = """
-- What somebody typed into a dialog and has not kept yet; not part of the plan.
CREATE TABLE drafts (
    plan_id TEXT NOT NULL REFERENCES plans (id),
    person TEXT NOT NULL, -- a random id that a browser remembers
    kind TEXT NOT NULL CHECK (kind IN ('goal', 'tactic')),
    values_json TEXT NOT NULL CHECK (json_valid(values_json)), -- field: value as typed
    saved_at TEXT NOT NULL,
    PRIMARY KEY (plan_id, person, kind)
) STRICT;
"""

_SEASON = """
-- What has a season: twelve factors that average 1, January first.
ALTER TABLE plans ADD COLUMN season_json TEXT NOT NULL DEFAULT '{}'
    CHECK (json_valid(season_json));
"""

_HEADCOUNT = """
-- Another number of seats from a month on, and what one costs a year; empty if there is none.
ALTER TABLE plans ADD COLUMN headcount_json TEXT NOT NULL DEFAULT '{}'
    CHECK (json_valid(headcount_json));
"""

_BUDGET = """
-- What the first 12 months may cost, in the plan's currency; NULL if nobody set a budget.
ALTER TABLE plans ADD COLUMN budget REAL CHECK (budget >= 0);
"""

_START = """
-- The earliest and the latest month it may start; both NULL where it is one month.
ALTER TABLE tactics ADD COLUMN start_low INTEGER CHECK (start_low >= 1);
ALTER TABLE tactics ADD COLUMN start_high INTEGER CHECK (start_high >= 1);
"""

_EVIDENCE = """
-- assumption: sources that people added, each with its grade, day and note
ALTER TABLE plans ADD COLUMN evidence_json TEXT NOT NULL DEFAULT '{}'
    CHECK (json_valid(evidence_json));
"""

_ADOPTION = """
-- Between what the adoption lies; both NULL where it is one number.
ALTER TABLE tactics ADD COLUMN adoption_low REAL CHECK (adoption_low >= 0);
ALTER TABLE tactics ADD COLUMN adoption_high REAL CHECK (adoption_high <= 1);
"""

_ACTUALS = """
-- What happened: one metric of a plan in one month, typed or imported.
CREATE TABLE actuals (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plans (id),
    metric TEXT NOT NULL, -- what goals count; here the month's own figure
    month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'),
    value REAL NOT NULL, -- percentages as shares
    source TEXT NOT NULL, -- where it comes from; empty if it was typed
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,
    created_at TEXT NOT NULL,
    archived_at TEXT,
    version INTEGER NOT NULL CHECK (version >= 1),
    UNIQUE (plan_id, metric, month)
) STRICT;
"""

_RULES = """
-- rule: false for each that is switched off; all others are on
ALTER TABLE plans ADD COLUMN rules_json TEXT NOT NULL DEFAULT '{}'
    CHECK (json_valid(rules_json));
"""

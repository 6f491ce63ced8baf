"""Freezing a plan and giving out addresses that show the frozen copy."""

import hashlib
import json
import secrets
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from simulation.defaults import defaults
from strategy.alignment import balance, first_year_cost, first_year_costs, unaligned_spend
from strategy.amounts import symbol
from strategy.budget import budget_in_words
from strategy.calendar import month_label
from strategy.checks import clean_text, finite_number
from strategy.headcount import team_in_words
from strategy.identity import new_id
from strategy.later_on import later_on
from strategy.levers import Levers, titles_of
from strategy.model import Board, Comment, Plan, Run, Scenario, ShareLink, Snapshot
from strategy.ports import Store
from strategy.projection import live_tactics
from strategy.readiness import preparation
from strategy.rules import rules_off
from strategy.running import DEFAULT_DRAWS, current_run
from strategy.season import SEASONS, in_words
from strategy.spreads import share_in_words, three
from strategy.tactic_levers import start_in_words

CONTENT_VERSION = 1
GOAL_FIELDS = (
    "id",
    "title",
    "owner",
    "metric",
    "baseline",
    "target",
    "due_month",
    "own_name",
    "own_unit",
    "progress",
)
MAX_DAYS = 365
DEFAULT_DAYS = 30


def take_snapshot(
    store: Store, plan_id: str, actor: str, title: str, *, draws: int = DEFAULT_DRAWS
) -> Snapshot:
    """Freeze the plan with all scenarios and their runs; simulates what has no run yet."""
    board = store.board(plan_id)
    scenarios = store.scenarios(plan_id)
    content = snapshot_content(
        board,
        current_run(store, board, draws=draws),
        [(each, current_run(store, board, each, draws=draws)) for each in scenarios],
    )
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    with store.change(plan_id, actor, "take_snapshot", undoable=False) as change:
        number = max((each.number for each in change.snapshots()), default=0) + 1
        change.words = f"Freeze snapshot {number}"
        return change.add(
            Snapshot(
                id=new_id("snapshot"),
                plan_id=plan_id,
                number=number,
                title=clean_text("The snapshot's title", title, 120) or f"Snapshot {number}",
                content=content,
                content_hash=hashlib.sha256(text.encode()).hexdigest(),
                created_by=actor,
            )
        )


def snapshot_content(
    board: Board, run: Run, scenarios: list[tuple[Scenario, Run]]
) -> dict[str, Any]:
    """Return what a snapshot keeps, as plain JSON values; nothing in it is private."""
    plan = board.plan
    return {
        "version": CONTENT_VERSION,
        "plan": {
            name: getattr(plan, name)
            for name in ("name", "start_month", "months", "currency", "seats", "baseline_source")
        },
        "goals": [{name: getattr(goal, name) for name in GOAL_FIELDS} for goal in board.goals],
        "tactics": [
            {
                "title": tactic.title,
                "owner": tactic.owner,
                "lane": tactic.lane,
                "goal_id": tactic.goal_id,
                "effort_days": tactic.effort_days,
                "start": tactic.start,
                "begin": list(three(tactic.begin)),
                "first_year_cost": first_year_cost(tactic, plan),
                "first_year_costs": list(first_year_costs(tactic, plan)),
                "buys_tool": tactic.buys_tool,
                "preparation": preparation(tactic),
            }
            for tactic in live_tactics(board.tactics)
        ],
        "unaligned": asdict(unaligned_spend(board)),
        "strategic_share": balance(board).strategic_share,
        "board_run": frozen_run(run),
        "scenarios": [
            {
                "id": scenario.id,
                "name": scenario.name,
                "letter": scenario.letter,
                "overrides": dict(scenario.overrides),
                "run": frozen_run(each),
            }
            for scenario, each in scenarios
        ],
        "assumptions": assumption_rows(plan),
        "later_on": later_on(plan),
        "rules_off": [
            {"rule": rule.name, "title": rule.title, "when_off": rule.when_off}
            for rule in rules_off(plan)
        ],
    }


def frozen_run(run: Run) -> dict[str, Any]:
    """Return the part of a run that a snapshot keeps: enough to show and to repeat it."""
    return {
        "model_version": run.model_version,
        "seed": run.seed,
        "draws": run.draws,
        "inputs": dict(run.inputs),
        "summary": dict(run.summary),
    }


def assumption_rows(plan: Plan) -> list[dict[str, Any]]:
    """Return every assumption as the plan uses it, most decisive first."""
    rows = []
    for name, each in defaults().assumptions.items():
        own = plan.assumptions.get(name)
        used = own or each.range
        rows.append(
            {
                "name": name,
                "label": each.label,
                "meaning": each.meaning,
                "unit": each.unit,
                "low": used.low,
                "mode": used.mode,
                "high": used.high,
                "source": own.source if own else each.source,
                "grade": own.grade if own else each.grade,
                "is_front": each.is_front,
                "is_own": own is not None,
                "set_by": own.set_by if own else "",
                "set_at": own.set_at if own else "",
            }
        )
    return sorted(rows, key=lambda row: not row["is_front"])


def token_hash(token: str) -> bytes:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def check_link(recipient: str, days: float) -> str:
    """Return who a link is for, cleaned; raise InvalidValue if it or the days do not fit."""
    finite_number("The days until the link expires", days, 1, MAX_DAYS)
    return clean_text("Who the link is for", recipient, 120)


def share(
    store: Store, plan_id: str, actor: str, snapshot_id: str, recipient: str, days: float
) -> tuple[ShareLink, str]:
    """Make a link to a snapshot that works for `days`; return it with its token.

    The token is shown once: only its hash is kept.
    """
    recipient = check_link(recipient, days)
    token = secrets.token_urlsafe(32)
    with store.change(plan_id, actor, "share", undoable=False) as change:
        snapshot = change.get(Snapshot, snapshot_id)
        change.words = f"Share snapshot {snapshot.number}" + (
            f" with {recipient}" if recipient else ""
        )
        link = ShareLink(
            id=new_id("link"),
            plan_id=plan_id,
            snapshot_id=snapshot_id,
            token_hash=token_hash(token),
            recipient=recipient,
            created_by=actor,
            expires_at=_later(change.now, days),
        )
        return change.add(link), token


def _later(now: str, days: float) -> str:
    moment = datetime.fromisoformat(now.replace("Z", "+00:00")) + timedelta(days=days)
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def revoke(store: Store, plan_id: str, actor: str, link_id: str) -> None:
    """Make a link stop working at once; a second call changes nothing."""
    with store.change(plan_id, actor, "revoke", undoable=False) as change:
        link = change.get(ShareLink, link_id)
        change.words = "Revoke a link" + (f" for {link.recipient}" if link.recipient else "")
        if link.revoked_at is None:
            change.update(link, revoked_at=change.now)


def comment(
    store: Store, plan_id: str, snapshot_id: str, author: str, about: str, body: str
) -> Comment:
    """Keep a comment on a part of a snapshot."""
    author = clean_text("Your name", author, 80, required=True)
    with store.change(plan_id, author, "comment", f"Comment by {author}", undoable=False) as change:
        change.get(Snapshot, snapshot_id)
        return change.add(
            Comment(
                id=new_id("comment"),
                plan_id=plan_id,
                snapshot_id=snapshot_id,
                author=author,
                about=clean_text("What the comment is about", about, 120),
                body=clean_text("The comment", body, 4000, required=True),
            )
        )


def _values(value: float | tuple[float, float, float]) -> tuple[float, ...]:
    return value if isinstance(value, tuple) else (value,)


def _written(value: float) -> str:
    """Return a number in full: no powers of ten for money, no long tails for rates."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def describe_levers(levers: Levers, board: Board) -> list[str]:
    """Return what a scenario changes against the plan, a short sentence each."""
    sentences = []
    if levers.seats is not None:
        sentences.append(f"{levers.seats:g} seats instead of {board.plan.seats}")
    if levers.headcount is not None:
        team = team_in_words(board.plan, levers.headcount)
        sentences.append(f"Seats later on: {team}")
    if levers.budget is not None:
        budget = budget_in_words(board.plan, levers.budget)
        sentences.append(f"Budget for the first 12 months: {budget}")
    if levers.week is not None:
        sentences.append("A different rep week")
    if levers.destinations is not None:
        parts = [
            f"{share_in_words(share)} {use}"
            for use, share in levers.destinations.items()
            if share != 0
        ]
        sentences.append("Freed hours go to " + ", ".join(parts))
    if levers.plan_quality is not None:
        sentences.append(
            f"{share_in_words(levers.plan_quality)} of freed hours have a destination and an owner"
        )
    if levers.preparation is not None:
        sentences.append(f"Every tactic is prepared to {levers.preparation:.0%}")
    for task, shift in levers.shifts.items():
        label = defaults().tasks[task].label
        start = month_label(board.plan.start_month, shift.start)
        sentences.append(f"{shift.share:.0%} of {label} automated from {start}")
    if levers.shifts and (levers.shift_terms.seat_price or levers.shift_terms.one_off):
        terms, currency = levers.shift_terms, symbol(board.plan.currency)
        sentences.append(
            f"That automation costs {currency}{_written(terms.seat_price)} a seat and month and "
            f"{currency}{_written(terms.one_off)} once"
        )
    for name, value in levers.assumptions.items():
        label = defaults().assumptions[name].label
        shown = " / ".join(_written(each) for each in _values(value))
        sentences.append(f"{label}: {shown}")
    sentences.extend(
        f"Season of {SEASONS[name]}: {in_words(factors)}" for name, factors in levers.season.items()
    )
    titles, first = titles_of(board.tactics), board.plan.start_month
    sentences.extend(f"Without {titles.get(each, 'an archived tactic')}" for each in levers.without)
    sentences.extend(
        f"{titles[each]} starts {start_in_words(start, partial(month_label, first))}"
        for each, start in levers.starts.items()
        if each in titles
    )
    sentences.extend(
        f"{titles[each]} reaches {share_in_words(share)} adoption"
        for each, share in levers.adoption.items()
        if each in titles
    )
    return sentences

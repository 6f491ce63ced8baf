"""What each amount of money buys at best, from a search that was kept."""

from collections.abc import Mapping
from typing import Any

import session
from components.charts import Mix, Named, frontier_alt, frontier_chart, frontier_table
from components.numbers import Unit
from pages.frame.chart import show_chart
from reports.mix_words import differs, gives_up
from strategy.model import Board

Found = Mapping[str, Any]


def show_frontier(board: Board, found: Found, *, key: str) -> None:
    """Draw a search's frontier; `found` is the summary of its run, with at least one mix."""
    currency, titles = board.plan.currency, {each.id: each.title for each in board.tactics}
    goals = {each.id: each.title for each in board.goals}
    goal = found["question"]["goal"]
    unit: Unit = "money" if goal is None else "percent"
    label = "Net benefit" if goal is None else f"Chance: {goals[goal]}"
    discounted = ", discounted to today," if goal is None else ""
    whole = found["plan"]["tactics"]

    def mix(row: Found) -> Mix:
        words = differs(row["tactics"], whole, titles)
        return Mix(row["first_year_cost"], row["score"], words)

    named = _named(found, titles)
    line = [mix(row) for row in found["frontier"]]
    show_chart(
        frontier_chart(
            line,
            [mix(row) for row in found["best"]],
            named,
            palette=session.palette(),
            unit=unit,
            currency=currency,
        ),
        key=key,
        heading=gives_up(found, goals, currency),
        caption=f"{label}{discounted} by cost of year one. The line is the best that money "
        "buys. Means only, without their ranges.",
        alt_text=frontier_alt(line, named, label=label, unit=unit, currency=currency),
        table=lambda: frontier_table(line, named, label=label, unit=unit, currency=currency),
    )


def _named(found: Found, titles: Mapping[str, str]) -> list[Named]:
    """Return the plan, the plan without unaligned tactics if it has any, and the best mix."""
    whole, best = found["plan"]["tactics"], found["best"][0]
    rows = [("plan", "the plan", found["plan"])]
    if found["without_unaligned"] is not None:
        rows.append(("aligned", "without unaligned", found["without_unaligned"]))
    rows.append(("best", "best mix", best))
    kept = [
        each
        for each in rows
        if each[0] == "best" or set(each[2]["tactics"]) != set(best["tactics"])
    ]
    return [
        Named(
            cost=row["first_year_cost"],
            score=row["score"],
            tactics=differs(row["tactics"], whole, titles),
            name=name,
            role=role,
        )
        for role, name, row in kept
    ]

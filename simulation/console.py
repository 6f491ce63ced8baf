"""Results as text for a terminal."""

from collections.abc import Callable, Iterable, Sequence

from simulation.inputs import Inputs
from simulation.objectives import Objective
from simulation.search import Candidate, Found
from simulation.tornado import Tornado

Named = Callable[[str], str]


def table(
    header: Sequence[str], rows: Iterable[Sequence[str]], left: frozenset[int] = frozenset({0})
) -> str:
    """Return aligned columns: those in `left` to the left, the others to the right."""
    lines = [list(header), *(list(row) for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(header))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place in left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def money(amount: float) -> str:
    """Return an amount in whole currency units with separators."""
    return f"{amount:,.0f}"


def _score(objective_is_chance: bool, value: float) -> str:
    return f"{value:.1%}" if objective_is_chance else money(value)


def tornado_text(results: Sequence[Tornado], named: Named) -> str:
    """Return a table for each objective, the widest swing first."""
    return "\n\n".join(_one_tornado(each, named) for each in results)


def _one_tornado(result: Tornado, named: Named) -> str:
    is_chance = result.objective.kind == "chance"
    heading = (
        f"{_objective(result.objective, named)}: {_score(is_chance, result.as_drawn.headline)}"
    )
    rows = (
        (
            bar.assumption,
            f"{bar.low_value:.4g}",
            _score(is_chance, bar.low),
            f"{bar.high_value:.4g}",
            _score(is_chance, bar.high),
            _score(is_chance, bar.swing),
            f"{bar.correlation:+.2f}",
        )
        for bar in result.bars
    )
    header = ("assumption", "low (P10)", "then", "high (P90)", "then", "swing", "rank corr.")
    return f"{heading}\n{table(header, rows)}"


def _objective(objective: Objective, named: Named) -> str:
    if objective.kind == "net_benefit":
        return "Net benefit, median present value"
    return f"Chance of {named(objective.goal or '')}"


def search_text(found: Found, inputs: Inputs, goal: str | None, named: Named) -> str:
    """Return the best mixes, the frontier and the plan as tables."""
    names = [named(tactic.name) for tactic in inputs.tactics]
    searched = "chance" if goal else "net benefit, mean"
    how = "every mix looked at" if found.is_exhaustive else "climbed, not every mix looked at"
    header = (searched, "+- error", "behind best", "cost, year 1", "tactics")

    def row(each: Candidate) -> tuple[str, ...]:
        behind = "tie" if each.is_tie else _score(bool(goal), each.behind)
        chosen = [name for place, name in enumerate(names) if each.mask >> place & 1]
        return (
            _score(bool(goal), each.score),
            _score(bool(goal), each.error),
            behind,
            money(each.first_year_cost),
            "; ".join(chosen) or "no tactic",
        )

    def part(title: str, candidates: Sequence[Candidate]) -> str:
        lines = (
            table(header, map(row, candidates), frozenset({4}))
            if candidates
            else "No mix keeps the limits."
        )
        return f"{title}\n{lines}"

    return "\n\n".join(
        [
            f"{found.evaluated:,} mixes, {found.draws:,} draws, {how}",
            part("Best", found.best),
            part("Best for less money (efficient frontier)", found.frontier),
            part("The plan as it stands", [found.plan]),
        ]
    )

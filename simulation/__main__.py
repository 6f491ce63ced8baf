"""Run the model from a terminal: python -m simulation INPUTS.json."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from simulation.checking import InputError
from simulation.console import search_text, tornado_text
from simulation.draw_table import count_rows, read_draw_table, write_draw_table
from simulation.draws import Draws, modes, sample
from simulation.engine import simulate_on
from simulation.inputs import Inputs
from simulation.mixes import PolicyOf
from simulation.report import report
from simulation.search import Wish, best_mixes
from simulation.streaming import MOST_AT_ONCE, streamed_report
from simulation.tornado import tornado

EPILOG = """examples:
  python -m simulation plan.json > outcome.json
  python -m simulation plan.json --draws 1000000 --seed 7
  python -m simulation --plan "Larkfield FY27" --tornado
  python -m simulation --plan "Larkfield FY27" --search --budget 150000 --must "Guided quoting"

A plain run prints JSON. --tornado and --search print a table, or JSON with --json. Progress of
long work goes to standard error. docs/model.md explains inputs and outputs."""


class _Parser(argparse.ArgumentParser):
    """Refuse bad options like any other bad input: one line, status 2."""

    def error(self, message: str) -> NoReturn:
        """Print one line and leave."""
        print(message, file=sys.stderr)
        sys.exit(2)


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = _Parser(
        prog="python -m simulation",
        description="Simulate a sales operations plan; print percentiles, money and chances.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    what = parser.add_argument_group("what to run")
    what.add_argument("inputs", type=Path, nargs="?", metavar="INPUTS.json", help="an input file")
    what.add_argument("--plan", metavar="NAME", help="a plan in the database (FULCRUM_DB) instead")
    draws = parser.add_argument_group("draws")
    draws.add_argument(
        "--draws", type=int, help="imagined worlds (4000; 2000 with --tornado or --search)"
    )
    draws.add_argument("--seed", type=int, default=1, help="same seed, same numbers (1)")
    draws.add_argument(
        "--deterministic",
        action="store_true",
        help="one world: every assumption at its mode, nothing random",
    )
    draws.add_argument(
        "--draw-table",
        type=Path,
        metavar="FILE.csv",
        help="if FILE.csv holds a table, use its draws; otherwise write this run's there",
    )
    other = parser.add_argument_group("instead of a run")
    kind = other.add_mutually_exclusive_group()
    kind.add_argument(
        "--tornado", action="store_true", help="which assumptions decide the answer, widest first"
    )
    kind.add_argument(
        "--search", action="store_true", help="the best mix of the plan's tactics for the money"
    )
    other.add_argument("--json", action="store_true", help="JSON instead of a table")
    limits = parser.add_argument_group("limits of a search")
    limits.add_argument("--goal", metavar="ID", help="search for this goal's chance")
    limits.add_argument("--budget", type=float, help="most mean cost in months 1 to 12")
    limits.add_argument(
        "--latest-start", type=int, metavar="MONTH", help="leave out what starts later"
    )
    limits.add_argument(
        "--must", action="append", default=[], metavar="TACTIC", help="always in; may be repeated"
    )
    limits.add_argument(
        "--must-not", action="append", default=[], metavar="TACTIC", help="never in"
    )
    options = parser.parse_args(argv)
    if (options.inputs is None) == (options.plan is None):
        parser.error("give either INPUTS.json or --plan NAME")
    if options.draws is None:
        options.draws = 2000 if options.tornado or options.search else 4000
    return options


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", "a file") from error
    except (ValueError, RecursionError) as error:
        raise InputError(str(path), f"is not JSON ({error})", "one JSON object") from error


class _Source:
    """Where the inputs come from, with the names people use."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.titles: dict[str, str] = {}
        self.policy_of: PolicyOf | None = None
        if options.plan is None:
            self.inputs = Inputs.from_json(_read_json(options.inputs))
            return
        # Only here is a database needed.
        from data.plan_inputs import plan_inputs
        from settings import settings

        plan = plan_inputs(settings().database, options.plan)
        self.inputs = Inputs.from_json(plan.inputs)
        self.titles, self.policy_of = plan.titles, plan.policy_of

    def named(self, name: str) -> str:
        """Return what people call a tactic or goal."""
        return self.titles.get(name, name)

    def place(self, name: str) -> int:
        """Return the place of a tactic by its name; raise InputError if there is none."""
        names = [self.named(tactic.name) for tactic in self.inputs.tactics]
        if name not in names:
            raise InputError(f"tactic {name!r}", "is unknown", f"one of {', '.join(names)}")
        return names.index(name)


def tell(share: float) -> None:
    """Show how far long work has come, on standard error."""
    print(f"\r{share:4.0%}", end="\n" if share >= 1 else "", file=sys.stderr, flush=True)


def _has_rows(path: Path | None) -> bool:
    return path is not None and path.exists() and path.stat().st_size > 0


def _draws(options: argparse.Namespace, inputs: Inputs) -> Draws:
    table = options.draw_table
    if options.deterministic:
        return modes(inputs)
    count = count_rows(table) if _has_rows(table) else options.draws
    draws = sample(inputs, count, options.seed)
    return read_draw_table(table, inputs, draws) if _has_rows(table) else draws


def _run(options: argparse.Namespace, source: _Source) -> dict[str, Any]:
    inputs, table = source.inputs, options.draw_table
    if options.draws > MOST_AT_ONCE and not options.deterministic and table is None:
        return streamed_report(inputs, options.draws, options.seed, tell)
    outcome = simulate_on(inputs, _draws(options, inputs))
    if table is not None and not _has_rows(table):
        write_draw_table(table, outcome)
    return report(outcome)


def _tornado(options: argparse.Namespace, source: _Source) -> tuple[Any, Callable[[], str]]:
    found = tornado(source.inputs, _draws(options, source.inputs), progress=tell)
    return [each.as_json() for each in found], lambda: tornado_text(found, source.named)


def _search(options: argparse.Namespace, source: _Source) -> tuple[Any, Callable[[], str]]:
    goals = {source.named(goal.id): goal.id for goal in source.inputs.goals}
    wish = Wish(
        goal=goals.get(options.goal, options.goal),
        budget=options.budget,
        latest_start=options.latest_start,
        must=frozenset(source.place(name) for name in options.must),
        must_not=frozenset(source.place(name) for name in options.must_not),
    )
    draws = _draws(options, source.inputs)
    found = best_mixes(source.inputs, draws, wish, policy_of=source.policy_of, progress=tell)
    shown = found.as_json() | {"tactics": [source.named(t.name) for t in source.inputs.tactics]}
    return shown, lambda: search_text(found, source.inputs, wish.goal, source.named)


def main(argv: list[str] | None = None) -> int:
    """Print what was asked for; return 0, or 2 after one line on what is wrong."""
    options = _arguments(argv)
    try:
        source = _Source(options)
        if options.tornado or options.search:
            answer = _tornado if options.tornado else _search
            result, text = answer(options, source)
            if not options.json:
                print(text())
                return 0
        else:
            result = _run(options, source)
    except (ValueError, OSError) as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 2
    json.dump(result, sys.stdout, allow_nan=False)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())

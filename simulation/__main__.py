"""Run the model from a terminal: python -m simulation INPUTS.json."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from simulation.checking import InputError
from simulation.draw_table import count_rows, read_draw_table, write_draw_table
from simulation.draws import modes, sample
from simulation.engine import simulate_on
from simulation.inputs import Inputs
from simulation.report import report
from simulation.streaming import MOST_AT_ONCE, streamed_report


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
    )
    parser.add_argument("inputs", type=Path, metavar="INPUTS.json", help="see docs/model.md")
    parser.add_argument("--draws", type=int, default=4000, help="imagined worlds (4000)")
    parser.add_argument("--seed", type=int, default=1, help="same seed, same numbers (1)")
    parser.add_argument(
        "--deterministic",
        action="store_true",
        help="one world: every assumption at its mode, nothing random",
    )
    parser.add_argument(
        "--draw-table",
        type=Path,
        metavar="FILE.csv",
        help="if FILE.csv holds a table, use its draws; otherwise write this run's there",
    )
    return parser.parse_args(argv)


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", "a file") from error
    except (ValueError, RecursionError) as error:
        raise InputError(str(path), f"is not JSON ({error})", "one JSON object") from error


def tell(share: float) -> None:
    """Show how far long work has come, on standard error."""
    print(f"\r{share:4.0%}", end="\n" if share >= 1 else "", file=sys.stderr, flush=True)


def _has_rows(path: Path | None) -> bool:
    return path is not None and path.exists() and path.stat().st_size > 0


def _report(options: argparse.Namespace) -> dict[str, Any]:
    inputs = Inputs.from_json(_read_json(options.inputs))
    table = options.draw_table
    if options.draws > MOST_AT_ONCE and not options.deterministic and table is None:
        return streamed_report(inputs, options.draws, options.seed, tell)
    if options.deterministic:
        draws = modes(inputs)
    else:
        count = count_rows(table) if _has_rows(table) else options.draws
        draws = sample(inputs, count, options.seed)
        if _has_rows(table):
            draws = read_draw_table(table, inputs, draws)
    outcome = simulate_on(inputs, draws)
    if table is not None and not _has_rows(table):
        write_draw_table(table, outcome)
    return report(outcome)


def main(argv: list[str] | None = None) -> int:
    """Print the report as JSON; return 0, or 2 after one line on what is wrong."""
    options = _arguments(argv)
    try:
        result = _report(options)
    except (InputError, OSError, UnicodeDecodeError) as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 2
    json.dump(result, sys.stdout, allow_nan=False)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())

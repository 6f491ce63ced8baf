"""Give the importer thousands of broken files: each is a calibration or one sentence.

Run from the root of the repository: `python -m scripts.fuzz_imports --files 10000`.

Files are the shapes of `import_shapes`, spoilt at random: bytes changed, cut, repeated, cells and
lines swapped, parts of workbooks damaged. What can be read is applied to a plan in a database of
its own, as one change; what cannot must leave that database as it was. The same seed gives the
same files. Exits with 1 if any file broke this.
"""

import argparse
import io
import random
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from calibration import Calibration, ExportError, calibrate
from data.example import load_example
from data.store import SqliteStore
from scripts.import_shapes import shapes
from strategy import commands
from strategy.model import Plan

APPLIED = ("bookings_per_seat", "win_rate", "deal_size", "deal_size_variation", "cycle_months",
           "demand_spread", "demand_persistence")  # fmt: skip
CELLS = (
    b"", b"0", b"-1", b"1e999", b"nan", b"=1+1", b"9" * 60, b"31/12/2026", b"12/31/2026",
    b"2024-02-30", b"\x00", b"\xff\xfe", b'"', b"'", b"\xe2\x82\xac9", b"1.234,5", b"Won", b"45500",
    b"\n", b"\r", b"\xc3", b"a" * 10_001, b"0001-01-01", b"9999-12-31", b"<script>", b"inf",
)  # fmt: skip

Spoil = Callable[[bytes, random.Random], bytes]


def _flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(content: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    return content[:start] + content[end:]


def _repeated(content: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    return content[:end] + content[start:end] * chance.randint(1, 3) + content[end:]


def _filled(content: bytes, chance: random.Random) -> bytes:
    """Write something odd into a few cells."""
    sign = chance.choice((b",", b";", b"\t"))
    cells = content.split(sign)
    for _ in range(chance.randint(1, 5)):
        cells[chance.randrange(len(cells))] = chance.choice(CELLS)
    return sign.join(cells)


def _shuffled(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


def _rezipped(content: bytes, chance: random.Random) -> bytes:
    """Spoil one part inside a workbook, so that the archive itself stays whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile:
        return _flipped(content, chance)
    name = chance.choice(list(parts))
    parts[name] = chance.choice((_flipped, _cut, _repeated))(parts[name] or b" ", chance)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for each, part in parts.items():
            archive.writestr(each, part)
    return target.getvalue()


def _plausible(content: bytes, chance: random.Random) -> bytes:
    """Exchange a few cells for others of the file, whole rows below the header."""
    head, line, body = content.partition(b"\n")
    cells = body.split(b",")
    for _ in range(chance.randint(1, 4)):
        cells[chance.randrange(len(cells))] = chance.choice(cells)
    rows = b",".join(cells).split(b"\n")
    return head + line + b"\n".join(rows[: chance.randint(1, len(rows))])


SPOILS: tuple[Spoil, ...] = (
    _flipped, _cut, _repeated, _filled, _shuffled, _plausible, _plausible, _plausible, _plausible,
)  # fmt: skip


def files(count: int, seed: int, known: Sequence[bytes] | None = None) -> Iterator[bytes]:
    """Yield files: first every shape as it is, then spoilt ones; `known` are other shapes."""
    known = list(shapes().values()) if known is None else known
    yield from known[:count]
    chance = random.Random(seed)
    for _ in range(count - len(known)):
        content = chance.choice(known) or b" "
        is_workbook = content.startswith(b"PK") and chance.random() < 0.8
        for _ in range(chance.randint(1, 2)):
            spoil = _rezipped if is_workbook else chance.choice(SPOILS)
            content = spoil(content or b" ", chance)
        yield content


def answer(content: bytes) -> Calibration | str:
    """Return what a file says, or why it is refused; anything else is raised."""
    try:
        return calibrate(content, "upload.csv")
    except ExportError as refused:
        sentence = str(refused)
        if not (sentence.isprintable() and sentence.endswith(".")):
            raise AssertionError(f"no sentence: {sentence!r}") from refused
        return sentence


def check(content: bytes, store: SqliteStore, plan: Plan) -> str:
    """Import a file as the page does; return 'read' or 'refused', or raise what went wrong."""
    before = store.change_seq(plan.id)
    found = answer(content)
    ranges: dict[str, dict[str, Any]] = {}
    if isinstance(found, Calibration):
        ranges = {
            name: {
                "low": each.low, "mode": each.mode, "high": each.high,
                "source": each.method, "grade": "measured" if each.sample else "estimate",
            }
            for name in APPLIED
            for each in [getattr(found, name)]
        }  # fmt: skip
        commands.set_assumptions(store, plan.id, "Fuzz", ranges, "Import")
    kept = store.board(plan.id).plan.assumptions
    if any(kept[name].mode != row["mode"] for name, row in ranges.items()):
        raise AssertionError("only a part was kept")
    # A file that says what the one before said changes nothing.
    if store.change_seq(plan.id) - before > bool(ranges):
        raise AssertionError("more than one change was kept")
    return "read" if isinstance(found, Calibration) else "refused"


def fuzz(count: int, seed: int, folder: Path) -> tuple[Counter[str], list[str]]:
    """Check so many files; return how they ended, and the first of each kind of failure."""
    return check_all(files(count, seed), check, folder)


def check_all(
    contents: Iterable[bytes], check_one: Callable[[bytes, SqliteStore, Plan], str], folder: Path
) -> tuple[Counter[str], list[str]]:
    """Check files against a plan kept in a folder; return how they ended, and failures by kind."""
    store = SqliteStore.open(folder / "fuzz.db")
    plan = load_example(store)
    ends: Counter[str] = Counter()
    failures: dict[str, str] = {}
    for number, content in enumerate(contents):
        try:
            ends[check_one(content, store, plan)] += 1
        except Exception as error:
            ends["failed"] += 1
            told = "".join(traceback.format_exception(error)[-3:])
            failures.setdefault(type(error).__name__, f"file {number}: {told}")
    return ends, list(failures.values())


def main(
    words: str = __doc__.splitlines()[0],
    run: Callable[[int, int, Path], tuple[Counter[str], list[str]]] = fuzz,
) -> int:
    """Run from the command line; `words` say what is fuzzed."""
    parser = argparse.ArgumentParser(description=words)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        ends, failures = run(chosen.files, chosen.seed, Path(folder))
    took = time.perf_counter() - start
    print(f"{sum(ends.values()):,} files in {took:.0f} s: {ends['read']:,} read, "
          f"{ends['refused']:,} refused in a sentence, {ends['failed']:,} failed")  # fmt: skip
    for failure in failures:
        print(failure)
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())

"""How long an import and a start take."""

import os
import subprocess
import sys
from pathlib import Path

from bench.servers import free_port, served
from bench.timing import Row, Target, timed
from bench.workbench import Workbench, crm_rows
from calibration import calibrate

ROOT = Path(__file__).resolve().parents[1]


def import_rows(bench: Workbench) -> list[Row]:
    """Return the row of the import of a CRM export."""
    content = crm_rows(bench.sizes.crm_rows)
    return [
        Row(
            f"import of {bench.sizes.crm_rows:,} CRM rows ({len(content) / 1024**2:.1f} MB)",
            "s",
            timed(lambda: calibrate(content, "bench.csv")),
        )
    ]


def start_rows(bench: Workbench) -> list[Row]:
    """Return the rows of a start: a process that is ready to serve, and one that answers."""
    return [
        Row(
            "start, database there (import app)",
            "s",
            timed(lambda: _python("import app", bench.store.path)),
            "import streamlit",
            timed(lambda: _python("import streamlit", bench.store.path)),
        ),
        Row(
            "start, database there, to the first answer (python -m scripts.serve)",
            "s",
            lambda: _first_answer(bench.store.path),
            targets=(Target(4, is_ratio=False),),
        ),
    ]


def _first_answer(database: Path) -> float:
    """Start the server as `make run` does; return the seconds until it answers."""
    port = free_port()
    command = [sys.executable, "-m", "scripts.serve", f"--port={port}"]
    with served(command, port, ROOT, {"FULCRUM_DB": str(database)}) as seconds:
        return seconds


def _python(code: str, database: Path) -> None:
    environment = os.environ | {"FULCRUM_DB": str(database)}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True)

"""Start the server: python -m scripts.serve [--port N] [--address A]."""

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# A run needs arrays of many megabytes for a tenth of a second. The C library of Linux gives such
# memory back at once and asks for it again, page by page, which takes longer than the arithmetic;
# so it is told to keep it. Elsewhere these names mean nothing.
KEEP_MEMORY = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": str(256 * 1024**2),
    "MALLOC_TRIM_THRESHOLD_": str(512 * 1024**2),
}


def main() -> None:
    """Replace this process by Streamlit serving `app.py`; prints where to look."""
    parser = argparse.ArgumentParser(prog="python -m scripts.serve")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8501")))
    parser.add_argument("--address", default=os.environ.get("ADDRESS", "127.0.0.1"))
    options = parser.parse_args()
    print(f"Fulcrum: http://localhost:{options.port}", flush=True)
    os.chdir(ROOT)
    os.execve(
        sys.executable,
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "app.py",
            f"--server.port={options.port}",
            f"--server.address={options.address}",
            "--server.headless=true",
        ],
        KEEP_MEMORY | os.environ,
    )


if __name__ == "__main__":
    main()

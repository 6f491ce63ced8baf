"""Start the server: python -m scripts.serve [--port N] [--address A]."""

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Replace this process by Streamlit serving `app.py`; prints where to look."""
    parser = argparse.ArgumentParser(prog="python -m scripts.serve")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8501")))
    parser.add_argument("--address", default=os.environ.get("ADDRESS", "127.0.0.1"))
    options = parser.parse_args()
    print(f"Fulcrum: http://localhost:{options.port}", flush=True)
    os.chdir(ROOT)
    os.execv(
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
    )


if __name__ == "__main__":
    main()

"""Take docs/screenshot.png, the Plan page of the worked example: python -m scripts.screenshot.

Starts a server of its own on a free port with a temporary database, and stops it afterwards.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.install_browser import find_browser

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "screenshot.png"
SIZE = (1440, 900)
START_SECONDS = 60
LAST_CARD = "Territory map refresh"  # drawn when the whole board is


@contextmanager
def server(database: Path) -> Iterator[str]:
    """Serve Fulcrum from a database on a free port; yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "scripts.serve", "--port", str(port), "--address", "127.0.0.1"],
        cwd=ROOT,
        env=os.environ | {"FULCRUM_DB": str(database)},
        stdout=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_healthy(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_healthy(address: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped with status {process.returncode}")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not answer within {START_SECONDS} s")


def take(address: str, picture: Path) -> None:
    """Open the Plan page in a light theme and keep what a person sees first."""
    from playwright.sync_api import expect, sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(
            viewport={"width": SIZE[0], "height": SIZE[1]},
            color_scheme="light",
            reduced_motion="reduce",
        )
        page.goto(address)
        expect(page.get_by_text(LAST_CARD).first).to_be_visible(timeout=60_000)
        expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=30_000)
        # What each tactic adds is worked out after the board is there.
        expect(page.locator(".card .effect").filter(has_text="…")).to_have_count(0, timeout=60_000)
        page.evaluate("document.fonts.ready")
        page.mouse.move(SIZE[0] - 2, SIZE[1] - 2)
        page.screenshot(path=picture, animations="disabled")
        browser.close()


def main(argv: list[str] | None = None) -> int:
    """Write the picture and print its path."""
    parser = argparse.ArgumentParser(prog="python -m scripts.screenshot")
    parser.add_argument("picture", nargs="?", type=Path, default=PICTURE)
    picture = parser.parse_args(argv).picture
    with (
        tempfile.TemporaryDirectory(prefix="fulcrum-screenshot-") as folder,
        server(Path(folder) / "fulcrum.db") as address,
    ):
        take(address, picture)
    print(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())

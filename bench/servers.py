"""Start servers as people do, and stop them."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from socket import socket

ROOT = Path(__file__).resolve().parents[1]
APPS = Path(__file__).resolve().parent / "apps"
START_SECONDS = 120
LOOK_SECONDS = 0.01  # between two looks; a port that opens tells nobody, so it has to be asked


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def our_server(database: Path, draws: int) -> Iterator[str]:
    """Serve the application as `make run` does, on a database; gives its address."""
    settings = {"FULCRUM_DB": str(database), "FULCRUM_DRAWS": str(draws), "FULCRUM_ADDRESS": ""}
    port = free_port()
    with served([sys.executable, "-m", "scripts.serve", f"--port={port}"], port, ROOT, settings):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def streamlit_server(script: str, folder: Path) -> Iterator[str]:
    """Serve one of the reference pages in `bench/apps`, from a folder without our settings."""
    port = free_port()
    options = {
        "server.port": port,
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    command = [sys.executable, "-m", "streamlit", "run", str(APPS / script), *flags]
    with served(command, port, folder, {}):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def served(
    command: list[str], port: int, folder: Path, settings: Mapping[str, str]
) -> Iterator[float]:
    """Run a server until the block ends; gives the seconds until its first answer.

    Raises
    ------
    RuntimeError
        If it stops, or does not answer in time.
    """
    started = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            while not answers(f"http://127.0.0.1:{port}/_stcore/health"):
                if server.poll() is not None:
                    raise RuntimeError(f"a server stopped with {server.returncode}")
                if time.perf_counter() - started > START_SECONDS:
                    raise RuntimeError(f"a server did not answer in {START_SECONDS} seconds")
                time.sleep(LOOK_SECONDS)
            yield time.perf_counter() - started
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()


def answers(address: str) -> bool:
    """Say whether an address answers with 200."""
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False

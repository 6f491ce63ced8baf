"""The model's loops as machine code, compiled once a machine and kept on disk."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import config, njit

HERE = Path(__file__).parent
Function = TypeVar("Function", bound=Callable[..., Any])


def _digest() -> str:
    """Return a fingerprint of compiled sources; numba alone would not see a changed callee."""
    content = hashlib.sha256()
    for path in [*sorted(HERE.glob("*.py")), HERE / "defaults.toml"]:
        text = path.read_bytes()
        if b"simulation.compiled import" in text or path.stem in ("compiled", "inputs", "defaults"):
            content.update(text)
    return content.hexdigest()[:16]


def _folder() -> Path:
    """Return where compiled code is kept: beside the sources, or where temporary files go."""
    beside = HERE / "__pycache__" / f"compiled-{_digest()}"
    user = os.getuid() if hasattr(os, "getuid") else 0
    elsewhere = Path(tempfile.gettempdir()) / f"fulcrum-compiled-{user}" / beside.name
    try:
        if not beside.exists():
            for outdated in beside.parent.glob("compiled-*"):
                shutil.rmtree(outdated, ignore_errors=True)
        beside.mkdir(parents=True, exist_ok=True)
    except OSError:
        return elsewhere
    return beside if os.access(beside, os.W_OK) else elsewhere


vars(config)["CACHE_DIR"] = str(_folder())


def compiled(function: Function) -> Function:
    """Compile a function of numbers and arrays; it releases Python's lock while it runs."""
    return cast(Function, _compiler({"contract"})(function))


def equation(function: Function) -> Function:
    """Compile an equation of one draw; it becomes part of each loop that calls it.

    Only so does the compiler do several draws at once.
    """
    return cast(Function, _compiler({"contract"}, forceinline=True)(function))


def compiled_sum(function: Function) -> Function:
    """Compile a sum over finite numbers, in any order, but always the same one."""
    return cast(Function, _compiler({"contract", "reassoc", "nnan", "nsz"})(function))


def _compiler(liberties: set[str], *, forceinline: bool = False) -> Any:
    return njit(
        cache=True,
        nogil=True,
        error_model="numpy",
        fastmath=liberties,
        forceinline=forceinline,
    )

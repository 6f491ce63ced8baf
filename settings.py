"""What the environment says, read once."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent
DEFAULT_DATABASE = ROOT / "data" / "local" / "fulcrum.db"


@dataclass(frozen=True)
class Settings:
    """How this process was started.

    Attributes
    ----------
    database : path of the SQLite file (FULCRUM_DB)
    public_address : how others reach this server, for share links (FULCRUM_ADDRESS);
        empty means the address in the browser
    draws : imagined worlds a run (FULCRUM_DRAWS)
    """

    database: Path
    public_address: str
    draws: int


@cache
def settings() -> Settings:
    """Return the settings of this process; raise ValueError naming one that is wrong."""
    draws = os.environ.get("FULCRUM_DRAWS") or "8000"
    if not draws.isdigit() or not 100 <= int(draws) <= 100_000:
        raise ValueError(f"FULCRUM_DRAWS is {draws}. Use a whole number from 100 to 100000.")
    return Settings(
        database=Path(os.environ.get("FULCRUM_DB") or DEFAULT_DATABASE).expanduser().resolve(),
        public_address=os.environ.get("FULCRUM_ADDRESS", "").rstrip("/"),
        draws=int(draws),
    )

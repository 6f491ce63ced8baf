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
    """Return the settings of this process."""
    draws = os.environ.get("FULCRUM_DRAWS", "8000")
    return Settings(
        database=Path(os.environ.get("FULCRUM_DB") or DEFAULT_DATABASE).expanduser().resolve(),
        public_address=os.environ.get("FULCRUM_ADDRESS", "").rstrip("/"),
        draws=int(draws) if draws.isdigit() else 8000,
    )

"""Let what a component sends after a pause be sent at once when its page is being left."""

from pathlib import Path

SOON_SCRIPT = (Path(__file__).parent / "soon.js").read_text(encoding="utf-8")

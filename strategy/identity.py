"""Names for new rows."""

import secrets


def new_id(kind: str) -> str:
    """Return an id that says what it names, such as "goal_5f0c9a1b2d3e"."""
    return f"{kind}_{secrets.token_hex(6)}"

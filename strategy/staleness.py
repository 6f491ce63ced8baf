"""How old what somebody set is, and when it should be looked at again."""

from datetime import datetime

STALE_DAYS = 180
DAYS_A_MONTH = 30.44


def age_in_days(set_at: str, now: str) -> int:
    """Return whole days from one UTC time of the store to another; 0 without a first one."""
    if not set_at:
        return 0
    return max((_moment(now) - _moment(set_at)).days, 0)


def is_stale(set_at: str, now: str) -> bool:
    """Return whether something set then is older than `STALE_DAYS`."""
    return age_in_days(set_at, now) > STALE_DAYS


def age_words(days: int) -> str:
    """Return "9 months old", rounded down to whole months."""
    months = int(days / DAYS_A_MONTH)
    return f"{months} month{'' if months == 1 else 's'} old"


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))

"""How old a value is, and when it counts as stale."""

from strategy.staleness import STALE_DAYS, age_in_days, age_words, is_stale

NOW = "2026-11-26T14:00:00Z"


def test_a_value_is_stale_only_after_its_time() -> None:
    assert STALE_DAYS == 180
    assert not is_stale("2026-05-30T14:00:00Z", NOW)  # 180 days to the hour
    assert is_stale("2026-05-29T14:00:00Z", NOW)


def test_a_shipped_value_and_one_from_the_future_are_not_stale() -> None:
    assert age_in_days("", NOW) == 0
    assert age_in_days("2027-01-01T00:00:00Z", NOW) == 0
    assert not is_stale("", NOW)


def test_an_age_is_said_in_whole_months() -> None:
    assert age_words(274) == "9 months old"
    assert age_words(40) == "1 month old"

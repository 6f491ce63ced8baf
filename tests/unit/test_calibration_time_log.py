"""A time log becomes a week: hours by task, ranges, buyers' time, how much is enough."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.errors import ExportError
from calibration.time_log import (
    PRIOR_HOURS,
    LoggedTime,
    buyer_pressure,
    guess_task,
    read_time_log,
    sample_size,
    week_shares,
)
from simulation.defaults import defaults

LOG = """Person;Task;Hours;Customer there
Ann;CRM data entry;2,5;no
Ann;Customer call;1:30;yes
Bo;Quote for Meyer;45;
Bo;Customer call;1;no
Bo;Yoga;1;
Bo;;1;
Bo;Break;x;
"""


def read(text: str) -> LoggedTime:
    return read_time_log(text.encode())


def test_hours_are_added_up_by_activity_and_names_are_not_kept() -> None:
    logged = read(LOG)
    assert logged.hours == {"CRM data entry": 2.5, "Customer call": 2.5, "Yoga": 1.0}
    assert (logged.contact_hours, logged.asked_hours) == (1.5, 5.0)
    assert logged.dropped == {
        "a time that is not between 0 and 24 hours": 1,
        "no activity": 1,
        "a time that is no number": 1,
    }
    assert "Ann" not in repr(logged)


def test_minutes_are_told_by_their_column() -> None:
    assert read("Activity,Minutes\nResearch,90\n").hours == {"Research": 1.5}


@pytest.mark.parametrize(
    ("activity", "task"),
    [
        ("CRM data entry", "crm_entry"),
        ("customer call with Meyer", "live_conversations"),
        ("Team meeting", "meetings"),
        ("Weekly FORECAST", "forecast"),
        ("yoga", None),
    ],
)
def test_activities_are_guessed_by_words(activity: str, task: str | None) -> None:
    assert guess_task(activity) == task


def test_shares_are_the_mean_of_a_dirichlet_and_add_up() -> None:
    logged = LoggedTime({"CRM": 120.0}, None, None, 1, {})
    shares = {each.task: each for each in week_shares(logged, {"CRM": "crm_entry"})}
    prior = defaults().tasks["crm_entry"].share
    assert shares["crm_entry"].share == pytest.approx((PRIOR_HOURS * prior + 120) / 200)
    assert sum(each.share for each in shares.values()) == pytest.approx(1)
    assert all(each.low < each.share < each.high for each in shares.values())


def test_what_is_left_out_changes_nothing() -> None:
    logged = LoggedTime({"Yoga": 50.0}, None, None, 1, {})
    shares = week_shares(logged, {"Yoga": None})
    known = defaults().tasks
    assert all(each.share == pytest.approx(known[each.task].share) for each in shares)


# n = 1.96^2 p (1 - p) / h^2, as the sampling literature gives it for a week of work.
@pytest.mark.parametrize(("share", "half", "moments"), [(0.09, 0.02, 787), (0.28, 0.03, 861)])
def test_so_many_random_moments_tell_a_share(share: float, half: float, moments: int) -> None:
    assert sample_size(share, half) == pytest.approx(moments, abs=1)


# The published pairs of contact share and pressure at a sharpness of 2.
@pytest.mark.parametrize(("share", "pressure"), [(0.78, 0.8), (0.60, 1.33), (0.45, 1.98)])
def test_the_contact_share_gives_buyer_pressure(share: float, pressure: float) -> None:
    found = buyer_pressure(LoggedTime({}, 100 * share, 100.0, 1, {}), 2.0)
    assert found is not None
    low, mode, high = found
    assert mode == pytest.approx(pressure, abs=0.01)
    assert low < mode < high


def test_without_a_word_on_customers_there_is_no_pressure() -> None:
    assert buyer_pressure(read("Task,Hours\nResearch,1\n"), 2.0) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("Name,Age\nAnn,3\n", "No column says what was done"),
        ("Task,Age\nAnn,3\n", "No column says how long"),
        ("Task,Hours\n,\n", "No row has an activity"),
        ("Task,Hours\n" + "".join(f"a{n},1\n" for n in range(61)), "more than 60 different"),
        ("Task,Hours\n" + "a,1\n" * 100_001, "more than 100,000 rows"),
    ],
)
def test_what_is_no_time_log_is_refused_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(ExportError, match=said):
        read(text)


CELLS = st.text(st.sampled_from('abAB0123,.;:\t"\n -é%'), max_size=8)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=8), st.sampled_from(",;\t"))
def test_any_table_is_read_or_refused(rows: list[list[str]], separator: str) -> None:
    text = "Task" + separator + "Hours\n" + "\n".join(separator.join(row) for row in rows)
    try:
        logged = read(text)
    except ExportError as error:
        assert str(error)
    else:
        assert all(each > 0 for each in logged.hours.values())

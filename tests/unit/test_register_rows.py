"""The rows of the register: words, order and bars."""

from dataclasses import replace

import pytest

from components.register import parse_opened
from pages.assumptions.effects import Effects
from pages.assumptions.register import caption_words, counted, headline
from pages.assumptions.register_rows import by_effect, register_frame, register_rows
from strategy.deciding import Decider, Deciding
from strategy.model import AssumptionRange, Plan
from strategy.planning import blank_plan
from strategy.sharing import assumption_rows
from strategy.studying import Studied

NOW = "2026-11-26T14:00:00Z"


def plan(**own: AssumptionRange) -> Plan:
    return replace(blank_plan(NOW, name="Bare"), assumptions=own)


def own(set_at: str, grade: str = "measured", mode: float = 0.2) -> AssumptionRange:
    return AssumptionRange(0.1, mode, 0.3, "Log of May, https://intra/log", grade, "Ann", set_at)


def decider(name: str, low: float, high: float) -> Decider:
    return Decider(name, name.replace("_", " "), "share", 0.1, 0.5, low, high, 0.4)


FOUND = Deciding(
    outcome=Studied(None, "Net benefit", "money"),
    as_drawn=1_000_000.0,
    deciders=(decider("leak", 1_500_000.0, 600_000.0), decider("win_rate", 950_000.0, 1_100_000.0)),
)


def test_the_widest_swing_comes_first_and_fixed_values_stay_last_in_their_order() -> None:
    rows = by_effect(assumption_rows(plan()), FOUND)
    assert [row["name"] for row in rows[:2]] == ["leak", "win_rate"]
    rest = [
        row["name"] for row in assumption_rows(plan()) if row["name"] not in ("leak", "win_rate")
    ]
    assert [row["name"] for row in rows[2:]] == rest


def test_bars_share_one_scale_and_a_reversed_one_shows() -> None:
    rows = {
        row["id"]: row
        for row in register_rows(assumption_rows(plan()), FOUND, currency="$", now=NOW)
    }
    leak, win = rows["leak"]["effect"], rows["win_rate"]["effect"]
    assert leak is not None and win is not None
    assert (leak["low"], leak["high"]) == (1.0, -0.8)
    assert (win["low"], win["high"]) == (-0.1, 0.2)
    assert (leak["low_text"], leak["high_text"]) == ("+\u2060$500k", "−\u2060$400k")
    assert leak["tip"] == "If 10%: $1.5M. If 50%: $600k."


def test_until_effects_are_known_a_row_waits_unless_it_can_have_none() -> None:
    rows = {
        row["id"]: row
        for row in register_rows(assumption_rows(plan()), None, currency="$", now=NOW)
    }
    assert rows["leak"]["effect"] is None and rows["leak"]["no_effect"] == ""
    assert rows["discount_rate"]["no_effect"] == "one fixed value"
    given = register_rows(
        assumption_rows(plan()), None, currency="$", now=NOW, why_none="no tactic"
    )
    assert {row["no_effect"] for row in given} == {"no tactic", "one fixed value"}


def test_a_row_says_who_set_it_where_it_can_be_read_and_how_old_it_is() -> None:
    kept = plan(leak=own("2026-02-20T09:00:00Z"), win_rate=own("2026-11-20T09:00:00Z"))
    rows = {
        row["id"]: row for row in register_rows(assumption_rows(kept), FOUND, currency="$", now=NOW)
    }
    assert rows["leak"]["set_by"] == "Ann, 20 Feb 2026"
    assert rows["leak"]["stale"] == "9 months old"
    assert rows["leak"]["source"] == ("Log of May, ", "https://intra/log", "", "https://intra/log")
    assert rows["win_rate"]["stale"] == ""
    assert rows["abandonment"]["set_by"] == "shipped value"


def test_evidence_that_was_added_is_said_under_the_source_and_in_the_table() -> None:
    rows = assumption_rows(plan())
    evidence = {"leak": ({"text": "Pilot"}, {"text": "Finance"})}
    shown = register_rows(rows, FOUND, currency="$", now=NOW, evidence=evidence)
    assert {each["id"]: each["added"] for each in shown if each["added"]} == {
        "leak": "Added: Pilot, Finance"
    }
    table = register_frame(rows, FOUND, currency="$", now=NOW, evidence=evidence)
    assert set(table["Evidence added"]) == {"", "Pilot, Finance"}


def test_the_headline_names_what_decides_most_and_asks_to_measure_it_unless_it_is() -> None:
    assert headline(assumption_rows(plan()), FOUND) == (
        "The answer hangs most on “leak”. Measure that first."
    )
    measured = plan(leak=own(NOW))
    assert headline(assumption_rows(measured), FOUND).endswith("“leak”. It is measured.")
    assert headline(assumption_rows(measured), None) == counted(assumption_rows(measured))


def test_the_caption_says_after_how_long_a_value_is_stale() -> None:
    rows, effects = assumption_rows(plan()), Effects(None, (FOUND,))
    assert "Stale: set here over 180 days ago." in caption_words(rows, None, effects)
    said = caption_words(rows, FOUND, effects)
    assert "Sorted by effect on net benefit, the plan on the board." in said


def test_the_caption_says_what_knowing_the_first_three_is_worth_for_net_benefit_alone() -> None:
    rows = assumption_rows(plan())
    said = "With the first three at their likely values the range of net benefit is 34% narrower."
    assert said in caption_words(rows, FOUND, Effects(None, (FOUND,), 0.342))
    assert "narrower" not in caption_words(rows, FOUND, Effects(None, (FOUND,), 0.02))
    goal = replace(FOUND, outcome=Studied("g1", "Win more", "chance"))
    assert "narrower" not in caption_words(rows, goal, Effects(None, (goal,), 0.342))


def test_the_table_for_spreadsheets_has_meaning_link_age_and_both_ends() -> None:
    rows = by_effect(assumption_rows(plan(leak=own("2026-02-20T09:00:00Z"))), FOUND)
    table = register_frame(rows, FOUND, currency="$", now=NOW)
    first = table.iloc[0]
    assert first["Link"] == "https://intra/log"
    assert first["Stale"] == "9 months old"
    assert first["Meaning"].startswith("Share of freed hours")
    assert first["Net benefit, if low"] == "$1.5M"
    assert table.iloc[-1]["Net benefit, if low"] == ""


def test_a_row_is_opened_only_by_an_id() -> None:
    assert parse_opened(None) is None
    assert parse_opened("leak") == "leak"


@pytest.mark.parametrize("message", ["", "x" * 65, 3, True, ["leak"], {"id": "leak"}, "a\u0007b"])
def test_what_is_no_id_is_refused(message: object) -> None:
    with pytest.raises(ValueError, match="row"):
        parse_opened(message)

"""What a change did, in words: names for ids, no keys for sorting, nothing cut without a sign."""

from typing import Any

from components.numbers import Unit
from reports.history_words import MOST, field_changes
from strategy.model import Event

NAMES = {"t1": "Clean <CRM>", "g1": "Grow", "p1": "FY27"}


def event(before: dict[str, Any], after: dict[str, Any]) -> Event:
    return Event(
        seq=1,
        plan_id="p1",
        at_utc="2026-11-24T09:12:00Z",
        actor="Ann",
        op="edit",
        words="Edit",
        before=before,
        after=after,
        undo_of=None,
        undoable=True,
    )


def said(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    found = field_changes(event({"tactics": {"t1": before}}, {"tactics": {"t1": after}}), NAMES)
    return [(each.thing, each.field, each.before, each.after) for each in found]


def test_a_move_names_the_goal_and_not_the_place_in_the_lane() -> None:
    assert said(
        {"lane": "ideas", "goal_id": None, "position": "V"},
        {"lane": "goal", "goal_id": "g1", "position": "VV"},
    ) == [
        ("Tactic Clean <CRM>", "lane", "ideas", "under a goal"),
        ("Tactic Clean <CRM>", "goal", "nothing", "Grow"),
    ]


def test_numbers_flags_and_lists_are_words() -> None:
    assert [each[2:] for each in said({"one_off": 0.0}, {"one_off": 12500.0})] == [("0", "12,500")]
    assert [each[2:] for each in said({"adoption": 0.9}, {"adoption": 0.625})] == [("90%", "62.5%")]
    assert [each[2:] for each in said({"buys_tool": False}, {"buys_tool": True})] == [("no", "yes")]
    assert [each[2:] for each in said({"moves": {}}, {"moves": {"crm_entry": 0.25}})] == [
        ("nothing", "CRM data entry 25%")
    ]
    assert [each[2:] for each in said({"archived_at": None}, {"archived_at": "2026"})] == [
        ("yes", "no")
    ]


def test_a_season_is_its_strongest_and_its_weakest_month() -> None:
    [(_, *words)] = said({"season": {}}, {"season": {"win_rate": [0.9] * 11 + [2.1]}})
    after = "the win rate Dec strongest at 210%, Jan weakest at 90%"
    assert words == ["seasons", "nothing", after]


def test_a_new_thing_is_one_line() -> None:
    found = field_changes(
        event({"goals": {"g9": None}}, {"goals": {"g9": {"title": "Ramp", "owner": "Ann"}}}), NAMES
    )
    assert [(each.thing, each.field, each.after) for each in found] == [
        ("Goal Ramp", "new", "Ramp")
    ]


def test_long_text_is_cut_with_a_sign() -> None:
    [(_, _, before, after)] = said({"note": ""}, {"note": "n" * 500})
    assert before == "nothing"
    assert len(after) == MOST
    assert after.endswith("…")


def test_a_figure_of_a_month_is_said_with_its_value_and_whether_it_is_kept() -> None:
    def told(before: Any, after: dict[str, Any]) -> list[tuple[str, str, str, str]]:
        found = field_changes(
            event({"actuals": {"a1": before}}, {"actuals": {"a1": after}}),
            {"a1": "Bookings in the month, 2027-01"},
        )
        return [(each.thing, each.field, each.before, each.after) for each in found]

    thing = "Figure Bookings in the month, 2027-01"
    assert told(None, {"metric": "bookings_quarter", "value": 1_420_000.0, "set_by": "Ann"}) == [
        (thing, "value", "nothing", "1,420,000")
    ]
    assert told({"value": 1.5, "set_by": "Ann"}, {"value": 2.5, "set_by": "Ben"}) == [
        (thing, "value", "1.5", "2.5")
    ]
    assert told({"archived_at": None}, {"archived_at": "2027"}) == [(thing, "kept", "yes", "no")]


def test_figures_and_targets_are_said_in_the_unit_they_count_in() -> None:
    def told(kind: str, unit: Unit, before: Any, after: dict[str, Any]) -> list[tuple[str, str]]:
        rows = event({kind: {"x": before}}, {kind: {"x": after}})
        return [(each.before, each.after) for each in field_changes(rows, {}, {"x": unit}, "EUR")]

    assert told("actuals", "percent", None, {"value": 0.211}) == [("nothing", "21.1%")]
    assert told("actuals", "money", {"value": 1e6}, {"value": 2e6}) == [
        ("€1,000,000", "€2,000,000")
    ]
    assert told("goals", "percent", {"target": 0.24}, {"target": 0.255}) == [("24%", "25.5%")]
    assert told(
        "goals", "days", {"target": 90.0, "title": "A"}, {"target": 88.0, "title": "B"}
    ) == [
        ("90 days", "88 days"),
        ("A", "B"),
    ]
    assert told("goals", "percent", {"progress": None}, {"progress": 0.2}) == [("nothing", "20%")]


def test_effects_of_a_tactic_are_said_in_percent() -> None:
    assert [each[2:] for each in said({"cycle": 0.0}, {"cycle": 0.08})] == [("0%", "8%")]


def test_months_are_said_by_name_once_the_plans_first_month_is_known() -> None:
    rows = event(
        {"tactics": {"t1": {"start": 1}}, "goals": {"g1": {"due_month": "2027-12"}}},
        {"tactics": {"t1": {"start": 5}}, "goals": {"g1": {"due_month": "2028-02"}}},
    )
    found = field_changes(rows, NAMES, first_month="2027-10")
    assert [(each.before, each.after) for each in found] == [
        ("Oct 2027", "Feb 2028"),
        ("Dec 2027", "Feb 2028"),
    ]
    assert field_changes(rows, NAMES)[0].after == "5"
    seats = event(
        {"plans": {"p1": {"headcount": {}}}},
        {"plans": {"p1": {"headcount": {"seats": 30, "start": 4, "yearly_cost": 9e4}}}},
    )
    [told] = field_changes(seats, NAMES, first_month="2027-10")
    assert told.after == "seats 30; start Jan 2028; yearly cost 90,000"

import math
import re
import xml.etree.ElementTree as ET

import pytest

from components.palette import DARK
from components.svg import cash_svg, fan_svg, goal_bar_svg, goal_scale

START = "2026-11"
HOSTILE = "<img onerror=alert(1)> & \"'"
DOTS = [4.2e6 + 8e4 * at for at in range(20)]
NAME = "{http://www.w3.org/2000/svg}"


def bands(months=24):
    middle = [4.5e6 + 6e5 * (1 - math.exp(-at / 6)) for at in range(months)]
    steps = {"p10": -5e5, "p25": -2e5, "p50": 0.0, "p75": 2e5, "p90": 5e5}
    return {name: [m + step for m in middle] for name, step in steps.items()}


def cash_bands():
    middle = [-4e5 + 6e4 * at for at in range(24)]
    return {"p10": [m - 2e5 for m in middle], "p50": middle, "p90": [m + 2e5 for m in middle]}


def pictures(text="$"):
    shared = {"start_month": START, "currency": text}
    fan = {"unit": "money", "target": 5.1e6, "due": 14, "dots": DOTS, "baseline": bands()}
    paid = {"p10": 6, "p50": 8, "p90": 11}
    return [
        fan_svg(bands(), **fan, label=text, **shared),
        fan_svg(bands(), **fan, label=text, compact=True, **shared),
        cash_svg(cash_bands(), payback=paid, **shared),
        cash_svg(cash_bands(), payback=None, compact=True, **shared),
        goal_bar_svg(4.5e6, 4.7e6, 5.1e6, 5.5e6, 5.1e6, unit="money", currency=text, label=text),
    ]


@pytest.mark.parametrize("text", ["$", HOSTILE])
def test_pictures_are_xml_with_a_role_and_a_sentence(text):
    for picture in pictures(text):
        root = ET.fromstring(picture)
        assert root.get("role") == "img"
        assert root.get("width") == "100%"
        assert root.get("viewBox")
        assert root.get("aria-label") == root.findtext(f"{NAME}title")


def test_user_text_stays_text():
    for picture in pictures(HOSTILE):
        assert "<img" not in picture
        assert not [one for one in ET.fromstring(picture).iter() if one.tag.endswith("img")]


def test_pictures_hold_no_script_no_style_and_no_address():
    for picture in pictures():
        for forbidden in ("<script", "<style", " style=", "href", "url(", "@import"):
            assert forbidden not in picture
        for element in ET.fromstring(picture).iter():
            assert not [name for name in element.attrib if name.startswith("on")]


def test_colours_are_variables_unless_a_palette_fixes_them():
    assert "var(--teal,#0E6A68)" in fan_svg(bands(), unit="money", start_month=START)
    fixed = fan_svg(bands(), unit="money", start_month=START, palette=DARK)
    assert "var(" not in fixed
    assert DARK.teal in fixed


@pytest.mark.parametrize(("comparison", "wins"), [(">=", 8), ("<=", 12)])
def test_filled_dots_are_the_futures_that_meet_the_target(comparison, wins):
    picture = fan_svg(
        bands(), unit="money", start_month=START, target=5.1e6, due=14, dots=DOTS,
        comparison=comparison,
    )  # fmt: skip
    assert picture.count('class="met"') == wins
    assert picture.count('class="missed"') == 20 - wins


def test_a_fan_without_target_due_date_or_dots_is_still_a_fan():
    picture = fan_svg(bands(), unit="money", start_month=START)
    assert picture.count("<circle") == 0
    assert "target" not in picture


def test_the_compact_fan_has_larger_words_for_its_width():
    wide, compact = (
        float(ET.fromstring(fan_svg(bands(), unit="money", start_month=START, compact=c))
              .get("viewBox", "").split()[2])
        for c in (False, True)
    )  # fmt: skip
    assert compact <= 390 < wide


@pytest.mark.parametrize("comparison", [">=", "<="])
def test_right_is_better_on_a_goal_bar(comparison):
    sign = 1 if comparison == ">=" else -1
    today, target = 10.0, 10.0 + sign * 5
    x = goal_scale(today, today + sign, today + sign * 3, today + sign * 6, target, comparison)
    assert x(today) < x(target) < x(today + sign * 6) < 360


def test_a_goal_bar_holds_a_range_worse_than_today():
    x = goal_scale(11.0, 9.0, 14.0, 16.0, 18.0, ">=")
    assert 0 <= x(9.0) < x(11.0)


def test_a_goal_bar_says_its_numbers():
    picture = goal_bar_svg(82, 68, 61, 55, 64, unit="days", comparison="<=", label="Cycle")
    assert "Cycle: today 82 days, middle future 61 days, 80% range 55 to 68 days" in picture
    assert "(55 to 68)" in picture


def test_cash_shows_its_payback_or_says_there_is_none():
    paid = cash_svg(cash_bands(), start_month=START, payback={"p10": 6, "p50": 8, "p90": 11})
    assert 'class="payback"' in paid
    assert "pays back Jun 2027" in paid
    assert "does not pay back" in cash_svg(cash_bands(), start_month=START)


def test_cash_shows_a_linear_calculator_as_a_dashed_line_with_its_name():
    promise = [70_000.0 * month for month in range(1, 25)]
    picture = cash_svg(cash_bands(), start_month=START, linear=promise)
    assert re.search(r'<path class="linear" [^>]*stroke-dasharray="5 4"', picture)
    assert ">linear calculator<" in picture
    assert ">$1.7M<" in picture
    assert "inear" not in cash_svg(cash_bands(), start_month=START)

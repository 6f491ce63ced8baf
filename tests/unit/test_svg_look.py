"""The picture that stands over a fan for a moment shows what the chart under it shows."""

import re
from itertools import pairwise

import pytest

from components.charts import fan_chart
from components.palette import LIGHT
from components.svg_look import HEIGHT, fan_look_svg

MONTHS = 24
BANDS = {
    name: [100.0 + part * month for month in range(MONTHS)]
    for name, part in (("p10", 1), ("p25", 2), ("p50", 3), ("p75", 4), ("p90", 5))
}
AIM = {"target": 180.0, "due": 18, "dots": [120.0 + 5 * at for at in range(20)]}
GIVEN = {"unit": "count", "start_month": "2027-01", "palette": LIGHT}


def words_of(svg: str) -> list[str]:
    return [each for each in re.findall(r"<text[^>]*>([^<]*)</text>", svg) if each]


def chart_words(**given: object) -> set[str]:
    datasets = fan_chart(BANDS, **GIVEN, **given).datasets.values()
    return {
        row[name] for rows in datasets for row in rows for name in ("label", "text") if name in row
    }


@pytest.mark.parametrize("given", [{}, AIM, {"baseline": BANDS["p10"]}, {"actuals": {2: 103.0}}])
def test_the_picture_has_the_words_of_the_chart(given: dict[str, object]) -> None:
    drawn = set(words_of(fan_look_svg(BANDS, width=700, **GIVEN, **given)))
    assert drawn == {str(each) for each in chart_words(**given)}


def test_the_picture_has_the_size_of_the_place_and_dots_on_their_side_of_the_target() -> None:
    svg = fan_look_svg(BANDS, width=812, **GIVEN, **AIM)
    assert f'viewBox="0 0 812 {HEIGHT}"' in svg
    met = len([each for each in AIM["dots"] if each >= AIM["target"]])
    assert svg.count('class="met"') == met
    assert svg.count('class="missed"') == 20 - met


def test_in_a_narrow_place_spare_months_go_without_their_names() -> None:
    wide, narrow = (words_of(fan_look_svg(BANDS, width=width, **GIVEN)) for width in (900, 320))
    assert set(narrow) < set(wide)
    named = [each for each in narrow if re.fullmatch(r"[A-Z][a-z]{2} \d{4}", each)]
    assert named


@pytest.mark.parametrize(
    ("value", "mark"), [(115.0, "<circle"), (300.0, 'class="above"'), (1.0, 'class="below"')]
)
def test_what_happened_is_marked_by_where_it_lies(value: float, mark: str) -> None:
    svg = fan_look_svg(BANDS, width=700, actuals={6: value}, **GIVEN)
    assert mark in svg
    assert sum(each in svg for each in ("<circle", 'class="above"', 'class="below"')) == 1


def test_marks_stand_in_their_months() -> None:
    svg = fan_look_svg(BANDS, width=700, actuals=dict.fromkeys((6, 7, 8), 115.0), **GIVEN)
    places = [float(each) for each in re.findall(r'<circle cx="([\d.]+)"', svg)]
    gaps = [b - a for a, b in pairwise(places)]
    assert gaps[0] == pytest.approx(gaps[1], abs=0.2)
    assert gaps[0] > 0

"""The response curve and the list of ranges as specifications: no browser is needed."""

import json

import pytest

from components.charts.range_list import range_list, range_list_alt
from components.charts.response import Response, response_alt, response_chart, response_table
from components.palette import DARK, LIGHT

HOSTILE = "<img onerror=alert(1)>"
HOURS = (6.0, 10.0, 11.4, 20.0)
BOOKED = {
    "p10": (3.8e6, 4.4e6, 4.6e6, 5.0e6),
    "p25": (4.0e6, 4.6e6, 4.8e6, 5.2e6),
    "p50": (4.2e6, 4.9e6, 5.0e6, 5.5e6),
    "p75": (4.4e6, 5.1e6, 5.2e6, 5.8e6),
    "p90": (4.6e6, 5.3e6, 5.4e6, 6.0e6),
    "mean": (4.2e6, 4.9e6, 5.0e6, 5.5e6),
}


def response(ceiling=(7.4, 11.4, 20.1), points=None):
    return Response(HOURS, BOOKED, ceiling, points or {"today": 10.0, "scenario": 11.4})


def rows(picture):
    return [row for each in picture.to_dict()["datasets"].values() for row in each]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_ceiling_is_named_with_its_range_and_both_points_with_their_hours(palette):
    picture = response_chart(response(), palette=palette)
    said = {row["label"] for row in rows(picture) if "label" in row}
    assert {"buyer ceiling 11.4 h", "80% range 7.4 to 20.1", "today 10.0 h",
            "scenario 11.4 h"} <= said  # fmt: skip
    assert picture.spec["config"]["background"] == palette.bg


def test_a_range_that_leaves_the_plot_is_cut_at_its_edge_and_one_outside_is_not_shaded():
    ends = [row["end"] for row in rows(response_chart(response(), palette=LIGHT)) if "end" in row]
    assert max(ends) <= 201
    outside = response_chart(response(ceiling=(30.0, 40.0, 60.0)), palette=LIGHT)
    assert not [
        row for row in rows(outside) if "end" in row and "month" in row and row["end"] > 201
    ]
    assert "the buyer ceiling lies beyond these hours" in json.dumps(outside.to_dict())


def test_the_curve_is_told_in_words_and_as_a_table():
    said = response_alt(response())
    assert "today, 10.0 h: $4.9M." in said
    assert "The buyer ceiling is at 11.4 h, 80% range 7.4 to 20.1." in said
    table = response_table(response())
    assert list(table["Which"]) == ["", "today", "scenario", ""]
    assert list(table["Middle"]) == ["$4.2M", "$4.9M", "$5.0M", "$5.5M"]
    tips = [row["tip"] for row in rows(response_chart(response(), palette=LIGHT)) if "p50" in row]
    assert tips[1] == (
        "At 10.0 h of selling a rep-week: $4.9M a quarter. 80 of 100 between $4.4M and $5.3M"
    )


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_names_of_tactics_are_only_ever_data(palette):
    items = [{"label": HOSTILE, "low": 0.1, "middle": 0.3, "high": 0.5, "text": "30%",
              "tip": HOSTILE}]  # fmt: skip
    spec = range_list(items, palette=palette).to_dict()
    assert HOSTILE in json.dumps(spec.pop("datasets"))
    assert HOSTILE not in json.dumps(spec)
    assert range_list_alt(items) == f"{HOSTILE}: 30%."

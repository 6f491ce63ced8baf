"""What happened over a forecast: drawn, told and tabled from the same numbers."""

import json
from typing import Any

import pytest

from components.charts import actuals_alt, actuals_chart, actuals_table
from components.palette import DARK, LIGHT, Palette
from reports.actuals_words import (
    headline,
    mark_words,
    misses,
    not_comparable_words,
    reading_words,
    scenario_words,
    span_words,
    year_words,
)
from strategy.against import Compared
from strategy.metrics import GOAL_METRICS
from strategy.model import ForecastMark, Scenario

START = "2027-01"
BANDS = {"p10": [1.0e6] * 12, "p50": [1.2e6] * 12, "p90": [1.4e6] * 12}
ACTUALS = {1: 1.1e6, 2: 0.9e6, 4: 1.5e6}
BOOKINGS, WINS = GOAL_METRICS["bookings_quarter"], GOAL_METRICS["wins_quarter"]


def chart(actuals: dict[int, float] = ACTUALS, palette: Palette = LIGHT) -> dict[str, Any]:
    drawn: dict[str, Any] = actuals_chart(
        BANDS, actuals, palette=palette, unit="money", start_month=START
    ).to_dict()
    return drawn


def points(drawn: dict[str, Any], shape: str) -> list[dict[str, Any]]:
    """Return the rows drawn with a shape."""
    layers = [each for each in drawn["layer"] if each["mark"].get("shape") == shape]
    rows: list[dict[str, Any]] = drawn["datasets"][layers[0]["data"]["name"]]
    return rows


def compared(*values: float) -> list[Compared]:
    return [
        Compared(at, f"2027-{at:02d}", value, 1.0e6, 1.2e6, 1.4e6)
        for at, value in enumerate(values, start=1)
    ]


def test_months_inside_are_dots_and_months_outside_are_triangles_that_say_which_way() -> None:
    drawn = chart()
    assert [row["month"] for row in points(drawn, "circle")] == [1]
    assert [row["month"] for row in points(drawn, "triangle-down")] == [2]
    assert [row["month"] for row in points(drawn, "triangle-up")] == [4]
    assert "Actual $900k, below the range" in json.dumps(drawn)


def test_the_ends_of_the_range_belong_to_it() -> None:
    drawn = chart({1: 1.0e6, 2: 1.4e6})
    assert len(points(drawn, "circle")) == 2
    assert points(drawn, "triangle-up") + points(drawn, "triangle-down") == []


def test_a_figure_far_outside_is_inside_the_plot() -> None:
    corners = chart({3: 9.0e6})["datasets"]["rows0"]
    assert max(row["value"] for row in corners) >= 9.0e6


def test_the_chart_looks_the_same_whatever_happened_so_that_a_browser_keeps_it() -> None:
    few, many = (
        actuals_chart(BANDS, each, palette=LIGHT, unit="money", start_month=START).spec
        for each in ({1: 1.1e6}, dict.fromkeys(range(1, 13), 1.1e6))
    )
    assert few == many


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_only_colours_of_the_palette_are_used(palette: Palette) -> None:
    drawn = chart(palette=palette)
    text = json.dumps(drawn["layer"])
    assert palette.brick in text
    assert (DARK if palette is LIGHT else LIGHT).brick not in text


def test_a_month_outside_the_forecast_is_refused() -> None:
    with pytest.raises(ValueError, match="month 13 lies outside 1 to 12"):
        chart({13: 1.0})


def test_the_alternative_text_says_which_months_lie_outside_and_by_what() -> None:
    said = actuals_alt(BANDS, ACTUALS, unit="money", start_month=START, label="Bookings")
    assert said == (
        "Bookings: outside the 80% range in 2 of 3 months. Feb 2027 $900k, below $1.0M to $1.4M; "
        "Apr 2027 $1.5M, above $1.0M to $1.4M."
    )
    inside = actuals_alt(BANDS, {1: 1.1e6}, unit="money", start_month=START, label="Bookings")
    assert inside == "Bookings: inside the 80% range in all of 1 month."
    assert "nothing has been typed" in actuals_alt(
        BANDS, {}, unit="money", start_month=START, label="Bookings"
    )


def test_the_table_has_every_month_and_says_where_the_figure_lies() -> None:
    table = actuals_table(BANDS, ACTUALS, start_month=START)
    assert list(table["Month"][:2]) == ["Jan 2027", "Feb 2027"]
    assert list(table["Where"][:4]) == ["inside", "below", "", "above"]
    assert table["Actual"][1] == 0.9e6
    written = actuals_table(BANDS, ACTUALS, start_month=START, unit="money")
    assert list(written["Actual"][:4]) == ["$1.1M", "$900k", None, "$1.5M"]


def test_the_headline_counts_the_months_outside() -> None:
    assert headline(BOOKINGS, []) == "What happened so far?"
    assert headline(BOOKINGS, compared(0.9e6)) == (
        "Bookings a quarter: below the range in Jan 2027."
    )
    assert headline(BOOKINGS, compared(1.1e6, 1.2e6)) == (
        "Bookings a quarter: inside the range in all of 2 months."
    )
    assert headline(BOOKINGS, compared(1.1e6, 1.2e6, 1.5e6, 0.5e6)) == (
        "Bookings a quarter: outside the range in 2 of 4 months."
    )


def test_misses_are_named_latest_first_and_many_of_them_are_counted() -> None:
    assert misses(compared(1.1e6, 0.9e6, 1.5e6), "money", "$") == (
        "Mar 2027: $1.5M, above $1.0M to $1.4M.",
        "Feb 2027: $900k, below $1.0M to $1.4M.",
    )
    assert misses(compared(*[0.9e6] * 8), "money", "$")[5:] == ("3 more; the table has them.",)


def test_a_range_of_expected_deals_says_that_counts_scatter_more() -> None:
    assert "luck of single deals" in reading_words(WINS)
    assert "luck of single deals" not in reading_words(BOOKINGS)


def test_figures_that_cannot_be_compared_are_counted_with_the_reason() -> None:
    assert not_comparable_words(BOOKINGS, 2, compared(1.0, 2.0)) == ""
    assert not_comparable_words(BOOKINGS, 2, compared(1.0)).startswith(
        "1 figure is not on the chart: a quarter needs"
    )
    assert "2 figures are" in not_comparable_words(GOAL_METRICS["win_rate"], 2, [])


def test_a_forecast_is_named_with_what_it_is_of_and_the_time_it_was_made() -> None:
    at = "2026-11-26T14:20:05Z"
    assert mark_words(ForecastMark("run", "r1", at)) == "as it was run 26 Nov 2026 14:20 UTC"
    assert mark_words(ForecastMark("snapshot", "n1", at, "QBR", 3)) == (
        "in snapshot 3 “QBR”, 26 Nov 2026 14:20 UTC"
    )
    assert mark_words(ForecastMark("snapshot", "n1", at, "Snapshot 3", 3)) == (
        "in snapshot 3, 26 Nov 2026 14:20 UTC"
    )
    assert scenario_words(None) == "The plan"
    assert scenario_words(Scenario("s1", "p1", "Bold", "B", {})) == "Scenario B Bold"
    assert span_words("2027-01", "2027-01") == "Jan 2027"


def test_a_calendar_year_is_its_number_and_any_other_its_first_month() -> None:
    year = [f"2027-{month:02d}" for month in range(1, 13)]
    assert year_words(year) == "2027"
    assert year_words(year[:6]) == "From Jan 2027"
    assert year_words([*year[6:], "2028-01"]) == "From Jul 2027"

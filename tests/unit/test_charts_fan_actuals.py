"""What happened is marked on the fan of a scenario: drawn, told and tabled."""

from typing import Any

import pytest

from components.charts import Picture, fan_alt, fan_chart, fan_table
from components.palette import LIGHT
from reports.actuals_words import fan_words
from strategy.against import Compared
from strategy.metrics import GOAL_METRICS

START, MONTHS = "2027-01", 12
BOOKINGS = GOAL_METRICS["bookings_quarter"]
ACTUALS = {1: 1.1e6, 2: 0.9e6, 4: 1.5e6}


def bands(by: float = 0.0) -> dict[str, list[float]]:
    levels = {"p10": 1.0e6, "p25": 1.1e6, "p50": 1.2e6, "p75": 1.3e6, "p90": 1.4e6}
    return {name: [level + by] * MONTHS for name, level in levels.items()}


def fan(actuals: dict[int, float] | None, by: float = 0.0) -> Picture:
    return fan_chart(
        bands(by), palette=LIGHT, unit="money", start_month=START, baseline=[1.1e6] * MONTHS,
        actuals=actuals,
    )  # fmt: skip


def marked(drawn: Picture, shape: str) -> list[int]:
    """Return the months drawn with a shape."""
    [spec] = [each for each in drawn.spec["layer"] if each["mark"].get("shape") == shape]
    return [row["month"] for row in drawn.datasets[spec["data"]["name"]]]


def word(drawn: Picture) -> dict[str, Any]:
    """Return the place of the word beside the marks."""
    rows = [row for rows in drawn.datasets.values() for row in rows]
    return dict(next(row for row in rows if row.get("label") == "actual"))


def test_each_month_is_marked_by_where_it_lies_in_the_band() -> None:
    drawn = fan(ACTUALS)
    assert [marked(drawn, each) for each in ("circle", "triangle-down", "triangle-up")] == [
        [1],
        [2],
        [4],
    ]
    tips = [row["tip"] for rows in drawn.datasets.values() for row in rows if "p50" in row]
    assert "Actual $900k, below the range" in tips[1]
    assert "Actual" not in tips[2]


@pytest.mark.parametrize("nothing", [None, {}])
def test_without_figures_nothing_is_added(nothing: dict[int, float] | None) -> None:
    drawn = fan(nothing)
    shapes = {each["mark"].get("shape") for each in drawn.spec["layer"]}
    assert not shapes & {"circle", "triangle-up", "triangle-down"}
    assert "actual" not in str(drawn.datasets)


def test_a_range_that_moves_over_a_figure_changes_data_alone() -> None:
    low, high = fan(ACTUALS), fan(ACTUALS, by=6e5)
    assert marked(low, "triangle-up") == [4]
    assert marked(high, "triangle-down") == [1, 2, 4]
    assert low.spec == high.spec


def test_the_word_stands_away_from_the_middle_line() -> None:
    assert word(fan({4: 1.5e6}))["value"] > 1.5e6
    assert word(fan({4: 0.9e6}))["value"] < 0.9e6


def test_a_figure_far_outside_is_inside_the_plot() -> None:
    corners = fan({3: 9.0e6}).datasets["rows0"]
    assert max(row["value"] for row in corners) >= 9.0e6


def test_a_month_beyond_the_plan_is_refused() -> None:
    with pytest.raises(ValueError, match="month 13 lies outside 1 to 12"):
        fan({13: 1.0e6})


def test_the_alternative_text_says_what_happened_after_what_may_come() -> None:
    said = fan_alt(bands(), unit="money", start_month=START, label="Bookings", actuals=ACTUALS)
    assert said.endswith(
        "What happened is outside the 80% range in 2 of 3 months. Feb 2027 $900k, below $1.0M to "
        "$1.4M; Apr 2027 $1.5M, above $1.0M to $1.4M."
    )
    assert "What happened" not in fan_alt(bands(), unit="money", start_month=START)


def test_the_table_has_what_happened_and_where_it_lies() -> None:
    table = fan_table(bands(), start_month=START, target=1.3e6, actuals=ACTUALS)
    assert list(table["Actual"][:3]) == [1.1e6, 0.9e6, None]
    assert list(table["Where"][:4]) == ["inside", "below", "", "above"]
    assert "Actual" not in fan_table(bands(), start_month=START, actuals={})


def compared(*values: float) -> list[Compared]:
    return [
        Compared(at, f"2027-{at:02d}", value, 1.0e6, 1.2e6, 1.4e6)
        for at, value in enumerate(values, start=1)
    ]


def test_the_finding_counts_months_inside_names_misses_and_says_what_the_range_is() -> None:
    assert fan_words(BOOKINGS, [], "$") == ""
    said = fan_words(BOOKINGS, compared(1.1e6, 0.9e6, 1.2e6), "$")
    assert said.startswith(
        "What happened lies inside the 80% range in 2 of 3 months. "
        "Feb 2027: $900k, below $1.0M to $1.4M. "
    )
    assert "may have learned from these months" in said
    assert "in all of 1 month." in fan_words(BOOKINGS, compared(1.1e6), "$")


def test_the_words_on_the_target_keep_away_from_the_marks() -> None:
    def place(actuals: dict[int, float], due: int) -> dict[str, Any]:
        drawn = fan_chart(
            bands(), palette=LIGHT, unit="money", start_month=START, target=1.25e6, due=due,
            dots=[1.2e6] * 20, actuals=actuals,
        )  # fmt: skip
        rows = [row for rows in drawn.datasets.values() for row in rows]
        return dict(next(row for row in rows if row.get("label") == "target $1.3M"))

    assert place({}, due=6)["month"] == 1
    assert place(ACTUALS, due=6)["month"] == MONTHS
    assert 4 < place(ACTUALS, due=12)["month"] < 5

"""The picture of a range: a true density with its marks, before the shipped one."""

import json

import pytest

from components.charts.distribution import (
    density,
    distribution_alt,
    distribution_chart,
    distribution_words,
    marks,
)
from components.palette import DARK, LIGHT
from simulation.defaults import Range

LEAK = Range(0.1, 0.3, 0.6)
FIXED = Range(0.4, 0.4, 0.4)


def say(value: float) -> str:
    return f"{value:.2f}"


@pytest.mark.parametrize("spread", [LEAK, Range(0.0, 0.0, 1.0), Range(-1.3, -0.65, 0.0)])
def test_a_density_encloses_one_and_lies_within_its_range(spread: Range) -> None:
    points = density(spread)
    area = sum(
        (x2 - x1) * (y1 + y2) / 2 for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False)
    )
    assert area == pytest.approx(1, abs=0.01)
    assert (points[0][0], points[-1][0]) == pytest.approx((spread.low, spread.high))


def test_a_density_is_highest_at_the_likely_value() -> None:
    value, _ = max(density(LEAK), key=lambda point: point[1])
    assert value == pytest.approx(0.3, abs=0.007)


def test_the_marks_split_the_density_at_a_tenth_a_half_and_nine_tenths() -> None:
    low, middle, high = marks(LEAK)
    points = density(LEAK)

    def below(limit: float) -> float:
        return sum(
            (x2 - x1) * (y1 + y2) / 2
            for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False)
            if x2 <= limit
        )

    for value, share in ((low, 0.1), (middle, 0.5), (high, 0.9)):
        assert below(value) == pytest.approx(share, abs=0.03)


def test_a_fixed_number_has_no_density_and_is_said_as_one() -> None:
    assert density(FIXED) == []
    assert distribution_words(FIXED, say) == "0.40 in every future."
    drawn = distribution_chart(FIXED, LEAK, palette=LIGHT, say=say).to_dict()
    assert "0.40" in json.dumps(drawn)


def test_the_shipped_range_is_drawn_only_where_it_differs() -> None:
    alone = json.dumps(distribution_chart(LEAK, LEAK, palette=DARK, say=say).to_dict())
    beside = json.dumps(
        distribution_chart(Range(0.2, 0.4, 0.8), LEAK, palette=DARK, say=say).to_dict()
    )
    assert DARK.grey not in alone and DARK.grey in beside


def test_the_picture_is_said_in_words() -> None:
    said = distribution_alt(Range(0.2, 0.4, 0.8), LEAK, say)
    assert said.startswith("1 in 10 futures lie below ")
    assert "Shipped: 1 in 10 futures lie below " in said
    assert distribution_alt(LEAK, LEAK, say).endswith("This is the shipped range.")


def test_where_values_would_meet_the_middle_one_stands_above_the_others() -> None:
    def words(used: Range) -> tuple[dict[str, float], float]:
        drawn = distribution_chart(used, LEAK, palette=LIGHT, say=say).to_dict()
        heights = {
            row["text"]: layer["encoding"]["y"]["value"]
            for layer in drawn["layer"]
            for row in drawn["datasets"][layer["data"]["name"]]
            if layer["mark"]["type"] == "text" and layer["encoding"]["y"]["value"] != "height"
        }
        return heights, drawn["padding"]["top"]

    apart, room = words(LEAK)
    assert len(apart) == 3 and len(set(apart.values())) == 1
    close, more_room = words(Range(0.50, 0.52, 0.54))
    outer, middle = [close["0.51"], close["0.53"]], close["0.52"]
    assert outer == [apart["0.19"]] * 2
    assert outer[0] - middle == more_room - room > 10

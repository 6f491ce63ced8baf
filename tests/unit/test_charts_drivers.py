"""The charts of what drives a plan, as specifications: no browser is needed."""

import json

import pytest

from components.charts import (
    PICKED,
    bar_list,
    bar_list_alt,
    limits_alt,
    limits_chart,
    limits_table,
    measured,
    measured_change,
    tornado_alt,
    tornado_chart,
    tornado_table,
)
from components.palette import DARK, LIGHT

HOSTILE = "<img onerror=alert(1)>"
EXPRESSION = "datum.x + warn(1)"


def swing(key="leak", label="Freed hours that leak away", low=1.5e6, high=1.3e6, **more):
    asked = {
        "key": key, "label": label, "unit": "", "low_value": "19%", "high_value": "44%",
        "low": low, "high": high, "correlation": -0.2,
    }  # fmt: skip
    return asked | more


SWINGS = [
    swing("elasticity", EXPRESSION, 0.9e6, 2.1e6, unit="% for each 1%", low_value="0.13",
          high_value="0.51", correlation=0.7),
    swing(label=HOSTILE),
    swing("odd", "Both ends below", 1.2e6, 1.35e6, correlation=None),
]  # fmt: skip
MIDDLE = 1.4e6


def items(**more):
    gain = {"label": HOSTILE, "value": 4e5, "text": "+$400k", "role": "gain", "tip": EXPRESSION,
            "ring": 3e5}  # fmt: skip
    loss = {"label": "Map (takes away)", "value": -1e5, "text": "−$100k", "role": "loss",
            "tip": "Map", "ring": -2e5}  # fmt: skip
    total = {"label": "All", "value": 3e5, "text": "+$300k", "role": "total", "tip": "All",
             "ring": None}  # fmt: skip
    return [gain | more, loss, total]


LIMITS = [
    {"key": "selling", "label": "Rep hours", "note": HOSTILE, "worth": [10.0, 40.0]},
    {"key": "attention", "label": EXPRESSION, "note": "limits most", "worth": [20.0, -5.0]},
]
PERIODS, BINDING = [(1, 2), (3, 4)], ["attention", "selling"]


def every_chart(palette=LIGHT):
    return {
        "tornado": tornado_chart(SWINGS, MIDDLE, palette=palette, measure="money"),
        "bar_list": bar_list(items(), palette=palette),
        "limits": limits_chart(LIMITS, PERIODS, BINDING, palette=palette, start_month="2027-01"),
    }


def rows(spec):
    return [row for data in spec["datasets"].values() for row in data]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["tornado", "bar_list", "limits"])
def test_charts_compile_and_user_text_is_only_ever_data(name, palette):
    spec = every_chart(palette)[name].to_dict()
    assert spec["config"]["background"] == palette.bg
    assert HOSTILE in json.dumps(spec["datasets"])
    assert EXPRESSION in json.dumps(spec["datasets"])
    del spec["datasets"]
    assert HOSTILE not in json.dumps(spec)
    assert EXPRESSION not in json.dumps(spec)


@pytest.mark.parametrize("name", ["tornado", "bar_list", "limits"])
def test_no_chart_is_wider_than_its_place(name):
    assert every_chart()[name].to_dict()["width"] == "container"


# ---- tornado -------------------------------------------------------------------------------


def test_both_ends_say_value_and_result():
    said = {row["text"] for row in rows(tornado()) if "text" in row}
    assert {"0.13: $900k", "0.51: $2.1M", "19%: $1.5M", "44%: $1.3M", "as drawn $1.4M"} == {
        each for each in said if not each.endswith(("$1.2M", "$1.4M")) or "as drawn" in each
    }


def tornado(swings=SWINGS, middle=MIDDLE, **more):
    return tornado_chart(swings, middle, palette=LIGHT, **({"measure": "money"} | more)).to_dict()


def halves(spec):
    return [row for row in rows(spec) if "from" in row]


def test_the_low_value_is_faint_and_the_high_one_strong_even_reversed():
    reversed_bar = tornado([swing(low=1.5e6, high=1.3e6)])
    ends = {row["to"]: row["color"] for row in halves(reversed_bar)}
    assert ends == {1.5e6: LIGHT.teal_mid, 1.3e6: LIGHT.teal}
    assert {row["from"] for row in halves(reversed_bar)} == {MIDDLE}


def test_a_shorter_half_on_the_same_side_is_drawn_over_the_longer():
    one_sided = halves(tornado([SWINGS[2]]))
    lengths = [abs(row["to"] - row["from"]) for row in one_sided]
    assert lengths == sorted(lengths, reverse=True)


def test_words_stand_at_the_side_of_their_end():
    spec = tornado([swing(low=1.5e6, high=1.3e6)])
    aligned = {}
    for layer in spec["layer"]:
        for row in spec["datasets"][layer["data"]["name"]]:
            if ": " in str(row.get("text", "")):
                aligned[row["text"]] = layer["mark"]["align"]
    assert aligned == {"19%: $1.5M": "left", "44%: $1.3M": "right"}


def test_a_click_picks_a_row_by_its_key():
    [param] = tornado()["params"]
    assert param["name"] == PICKED
    assert param["select"] == {"type": "point", "fields": ["key"], "on": "click"}
    touched = [row for row in rows(tornado()) if "key" in row]
    assert [row["key"] for row in touched] == ["elasticity", "leak", "odd"]
    assert "If 0.13% for each 1%: $900k. If 0.51% for each 1%: $2.1M." in touched[0]["tip"]


def test_a_row_names_the_unit_the_values_do_not_say():
    labels = [row["label"] for row in rows(tornado()) if "label" in row]
    assert labels[0] == f"{EXPRESSION} (% for each 1%)"
    assert labels[1] == HOSTILE


def test_chances_are_whole_per_cent():
    spec = tornado([swing(low=0.514, high=0.447)], 0.5, measure="chance")
    said = {row["text"] for row in rows(spec) if "text" in row}
    assert said == {"19%: 51%", "44%: 45%", "as drawn 50%"}


def test_a_tornado_that_moves_nothing_still_draws():
    json.dumps(tornado([swing(low=MIDDLE, high=MIDDLE)]), allow_nan=False)
    json.dumps(tornado([]), allow_nan=False)


def test_the_tornado_in_words_and_numbers():
    said = tornado_alt(SWINGS, MIDDLE, label="Net benefit", measure="money", named=1)
    assert said.startswith("Net benefit as drawn: $1.4M.")
    assert said.endswith("2 more in the table.")
    table = tornado_table(SWINGS, measure="money")
    assert list(table["Rank correlation"])[0] == 0.7
    assert list(table["Distance ($)"]) == pytest.approx([1.2e6, 2e5, 1.5e5])
    assert list(table["Outcome at low"]) == ["$900k", "$1.5M", "$1.2M"]


# ---- bars ----------------------------------------------------------------------------------


def words_of(spec):
    """Return where the words of each bar stand, and which of their ends stands there."""
    return {
        row["text"]: (row["value"], layer["mark"]["align"])
        for layer in spec["layer"]
        if layer["mark"]["type"] == "text" and "data" in layer
        for row in spec["datasets"][layer["data"]["name"]]
        if "value" in row
    }


def test_bars_start_at_zero_and_words_stand_where_they_are_not_read_as_the_rings():
    spec = bar_list(items(), palette=LIGHT).to_dict()
    assert {row["zero"] for row in rows(spec) if "zero" in row} == {0.0}
    assert words_of(spec) == {
        "+$400k": (4e5, "left"),
        "−$100k": (0.0, "left"),
        "+$300k": (3e5, "left"),
    }
    gain = [each | {"ring": 5e5} for each in items() if each["value"] > 0]
    beyond = bar_list(gain, palette=LIGHT).to_dict()
    assert words_of(beyond) == {"+$400k": (0.0, "right"), "+$300k": (0.0, "right")}
    assert beyond["padding"]["left"] == spec["padding"]["left"]
    loss = [each | {"ring": 1e5} for each in items() if each["value"] < 0]
    assert words_of(bar_list(loss, palette=LIGHT).to_dict()) == {"−$100k": (-1e5, "right")}


def test_what_takes_away_has_another_colour_and_says_so():
    spec = bar_list(items(), palette=LIGHT).to_dict()
    colors = {row["value"]: row["color"] for row in rows(spec) if "color" in row}
    assert colors == {4e5: LIGHT.teal, -1e5: LIGHT.brick, 3e5: LIGHT.text}
    assert "Map (takes away): −$100k." in bar_list_alt(items())


# ---- limits --------------------------------------------------------------------------------


def test_a_bar_is_as_high_as_its_worth_and_teal_where_it_binds():
    spec = limits_chart(LIMITS, PERIODS, BINDING, palette=LIGHT, start_month="2027-01").to_dict()
    bars = [row for row in rows(spec) if "tip" in row]
    heights = [row["y2"] - row["y"] for row in bars]
    assert [height / heights[1] for height in heights] == pytest.approx([0.25, 1, 0.5, 0])
    assert [row["color"] == LIGHT.teal for row in bars] == [False, True, True, False]
    assert [(row["from"], row["to"]) for row in bars] == [(0, 2), (2, 4)] * 2
    assert bars[1]["tip"] == (
        "Mar 2027 to Apr 2027, Rep hours: 1% more is worth $40 a month, the most of these"
    )


def test_limits_in_words_and_numbers():
    assert "Rep hours: " in limits_alt(LIMITS)
    table = limits_table(LIMITS, PERIODS, ["attention", None], start_month="2027-01")
    assert list(table["Limits most"]) == [EXPRESSION, "none"]
    assert list(table["Rep hours, 1% more"]) == [10.0, 40.0]


# ---- numbers -------------------------------------------------------------------------------


def test_amounts_and_chances_carry_their_units():
    assert measured(1_440_000, "money", "$") == "$1.4M"
    assert measured(0.517, "chance", "$") == "52%"
    assert measured_change(-26_000, "money", "$") == "−\u2060$26k"
    assert measured_change(0.094, "chance", "$") == "+9.4 pt"

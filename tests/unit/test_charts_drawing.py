import json
import math

import pytest

from components.charts import (
    Mix,
    Named,
    cash_alt,
    cash_chart,
    cash_table,
    fan_alt,
    fan_chart,
    fan_table,
    frontier_alt,
    frontier_chart,
    frontier_table,
    hours_alt,
    hours_chart,
    hours_table,
    lead_changes,
    overlay_alt,
    overlay_chart,
    overlay_table,
    payback_words,
    strip_alt,
    strip_chart,
    strip_table,
)
from components.charts.payback import lay_out_cash
from components.palette import DARK, LIGHT

START = "2026-11"
HOSTILE = "<img onerror=alert(1)>"
EXPRESSION = "datum.x + warn(1)"


def bands(end=5.1e6, months=24, wide=4e5):
    middle = [4.5e6 + (end - 4.5e6) * (1 - math.exp(-at / 6)) for at in range(months)]
    width = [wide * math.sqrt((at + 1) / months) for at in range(months)]
    steps = {"p10": -1.28, "p25": -0.67, "p50": 0.0, "p75": 0.67, "p90": 1.28}
    return {
        name: [m + z * w for m, w in zip(middle, width, strict=True)] for name, z in steps.items()
    }


def cash_bands(months=24):
    middle = [-4e5 + 6e4 * at for at in range(months)]
    return {
        "p10": [m - 2e4 * at for at, m in enumerate(middle)],
        "p50": middle,
        "p90": [m + 2e4 * at for at, m in enumerate(middle)],
    }


DOTS = [4.2e6 + 8e4 * at for at in range(20)]
TASKS = {"sell": HOSTILE, "crm": EXPRESSION, "coach": "Coaching"}
GROUPS = {"sell": "selling", "crm": "tactical", "coach": "coaching"}
BEFORE = {"sell": 16.0, "crm": 20.0, "coach": 4.0}
AFTER = {"sell": 18.0, "crm": 14.0, "coach": 4.0}


def fan(**more):
    asked = {
        "palette": LIGHT, "unit": "money", "start_month": START, "target": 5.1e6, "due": 14,
        "dots": DOTS, "baseline": [4.5e6] * 24,
    }  # fmt: skip
    return fan_chart(bands(), **(asked | more)).to_dict()


def pair(first=5.2e6, second=4.9e6, name=HOSTILE):
    return [
        {"letter": "A", "name": name, "bands": bands(first)},
        {"letter": "B", "name": EXPRESSION, "bands": bands(second)},
    ]


def whiskers():
    return [
        {"letter": "A", "name": HOSTILE, "p10": 14.9, "p50": 16.1, "p90": 17.2},
        {"letter": "B", "name": EXPRESSION, "p10": 16.7, "p50": 18.5, "p90": 20.0},
    ]


def every_chart(palette=LIGHT, text=HOSTILE):
    shared = {"palette": palette, "start_month": START, "currency": text}
    return {
        "fan": fan_chart(
            bands(), unit="money", target=5.1e6, due=14, dots=DOTS, baseline=bands(4.6e6),
            actuals={1: 4.4e6, 2: 9.3e6, 4: 4.5e6}, **shared,
        ),
        "overlay": overlay_chart(pair(), unit="money", target=5.1e6, due=14, **shared),
        "cash": cash_chart(
            cash_bands(), payback={"p10": 6, "p50": 8, "p90": None}, linear=PROMISE, **shared,
        ),
        "hours": hours_chart(BEFORE, AFTER, TASKS, GROUPS, palette=palette, plan_label=text),
        "frontier": frontier_chart(
            LINE, LINE[:1], named_mixes(), palette=palette, unit="money", currency=text
        ),
        "strip": strip_chart(whiskers(), palette=palette, unit="hours", today=11.0, target=15.0),
    }  # fmt: skip


LINE = [Mix(0.0, 0.0, HOSTILE), Mix(6e4, 1.7e6, "Coaching"), Mix(2e5, 2.0e6, EXPRESSION)]


def named_mixes():
    return [
        Named(3.8e5, 1.4e6, "All", "the plan", "plan"),
        Named(2.8e5, 1.9e6, HOSTILE, "without unaligned", "aligned"),
        Named(2e5, 2.0e6, EXPRESSION, "best mix", "best"),
    ]


PROMISE = [70_000.0 * month - 100_000 for month in range(1, 25)]


def rows(spec):
    return [row for data in spec["datasets"].values() for row in data]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["fan", "overlay", "cash", "hours", "frontier", "strip"])
def test_charts_compile_within_400_rows(palette, name):
    spec = every_chart(palette)[name].to_dict()
    assert 0 < len(rows(spec)) <= 400
    assert spec["config"]["background"] == palette.bg
    json.dumps(spec, allow_nan=False)


@pytest.mark.parametrize("name", ["fan", "overlay", "cash", "hours", "frontier", "strip"])
@pytest.mark.parametrize("text", [HOSTILE, EXPRESSION])
def test_user_text_is_only_ever_data(name, text):
    spec = every_chart(text=text)[name].to_dict()
    assert HOSTILE in json.dumps(spec["datasets"]) or EXPRESSION in json.dumps(spec["datasets"])
    del spec["datasets"]
    assert HOSTILE not in json.dumps(spec)
    assert EXPRESSION not in json.dumps(spec)


def test_charts_have_no_legend_and_the_same_spec_every_time():
    assert fan() == fan()
    assert fan()["config"]["legend"] == {"disable": True}


def test_five_years_of_months_still_fit():
    spec = fan_chart(
        bands(months=60), palette=LIGHT, unit="money", start_month=START, baseline=bands(months=60)
    ).to_dict()
    assert len(rows(spec)) <= 400


def test_a_fan_draws_its_bands_as_given():
    given = bands()
    months = [row for row in rows(fan()) if "p50" in row]
    for name, values in given.items():
        assert [row[name] for row in months] == pytest.approx(values)


@pytest.mark.parametrize(("comparison", "wins"), [(">=", 8), ("<=", 12)])
def test_filled_dots_are_the_futures_that_meet_the_target(comparison, wins):
    dots = [row for row in rows(fan(comparison=comparison)) if "met" in row]
    assert len(dots) == 20
    assert sum(row["met"] for row in dots) == wins
    assert {row["month"] for row in dots} == {14}


def test_a_fan_names_target_due_date_ends_and_the_grey_line():
    labels = {row["label"] for row in rows(fan()) if "label" in row}
    assert {"target $5.1M", "due Dec 2027", "carrying on as today"} <= labels
    assert any(label.endswith("9 in 10 below") for label in labels)
    assert any(label.endswith("1 in 10 below") for label in labels)
    assert any(label.endswith("middle") for label in labels)


def test_end_labels_keep_apart_even_when_the_bands_coincide():
    flat = {name: [5e6] * 12 for name in ("p10", "p50", "p90")}
    spec = fan_chart(flat, palette=LIGHT, unit="money", start_month=START, height=280).to_dict()
    ends = sorted(
        row["value"]
        for row in rows(spec)
        if row.get("month") == 12 and row.get("label", "").startswith("$5.0M")
    )
    axis = [row["value"] for row in rows(spec) if "month" not in row and "label" in row]
    pixel = (max(axis) - min(axis)) / (280 - 48)
    assert len(ends) == 3
    assert all(b - a >= 14 * pixel for a, b in zip(ends, ends[1:], strict=False))


def test_tooltips_speak_in_words():
    tips = [row["tip"] for row in rows(fan()) if "p50" in row]
    assert tips[13].startswith("Dec 2027: middle $5.0M. 80 of 100 between ")
    assert "Carrying on as today $4.5M" in tips[13]


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        ({"p10": [1.0], "p50": [1.0]}, "p90"),
        ({"p10": [1.0], "p50": [1.0, 2.0], "p90": [1.0]}, "lengths"),
        ({"p10": [], "p50": [], "p90": []}, "0 months"),
    ],
)
def test_broken_bands_are_refused_by_name(broken, named):
    with pytest.raises(ValueError, match=named):
        fan_chart(broken, palette=LIGHT, unit="money", start_month=START)


def test_a_due_month_beyond_the_plan_is_refused():
    with pytest.raises(ValueError, match="due month 30"):
        fan(due=30)


def test_values_that_are_no_numbers_leave_a_gap():
    holed = bands()
    holed["p50"][3] = math.nan
    spec = fan_chart(holed, palette=LIGHT, unit="money", start_month=START).to_dict()
    assert [row["p50"] for row in rows(spec) if "p50" in row][3] is None
    json.dumps(spec, allow_nan=False)


def test_the_fan_says_where_it_ends_and_how_often_the_target_is_met():
    said = fan_alt(
        bands(), unit="money", start_month=START, label="Bookings", target=5.1e6, due=14,
        dots=DOTS, baseline=[4.5e6] * 24,
    )  # fmt: skip
    assert said.startswith("Bookings reaches $5.1M in Oct 2028")
    assert "$4.6M and $5.6M" in said
    assert "met in 8 of 20 equally likely futures" in said
    assert "Carrying on as today gives $4.5M." in said


def test_a_known_chance_is_said_in_futures_of_a_hundred():
    said = fan_alt(bands(), unit="money", start_month=START, target=5e6, due=14, chance=0.52)
    assert "met in 52 of 100 futures" in said


def test_the_fan_table_is_raw_without_a_unit_and_written_with_one():
    raw = fan_table(bands(), start_month=START, baseline=[4.5e6] * 24, target=5.1e6)
    assert list(raw.columns)[0] == "Month"
    assert raw["Middle"].iloc[-1] == pytest.approx(bands()["p50"][-1])
    words = fan_table(bands(), start_month=START, unit="money")
    assert words["Middle"].iloc[-1] == "$5.1M"
    assert len(words) == 24


def test_the_overlay_ends_in_letters_with_values():
    spec = every_chart(text="$")["overlay"].to_dict()
    labels = {row["label"] for row in rows(spec) if "label" in row}
    assert {"A $5.2M", "B $4.9M", "target $5.1M", "due Dec 2027"} <= labels


def crossing_pair():
    slow = {name: [1.0 + 0.5 * at for at in range(10)] for name in ("p10", "p50", "p90")}
    fast = {name: [3.0 + 0.1 * at for at in range(10)] for name in ("p10", "p50", "p90")}
    return [
        {"letter": "A", "name": "slow", "bands": slow},
        {"letter": "B", "name": "fast", "bands": fast},
    ]


def test_a_lead_that_changes_for_good_is_found_where_the_lines_cross():
    change = lead_changes(crossing_pair())
    assert change is not None
    assert (change.first, change.then, change.month) == ("B", "A", 6)
    assert change.value == pytest.approx(3.5)
    assert "B leads until Apr 2027, then A." in overlay_alt(
        crossing_pair(), unit="hours", start_month=START
    )


def test_lower_is_better_turns_the_lead_around():
    change = lead_changes(crossing_pair(), "<=")
    assert change is not None
    assert (change.first, change.then) == ("A", "B")


def test_a_lead_that_never_changes_is_not_marked():
    assert lead_changes(pair()) is None


def test_scenarios_of_different_lengths_are_refused():
    uneven = pair()
    uneven[1]["bands"] = bands(months=12)
    with pytest.raises(ValueError, match="different lengths"):
        overlay_chart(uneven, palette=LIGHT, unit="money", start_month=START)


def test_no_scenario_is_refused():
    with pytest.raises(ValueError, match="no scenario"):
        overlay_chart([], palette=LIGHT, unit="money", start_month=START)


def test_the_overlay_table_has_three_columns_a_scenario():
    table = overlay_table(pair(), start_month=START)
    assert list(table.columns) == [
        "Month", "A 1 in 10 below", "A middle", "A 9 in 10 below",
        "B 1 in 10 below", "B middle", "B 9 in 10 below",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("payback", "chance", "said"),
    [
        ({"p10": 9, "p50": 13.2, "p90": 19}, None, ["pays back Dec 2027", "Jul 2027 to May 2028"]),
        (
            {"p10": 9, "p50": 14, "p90": math.inf},
            0.86,
            [
                "pays back Dec 2027",
                "Jul 2027 to later than Oct 2028",
                "not by Oct 2028 in 14 of 100",
            ],
        ),
        (None, None, ["does not pay back", "by Oct 2028 in the middle future"]),
        ({"p10": 20, "p50": None, "p90": None}, 0.4,
         ["does not pay back", "not by Oct 2028 in 60 of 100"]),
    ],
)  # fmt: skip
def test_payback_is_a_month_or_says_why_not(payback, chance, said):
    assert payback_words(payback, chance, start_month=START, last=24) == said


def test_cash_starts_at_zero_and_shows_the_payback_on_the_zero_line():
    spec = every_chart(text="$")["cash"].to_dict()
    start = next(row for row in rows(spec) if row.get("month") == 0 and "p50" in row)
    assert start["p50"] == 0
    dot = next(row for row in rows(spec) if "high" in row)
    assert (dot["month"], dot["low"], dot["high"], dot["value"]) == (8, 6, 24, 0)


def test_cash_without_a_payback_has_no_dot():
    spec = cash_chart(cash_bands(), palette=LIGHT, start_month=START).to_dict()
    assert not any("high" in row for row in rows(spec))


def test_cash_says_its_end_its_lowest_point_and_its_payback():
    said = cash_alt(cash_bands(), start_month=START, payback={"p10": 6, "p50": 8, "p90": 11})
    assert "reaches $980k by Oct 2028" in said
    assert "lowest point is −\u2060$400k" in said
    assert "pays back Jun 2027" in said
    assert len(cash_table(cash_bands(), start_month=START)) == 24


def test_cash_shows_what_a_linear_calculator_would_promise():
    spec = every_chart(text="$")["cash"].to_dict()
    line = {row["month"]: row["linear"] for row in rows(spec) if "linear" in row}
    assert line == {0: 0.0} | dict(enumerate(PROMISE, start=1))
    tip = next(row["tip"] for row in rows(spec) if row.get("month") == 24 and "tip" in row)
    assert tip.endswith(". Linear calculator $1.6M")
    labels = [row["label"] for row in rows(spec) if "label" in row]
    assert "linear calculator" in labels
    assert "$1.6M" in labels
    table = cash_table(cash_bands(), start_month=START, unit="money", currency="$", linear=PROMISE)
    assert table["Linear calculator"].iloc[0] == "−\u2060$30k"
    assert table["Linear calculator"].iloc[-1] == "$1.6M"
    said = cash_alt(cash_bands(), start_month=START, linear=PROMISE)
    assert said.endswith("A linear calculator would promise $1.6M.")


def test_cash_without_a_linear_calculator_does_not_speak_of_one():
    plain = cash_chart(cash_bands(), palette=LIGHT, start_month=START).to_dict()
    assert "inear" not in str(plain["datasets"])
    assert "Linear calculator" not in cash_table(cash_bands(), start_month=START)
    assert "linear" not in cash_alt(cash_bands(), start_month=START)


@pytest.mark.parametrize("last, is_above", [(1.6e6, True), (-1.6e6, False)])
def test_the_linear_line_is_named_on_the_side_away_from_ours(last, is_above):
    laid = lay_out_cash(
        cash_bands(), payback=None, payback_chance=None, linear=[0.0] * 23 + [last],
        start_month=START, currency="$", width=720, height=300,
    )  # fmt: skip
    assert laid.linear_label.is_above is is_above
    assert laid.frame.low <= last <= laid.frame.high


def test_a_linear_line_of_other_months_is_refused():
    with pytest.raises(ValueError, match="23 months"):
        cash_chart(cash_bands(), palette=LIGHT, start_month=START, linear=[0.0] * 23)


def test_each_bar_of_the_week_holds_all_its_hours():
    spec = every_chart()["hours"].to_dict()
    segments = [row for row in rows(spec) if "fill" in row]
    tops = sorted({row["y"] for row in segments})
    today = [row["x2"] - row["x"] for row in segments if row["y"] == tops[0]]
    planned = [row["x2"] - row["x"] for row in segments if row["y"] == tops[1]]
    assert sum(today) == pytest.approx(40)
    assert sum(planned) == pytest.approx(40)
    assert any(row["tip"] == "Done by systems: 4.0 h a week" for row in segments)


def test_the_week_says_what_systems_take_and_what_changes_most():
    said = hours_alt(BEFORE, AFTER, TASKS)
    assert said.startswith("One rep's week of 40.0 h. With the plan, systems do 4.0 h")
    assert f"Largest changes: {EXPRESSION} 20.0 h to 14.0 h" in said
    table = hours_table(BEFORE, AFTER, TASKS, GROUPS)
    assert table["Hours today"].sum() == pytest.approx(table["Hours with the plan"].sum())


def test_a_strip_runs_backwards_where_lower_is_better():
    def domain(comparison):
        chart = strip_chart(whiskers(), palette=LIGHT, unit="hours", comparison=comparison)
        return chart.to_dict()["layer"][0]["encoding"]["x"]["scale"]["domain"]

    assert domain(">=") == [14.9, 20.0]
    assert domain("<=") == [20.0, 14.9]


def test_a_strip_says_every_middle_and_range():
    said = strip_alt(whiskers(), unit="hours", label="Hours", today=11.0, target=15.0)
    assert "16.1 h, 80% range 14.9 to 17.2 h" in said
    assert "Today 11.0 h. Target 15.0 h." in said
    assert list(strip_table(whiskers())["Middle"]) == [16.1, 18.5]


def test_the_frontier_is_said_and_listed_with_every_named_mix():
    asked = {"label": "Net benefit", "unit": "money", "currency": "$"}
    said = frontier_alt(LINE, named_mixes(), **asked)
    assert said == (
        "Net benefit by cost of year one. The best rises from $0 for $0 to $2.0M for $200k. "
        "the plan: $1.4M for $380k. without unaligned: $1.9M for $280k. best mix: $2.0M for $200k."
    )
    table = frontier_table(LINE, named_mixes(), **asked)
    assert list(table["Mix"]) == [
        "the plan", "without unaligned", "best mix", *["Best for its money"] * 3,
    ]  # fmt: skip
    assert list(table["Net benefit"])[-2:] == ["$1.7M", "$2.0M"]


def test_the_frontiers_line_rises_in_steps_and_reaches_the_dearest_mix():
    spec = frontier_chart(LINE, [], named_mixes(), palette=LIGHT, unit="money").to_dict()
    [line] = [layer for layer in spec["layer"] if layer["mark"].get("interpolate") == "step-after"]
    points = spec["datasets"][line["data"]["name"]]
    assert [point["value"] for point in points] == [0.0, 1.7e6, 2.0e6, 2.0e6]
    assert points[-1]["month"] >= 3.8e5


def test_a_frontier_of_chances_is_in_per_cent():
    line = [Mix(0.0, 0.2, "None"), Mix(5e4, 0.55, "Coaching")]
    asked = {"label": "Chance", "unit": "percent", "currency": "$"}
    assert "from 20% for $0 to 55% for $50k" in frontier_alt(line, [], **asked)
    assert frontier_chart(line, [], [], palette=DARK, unit="percent").to_dict()


def test_a_frontier_without_any_mix_is_refused():
    with pytest.raises(ValueError, match="no mix"):
        frontier_chart([], [], [], palette=LIGHT, unit="money")

"""The waterfall as a specification: no browser is needed."""

import json

import pytest

from components.charts import spans, waterfall_alt, waterfall_chart
from components.palette import DARK, LIGHT, contrast

HOSTILE = "<img onerror=alert(1)>"


def part(label, amount, role="gain", text=None):
    return {"label": label, "amount": amount, "role": role, "text": text or f"{amount:g}",
            "tip": f"About {label}"}  # fmt: skip


PARTS = [
    part(HOSTILE, 5.0),
    part("Cost", -2.0, "cost"),
    part("Left", 3.0, "total"),
    part("Sold", -1.0, "selling", "1 h"),
    part("Past zero", -4.0, "blocked"),
]


def test_each_bar_starts_where_the_last_one_ended_and_totals_stand_on_zero():
    assert spans(PARTS) == [(0, 5), (5, 3), (0, 3), (3, 2), (2, -2)]
    assert spans([]) == []


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_of_people_is_only_ever_data(palette):
    spec = waterfall_chart(PARTS, palette=palette).to_dict()
    assert spec["config"]["background"] == palette.bg
    assert HOSTILE in json.dumps(spec.pop("datasets"))
    assert HOSTILE not in json.dumps(spec)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_bar_can_be_told_from_the_page(palette):
    spec = waterfall_chart(
        [part(role, 1.0, role) for role in
         ("total", "gain", "cost", "loss", "unaligned", "selling", "account", "coaching",
          "blocked", "idle")],
        palette=palette,
    ).to_dict()  # fmt: skip
    bars = next(rows for rows in spec["datasets"].values() if "color" in rows[0])
    assert all(contrast(bar["color"], palette.bg) >= 3 for bar in bars)


def test_nothing_moves_and_nothing_at_all_are_drawn():
    assert waterfall_chart([part("Nothing", 0.0)], palette=LIGHT).to_dict()["height"] > 0
    assert waterfall_chart([], palette=LIGHT).to_dict()["height"] > 0


def test_the_sentence_names_every_part_in_order():
    assert waterfall_alt(PARTS[1:4]) == "Cost: -2. Left: 3. Sold: 1 h."

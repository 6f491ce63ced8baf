from dataclasses import fields

import pytest

from components.palette import DARK, LIGHT, Palette, contrast, css_variables, scenario_colours

TEXT = [
    ("text", "bg"),
    ("text", "surface"),
    ("text2", "bg"),
    ("text2", "surface"),
    ("text3", "bg"),
    ("text3", "surface"),
    ("teal_text", "bg"),
    ("teal_text", "teal_tint"),
    ("stone_text", "bg"),
    ("stone_text", "stone_tint"),
    ("plum_text", "bg"),
    ("plum_text", "plum_tint"),
    ("amber_text", "bg"),
    ("amber_text", "amber_tint"),
    ("brick_text", "bg"),
    ("brick_text", "brick_tint"),
    ("blue_text", "bg"),
    ("text", "teal_band"),
    ("text", "stone_band"),
    ("text", "grey_band"),
    ("on_primary", "primary"),
    ("on_teal", "teal"),
    ("on_deep", "deep"),
    ("on_blue", "blue"),
    ("on_stone", "stone"),
    ("on_soft", "soft"),
]
MARKS = ["teal", "deep", "blue", "stone", "plum", "amber", "brick", "grey", "control", "primary"]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_words_can_be_read(palette: Palette, ink, ground):
    assert contrast(getattr(palette, ink), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("mark", MARKS)
def test_marks_can_be_seen(palette: Palette, mark):
    assert contrast(getattr(palette, mark), palette.bg) >= 3.0


def test_contrast_agrees_with_the_design():
    assert contrast(LIGHT.text, LIGHT.bg) == pytest.approx(16.29, abs=0.01)
    assert contrast(DARK.on_soft, DARK.soft) == pytest.approx(4.71, abs=0.01)


def test_every_token_is_a_full_colour_and_a_css_variable():
    variables = css_variables(LIGHT)
    for token in fields(LIGHT):
        assert len(getattr(LIGHT, token.name)) == 7
        assert getattr(LIGHT, token.name) in variables
    assert "--tealText: #0B5C5A;" in variables


def test_scenario_letters_have_their_own_colours():
    assert len({scenario_colours(letter, LIGHT) for letter in "ABCDE"}) == 5

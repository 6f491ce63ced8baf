"""The list of goals and chances: what people typed stays text."""

from components.chance_list import Chance, chance_list
from components.palette import DARK, LIGHT

ROW = Chance("Grow <b>bookings</b> & more", "to $5M by 31 Dec", "52%", "27% as today", "Likely")


def test_what_people_typed_is_escaped() -> None:
    html = chance_list([ROW], LIGHT)
    assert "Grow &lt;b&gt;bookings&lt;/b&gt; &amp; more" in html
    assert "<b>" not in html


def test_each_goal_is_an_item_with_its_verdict_in_words() -> None:
    rows = [ROW, Chance("Ramp", "", "12%", "", "Unlikely"), Chance("Win", "", "-", "", "n/a")]
    html = chance_list(rows, DARK)
    assert html.count("<li>") == 3
    assert [word in html for word in ("Likely</span>", "Unlikely</span>", "n/a</span>")] == [
        True
    ] * 3
    assert DARK.teal_text in html
    assert LIGHT.teal_text not in html

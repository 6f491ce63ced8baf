"""What a browser says was set on the rep's week is read, or refused."""

from typing import Any

import pytest

from components.week import HoursSet, ShareSet, parse_hours, parse_share
from pages.simulate.week import ceiling_words
from simulation.ceiling import Ceiling


def test_selling_past_the_ceiling_is_said_and_by_how_much() -> None:
    ceiling = Ceiling(10.0, 12.6, 13.8)
    words = ceiling_words(ceiling, 13.2)
    assert "12.6 h of selling, 80% range 10.0 to 13.8" in words
    assert words.endswith("This scenario’s selling is 0.6 h past it.")
    assert "past it" not in ceiling_words(ceiling, 12.6)


def test_a_task_with_its_hours_is_read() -> None:
    assert parse_hours(None) is None
    assert parse_hours({"task": "quotes", "hours": 2}) == HoursSet("quotes", 2.0)


@pytest.mark.parametrize(
    "message",
    [
        "quotes",
        [],
        {},
        {"task": "quotes"},
        {"task": "", "hours": 1},
        {"task": 3, "hours": 1},
        {"task": "x" * 65, "hours": 1},
        {"task": "a\u0007b", "hours": 1},
        {"task": "quotes", "hours": "1"},
        {"task": "quotes", "hours": True},
        {"task": "quotes", "hours": float("nan")},
        {"task": "quotes", "hours": -0.1},
        {"task": "quotes", "hours": 169},
    ],
)
def test_a_message_that_is_none_is_refused(message: Any) -> None:
    with pytest.raises(ValueError, match="The "):
        parse_hours(message)


def test_a_use_with_its_share_is_read_and_no_other() -> None:
    assert parse_share(None) is None
    assert parse_share({"use": "selling", "share": 35}) == ShareSet("selling", 35.0)
    for share in (-1, 101, "5", None, float("inf")):
        with pytest.raises(ValueError, match="share"):
            parse_share({"use": "selling", "share": share})

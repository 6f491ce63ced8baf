"""Four destinations of freed hours that always add up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.inputs import DESTINATIONS
from strategy.errors import InvalidValue
from strategy.freed_hours import NOBODY, freed_shares, send_freed
from strategy.levers import Levers
from strategy.spreads import three

SPLIT = {"selling": 0.5, "strategy": 0.375, "coaching": 0.125}
SHARES = freed_shares(SPLIT, 0.8)


def sent(use: str, wanted: float) -> dict[str, float]:
    levers = send_freed(Levers(), SHARES, use, wanted)
    assert levers.destinations is not None and levers.plan_quality is not None
    return freed_shares(levers.destinations, levers.plan_quality)


@settings(max_examples=60)
@given(
    st.lists(st.floats(0, 1), min_size=3, max_size=3).filter(lambda each: sum(each) > 0.01),
    st.floats(0, 1),
    st.sampled_from([*DESTINATIONS, NOBODY]),
    st.floats(0, 1),
)
def test_shares_add_up_whatever_is_sent(
    weights: list[float], quality: float, use: str, wanted: float
) -> None:
    split = {each: w / sum(weights) for each, w in zip(DESTINATIONS, weights, strict=True)}
    levers = send_freed(Levers(), freed_shares(split, quality), use, wanted)
    assert Levers.from_json(levers.to_json()) == levers
    assert levers.destinations is not None and levers.plan_quality is not None
    found = freed_shares(levers.destinations, levers.plan_quality)
    assert found[use] == pytest.approx(wanted, abs=1e-8)
    assert sum(found.values()) == pytest.approx(1)
    assert min(found.values()) >= -1e-12


def test_what_is_gained_comes_from_nobody_first_then_from_the_largest() -> None:
    assert sent("coaching", 0.2) == pytest.approx(
        {"selling": 0.4, "strategy": 0.3, "coaching": 0.2, NOBODY: 0.1}
    )
    assert sent("coaching", 0.4) == pytest.approx(
        {"selling": 0.3, "strategy": 0.3, "coaching": 0.4, NOBODY: 0.0}
    )


def test_what_is_lost_goes_to_nobody_and_what_nobody_loses_to_the_largest() -> None:
    assert sent("selling", 0.35)[NOBODY] == pytest.approx(0.25)
    assert sent(NOBODY, 0.1)["selling"] == pytest.approx(0.5)


def test_with_no_owner_at_all_the_split_is_remembered() -> None:
    assert send_freed(Levers(), SHARES, NOBODY, 1).destinations == pytest.approx(SPLIT)
    none = freed_shares(SPLIT, 0)
    assert send_freed(Levers(), none, NOBODY, 1).destinations == {
        "selling": 1.0,
        "strategy": 0.0,
        "coaching": 0.0,
    }


def test_a_share_that_is_a_range_takes_its_range_along() -> None:
    uses = {"selling": [0.3, 0.5, 0.9], "strategy": 0.375, "coaching": [0.0, 0.125, 0.2]}
    levers = Levers.from_json({"destinations": uses, "plan_quality": [0.6, 0.8, 0.9]})
    assert levers.destinations is not None and levers.plan_quality is not None
    shares = freed_shares(levers.destinations, levers.plan_quality)
    assert shares == pytest.approx(SHARES)
    moved = send_freed(levers, shares, "coaching", 0.25)
    assert Levers.from_json(moved.to_json()) == moved
    assert moved.plan_quality == pytest.approx((0.75, 0.95, 1.0))
    assert moved.destinations is not None
    assert moved.destinations["selling"] == pytest.approx(
        (0.3 - 0.5 + 0.4 / 0.95, 0.4 / 0.95, 0.9 - 0.5 + 0.4 / 0.95)
    )
    assert moved.destinations["strategy"] == pytest.approx(0.3 / 0.95)
    low, likely, high = three(moved.destinations["coaching"])
    assert (low, likely) == pytest.approx((0.25 / 0.95 - 0.125, 0.25 / 0.95))
    assert high == pytest.approx(0.2 + 0.25 / 0.95 - 0.125)


@pytest.mark.parametrize(("use", "wanted"), [("sleep", 0.1), ("selling", 1.2), ("selling", -0.1)])
def test_a_use_or_share_that_is_none_is_refused(use: str, wanted: float) -> None:
    with pytest.raises(InvalidValue, match="four uses"):
        send_freed(Levers(), SHARES, use, wanted)

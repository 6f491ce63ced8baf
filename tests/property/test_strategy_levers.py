"""Any overrides a scenario may have survive being kept, and mean the same afterwards."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.defaults import defaults
from simulation.inputs import DESTINATIONS, SEASONAL
from strategy.errors import InvalidValue
from strategy.levers import TACTIC_LEVERS, Levers
from strategy.projection import engine_inputs, inputs_hash
from strategy.sharing import describe_levers
from tests.unit.test_strategy_samples import BOARD, TACTICS

SHARE = st.floats(0, 1)
UNEVEN = [0.5, 0.7, 0.9, 1.1, 1.3, 1.5] * 2


def shares_of(rows: tuple[str, ...]) -> st.SearchStrategy[dict[str, float]]:
    """Return shares that add up to 1."""
    weights = st.lists(st.integers(0, 50), min_size=len(rows), max_size=len(rows))
    return weights.filter(any).map(
        lambda parts: {row: part / sum(parts) for row, part in zip(rows, parts, strict=True)}
    )


@st.composite
def destinations(draw: st.DrawFn) -> dict[str, Any]:
    """Return shares that likely add up to 1, some of them ranges."""
    likely = draw(shares_of(DESTINATIONS))
    return {use: draw(st.just(each) | around(each)) for use, each in likely.items()}


def around(share: float) -> st.SearchStrategy[list[float]]:
    """Return low, likely and high of a share."""
    return st.tuples(st.floats(0, share), st.floats(share, 1)).map(
        lambda ends: [ends[0], share, ends[1]]
    )


@st.composite
def assumptions(draw: st.DrawFn) -> dict[str, Any]:
    """Return numbers and ranges inside the bounds."""
    chosen: dict[str, Any] = {}
    for name in draw(st.lists(st.sampled_from(sorted(defaults().assumptions)), unique=True)):
        low, high = defaults().assumptions[name].bounds
        number = st.floats(low, high)
        triple = st.lists(number, min_size=3, max_size=3).map(sorted)
        chosen[name] = draw(number | triple)
    return chosen


SHIFT = st.fixed_dictionaries({"share": SHARE}, optional={"start": st.integers(1, 120)})
TERMS = st.fixed_dictionaries(
    {},
    optional={"seat_price": st.floats(0, 1e9), "one_off": st.floats(0, 1e12), "preparation": SHARE},
)
OVERRIDES = st.fixed_dictionaries(
    {},
    optional={
        "seats": st.none() | st.floats(1, 100_000) | st.integers(1, 100_000),
        "week": st.none() | shares_of(tuple(defaults().tasks)),
        "destinations": st.none() | destinations(),
        "plan_quality": st.none() | SHARE | SHARE.flatmap(around),
        "preparation": st.none() | SHARE,
        "shifts": st.dictionaries(st.sampled_from(defaults().admin_tasks), SHIFT),
        "shift_terms": TERMS,
        "assumptions": assumptions(),
        "without": st.lists(st.sampled_from([tactic.id for tactic in TACTICS] + ["gone"])),
        "starts": st.dictionaries(
            st.sampled_from([tactic.id for tactic in TACTICS] + ["gone"]),
            st.integers(1, 24) | st.lists(st.integers(1, 24), min_size=3, max_size=3).map(sorted),
        ),
        "season": st.fixed_dictionaries(
            {}, optional={name: st.permutations(UNEVEN) for name in SEASONAL}
        ),
        "budget": st.none() | st.floats(0, 1e12),
        "headcount": st.none()
        | st.fixed_dictionaries(
            {
                "seats": st.floats(1, 100_000)
                | st.lists(st.integers(1, 100_000), min_size=3, max_size=3).map(sorted)
            },
            optional={"start": st.integers(1, 120), "yearly_cost": st.floats(0, 1e9)},
        ),
        "adoption": st.dictionaries(
            st.sampled_from([tactic.id for tactic in TACTICS] + ["gone"]),
            st.floats(0, 1) | st.lists(st.floats(0, 1), min_size=3, max_size=3).map(sorted),
        ),
    },
)


@settings(max_examples=150, deadline=None)
@given(OVERRIDES)
def test_what_is_kept_reads_back_as_what_was_kept(raw: dict[str, Any]) -> None:
    kept = Levers.from_json(raw).to_json()
    assert json.loads(json.dumps(kept, allow_nan=False)) == kept
    assert Levers.from_json(kept).to_json() == kept


@settings(max_examples=150, deadline=None)
@given(OVERRIDES)
def test_keeping_levers_changes_nothing_the_model_reads(raw: dict[str, Any]) -> None:
    levers = Levers.from_json(raw)
    again = Levers.from_json(json.loads(json.dumps(levers.to_json())))
    before, after = engine_inputs(BOARD, levers), engine_inputs(BOARD, again)
    assert before == after
    assert inputs_hash(before) == inputs_hash(after)


@settings(max_examples=100, deadline=None)
@given(OVERRIDES)
def test_only_real_overrides_are_described(raw: dict[str, Any]) -> None:
    levers = Levers.from_json(raw)
    without_gone: dict[str, Any] = {
        name: {each: kept for each, kept in getattr(levers, name).items() if each != "gone"}
        for name in TACTIC_LEVERS
    }
    known = replace(levers, **without_gone)
    assert bool(known.to_json()) == bool(describe_levers(levers, BOARD))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*Levers.__dataclass_fields__, "share", "quotes", "x"]), inner
        )
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(JSON)
def test_anything_at_all_is_read_or_refused_in_a_sentence(raw: Any) -> None:
    try:
        levers = Levers.from_json(raw)
    except InvalidValue as refusal:
        assert str(refusal).startswith("This scenario's ")
    else:
        assert Levers.from_json(levers.to_json()).to_json() == levers.to_json()

"""Invariant 3: nothing changes before a tactic starts; a long run begins with the short."""

from hypothesis import given
from hypothesis import strategies as st

from tests.validation.plans import Plan, assert_same, few, fewer, plans, run, tactics


@few
@given(plans(), tactics(), st.integers(1, 24))
def test_invariant_03_nothing_changes_before_a_tactic_starts(
    plan: Plan, tactic: Plan, start: int
) -> None:
    added = tactic | {"name": "Added", "start": start}
    with_it = run(plan | {"tactics": [*plan["tactics"], added]})
    assert_same(run(plan), with_it, months=min(start - 1, plan["months"]))


@fewer
@given(plans())
def test_invariant_03_a_long_run_starts_with_the_short_run(plan: Plan) -> None:
    short, long = run(plan | {"months": 36}), run(plan | {"months": 60})
    assert_same(short, long, months=36)

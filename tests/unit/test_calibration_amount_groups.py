"""Deal sizes of groups on a log scale: planted sizes come back, inside as many ranges as said."""

import numpy as np
import pytest

from calibration import calibrate
from calibration.amount_groups import LogPrior, log_prior, shrunk_size

LEVEL, SPREAD = 10.0, 0.9  # of log amounts


def world(seed: int, apart: float, counts: list[int]) -> tuple[list[np.ndarray], np.ndarray]:
    """Return amounts of groups whose log means have the deviation `apart`, and their true means."""
    draw = np.random.default_rng(seed)
    levels = LEVEL + apart * draw.standard_normal(len(counts))
    groups = [
        np.exp(level + SPREAD * draw.standard_normal(count))
        for level, count in zip(levels, counts, strict=True)
    ]
    return groups, np.exp(levels + SPREAD**2 / 2)


def prior_of(groups: list[np.ndarray]) -> LogPrior:
    found = log_prior(groups)
    assert found is not None
    return found


@pytest.mark.parametrize("apart", [0.15, 0.5, 1.0])
def test_planted_sizes_lie_in_eight_of_ten_ranges(apart: float) -> None:
    counts, inside, looked_at = [6, 12, 25, 50, 100, 200, 12, 25], 0, 0
    for seed in range(150):
        groups, truth = world(seed, apart, counts)
        prior = log_prior(groups)
        if prior is None:  # amounts that look lognormal are a little rarer than those that are
            continue
        for each, mean in zip(groups, truth, strict=True):
            size = shrunk_size(each, prior)
            assert size.low is not None and size.high is not None
            inside += size.low <= mean <= size.high
            looked_at += 1
    assert looked_at > 800
    assert 0.74 < inside / looked_at < 0.88


def test_how_much_groups_differ_decides_how_far_they_are_drawn_together() -> None:
    near, _ = world(3, 0.0, [40] * 10)
    far, _ = world(3, 0.9, [40] * 10)
    assert prior_of(near).strength > 20
    assert 0.4 < prior_of(far).strength < 2.5


def test_a_small_group_is_nearer_the_truth_than_its_plain_mean() -> None:
    own, drawn = [], []
    for seed in range(80):
        groups, truth = world(seed, 0.3, [8, 60, 60, 60, 60, 60])
        prior = log_prior(groups)
        if prior is not None:
            own.append(abs(np.log(groups[0].mean() / truth[0])))
            drawn.append(abs(np.log(shrunk_size(groups[0], prior).mean / truth[0])))
    assert np.mean(drawn) < 0.85 * np.mean(own)


def test_few_groups_are_drawn_by_the_weight_of_the_prior() -> None:
    groups, _ = world(1, 0.5, [60, 60])
    prior = prior_of(groups)
    assert (prior.strength, prior.is_fitted) == (10.0, False)


def test_a_group_without_a_win_has_the_size_of_the_whole_with_a_wide_range() -> None:
    groups, _ = world(2, 0.3, [60] * 6)
    prior = prior_of(groups)
    none, many = shrunk_size(np.zeros(0), prior), shrunk_size(groups[0], prior)
    assert none.mean == pytest.approx(np.exp(prior.mean + prior.variance / 2))
    assert none.low and none.high and many.low and many.high
    assert none.high / none.low > many.high / many.low


def test_amounts_that_are_not_lognormal_or_too_few_have_no_log_scale() -> None:
    listed = np.random.default_rng(1).choice([500.0, 1100.0, 5000.0, 26000.0], (6, 60))
    assert log_prior(list(listed)) is None
    groups, _ = world(1, 0.2, [4, 4, 4, 4, 4])
    assert log_prior(groups) is None
    assert log_prior([np.full(1, 5.0)] * 40) is None


def test_an_export_of_lognormal_deals_shows_ranges_by_segment() -> None:
    groups, truth = world(7, 0.6, [80] * 6)
    assert log_prior(groups) is not None
    deals = [(at, amount) for at, each in enumerate(groups) for amount in each]
    lines = [
        f"{at},a,{amount:.2f},S{group},2026-01-01,2026-02-{1 + at % 28:02d},Closed Won"
        for at, (group, amount) in enumerate(deals)
    ]
    header = "Id,Owner,Amount,Type,Created Date,Close Date,Stage"
    segments = calibrate("\n".join([header, *lines]).encode(), "x.csv").segments
    assert segments and segments.sizes and segments.sizes.is_fitted
    for group in segments.groups:
        size = group.deal_size
        assert size and size.low and size.high
        assert size.mean == pytest.approx(truth[int(group.label[1:])], rel=0.35)

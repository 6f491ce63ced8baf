"""Rounding many numbers at once gives what writing each of them out gives, to the bit."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.figures import rounded, rounded_array, rounded_list, rounded_lists

RANDOM = np.random.default_rng(7)


def written(values: np.ndarray) -> list[str]:
    return [repr(rounded(float(value))) for value in values]


def found(values: np.ndarray) -> list[str]:
    return [repr(value) for value in rounded_list(values)]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=40))
def test_any_finite_numbers(values: list[float]) -> None:
    assert found(np.array(values)) == written(np.array(values))


def test_numbers_of_all_sizes() -> None:
    sizes = 10.0 ** RANDOM.uniform(-30, 30, 20_000)
    values = sizes * RANDOM.choice([-1.0, 1.0], sizes.size)
    assert found(values) == written(values)


def test_numbers_on_the_border_between_two_and_beside_it() -> None:
    halves = (RANDOM.integers(10**6, 10**7, 2_000) + 0.5) / 10.0 ** RANDOM.integers(0, 12, 2_000)
    values = np.concatenate([halves, np.nextafter(halves, np.inf), np.nextafter(halves, -np.inf)])
    assert found(values) == written(values)


def test_powers_of_ten_and_what_lies_beside_them() -> None:
    powers = np.array([float(f"1e{power}") for power in range(-40, 41)])
    below, above = np.nextafter(powers, 0.0), np.nextafter(powers, np.inf)
    values = np.concatenate([powers, below, above, powers * 0.99999996, [0.0, -0.0]])
    assert found(values) == written(values)


def test_a_table_keeps_its_shape() -> None:
    table = RANDOM.normal(size=(3, 5))
    assert rounded_array(table).shape == (3, 5)
    assert rounded_lists(list(table)) == [rounded_list(row) for row in table]

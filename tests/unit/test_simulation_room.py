"""Room for large arrays is used again, but only when nobody holds it."""

import gc

import numpy as np

from simulation import room as pool
from simulation.room import MOST_BYTES, free_bytes, room


def where(values: np.ndarray) -> int:
    return values.__array_interface__["data"][0]


def test_room_is_used_again_when_its_array_and_all_views_are_gone() -> None:
    first = room(3, 1001)
    place, view = where(first), first.T[5:]
    del first
    gc.collect()
    second = room(1001, 3)
    assert where(second) != place
    view[:] = 7.0
    assert view.sum() == 7.0 * view.size
    del view, second
    gc.collect()
    again = {where(each) for each in (room(3003), room(3003))}
    assert place in again


def test_two_arrays_never_share_room() -> None:
    kept = [room(2, 777) for _ in range(20)]
    for number, each in enumerate(kept):
        each[:] = number
    assert [each.mean() for each in kept] == list(range(20))
    assert len({where(each) for each in kept}) == 20


def test_room_may_be_written_and_may_be_empty() -> None:
    assert room(4, 5).flags.writeable
    assert room(0, 5).shape == (0, 5)


def test_free_room_is_bounded() -> None:
    size = MOST_BYTES // 8 // 3
    held = [room(size + extra) for extra in range(4)]
    del held
    gc.collect()
    assert 0 < free_bytes() <= MOST_BYTES
    too_large = room(MOST_BYTES // 8 + 1)
    before = free_bytes()
    del too_large
    gc.collect()
    assert free_bytes() == before
    pool._FREE.clear()

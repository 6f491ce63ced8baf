"""Work shared among threads comes back in order, whoever has the threads."""

import threading

import pytest

from simulation.threads import Turns, in_threads


def test_results_come_in_the_order_of_the_items() -> None:
    assert in_threads(lambda item: item * item, range(50)) == [item * item for item in range(50)]


def test_while_one_has_the_pool_others_work_in_their_own_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("simulation.threads.threads", lambda: 2)
    has_pool, may_end = threading.Event(), threading.Event()

    def hold(_item: int) -> None:
        has_pool.set()
        assert may_end.wait(10)

    first = threading.Thread(target=in_threads, args=(hold, range(2)))
    first.start()
    assert has_pool.wait(10)
    own = threading.get_ident()
    assert in_threads(lambda item: (item, threading.get_ident()), range(3)) == [
        (0, own),
        (1, own),
        (2, own),
    ]
    may_end.set()
    first.join(10)
    assert own not in in_threads(lambda _item: threading.get_ident(), range(3))


def test_work_nobody_waits_for_sees_whether_a_run_is_at_work() -> None:
    turns = Turns(1)
    assert turns.wait_until_idle(0)
    turns.acquire()
    assert not turns.wait_until_idle(0.01)
    threading.Timer(0.05, turns.release).start()
    assert turns.wait_until_idle(10)
    with turns:
        assert not turns.wait_until_idle(0)
    assert turns.wait_until_idle(0)

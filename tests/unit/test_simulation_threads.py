"""Work shared among threads comes back in order, whoever has the threads."""

import threading
import time
from contextlib import ExitStack

import pytest

from simulation.threads import Turns, in_threads, parts, threads, turn


def test_results_come_in_the_order_of_the_items() -> None:
    assert in_threads(lambda item: item * item, range(50)) == [item * item for item in range(50)]


def test_a_caller_works_in_its_own_thread_and_is_helped_once_others_are_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("simulation.threads.threads", lambda: 2)
    both_hold, may_end, is_helped = threading.Barrier(3), threading.Event(), threading.Event()
    helpers: set[int] = set()

    def hold(_item: int) -> None:
        both_hold.wait(10)
        assert may_end.wait(10)

    first = threading.Thread(target=in_threads, args=(hold, range(2)))
    first.start()
    both_hold.wait(10)
    own = threading.get_ident()

    def work(item: int) -> int:
        if threading.get_ident() != own:
            helpers.add(item)
            is_helped.set()
        elif item == 0:
            may_end.set()  # the first caller's helper gets free while this item is worked on
            assert is_helped.wait(10)
        return item * item

    assert in_threads(work, range(3)) == [0, 1, 4]
    assert helpers
    first.join(10)


def test_while_there_are_as_many_runs_as_cores_nobody_is_helped() -> None:
    own = {threading.get_ident()}
    with ExitStack() as runs:
        for _ in range(max(threads(), 2)):
            runs.enter_context(turn())
        assert turn().is_crowded()
        assert parts(8) == 1
        assert set(in_threads(lambda _item: threading.get_ident(), range(20))) == own


def test_work_is_cut_for_helpers_while_there_are_some() -> None:
    assert parts(8) == 8


def test_a_mistake_in_shared_work_reaches_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulation.threads.threads", lambda: 2)
    with pytest.raises(ZeroDivisionError):
        in_threads(lambda item: 1 / (item - 3), range(5))


def test_work_nobody_waits_for_sees_whether_a_run_is_at_work() -> None:
    turns = Turns(1)
    assert turns.wait_until_idle(0)
    turns.acquire()
    assert not turns.is_crowded()
    assert not turns.wait_until_idle(0.01)
    threading.Timer(0.05, turns.release).start()
    assert turns.wait_until_idle(10)
    with turns:
        assert not turns.wait_until_idle(0)
    assert turns.wait_until_idle(0)


def test_turns_are_handed_on_in_the_order_in_which_they_were_asked_for() -> None:
    turns, order = Turns(1), list[int]()
    started: list[threading.Thread] = []

    def run(number: int) -> None:
        with turns:
            order.append(number)

    def ask(number: int) -> None:
        waiting = len(turns._waiting)
        started.append(threading.Thread(target=run, args=(number,)))
        started[-1].start()
        until = time.monotonic() + 10
        while len(turns._waiting) == waiting and time.monotonic() < until:
            time.sleep(0.001)

    turns.acquire()
    for number in range(6):
        ask(number)
    turns.release()
    run(6)  # comes when the first turn is given back, before anybody woke up
    for each in started:
        each.join(10)
    assert order == list(range(7))


def test_no_more_than_may_have_a_turn_at_once() -> None:
    turns, lock = Turns(2), threading.Lock()
    now, most = 0, 0

    def run() -> None:
        nonlocal now, most
        for _ in range(200):
            with turns:
                with lock:
                    now += 1
                    most = max(most, now)
                with lock:
                    now -= 1

    runs = [threading.Thread(target=run) for _ in range(6)]
    for each in runs:
        each.start()
    for each in runs:
        each.join(30)
    assert 1 <= most <= 2
    assert turns.wait_until_idle(0)

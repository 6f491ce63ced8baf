"""A page's thread wakes the server's loop once for what has gathered, and nothing is lost."""

import asyncio
import threading
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.runtime import Runtime

from waking import Gathered, gather_messages


def test_all_threads_callbacks_run_in_their_order() -> None:
    threads, each_sends = 8, 2_000
    found: list[tuple[int, int]] = []

    async def gather() -> None:
        loop = asyncio.get_running_loop()
        gathered, done = Gathered(loop), asyncio.Event()

        def arrive(thread: int, number: int) -> None:
            found.append((thread, number))
            if len(found) == threads * each_sends:
                done.set()

        def send(thread: int) -> None:
            for number in range(each_sends):
                gathered.add(lambda n=number: arrive(thread, n), loop.call_soon_threadsafe)  # type: ignore[misc]

        senders = [threading.Thread(target=send, args=(each,)) for each in range(threads)]
        for each in senders:
            each.start()
        await asyncio.wait_for(done.wait(), 30)
        for each in senders:
            each.join()

    asyncio.run(gather())
    for thread in range(threads):
        assert [number for at, number in found if at == thread] == list(range(each_sends))


def test_the_loop_is_woken_once_for_what_gathers_before_it_looks() -> None:
    found: list[int] = []
    woken: list[Callable[[], None]] = []

    async def gather() -> None:
        gathered = Gathered(asyncio.get_running_loop())
        for number in range(5):
            gathered.add(lambda n=number: found.append(n), woken.append)  # type: ignore[misc]
        assert (len(woken), found) == (1, [])
        gathered.add(lambda: gathered.add(lambda: found.append(6), woken.append), woken.append)
        woken.pop()()
        assert (woken, found) == ([], [0, 1, 2, 3, 4, 6])
        gathered.add(lambda: found.append(7), woken.append)
        assert len(woken) == 1  # it sleeps again

    asyncio.run(gather())


def test_a_callback_that_fails_is_reported_and_stops_no_other() -> None:
    reported: list[dict[str, object]] = []
    found: list[str] = []

    async def gather() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: reported.append(context))
        gathered = Gathered(loop)
        gathered.add(lambda: found[5], loop.call_soon)
        gathered.add(lambda: found.append("after"), loop.call_soon)
        await asyncio.sleep(0.01)

    asyncio.run(gather())
    assert found == ["after"]
    assert [type(each["exception"]) for each in reported] == [IndexError]


@pytest.fixture
def gathering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gather the messages of Streamlit's sessions until the test is over."""
    for owner, name in (
        (AppSession, "_call_soon_on_event_loop"),
        (Runtime, "_enqueued_some_message"),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    gather_messages()


@pytest.mark.usefixtures("gathering")
def test_sessions_of_streamlit_gather_their_events() -> None:
    found: list[int] = []

    async def send() -> None:
        session = SimpleNamespace(_event_loop=asyncio.get_running_loop())
        for number in range(3):
            AppSession._call_soon_on_event_loop(session, lambda n=number: found.append(n))  # type: ignore[arg-type,misc]
        await asyncio.sleep(0.01)

    asyncio.run(send())
    assert found == [0, 1, 2]


@pytest.mark.usefixtures("gathering")
def test_the_sender_is_woken_from_its_own_loop_and_from_others() -> None:
    async def wake() -> None:
        need = asyncio.Event()
        objects = SimpleNamespace(eventloop=asyncio.get_running_loop(), need_send_data=need)
        runtime = SimpleNamespace(_get_async_objs=lambda: objects)
        Runtime._enqueued_some_message(runtime)  # type: ignore[arg-type]
        assert need.is_set()
        need.clear()
        await asyncio.to_thread(Runtime._enqueued_some_message, runtime)  # type: ignore[arg-type]
        await asyncio.wait_for(need.wait(), 10)

    asyncio.run(wake())

"""How what a page draws reaches the loop that sends it: gathered, not one message at a time.

Each page is drawn by a thread of its own. For each of its hundred elements Streamlit wakes the
server's loop twice, and each time the thread gives Python's lock away; with many people at work it
then waits for the lock a hundred times. Here a thread wakes the loop only if the loop sleeps.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from threading import Lock
from weakref import WeakKeyDictionary

from streamlit.runtime.app_session import AppSession
from streamlit.runtime.runtime import Runtime

Callback = Callable[[], None]


class Gathered:
    """Callbacks from any thread, run by one loop in the order in which they came."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take the loop; it is woken by `wake`, which gets what the loop has to do."""
        self._loop = loop
        self._waiting: deque[Callback] = deque()
        self._is_awake = False

    def add(self, callback: Callback, wake: Callable[[Callback], None]) -> None:
        """Let the loop run a callback soon; wake it unless it is at the ones before."""
        self._waiting.append(callback)
        if not self._is_awake:
            self._is_awake = True
            wake(self._run)

    def _run(self) -> None:
        while True:
            while self._waiting:
                self._run_one(self._waiting.popleft())
            self._is_awake = False
            # One that came before that line has woken nobody.
            if not self._waiting:
                return
            self._is_awake = True

    def _run_one(self, callback: Callback) -> None:
        try:
            callback()
        except Exception as error:
            said = {"message": f"Exception in callback {callback!r}", "exception": error}
            self._loop.call_exception_handler(said)


_LOCK = Lock()
_GATHERED: WeakKeyDictionary[asyncio.AbstractEventLoop, Gathered] = WeakKeyDictionary()


def _gathered(loop: asyncio.AbstractEventLoop) -> Gathered:
    with _LOCK:
        found = _GATHERED.get(loop)
        if found is None:
            found = _GATHERED[loop] = Gathered(loop)
        return found


def gather_messages() -> None:
    """Do so for all pages of this process."""
    call_soon = AppSession._call_soon_on_event_loop

    def call_gathered(self: AppSession, callback: Callback) -> None:
        _gathered(self._event_loop).add(callback, lambda run: call_soon(self, run))

    def wake_sender(self: Runtime) -> None:
        objects = self._get_async_objs()
        if objects.need_send_data.is_set():
            return
        if asyncio._get_running_loop() is objects.eventloop:
            objects.need_send_data.set()
        else:
            objects.eventloop.call_soon_threadsafe(objects.need_send_data.set)

    AppSession._call_soon_on_event_loop = call_gathered  # type: ignore[method-assign]
    Runtime._enqueued_some_message = wake_sender  # type: ignore[method-assign]

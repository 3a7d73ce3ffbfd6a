"""The red-flag screen with the phrases that are approved now: a new one takes the old one's place while it works."""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock, Thread

from sqlalchemy.exc import SQLAlchemyError

from api.database import Database
from api.safety import Approved, Finding, RedFlagScreen
from api.versions import service
from api.versions.service import Current

KIND = "red_flags"
"""Of versions: a subject is "gu urgent/baby_fit", a body {"native": [phrases], "latin": [phrases]}."""
RETRY = 60.0
"""Seconds to the next try when a screen could not be built."""

log = logging.getLogger(__name__)
Load = Callable[..., RedFlagScreen]


class LiveScreen:
    """There is always a screen: until a new one is whole, and when it cannot be built, the old one answers.

    `load`: a screen from `folder` and the approved lists; raises RedFlagFileIsWrong, which at the start stops it.
    """

    def __init__(self, folder: Path, approved: Approved, load: Load) -> None:
        self._folder, self._load = folder, load
        self._wanted = self._has = approved
        self._screen = self._built(approved)
        self._lock, self._stopped = Lock(), Event()
        self._thread: Thread | None = None
        self._is_owed = False

    def screen(self, text: str) -> Finding | None:
        """An error here is not caught: whoever asks must take it as danger possible."""
        if self._is_owed:
            with self._lock:
                self._begin()
        return self._screen.screen(text)

    def follow(self, current: Current) -> None:
        """Begins to build another screen, in a thread of its own, when other lists are approved than are in it."""
        with self._lock:
            self._wanted = current.get(KIND, {})
            self._begin()

    def close(self) -> None:
        self._stopped.set()

    def _begin(self) -> None:
        """When no thread can be started now, the next message tries again: approvals are told only once."""
        self._is_owed = False
        if self._wanted == self._has or self._thread is not None:
            return
        thread = Thread(target=self._catch_up, name="red flags", daemon=True)
        try:
            self._thread = thread
            thread.start()
        except (RuntimeError, MemoryError) as error:
            self._thread, self._is_owed = None, True
            log.error("the red-flag screen stays as it was, nothing builds a new one: %s", type(error).__name__)

    def _catch_up(self) -> None:
        while (wanted := self._next()) is not None:
            try:
                with _without_collector():
                    self._screen = self._built(wanted)
                self._has = wanted
            except Exception as error:
                log.error("the red-flag screen stays as it was, a new one failed: %s", type(error).__name__)
                self._stopped.wait(RETRY)

    def _next(self) -> Approved | None:
        """What to build; None, and this thread is over, when the screen has what is wanted."""
        with self._lock:
            if self._wanted == self._has or self._stopped.is_set():
                self._thread = None
                return None
            return self._wanted

    def _built(self, approved: Approved) -> RedFlagScreen:
        return self._load(self._folder, approved) if approved else self._load(self._folder)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Walking through a screen that grows would stop every reply for half a second, so it is not walked, now or later
    (as in api/main.py). What other threads leave in rings meanwhile is never collected: little, and seldom."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def approved_lists(database: Database) -> Approved:
    """What is approved; nothing when the database cannot be read, and then the files' phrases are looked for."""
    try:
        with database.read() as session:
            return service.current(session).get(KIND, {})
    except SQLAlchemyError as error:
        log.error(
            "approved phrases of danger could not be read, only the files' are looked for: %s", type(error).__name__
        )
        return {}

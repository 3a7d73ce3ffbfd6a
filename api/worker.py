"""Work that no request waits for: texts in and out, retention, reminders. Embedded, or `python -m api.worker`."""

import logging
import signal
import threading
import time
from collections.abc import Callable

from api.channels.sms.retention import forget_old_texts
from api.channels.sms.rooms import make_worker
from api.conversations.assembly import Parts, assemble
from api.logs import set_up_logging
from api.reminders.rooms import make_reminders
from api.settings import get_settings
from api.signposting.retention import forget_old_numbers

log = logging.getLogger(__name__)
IDLE_WAIT = 0.5
RETENTION_EVERY = 3600.0
REMINDERS_EVERY = 60.0
MAIL_MAY_TAKE = 5.0
"""Seconds that a stop waits for an e-mail on its way; after that it counts as unknown."""
FOLLOW_EVERY = 5.0


class EmbeddedWorker:
    """Runs the steps in one thread until stopped. An error in one step is logged and the next goes on.

    Reminders have a thread of their own: no family's text waits for a slow mail server.
    """

    def __init__(self, parts: Parts) -> None:
        self._texts = make_worker(parts)
        self._steps: list[Callable[[], int]] = [self._texts.run_once, Retention(parts).step, Following(parts).step]
        self._stop = threading.Event()
        self._reminders = make_reminders(parts, self._stop.is_set)
        self._mail = threading.Thread(target=self._remind, name="reminders", daemon=True)
        self._thread = threading.Thread(target=self.run, name="worker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=15)

    def ask_to_stop(self) -> None:
        self._stop.set()

    def run(self) -> None:
        self._mail.start()
        while not self._stop.is_set():
            done = sum(self._run(step) for step in self._steps)
            if not done:
                self._stop.wait(IDLE_WAIT)
        self._mail.join(timeout=MAIL_MAY_TAKE)
        self._texts.close()

    def _remind(self) -> None:
        while not self._stop.is_set():
            self._run(self._reminders.run_once)
            self._stop.wait(REMINDERS_EVERY)

    def _run(self, step: Callable[[], int]) -> int:
        try:
            return step()
        except Exception as error:
            log.error("worker step failed: %s", type(error).__name__)
            self._stop.wait(IDLE_WAIT)
            return 0


class Retention:
    """Erases what is older than RETENTION_DAYS, once an hour, in the bot too."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._next = 0.0

    def step(self) -> int:
        if time.monotonic() < self._next:
            return 0
        self._next = time.monotonic() + RETENTION_EVERY
        days = self._parts.settings.retention_days
        forgotten = self._parts.conversations.forget_old(days)
        forget_old_texts(self._parts.database, days)
        forget_old_numbers(self._parts.database, days)
        return forgotten


class Following:
    """What was approved meanwhile, also when nobody asks: after STOP a text is only looked at for danger, and that
    by itself reads nothing anew."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._next = 0.0

    def step(self) -> int:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + FOLLOW_EVERY
            self._parts.conversations.prepare()
        return 0


def main() -> None:
    set_up_logging()
    parts = assemble(get_settings())
    worker = EmbeddedWorker(parts)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: worker.ask_to_stop())
    worker.run()
    parts.close()


if __name__ == "__main__":
    main()

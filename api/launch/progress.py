"""Says what is being done and how far it is."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

EVERY = 5.0


class Progress:
    """Numbered steps on standard output; `waiting` may be called as often as one likes."""

    def __init__(self, steps: int) -> None:
        self._steps = steps
        self._step = 0
        self._began = time.monotonic()
        self._said_at = 0.0

    @contextmanager
    def step(self, name: str) -> Iterator[Callable[[str], None]]:
        self._step += 1
        notes: list[str] = []
        began = self._said_at = time.monotonic()
        self.say(f"[{self._step}/{self._steps}] {name} ...")
        yield notes.append
        took = time.monotonic() - began
        self.say(f"      done in {took:.1f} s{': ' + notes[0] if notes else ''}")

    def waiting(self, what: str) -> None:
        if time.monotonic() - self._said_at >= EVERY:
            self._said_at = time.monotonic()
            self.say(f"      {what} ({time.monotonic() - self._began:.0f} s so far)")

    def ready(self, url: str, sign_in: Sequence[str] = ()) -> None:
        """`sign_in`: a line for each who may sign in, with what and what for."""
        self._step += 1
        self.say(f"[{self._step}/{self._steps}] Ready in {time.monotonic() - self._began:.0f} s.")
        pages = {"Chat": f"{url}/", "Staff": f"{url}/signposting", "Texts": f"{url}/dev/sms", "Health": f"{url}/readyz"}
        lines = [f"  {name + ':':<11}{address}" for name, address in {**pages, "Stop": "Ctrl-C"}.items()]
        people = [
            "",
            "  Sign in (demonstration; other passwords at the next start):",
            *(f"    {one}" for one in sign_in),
        ]
        self.say("\n" + "\n".join([*lines, *(people if sign_in else [])]) + "\n")

    def say(self, line: str) -> None:
        print(line, flush=True)

    def failed(self, sentence: str) -> None:
        print(f"\nBumpline could not start. {sentence}", file=sys.stderr, flush=True)

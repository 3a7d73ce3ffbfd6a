"""Many files put in place of others as if they were one: either all of them, or none whatever interrupts it.

A journal that holds both sides is written first and taken away last; while it lies there, the swap has not happened.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from api.errors import Conflict
from api.settings import ROOT

JOURNAL = ROOT / "var" / "retraining.journal"


def swap(folder: Path, files: Mapping[str, str], journal: Path) -> None:
    """Writes `files` (path under `folder` -> text). After an interruption `undo_interrupted` brings all back."""
    with alone(journal):
        before = {name: _text(folder / name) for name in files}
        write_durably(journal, json.dumps({"before": before, "after": dict(files)}))
        try:
            for name, text in files.items():
                write_durably(folder / name, text)
        except BaseException:
            _undo(folder, journal)
            raise
        _remove(journal)


def undo_interrupted(folder: Path, journal: Path) -> list[str]:
    """Undoes a swap that did not come to its end and returns the files brought back; [] when there was none.

    A file that somebody has changed since is left as it is.
    """
    if not journal.exists():
        return []
    with alone(journal):
        return _undo(folder, journal) if journal.exists() else []


def _undo(folder: Path, journal: Path) -> list[str]:
    kept = json.loads(journal.read_text(encoding="utf-8"))
    back = [name for name, text in kept["after"].items() if _text(folder / name) == text]
    for name in back:
        text = kept["before"][name]
        if text is None:
            (folder / name).unlink()
        else:
            write_durably(folder / name, text)
    _remove(journal)
    return back


@contextmanager
def alone(path: Path, *, waits: bool = True) -> Iterator[None]:
    """One process at a time with `path`; a second one waits, or gets Conflict. Let go when a process ends, however."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise Conflict("Another retraining is at work here: wait until it has ended, then run again.") from error
        yield


def write_durably(path: Path, text: str) -> None:
    """The old file, or the new one complete: never a part of it, not even when the power fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    with new.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    _settle(path.parent)


def _remove(path: Path) -> None:
    path.unlink()
    _settle(path.parent)


def _settle(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _text(path: Path) -> str | None:
    if not path.exists():
        return None
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()

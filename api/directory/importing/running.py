"""Imports from beginning to end: what the pages and the command call. Long work runs in a thread of its own."""

import json
import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.database import Database, now
from api.directory import repository as directory
from api.directory.importing import applying, repository, undoing
from api.directory.importing.addresses import target
from api.directory.importing.cleaning import cleaned
from api.directory.importing.fetching import Fetcher, base_of
from api.directory.importing.known import Known, Point, read_terms
from api.directory.importing.lines import Line, read_lines
from api.directory.importing.models import Import
from api.directory.importing.planning import Plan, plan
from api.directory.importing.reading import Feed, decoded, read_text
from api.directory.openings import LONDON
from api.errors import BumplineError, NotFound

log = logging.getLogger(__name__)
LONGEST_NAME = 200
TELL_EVERY = 0.5
EXACT = ("postcode", "old postcode")
Work = Callable[[], None]


@dataclass(frozen=True)
class Importer:
    """`allow_loopback`: demonstration, where our own feed may be fetched. `is_patient`: work before returning."""

    database: Database
    content_folder: Path
    allow_loopback: bool
    is_patient: bool = False

    def from_file(self, name: str, data: bytes, *, by: str) -> str:
        """Begins an import; returns its id. Raises FileUnusable, TableUnusable: then nothing is kept."""
        text = decoded(data)
        feed = read_text(text)
        origin = str(cleaned(PurePosixPath(name.replace("\\", "/")).name))[:LONGEST_NAME] or "file"
        import_id = self._begin(origin, "file", by, content=text, total=len(feed.services))
        self._run(import_id, lambda: self._plan(import_id, origin, feed))
        return import_id

    def from_url(self, url: str, *, by: str) -> str:
        """Begins an import; returns its id. Raises AddressRefused: then nothing is kept."""
        origin = base_of(url)
        target(origin, allow_loopback=self.allow_loopback)
        import_id = self._begin(origin, "feed", by)
        self._run(import_id, lambda: self._fetch(import_id, origin))
        return import_id

    def apply(self, import_id: str, *, by: str, leave_out_errors: bool) -> dict[str, Any]:
        """Writes it all or nothing; returns the counts. Raises NotFound, Conflict, HasErrors."""
        with self.database.read() as session:
            row = _found(session, import_id)
            feed = read_text(repository.content(session, import_id)) if row.state == "ready" else Feed("feed", [], {})
            lines, known = self._lines(session, row.origin, feed)
        with self.database.write() as session:
            row = _found(session, import_id, for_update=True)
            planned = plan(session, lines, known)
            applying.apply(session, row, planned, by=by, leave_out_errors=leave_out_errors)
        return planned.counts()

    def undo(self, import_id: str, *, by: str) -> undoing.Undone:
        """Raises NotFound, Conflict."""
        with self.database.write() as session:
            return undoing.undo(session, _found(session, import_id, for_update=True), by=by)

    def look(self, import_id: str) -> Import:
        """The import with its report; raises NotFound."""
        with self.database.read() as session:
            return _found(session, import_id)

    def _begin(self, origin: str, kind: str, by: str, *, content: str = "", total: int = 0) -> str:
        import_id = secrets.token_urlsafe(12)
        row = Import(id=import_id, origin=origin, kind=kind, by=by, at=now(), state="reading", done=0, total=total)
        row.content = content
        with self.database.write() as session:
            session.add(row)
        return import_id

    def _run(self, import_id: str, work: Work) -> None:
        if self.is_patient:
            self._safely(import_id, work)
        else:
            thread = threading.Thread(target=self._safely, args=(import_id, work), name="import", daemon=True)
            thread.start()

    def _safely(self, import_id: str, work: Work) -> None:
        """Whatever happens, the row says how it ended; a database that is gone leaves it to be given up."""
        try:
            work()
        except BumplineError as error:
            self._set(import_id, state="failed", problem=error.message)
        except Exception as error:
            log.error("import failed: %s", type(error).__name__)
            self._set(import_id, state="failed", problem="Something went wrong here. Nothing was imported.")

    def _set(self, import_id: str, **values: Any) -> None:
        try:
            with self.database.write() as session:
                row = session.get(Import, import_id)
                for name, value in values.items() if row else ():
                    setattr(row, name, value)
        except SQLAlchemyError as error:
            log.error("import not noted: %s", type(error).__name__)

    def _fetch(self, import_id: str, origin: str) -> None:
        fetcher = Fetcher(origin, allow_loopback=self.allow_loopback)
        try:
            fetched = fetcher.fetch(_Telling(lambda done, total: self._set(import_id, done=done, total=total)))
        finally:
            fetcher.close()
        told = f"Read only in short: {', '.join(fetched.unread[:10])}." if fetched.unread else None
        content = json.dumps(fetched.services, ensure_ascii=False)
        self._set(import_id, content=content, total=len(fetched.services), problem=told)
        self._plan(import_id, origin, Feed("feed", fetched.services, {}))

    def _plan(self, import_id: str, origin: str, feed: Feed) -> None:
        with self.database.read() as session:
            lines, known = self._lines(session, origin, feed)
            planned: Plan = plan(session, lines, known)
        self._set(import_id, state="ready", report=planned.as_json(), done=len(lines), total=len(lines))

    def _lines(self, session: Session, origin: str, feed: Feed) -> tuple[list[Line], Known]:
        today = datetime.now(LONDON).date()
        return read_lines(feed, origin, read_terms(self.content_folder), lambda codes: points(session, codes), today)


@dataclass
class _Telling:
    """Progress, told not more often than anybody looks."""

    tell: Callable[[int, int], None]
    next_at: float = 0.0

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() >= self.next_at:
            self.next_at = time.monotonic() + TELL_EVERY
            self.tell(done, total)


def points(session: Session, codes: Iterable[str]) -> Mapping[str, Point]:
    """The centres of those of `codes` that are whole postcodes we know."""
    found = directory.postcodes(session, codes)
    return {code: Point(p.lat, p.lon, bool(p.areas)) for code, p in found.items() if p.kind in EXACT}


def _found(session: Session, import_id: str, *, for_update: bool = False) -> Import:
    row = repository.an_import(session, import_id, for_update=for_update)
    if row is None:
        raise NotFound("There is no such import.")
    return row

"""What an editor does to an entry: change it, check it with the service, put it back.

Each is kept as a Change that lasts, with the whole entry before and after, so each can be undone.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from babel import Locale
from sqlalchemy.orm import Session

from api.database import now
from api.directory import curating_repository as kept
from api.directory import repository
from api.directory.entry import ServiceEntry
from api.directory.models import Service
from api.directory.storing import restored, store
from api.directory.trust_models import Assurance, Change
from api.errors import Conflict, NotFound, Unusable

HOW = ("phoned", "e-mailed", "read on its website", "visited")
"""The ways in which a person can have checked an entry with its service."""
ASKED = "asked the service"
EDITOR = "editor"


class ChangedMeanwhile(Conflict):
    """Somebody saved the entry after it was opened. `entry` is how it stands now."""

    code = "changed_meanwhile"

    def __init__(self, entry: ServiceEntry) -> None:
        super().__init__(
            "Somebody else changed this entry while you had it open. Nothing of yours is lost: compare the two below "
            "and save again to keep yours."
        )
        self.entry = entry


def entry_of(session: Session, service_id: str) -> tuple[ServiceEntry, datetime]:
    """The entry and when it was last changed; raises NotFound."""
    service = _held(session, service_id)
    return restored(service), service.last_modified


def add(session: Session, entry: ServiceEntry, *, by: str) -> Change:
    """A new entry by an editor; raises Conflict when the id is taken."""
    if repository.whole(session, entry.id) is not None:
        raise Conflict(f"There is an entry {entry.id} already.")
    store(session, entry, origin=EDITOR, moment=now(), is_edited=True)
    return _remember(session, entry.id, by, "added", None, entry)


def change(
    session: Session, entry: ServiceEntry, *, by: str, seen: datetime | None, what: str = "edited"
) -> Change | None:
    """Saves `entry` over the one with its id, None when nothing differs.

    `seen`: when the entry had last changed as the editor opened it. Raises NotFound, ChangedMeanwhile.
    """
    service = _held(session, entry.id, for_update=True)
    before = restored(service)
    if before == entry:
        return None
    if seen is not None and service.last_modified != seen:
        raise ChangedMeanwhile(before)
    store(session, entry, origin=service.origin, moment=now(), is_edited=True)
    return _remember(session, entry.id, by, what, before, entry)


def check(session: Session, service_id: str, *, by: str, how: str, on: date) -> Change:
    """A person checked the entry with its service and nothing was wrong; raises NotFound, Unusable.

    `last_modified` stays: the facts are the same.
    """
    if how not in HOW:
        raise Unusable("Say how you checked it: " + ", ".join(HOW) + ".")
    service = _held(session, service_id, for_update=True)
    if service.listing == "hold":
        raise Unusable("This entry is on hold: fill its gap and show it first, then check it with the service.")
    before = restored(service)
    service.assured_on, service.assured_by, service.assured_how, service.is_edited = on, by, how, True
    session.add(Assurance(service_id=service_id, on=on, by=by, how=how, at=now()))
    return _remember(session, service_id, by, f"checked: {how}", before, restored(service))


def ask(session: Session, service_id: str, *, by: str) -> None:
    """Notes that the service was asked whether its entry is right; raises NotFound."""
    _held(session, service_id)
    session.add(Change(service_id=service_id, at=now(), by=by, what=ASKED, before=None, after=None))


def put_back(session: Session, change_id: int, *, by: str) -> Change | None:
    """The entry as it was before a change; raises NotFound, Unusable when there was nothing before it."""
    made = session.get(Change, change_id)
    if made is None:
        raise NotFound("There is no such change.")
    service = _held(session, made.service_id, for_update=True)
    newest = kept.changes(session, made.service_id, limit=1)
    if service.listing == "hold" and newest[0].id != made.id and made.before and made.before["listing"] != "hold":
        raise Conflict(
            f"{newest[0].by} changed this entry since ({newest[0].what}), and it is on hold. Open it to show it again."
        )
    if made.before is None:
        raise Unusable("There is nothing before this. To take an entry away from families, put it on hold.")
    return change(
        session, ServiceEntry.model_validate(made.before), by=by, seen=None, what=f"put back as before change {made.id}"
    )


def refuse_unknown(entry: ServiceEntry, needs: Iterable[str], categories: Iterable[str]) -> None:
    """Raises Unusable for needs, categories and languages that nobody knows."""
    strange = {
        "needs": set(entry.needs) - set(needs),
        "categories": set(entry.categories) - set(categories),
        "languages": {code for code in entry.languages if code not in Locale("en").languages},
    }
    for field, unknown in strange.items():
        if unknown:
            raise Unusable(f"{field}: {', '.join(sorted(unknown))} is not one we know. Choose from the list.")


def differences(before: dict[str, Any] | None, after: dict[str, Any] | None) -> list[tuple[str, Any, Any]]:
    """Each field that differs between two entries, with its value in each; what one leaves out stands as None."""
    old, new = before or {}, after or {}
    return [
        (name, old.get(name), new.get(name)) for name in ServiceEntry.model_fields if old.get(name) != new.get(name)
    ]


def _held(session: Session, service_id: str, *, for_update: bool = False) -> Service:
    if for_update:
        kept.lock(session, service_id)
    service = repository.whole(session, service_id)
    if service is None:
        raise NotFound("There is no such entry in the directory.")
    return service


def _remember(
    session: Session, service_id: str, by: str, what: str, before: ServiceEntry | None, after: ServiceEntry
) -> Change:
    row = Change(
        service_id=service_id,
        at=now(),
        by=by,
        what=what,
        before=before.model_dump(mode="json") if before else None,
        after=after.model_dump(mode="json"),
    )
    session.add(row)
    session.flush()
    return row

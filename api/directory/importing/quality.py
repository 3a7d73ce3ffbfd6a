"""What is wrong, or doubtful, with a record as a whole; single values were looked at when it was read. Pure."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from api.directory.importing.cleaning import has_markup
from api.directory.importing.findings import Finding, error, shown, warning
from api.directory.importing.records import Record

FRESH = timedelta(days=90)
LONGEST_NAME, LONGEST_OWNER, LONGEST_SUMMARY = 120, 300, 600


def judged(record: Record, found: list[Finding], today: date) -> list[Finding]:
    """Findings about `record`. `found`: what reading it found; a field named there is not missing but wrong."""
    named = {finding.field for finding in found}
    fresh = (finding for check in CHECKS for finding in check(record, today))
    return [finding for finding in fresh if finding.field not in named]


def _required(record: Record, _: date) -> Iterator[Finding]:
    if record.id is None:
        yield error("id", "It has no id, so it could not be found again. Give it a UUID.")
    if record.name is None:
        yield error("name", "It has no name. Write the name families know.")
    if record.status is None:
        yield error("status", "It has no status. Write active, inactive, defunct or temporarily closed.")
    if record.organization is None or not record.organization.name:
        yield error("organization.name", "It does not say who runs it. Name the organisation.")
    elif len(record.organization.name) > LONGEST_OWNER:
        yield error("organization.name", f"The name is longer than {LONGEST_OWNER} characters. Shorten it.")


def _ages(record: Record, _: date) -> Iterator[Finding]:
    low, high = record.minimum_age, record.maximum_age
    if low is not None and high is not None and low > high:
        yield error("minimum_age", f"{low:g} is more than the maximum age {high:g}. Swap them, or correct one.")
    first, last = record.own.from_week, record.own.to_week
    if first is not None and last is not None and first > last:
        yield error("bumpline.from_week", f"{first} is after the last week {last}. Swap them, or correct one.")


def _dates(record: Record, today: date) -> Iterator[Finding]:
    for n, row in enumerate(record.schedules):
        if row.valid_from and row.valid_to and row.valid_from > row.valid_to:
            yield error(f"schedules.{n}.valid_to", f"It ends on {row.valid_to}, before it begins. Correct one of them.")
    checked = record.assured_date
    if checked is None:
        yield warning("assured_date", "It does not say when somebody last checked it. Check it before it is shown.")
    elif checked > today:
        yield warning("assured_date", f"{checked} is in the future. Ask who made the feed.")
    elif today - checked > FRESH:
        yield warning("assured_date", f"Last checked on {checked}, more than {FRESH.days} days ago. Check it again.")
    if record.last_modified is None:
        yield warning("last_modified", "It does not say when it was last changed.")
    elif record.last_modified > today + timedelta(days=1):
        yield warning("last_modified", f"{record.last_modified} is in the future. Ask who made the feed.")


def _owners(record: Record, _: date) -> Iterator[Finding]:
    """A part that names another service came into this record by mistake: its facts would mislead."""
    for name in ("phones", "contacts", "schedules", "languages", "cost_options", "service_areas"):
        for n, part in enumerate(getattr(record, name)):
            yield from _owner(record, f"{name}.{n}.service_id", part.service_id)
    for n, link in enumerate(record.service_at_locations):
        path = f"service_at_locations.{n}"
        yield from _owner(record, f"{path}.service_id", link.service_id)
        named, own = link.location_id, link.location.id if link.location else None
        if named and own and named.casefold() != own.casefold():
            yield error(f"{path}.location_id", f"It names location {shown(named)} but holds another. Correct one.")


def _owner(record: Record, path: str, named: str | None) -> Iterator[Finding]:
    if named and record.id and named.casefold() != record.id:
        yield error(path, f"It names another service, {shown(named)}. Move it there, or correct the id.")


def _reach(record: Record, _: date) -> Iterator[Finding]:
    numbers = [*record.phones, *(phone for link in record.service_at_locations if link.location
                                 for phone in link.location.phones)]  # fmt: skip
    if not (numbers or record.email or record.url or record.contacts):
        yield warning("phones", "There is no way to reach it: no phone, e-mail or link. Find one before it is shown.")


def _words(record: Record, _: date) -> Iterator[Finding]:
    if record.description is None:
        yield warning("description", "It does not say what it does. Write one or two sentences.")
    elif has_markup(record.description):
        yield warning("description", "It is written in HTML; only its words are kept. Read them through.")
    if record.description and len(record.description) > LONGEST_SUMMARY:
        told = f"It has {len(record.description)} characters; families read {LONGEST_SUMMARY} at most. Shorten it."
        yield warning("description", told)
    name = record.name or ""
    if len(name) > LONGEST_NAME:
        yield warning("name", f"It has {len(name)} characters; {LONGEST_NAME} are enough. Shorten it.")
    if name.isupper() and len([c for c in name if c.isalpha()]) > 5:
        yield warning("name", "It is all in capitals. Write it as a sentence: screen readers spell capitals out.")


def _times(record: Record, _: date) -> Iterator[Finding]:
    is_scheduled = record.schedules or any(link.schedules for link in record.service_at_locations)
    if not is_scheduled and not record.own.hours:
        yield warning("schedules", "It does not say when it is open. Ask the service.")


CHECKS: tuple[Callable[[Record, date], Iterator[Finding]], ...] = (
    _required,
    _ages,
    _dates,
    _owners,
    _reach,
    _words,
    _times,
)

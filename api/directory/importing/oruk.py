"""One record of a feed into one entry of ours. Pure.

An imported entry is on hold and nobody has checked it: trust here means that a person of ours did.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from api.directory.entry import CostOption, Provenance, Referral, ServiceEntry
from api.directory.importing.cleaning import plain_text
from api.directory.importing.findings import Finding, error, warning
from api.directory.importing.hours import read_hours
from api.directory.importing.known import Known
from api.directory.importing.places import read_places
from api.directory.importing.reaching import read_contacts, read_numbers
from api.directory.importing.records import Record, ScheduleRecord
from api.directory.importing.terms import read_areas, read_languages, read_terms_of
from api.directory.source import faults

_REFERRED = re.compile(r"^A professional must refer you: (.+?)\.?$", re.DOTALL)
_BY_ONESELF = "You can contact the service yourself."
POUNDS = (None, "GBP")


@dataclass(frozen=True)
class Converted:
    """`said`: the fields that the record says something about; of the others it is silent."""

    entry: ServiceEntry | None
    said: frozenset[str]
    findings: tuple[Finding, ...]


def convert(record: Record, service_id: str, known: Known) -> Converted:
    """The entry that `record` becomes under `service_id`; None, with the reason, when it cannot be one."""
    if record.name is None or record.status is None or record.organization is None or not record.organization.name:
        return Converted(None, frozenset(), ())
    fields, findings = _parts(record, known)
    fields |= _plain(record)
    said = frozenset(name for name, value in fields.items() if value not in (None, [], ""))
    told = Provenance(sources=[known.origin], confidence="low", gaps=_gaps(fields, record, known))
    made = fields | {
        "id": service_id,
        "summary": fields["summary"] or fields["name"],
        "referral": fields["referral"] or "self",
        "listing": "hold",
        "provenance": told,
    }
    try:
        return Converted(ServiceEntry.model_validate(made), said, tuple(findings))
    except ValidationError as refused:
        return Converted(None, said, (*findings, *(error(*text.split(": ", 1)) for text in faults(refused))))


def _plain(record: Record) -> dict[str, Any]:
    assert record.organization is not None
    referral, referrers = _referral(record)
    costs = [CostOption(option=c.option, amount=_pounds(c), note=_cost_note(c)) for c in record.cost_options]
    return {
        "name": _line(record.name),
        "organisation": _line(record.organization.name),
        "status": record.status,
        "summary": _words(record.description),
        "alert": _words(record.alert),
        "referral": referral,
        "referrers": referrers,
        "eligibility": _words(record.eligibility_description),
        "minimum_age": record.minimum_age,
        "maximum_age": record.maximum_age,
        "from_week": record.own.from_week,
        "to_week": record.own.to_week,
        "email": record.email,
        "url": record.url,
        "cost": _words(record.fees_description or record.fees),
        "cost_options": [cost for cost in costs if any(cost.model_dump().values()) or cost.amount == 0],
        "interpreters": _words(record.interpretation_services),
    }


def _parts(record: Record, known: Known) -> tuple[dict[str, Any], list[Finding]]:
    numbers = read_numbers(record)
    contacts, about_contacts = read_contacts(record)
    places = read_places(record, known)
    times = read_hours(_schedules(record), known.today)
    languages, about_languages = read_languages(record)
    areas, about_areas = read_areas(record)
    needs, categories, about_terms = read_terms_of(record, known.terms)
    told = [*numbers.findings, *about_contacts, *places.findings, *times.findings, *about_languages, *about_areas]
    words = [record.own.hours, *times.words]
    return {
        "needs": needs,
        "categories": categories,
        "area": areas,
        "phones": numbers.voice,
        "text_numbers": numbers.text,
        "contacts": contacts,
        "locations": places.places,
        "schedules": times.rows,
        "hours": " ".join(f"{text.rstrip('.')}." for text in words if text) or None,
        "languages": languages,
    }, [*told, *about_terms, *_about_money(record)]


def _schedules(record: Record) -> list[tuple[str, ScheduleRecord]]:
    found = [(f"schedules.{n}", schedule) for n, schedule in enumerate(record.schedules)]
    for m, link in enumerate(record.service_at_locations):
        found += [(f"service_at_locations.{m}.schedules.{n}", row) for n, row in enumerate(link.schedules)]
    return found


def _about_money(record: Record) -> list[Finding]:
    return [
        warning(f"cost_options.{n}.currency", "This is not in pounds, so the amount is kept as words only.")
        for n, cost in enumerate(record.cost_options)
        if cost.amount is not None and cost.currency not in POUNDS
    ]


def _pounds(cost: Any) -> float | None:
    amount: float | None = cost.amount if cost.currency in POUNDS else None
    return amount


def _cost_note(cost: Any) -> str | None:
    """Our own feed says "Free" beside an amount of 0; said once is enough."""
    is_plainly_free = cost.amount == 0 and cost.amount_description == "Free"
    elsewhere = f"{cost.amount:g} {cost.currency}" if cost.amount and cost.currency not in POUNDS else None
    note = None if is_plainly_free else cost.amount_description
    return ", ".join(part for part in (elsewhere, note) if part) or None


def _referral(record: Record) -> tuple[Referral | None, str | None]:
    """What our own table or our own feed says; from words of others nothing is concluded."""
    if record.own.referral:
        return record.own.referral, record.own.referrers
    told = record.application_process or ""
    referred = _REFERRED.match(told)
    if referred:
        return "professional", referred[1]
    return ("self" if told == _BY_ONESELF else None), record.own.referrers


def _gaps(fields: dict[str, Any], record: Record, known: Known) -> str:
    wanted = {
        "a summary": fields["summary"],
        "a phone number": fields["phones"] or fields["text_numbers"],
        "an address": fields["locations"],
        "opening hours": fields["schedules"] or fields["hours"],
        "the area it serves": fields["area"],
        "what it helps with": fields["needs"],
        "who may refer": fields["referral"],
        "the cost": fields["cost"] or fields["cost_options"],
        "languages": fields["languages"],
    }
    missing = ", ".join(name for name, value in wanted.items() if not value)
    said = [f"Imported from {known.origin} on {_date(known.today)}; nobody here has checked it with the service."]
    said += [f"Missing: {missing}."] if missing else []
    said += [f"The feed says it was checked on {_date(record.assured_date)}."] if record.assured_date else []
    return " ".join(said)


def _date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _line(text: str | None) -> str | None:
    return " ".join(plain_text(text).split()) or None if text else None


def _words(text: str | None) -> str | None:
    return plain_text(text) or None if text else None

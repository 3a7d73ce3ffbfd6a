"""Our services in Open Referral UK 3.0 (HSDS-UK). Pure: rows in, JSON out; a field that says nothing is left out.

Source: the profile's schemas, openreferraluk.org/specifications/3.0. Names of HSDS 3.0 that the UK profile leaves
untyped (`phones`, `eligibility_description`, ...) are sent too: families need them and the schemas allow them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from babel import Locale

from api.directory.ids import lasting_id
from api.directory.models import Location, Organisation, Phone, Schedule, Service, ServiceAtLocation, ServiceTerm

VERSION = {
    "version": "HSDS-UK-3.0",
    "profile": "https://github.com/OpenReferralUK/uk-profile/blob/main/docs/index.md",
    "openapi_url": "https://openreferraluk.org/specifications/3.0/openapi.json",
}
STATISTICS = "http://statistics.data.gov.uk/id/statistical-geography/"
AREAS = {
    "city": ("Leicester", f"{STATISTICS}E06000016"),
    "county": ("Leicestershire", f"{STATISTICS}E10000018"),
    "rutland": ("Rutland", f"{STATISTICS}E06000017"),
    "uk": ("United Kingdom", f"{STATISTICS}K02000001"),
}
POST_TOWNS = {
    "LE10": "Hinckley", "LE11": "Loughborough", "LE12": "Loughborough", "LE13": "Melton Mowbray",
    "LE14": "Melton Mowbray", "LE15": "Oakham", "LE16": "Market Harborough", "LE17": "Lutterworth",
    "LE18": "Wigston", "LE65": "Ashby-de-la-Zouch", "LE67": "Coalville",
}  # fmt: skip
"""Royal Mail's post towns of LE that are not Leicester."""
END_OF_DAY = "23:59"
Json = dict[str, Any]


@dataclass(frozen=True)
class TermName:
    """One taxonomy term: its name, and the term above it."""

    name: str
    parent: str | None = None


Taxonomies = Mapping[str, Mapping[str, TermName]]
"""Taxonomy ("need", "dfe") -> term -> its name."""
TAXONOMIES = {
    "need": ("Bumpline needs", "What families ask the assistant for."),
    "dfe": ("Family hub categories", "Service categories of the Department for Education's family hubs (MIT licence)."),
}


def service_json(service: Service, taxonomies: Taxonomies, *, is_full: bool) -> Json:
    """A service with its one-to-one fields; `is_full`: with everything below it."""
    made = _plain(service)
    if is_full:
        own = service.uuid
        made |= _said({
            "schedules": [_schedule(row, own) for row in service.schedules],
            "service_areas": [_area(area.area, own) for area in service.areas],
            "service_at_locations": [at_location(link, own) for link in service.places],
            "languages": [_language(row.code, own) for row in service.languages],
            "cost_options": [_cost(n, row, own) for n, row in enumerate(service.cost_options)],
            "contacts": [_contact(n, row, own) for n, row in enumerate(service.contacts)],
            "phones": [_phone(phone, own) for phone in service.phones],
            "attributes": [_attribute(term, own, taxonomies) for term in service.terms],
        })  # fmt: skip
    return made


def minimal_json(service: Service) -> Json:
    """Only the id, when it changed, and what the schema requires of every service."""
    return {"id": service.uuid, "name": service.name, "status": service.status, "last_modified": _time(service)}


def organisation_json(organisation: Organisation) -> Json:
    return _said({
        "id": organisation.id,
        "name": organisation.name,
        "description": organisation.description,
        "website": organisation.url,
        "organization_identifiers": [
            {
                "id": lasting_id("identifier", organisation.id, scheme),
                "identifier_scheme": scheme,
                "identifier_type": {"GB-CHC": "Charity number", "GB-COH": "Company number"}.get(scheme, scheme),
                "identifier": number,
            }
            for scheme, number in organisation.identifiers.items()
        ],
    })  # fmt: skip


def at_location(link: ServiceAtLocation, service_uuid: str) -> Json:
    return {
        "id": lasting_id("service_at_location", service_uuid, link.location_id),
        "service_id": service_uuid,
        "location_id": link.location_id,
        "location": _location(link.location),
    }


def taxonomy_json(key: str) -> Json:
    name, description = TAXONOMIES[key]
    return {"id": lasting_id("taxonomy", key), "name": name, "description": description}


def term_json(key: str, term: str, taxonomies: Taxonomies) -> Json:
    found = taxonomies[key].get(term) or TermName(term)
    return _said({
        "id": term_id(key, term),
        "name": found.name,
        "description": found.name,
        "parent_id": term_id(key, found.parent) if found.parent else None,
        "taxonomy": TAXONOMIES[key][0],
        "taxonomy_id": lasting_id("taxonomy", key),
        "term": term,
    })  # fmt: skip


def term_id(key: str, term: str) -> str:
    return lasting_id("taxonomy_term", key, term)


def page_json(contents: list[Json], *, total: int, page: int, per_page: int) -> Json:
    """The flat envelope; `total` items in all."""
    pages = max(1, -(-total // per_page))
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": page,
        "size": len(contents),
        "first_page": page == 1,
        "last_page": page >= pages,
        "empty": not contents,
        "contents": contents,
    }


def _plain(service: Service) -> Json:
    is_referred = service.referral == "professional"
    referred = f"A professional must refer you: {service.referrers or 'for example your midwife or health visitor'}."
    return _said({
        "id": service.uuid,
        "organization_id": service.organisation.id,
        "name": service.name,
        "description": service.summary,
        "url": service.url,
        "email": service.email,
        "status": service.status,
        "minimum_age": service.minimum_age,
        "maximum_age": service.maximum_age,
        "eligibility_description": service.eligibility,
        "interpretation_services": service.interpreters,
        "fees_description": service.cost,
        "application_process": referred if is_referred else "You can contact the service yourself.",
        "alert": service.alert,
        "assured_date": service.assured_on.isoformat() if service.assured_on else None,
        "last_modified": _time(service),
        "organization": organisation_json(service.organisation),
    })  # fmt: skip


def _time(service: Service) -> str:
    moment: datetime = service.last_modified.astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def _schedule(row: Schedule, own: str) -> Json:
    return _said({
        "id": lasting_id("schedule", own, str(row.position)),
        "service_id": own,
        "freq": row.freq,
        "interval": row.interval,
        "byday": row.byday,
        "bymonthday": row.bymonthday,
        "dtstart": row.starts_on.isoformat() if row.starts_on else None,
        "valid_from": row.valid_from.isoformat() if row.valid_from else None,
        "valid_to": row.valid_to.isoformat() if row.valid_to else None,
        "opens_at": row.opens_at,
        "closes_at": END_OF_DAY if row.closes_at == "24:00" else row.closes_at,
        "notes": row.note,
    })  # fmt: skip


def _area(area: str, own: str) -> Json:
    name, uri = AREAS[area]
    written = {"name": name, "service_area": name, "extent_type": "text", "extent": name, "uri": uri}
    return {"id": lasting_id("service_area", own, area), "service_id": own, **written}


def _location(location: Location) -> Json:
    is_addressed = location.postcode is not None
    return _said({
        "id": location.id,
        "location_type": "physical",
        "name": location.name,
        "description": None if is_addressed else location.address,
        "latitude": location.latitude,
        "longitude": location.longitude,
        "addresses": [_address(location)] if is_addressed else [],
        "accessibility": [
            _said({
                "id": lasting_id("accessibility", location.id, str(n)),
                "location_id": location.id,
                "description": note.description,
                "details": note.details,
                "url": note.url,
            })
            for n, note in enumerate(location.accessibility)
        ],
    })  # fmt: skip


def _address(location: Location) -> Json:
    """The schema requires all of these; a place without a postcode has no address, only a description."""
    outcode = (location.postcode or "").split(" ")[0]
    return {
        "id": lasting_id("address", location.id),
        "location_id": location.id,
        "address_1": location.address,
        "city": POST_TOWNS.get(outcode, "Leicester"),
        "state_province": "Rutland" if outcode == "LE15" else "Leicestershire",
        "postal_code": location.postcode,
        "country": "GB",
        "address_type": "physical",
    }


def _language(code: str, own: str) -> Json:
    name = Locale("en").languages.get(code, code)
    return {"id": lasting_id("language", own, code), "service_id": own, "name": name, "code": code}


def _cost(position: int, row: Any, own: str) -> Json:
    return _said({
        "id": lasting_id("cost_option", own, str(position)),
        "service_id": own,
        "option": row.option,
        "currency": "GBP" if row.amount is not None else None,
        "amount": row.amount,
        "amount_description": row.note or ("Free" if row.amount == 0 else None),
    })  # fmt: skip


def _contact(position: int, row: Any, own: str) -> Json:
    contact_id = lasting_id("contact", own, str(position))
    phone = {"id": lasting_id("contact_phone", contact_id), "contact_id": contact_id, "number": row.phone}
    return _said({
        "id": contact_id,
        "service_id": own,
        "name": row.name,
        "title": row.title,
        "email": row.email,
        "phones": [phone] if row.phone else [],
    })  # fmt: skip


def _phone(phone: Phone, own: str) -> Json:
    told = [f"Text {phone.keyword} to this number" if phone.keyword else None, phone.note, phone.hours]
    return _said({
        "id": lasting_id("phone", own, phone.kind, str(phone.position)),
        "service_id": own,
        "number": phone.number,
        "type": phone.kind,
        "description": ". ".join(part for part in told if part),
    })  # fmt: skip


def _attribute(term: ServiceTerm, own: str, taxonomies: Taxonomies) -> Json:
    return {
        "id": lasting_id("attribute", own, term.taxonomy, term.term),
        "link_id": own,
        "link_type": "service_category",
        "taxonomy_term_id": term_id(term.taxonomy, term.term),
        "taxonomy_term": term_json(term.taxonomy, term.term, taxonomies),
    }


def _said(fields: Mapping[str, Any]) -> Json:
    """Without null, empty text and empty lists: the standard wants them left out."""
    return {name: value for name, value in fields.items() if not _is_empty(value)}


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, Iterable) and not value)

"""Phones and contacts of a feed into ours; a private person's name and address stay out. Pure."""

import re
from dataclasses import dataclass, field

import phonenumbers

from api.directory.entry import ContactPerson, Number
from api.directory.folding import folded
from api.directory.importing.findings import Finding, shown, warning
from api.directory.importing.records import ContactRecord, PhoneRecord, Record

TEXT_KINDS = {"text", "sms"}
UNUSED_KINDS = {"fax", "pager"}
_ROLES = (
    "admin administration adviser advisor advice appointments booking bookings bureau centre clinic clinical "
    "coordinator desk department doctor enquiries enquiry family feeding friends group health helpline hospital hub "
    "information inquiries lead leader line maternity manager midwife midwifery midwives nurse nursing office officer "
    "organiser practice reception receptionist referral referrals secretary service services support switchboard team "
    "trust unit volunteer volunteers visitor visiting ward worker"
)
ROLE_WORDS = frozenset(_ROLES.split())
"""A name with one of these is a role; any other is taken to be a person's, and left out."""
_KEYWORD = re.compile(r"^Text (\S+) to this number(?:\. |$)")
_PERSONAL = re.compile(r"^([a-z]+)[._-]([a-z]+)\d*@", re.IGNORECASE)
SHORTEST, SHORT = 3, 6
"""Digits of numbers like 111, 116 123 and 85258, which no numbering plan of landlines and mobiles knows."""


@dataclass
class ReadNumbers:
    voice: list[Number] = field(default_factory=list)
    text: list[Number] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_numbers(record: Record) -> ReadNumbers:
    """The service's own numbers, then those of its locations."""
    read = ReadNumbers()
    for path, phone in _phones(record):
        kind = (phone.type or "voice").casefold()
        if not phone.number:
            read.findings.append(warning(path, "This phone has no number, so it is left out."))
        elif kind in UNUSED_KINDS:
            read.findings.append(warning(f"{path}.type", f"A {kind} is no use to families, so it is left out."))
        else:
            _add(read.text if kind in TEXT_KINDS else read.voice, _number(phone))
            if not is_british(phone.number):
                message = f"{shown(phone.number)} is no UK phone number. Dial it, and correct it."
                read.findings.append(warning(f"{path}.number", message))
    return read


def read_contacts(record: Record) -> tuple[list[ContactPerson], list[Finding]]:
    """Roles only."""
    kept, findings = [], []
    for n, contact in enumerate(record.contacts):
        made, found = _contact(contact, f"contacts.{n}", record)
        findings += found
        if made is not None and made not in kept:
            kept.append(made)
    return kept, findings


def is_role(name: str) -> bool:
    return bool(ROLE_WORDS & set(folded(name).split()))


def is_personal(email: str) -> bool:
    """first.last@...: the address of one person."""
    found = _PERSONAL.match(email)
    return found is not None and not is_role(f"{found[1]} {found[2]}")


def is_british(number: str) -> bool:
    """Whether somebody in the UK can dial it; short numbers count."""
    digits = "".join(c for c in number if c.isdigit())
    if SHORTEST <= len(digits) <= SHORT and not number.strip().startswith(("+", "0")):
        return True
    return digits_of(number) is not None


def digits_of(number: str) -> str | None:
    """A valid UK number as +441164960000, whichever way it was written."""
    try:
        parsed = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return None
    is_valid = parsed.country_code == 44 and phonenumbers.is_valid_number(parsed)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) if is_valid else None


def _phones(record: Record) -> list[tuple[str, PhoneRecord]]:
    found = [(f"phones.{n}", phone) for n, phone in enumerate(record.phones)]
    for m, link in enumerate(record.service_at_locations):
        own = link.location.phones if link.location else []
        found += [(f"service_at_locations.{m}.location.phones.{n}", phone) for n, phone in enumerate(own)]
    return found


def _number(phone: PhoneRecord) -> Number:
    description = phone.description or ""
    keyword = _KEYWORD.match(description)
    note = _KEYWORD.sub("", description) or None
    extension = f"extension {phone.extension}" if phone.extension else None
    said = ", ".join(part for part in (extension, note) if part) or None
    return Number(number=phone.number or "", keyword=keyword[1] if keyword else None, note=said)


def _add(numbers: list[Number], number: Number) -> None:
    if number not in numbers:
        numbers.append(number)


def _contact(contact: ContactRecord, path: str, record: Record) -> tuple[ContactPerson | None, list[Finding]]:
    name, email, found = contact.name, contact.email, []
    if name and not is_role(name) and folded(name) not in _own_names(record):
        told = "This looks like a person's name, so it is left out. Only roles are kept."
        found.append(warning(f"{path}.name", told))
        name = None
    if email and is_personal(email):
        found.append(warning(f"{path}.email", "This looks like one person's own address, so it is left out."))
        email = None
    title = contact.title or contact.department
    if not (name or title or email):
        return None, found
    number = next((phone.number for phone in contact.phones if phone.number), None)
    return ContactPerson(name=name, title=title, email=email, phone=number), found


def _own_names(record: Record) -> set[str]:
    owner = record.organization.name if record.organization else None
    return {folded(name) for name in (record.name, owner) if name}

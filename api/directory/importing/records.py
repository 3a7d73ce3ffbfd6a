"""A service as a feed sends it (HSDS-UK 3.0): lenient to fields we do not use, strict in those we do. Pure.

Every value that cannot be read is named with its path and left out, so that one reading names all faults.
"""

from copy import deepcopy
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from api.directory.importing.findings import Finding, error, warning
from api.directory.importing.values import (
    Age,
    Amount,
    ClockText,
    Day,
    Days,
    EmailText,
    Interval,
    Latitude,
    LinkText,
    Longitude,
    MonthDays,
    StatusText,
    Uuid,
    Week,
)

HARMLESS = {"last_modified", "assurer_email"}
"""Fields that say nothing to families: when they cannot be read, the record can still be used."""
KINDS = {
    "string_type": "This must be text.",
    "list_type": "This must be a list.",
    "model_type": "This must be an object with fields.",
    "model_attributes_type": "This must be an object with fields.",
    "float_parsing": "This must be a number.",
    "float_type": "This must be a number.",
    "finite_number": "This must be a number.",
    "int_parsing": "This must be a whole number.",
    "int_type": "This must be a whole number.",
    "int_from_float": "This must be a whole number.",
}


class _Part(BaseModel):
    """null and empty text say nothing: then a field is as if left out."""

    model_config = ConfigDict(
        extra="ignore",
        frozen=True,
        allow_inf_nan=False,
        coerce_numbers_to_str=True,
        str_strip_whitespace=True,
    )

    @model_validator(mode="before")
    @classmethod
    def _without_nothing(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {name: value for name, value in data.items() if not _says_nothing(value)}


class _Owned(_Part):
    """A part that may name the service it belongs to."""

    service_id: str | None = None


class OrganisationRecord(_Part):
    name: str | None = None
    description: str | None = None


class PhoneRecord(_Owned):
    number: str | None = None
    extension: str | None = None
    type: str | None = None
    description: str | None = None


class ContactRecord(_Owned):
    name: str | None = None
    title: str | None = None
    department: str | None = None
    email: EmailText | None = None
    phones: list[PhoneRecord] = []


class ScheduleRecord(_Owned):
    valid_from: Day | None = None
    valid_to: Day | None = None
    dtstart: Day | None = None
    freq: str | None = None
    interval: Interval | None = None
    byday: Days = ()
    bymonthday: MonthDays = ()
    opens_at: ClockText | None = None
    closes_at: ClockText | None = None
    description: str | None = None
    notes: str | None = None


class LanguageRecord(_Owned):
    name: str | None = None
    code: str | None = None


class CostRecord(_Owned):
    option: str | None = None
    amount: Amount | None = None
    amount_description: str | None = None
    currency: str | None = None


class AreaRecord(_Owned):
    name: str | None = None
    service_area: str | None = None
    extent: str | None = None
    extent_type: str | None = None
    uri: str | None = None


class AddressRecord(_Part):
    address_1: str | None = None
    address_2: str | None = None
    city: str | None = None
    postal_code: str | None = None
    address_type: str | None = None


class AccessibilityRecord(_Part):
    description: str | None = None
    accessibility: str | None = None
    details: str | None = None
    url: LinkText | None = None


class LocationRecord(_Part):
    id: str | None = None
    location_type: str | None = None
    name: str | None = None
    description: str | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    addresses: list[AddressRecord] = []
    accessibility: list[AccessibilityRecord] = []
    phones: list[PhoneRecord] = []


class AtLocationRecord(_Owned):
    location_id: str | None = None
    location: LocationRecord | None = None
    schedules: list[ScheduleRecord] = []


class TermRecord(_Part):
    id: str | None = None
    name: str | None = None
    term: str | None = None


class AttributeRecord(_Part):
    taxonomy_term_id: str | None = None
    taxonomy_term: TermRecord | None = None


class OwnRecord(_Part):
    """What the standard has no field for; only a table of ours fills it."""

    referral: Literal["self", "professional"] | None = None
    referrers: str | None = None
    from_week: Week | None = None
    to_week: Week | None = None
    hours: str | None = None


class Record(_Part):
    """One service of a feed. Whatever is None or empty was not said, or could not be read."""

    id: Uuid | None = None
    name: str | None = None
    status: StatusText | None = None
    organization: OrganisationRecord | None = None
    description: str | None = None
    alert: str | None = None
    email: EmailText | None = None
    url: LinkText | None = None
    eligibility_description: str | None = None
    application_process: str | None = None
    interpretation_services: str | None = None
    fees: str | None = None
    fees_description: str | None = None
    minimum_age: Age | None = None
    maximum_age: Age | None = None
    assured_date: Day | None = None
    last_modified: Day | None = None
    phones: list[PhoneRecord] = []
    contacts: list[ContactRecord] = []
    schedules: list[ScheduleRecord] = []
    languages: list[LanguageRecord] = []
    cost_options: list[CostRecord] = []
    service_areas: list[AreaRecord] = []
    service_at_locations: list[AtLocationRecord] = []
    attributes: list[AttributeRecord] = []
    own: OwnRecord = Field(default=OwnRecord(), alias="bumpline")


def read_record(raw: Any) -> tuple[Record, list[Finding]]:
    """What can be read of `raw`, and a finding for every value that cannot."""
    try:
        return Record.model_validate(raw), []
    except ValidationError as refused:
        findings = [_finding(fault) for fault in refused.errors(include_url=False)]
        if not isinstance(raw, dict):
            return Record(), findings
        kept = deepcopy(raw)
        for fault in refused.errors(include_url=False):
            _leave_out(kept, fault["loc"])
    return Record.model_validate(kept), findings


def _finding(fault: Any) -> Finding:
    path = ".".join(str(part) for part in fault["loc"])
    message = KINDS.get(fault["type"]) or f"{fault['msg'].removeprefix('Value error, ').rstrip('.')}."
    level = warning if path in HARMLESS else error
    return level(path, message)


def _leave_out(data: Any, path: tuple[int | str, ...]) -> None:
    for step in path[:-1]:
        data = data[step]
    last: Any = path[-1]
    if isinstance(data, list):
        data[last] = {}
    else:
        data.pop(last, None)


def _says_nothing(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())

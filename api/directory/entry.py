"""One service as people write it down: the form of content/services/<id>.yml, of an import and of the edit page."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from api.typed import refuse_hidden

Area = Literal["city", "county", "rutland", "uk"]
Status = Literal["active", "inactive", "defunct", "temporarily closed"]
Listing = Literal["show", "hold", "professionals"]
"""Who may see it: everyone, nobody until its gap is filled, or professionals only."""
Referral = Literal["self", "professional"]
Weekday = Annotated[str, StringConstraints(pattern=r"^(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$")]
Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Name = Annotated[Words, AfterValidator(refuse_hidden)]
Link = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\.[^\s]+$", max_length=500)]
Email = Annotated[
    str, StringConstraints(pattern=r"^[^\s@?&%,;<>\"#]+@[^\s@?&%,;<>\"#]+\.[^\s@?&%,;<>\"#]+$", max_length=200)
]
Term = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Number(_Part):
    """A phone number as families read it. `keyword`: the word to text to it."""

    number: Words
    keyword: str | None = None
    note: str | None = None
    hours: str | None = None


class AccessibilityNote(_Part):
    description: Words
    details: str | None = None
    url: Link | None = None


class Place(_Part):
    """Where a family goes. Coordinates (WGS84 degrees) only when the postcode does not give them."""

    name: str | None = None
    address: Words
    postcode: str | None = None
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    accessibility: list[AccessibilityNote] = []


class Hours(_Part):
    """Regular hours, in RRULE's words; times are the clock in Leicester, "24:00" is the end of the day."""

    byday: list[Weekday] = []
    opens_at: Clock
    closes_at: Clock
    freq: Literal["WEEKLY", "MONTHLY"] = "WEEKLY"
    interval: int = Field(default=1, ge=1, le=52)
    bymonthday: list[int] = []
    starts_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _has_days(self) -> "Hours":
        if not self.byday and not self.bymonthday:
            raise ValueError("say which days: byday (MO, TU, ...) or bymonthday (1 to 31)")
        if self.interval > 1 and self.starts_on is None:
            raise ValueError("every second week or month needs starts_on: the first day it happens")
        if self.freq == "WEEKLY" and any(len(day) > 2 for day in self.byday):
            raise ValueError("a numbered day (2MO) needs freq: MONTHLY")
        return self


class SpecialDay(_Part):
    """One day that differs. Without times it is closed."""

    on: date
    opens_at: Clock | None = None
    closes_at: Clock | None = None
    note: str | None = None


class CostOption(_Part):
    """`amount` in pounds; 0 is free."""

    option: str | None = None
    amount: float | None = Field(default=None, ge=0)
    note: str | None = None


class ContactPerson(_Part):
    """A role, never a private person's own details."""

    name: str | None = None
    title: str | None = None
    email: Email | None = None
    phone: str | None = None


class Provenance(_Part):
    """Where the facts were read, how far they can be trusted, and what is still missing."""

    sources: list[str]
    confidence: Literal["high", "medium", "low"]
    gaps: str | None = None


class ServiceEntry(BaseModel):
    """One service. Ages are in years of the person it is for; weeks are weeks of pregnancy.

    `referrers`: who refers; where families go by themselves but there is nothing to phone or open, whom to ask.
    """

    model_config = ConfigDict(extra="forbid")

    id: str
    name: Name
    organisation: Name
    status: Status
    listing: Listing = "show"
    summary: Words
    alert: str | None = None
    needs: list[Term] = []
    categories: list[str] = []
    area: list[Area]
    referral: Referral
    referrers: str | None = None
    eligibility: str | None = None
    minimum_age: float | None = Field(default=None, ge=0, le=120)
    maximum_age: float | None = Field(default=None, ge=0, le=120)
    from_week: int | None = Field(default=None, ge=0, le=42)
    to_week: int | None = Field(default=None, ge=0, le=42)
    phones: list[Number] = []
    text_numbers: list[Number] = []
    email: Email | None = None
    url: Link | None = None
    contacts: list[ContactPerson] = []
    locations: list[Place] = []
    schedules: list[Hours] = []
    special_days: list[SpecialDay] = []
    bank_holidays: Literal["open", "closed", "unknown"] = "unknown"
    hours: str | None = None
    cost: str | None = None
    cost_options: list[CostOption] = []
    languages: list[str] = []
    interpreters: str | None = None
    assured_on: date | None = None
    assured_by: str | None = None
    assured_how: str | None = None
    provenance: Provenance

    @field_validator("needs", "categories", "area", "languages")
    @classmethod
    def _once_each(cls, values: list[str]) -> list[str]:
        return list(dict.fromkeys(values))

    @field_validator("special_days")
    @classmethod
    def _in_order(cls, days: list[SpecialDay]) -> list[SpecialDay]:
        return sorted(days, key=lambda day: day.on)

    @model_validator(mode="after")
    def _can_be_reached(self) -> "ServiceEntry":
        if self.listing == "hold" and not self.provenance.gaps:
            raise ValueError("an entry on hold must name its gap: provenance.gaps")
        ways = (self.phones, self.text_numbers, self.email, self.url, self.locations, self.referrers)
        if self.listing == "show" and not any(ways):
            raise ValueError(
                "nobody can reach it: give a phone, a text number, an e-mail, a url, a place or whom to ask "
                "(referrers), or put it on hold and name the gap"
            )
        return self

    @property
    def is_free(self) -> bool:
        said_free = (self.cost or "").casefold().startswith("free")
        return said_free or any(option.amount == 0 for option in self.cost_options)

    @property
    def is_national(self) -> bool:
        return "uk" in self.area

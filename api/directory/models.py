"""Organisations, services, places and hours, on Open Referral UK's terms (HSDS 3.0), and the postcodes they are near.

`Service.id` is our own lasting name for it; `uuid` is what the open feed calls it.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from api.database import Base


def _service() -> Mapped[str]:
    return mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)


class Organisation(Base):
    """Who runs services. `identifiers`: {"GB-CHC": charity number, "GB-COH": company number}."""

    __tablename__ = "organisation"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    description: Mapped[str] = mapped_column(Text)
    url: Mapped[str | None]
    identifiers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)


class Service(Base):
    """One service. `assured_on` is set only by a person's check; `last_modified` by every change.

    `is_edited`: a person has changed or checked it, so no file and no feed overwrites it.
    `origin`: "starter pack", or the feed it was imported from. `search_text`: folded words to search in.
    """

    __tablename__ = "service"

    id: Mapped[str] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str]
    status: Mapped[str]
    listing: Mapped[str]
    summary: Mapped[str] = mapped_column(Text)
    alert: Mapped[str | None] = mapped_column(Text)
    referral: Mapped[str]
    referrers: Mapped[str | None]
    eligibility: Mapped[str | None] = mapped_column(Text)
    minimum_age: Mapped[float | None]
    maximum_age: Mapped[float | None]
    from_week: Mapped[int | None]
    to_week: Mapped[int | None]
    email: Mapped[str | None]
    url: Mapped[str | None]
    bank_holidays: Mapped[str]
    hours: Mapped[str | None]
    cost: Mapped[str | None]
    is_free: Mapped[bool]
    is_national: Mapped[bool]
    interpreters: Mapped[str | None]
    assured_on: Mapped[date | None]
    assured_by: Mapped[str | None]
    assured_how: Mapped[str | None]
    provenance: Mapped[dict[str, Any]] = mapped_column(JSON)
    origin: Mapped[str]
    is_edited: Mapped[bool] = mapped_column(default=False)
    last_modified: Mapped[datetime] = mapped_column(index=True)
    search_text: Mapped[str] = mapped_column(Text)

    organisation: Mapped[Organisation] = relationship(lazy="raise")
    areas: Mapped[list["ServiceArea"]] = relationship(lazy="raise", cascade="all, delete-orphan")
    terms: Mapped[list["ServiceTerm"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ServiceTerm.position"
    )
    places: Mapped[list["ServiceAtLocation"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ServiceAtLocation.position"
    )
    phones: Mapped[list["Phone"]] = relationship(lazy="raise", cascade="all, delete-orphan", order_by="Phone.position")
    contacts: Mapped[list["ServiceContact"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ServiceContact.position"
    )
    schedules: Mapped[list["Schedule"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="Schedule.position"
    )
    special_days: Mapped[list["ScheduleException"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ScheduleException.on"
    )
    cost_options: Mapped[list["CostOption"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="CostOption.position"
    )
    languages: Mapped[list["SpokenLanguage"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="SpokenLanguage.position"
    )
    translations: Mapped[list["ServiceTranslation"]] = relationship(lazy="raise", cascade="all, delete-orphan")


class ServiceArea(Base):
    """Where its families live: city, county, rutland or uk."""

    __tablename__ = "service_area"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    area: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(default=0)


class Location(Base):
    """A place, shared by the services that meet there. Without a postcode that we know it has no coordinates."""

    __tablename__ = "location"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    address: Mapped[str]
    postcode: Mapped[str | None]
    latitude: Mapped[float | None] = mapped_column(index=True)
    longitude: Mapped[float | None]
    is_placed_by_hand: Mapped[bool] = mapped_column(default=False)
    accessibility: Mapped[list["Accessibility"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="Accessibility.id"
    )


class Accessibility(Base):
    __tablename__ = "accessibility"

    id: Mapped[int] = mapped_column(primary_key=True)
    location_id: Mapped[str] = mapped_column(ForeignKey("location.id", ondelete="CASCADE"), index=True)
    description: Mapped[str]
    details: Mapped[str | None]
    url: Mapped[str | None]


class ServiceAtLocation(Base):
    __tablename__ = "service_at_location"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    location_id: Mapped[str] = mapped_column(ForeignKey("location.id"), primary_key=True, index=True)
    position: Mapped[int]
    location: Mapped[Location] = relationship(lazy="raise")


class Phone(Base):
    """`kind`: "voice" to phone, "text" to send a text, then with the `keyword` to send."""

    __tablename__ = "phone"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[str] = _service()
    position: Mapped[int]
    kind: Mapped[str]
    number: Mapped[str]
    keyword: Mapped[str | None]
    note: Mapped[str | None]
    hours: Mapped[str | None]


class ServiceContact(Base):
    """A role at the service; never a private person."""

    __tablename__ = "service_contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[str] = _service()
    position: Mapped[int]
    name: Mapped[str | None]
    title: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]


class Schedule(Base):
    """Regular hours in RRULE's words: `byday` "MO,TU" or "2MO"; times "09:00", on the clock in Leicester."""

    __tablename__ = "schedule"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[str] = _service()
    position: Mapped[int]
    freq: Mapped[str]
    interval: Mapped[int]
    byday: Mapped[str]
    bymonthday: Mapped[str]
    starts_on: Mapped[date | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    opens_at: Mapped[str]
    closes_at: Mapped[str]
    note: Mapped[str | None]


class ScheduleException(Base):
    """One day that differs; without times it is closed."""

    __tablename__ = "schedule_exception"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[str] = _service()
    on: Mapped[date]
    opens_at: Mapped[str | None]
    closes_at: Mapped[str | None]
    note: Mapped[str | None]


class CostOption(Base):
    """`amount` in pounds; 0 is free."""

    __tablename__ = "cost_option"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[str] = _service()
    position: Mapped[int]
    option: Mapped[str | None]
    amount: Mapped[float | None]
    note: Mapped[str | None]


class SpokenLanguage(Base):
    """A language that staff speak; interpreters are not counted (the standard's own rule)."""

    __tablename__ = "spoken_language"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True, index=True)
    position: Mapped[int]


class ServiceTerm(Base):
    """A taxonomy term of a service: `need` (what the bot asks for) or `dfe` (family-hub categories)."""

    __tablename__ = "service_term"
    __table_args__ = (Index("ix_service_term_term", "taxonomy", "term"),)

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    taxonomy: Mapped[str] = mapped_column(primary_key=True)
    term: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]


class ServiceTranslation(Base):
    """A service's summary in another language. Without `approved_by` it is a draft."""

    __tablename__ = "service_translation"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    summary: Mapped[str] = mapped_column(Text)
    made_from: Mapped[str] = mapped_column(Text)
    approved_by: Mapped[str | None]


class Postcode(Base):
    """A postcode ("LE1 1AA"), sector ("LE1 1") or outcode ("LE1") and its centre in WGS84 degrees.

    `areas`: "city", or "city,county" for a sector or outcode that lies in both.
    """

    __tablename__ = "postcode"

    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    lat: Mapped[float]
    lon: Mapped[float]
    district_code: Mapped[str | None]
    ward: Mapped[str | None]
    district: Mapped[str | None]
    areas: Mapped[str]

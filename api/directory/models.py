"""Services for families, and the postcodes they are looked up by."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from api.database import Base


class Service(Base):
    """One service, in Open Referral terms where it has them. `assured_on` is set only by a person's check."""

    __tablename__ = "service"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    organisation: Mapped[str]
    status: Mapped[str]
    summary: Mapped[str] = mapped_column(Text)
    area: Mapped[list[str]] = mapped_column(JSON)
    referral: Mapped[str]
    eligibility: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None]
    text_number: Mapped[str | None]
    url: Mapped[str | None]
    locations: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    languages: Mapped[list[str]] = mapped_column(JSON)
    schedules: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    closed_on_bank_holidays: Mapped[bool | None]
    hours: Mapped[str | None]
    cost: Mapped[str | None]
    assured_on: Mapped[date | None]
    provenance: Mapped[dict[str, Any]] = mapped_column(JSON)
    needs: Mapped[list["ServiceNeed"]] = relationship(lazy="raise", cascade="all, delete-orphan")
    translations: Mapped[list["ServiceTranslation"]] = relationship(lazy="raise", cascade="all, delete-orphan")


class ServiceNeed(Base):
    """A taxonomy term that a service answers to."""

    __tablename__ = "service_need"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    term: Mapped[str] = mapped_column(primary_key=True, index=True)


class ServiceTranslation(Base):
    """A service's summary in another language. Without `approved_by` it is a draft."""

    __tablename__ = "service_translation"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    summary: Mapped[str] = mapped_column(Text)
    made_from: Mapped[str] = mapped_column(Text)
    approved_by: Mapped[str | None]


class Postcode(Base):
    """A postcode ("LE1 1AA"), sector ("LE1 1") or outcode ("LE1") and its centre in WGS84 degrees."""

    __tablename__ = "postcode"

    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    lat: Mapped[float]
    lon: Mapped[float]
    district_code: Mapped[str | None]
    ward: Mapped[str | None]
    district: Mapped[str | None]

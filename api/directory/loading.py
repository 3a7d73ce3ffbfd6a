"""Postcodes and services into the database."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from api.directory import repository
from api.directory.models import Postcode, Service, ServiceNeed, ServiceTranslation
from api.directory.postcodes import wider
from api.directory.source import ServiceSource, read_services

NOT_PLACES = {"LE21", "LE41", "LE87", "LE94", "LE95"}


def load_postcodes(session: Session, folder: Path) -> int:
    """Fills an empty postcode table from `folder`/postcodes; returns rows added."""
    if session.scalar(select(func.count()).select_from(Postcode)):
        return 0
    rows = {row["code"]: row for row in _postcode_rows(folder / "postcodes")}
    session.execute(insert(Postcode), list(rows.values()))
    return len(rows)


def load_services(session: Session, folder: Path, summaries: dict[str, dict[str, tuple[str, str]]]) -> int:
    """Adds and updates services. `summaries`: language -> service id -> (words, the English they were made from).

    A person's check (`assured_on`) is kept when the file has none.
    """
    sources = read_services(folder)
    for source in sources:
        service = session.get(Service, source.id) or Service(id=source.id)
        _copy(session, source, service)
        session.add(service)
        session.flush()
        _replace_needs(session, service, source.needs)
        _translate(
            session, service, {code: found[source.id] for code, found in summaries.items() if source.id in found}
        )
    return len(sources)


def _copy(session: Session, source: ServiceSource, service: Service) -> None:
    plain = ("name", "organisation", "status", "summary", "area", "referral", "eligibility", "url", "hours", "cost")
    for name in plain:
        setattr(service, name, getattr(source, name))
    service.languages = source.languages
    service.phone = source.phones[0].number if source.phones else None
    service.text_number = _text_number(source)
    service.schedules = [schedule.model_dump() for schedule in source.schedules]
    service.closed_on_bank_holidays = {"open": False, "closed": True}.get(source.bank_holidays)
    service.locations = [_placed(session, place.model_dump()) for place in source.places]
    service.assured_on = source.assured_on or service.assured_on
    service.provenance = source.provenance.model_dump()


def _text_number(source: ServiceSource) -> str | None:
    if not source.text_numbers:
        return None
    first = source.text_numbers[0]
    return f"{first.keyword} to {first.number}" if first.keyword else first.number


def _placed(session: Session, place: dict[str, Any]) -> dict[str, Any]:
    row = repository.postcode(session, wider(place["postcode"])) if place.get("postcode") else None
    return {**place, "lat": row.lat if row else None, "lon": row.lon if row else None}


def _replace_needs(session: Session, service: Service, terms: list[str]) -> None:
    held = {
        need.term: need for need in session.scalars(select(ServiceNeed).where(ServiceNeed.service_id == service.id))
    }
    for term in set(held) - set(terms):
        session.delete(held[term])
    session.add_all(ServiceNeed(service_id=service.id, term=term) for term in dict.fromkeys(terms) if term not in held)


def _translate(session: Session, service: Service, words: dict[str, tuple[str, str]]) -> None:
    for language, (summary, made_from) in words.items():
        held = repository.translation(session, service.id, language)
        if held is None:
            held = ServiceTranslation(service_id=service.id, language=language)
            session.add(held)
        elif held.approved_by:
            continue
        held.summary, held.made_from = summary, made_from


def _postcode_rows(folder: Path) -> Iterator[dict[str, Any]]:
    districts = {row["district_code"]: row for row in _csv(folder / "districts.csv")}
    wards = {row["ward_code"]: row["ward_name"] for row in _csv(folder / "wards_leics_rutland.csv")}
    files = (
        ("le_outcodes.csv", "outcode", "outcode", "main_district_code", None),
        ("le_sectors.csv", "sector", "sector", "main_district_code", "main_ward_code"),
        ("le_postcodes_not_live.csv", "postcode", "old postcode", "district_code_approx", "leicester_ward_code_approx"),
        ("leics_rutland_other_postcodes.csv", "postcode", "postcode", "district_code", "ward_code"),
        ("le_postcodes.csv", "postcode", "postcode", "district_code", "ward_code"),
    )
    for name, column, kind, district_column, ward_column in files:
        for row in _csv(folder / name):
            if row[column].split(" ")[0] not in NOT_PLACES:
                district = districts.get(row[district_column], {})
                inside = district.get("in_leicestershire_or_rutland") == "1"
                yield {
                    "code": row[column],
                    "kind": kind,
                    "lat": float(row["lat"]),
                    "lon": float(row["lon"]),
                    "district_code": row[district_column] or None,
                    "ward": wards.get(row[ward_column]) if ward_column else None,
                    "district": district.get("district_name") if inside else None,
                }


def _csv(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)

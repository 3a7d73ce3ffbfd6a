"""Postcodes, organisations and services from files into the database."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from api.database import now
from api.directory import repository
from api.directory.models import Postcode
from api.directory.source import read_organisations, read_services
from api.directory.storing import organisation, restored, store
from api.directory.summaries import Summary
from api.directory.summaries import load as load_summaries

NOT_PLACES = {"LE21", "LE41", "LE87", "LE94", "LE95"}
STARTER = "starter pack"
DISTRICT_AREAS = {"E06000016": "city", "E06000017": "rutland"}


@dataclass
class LoadedServices:
    """`kept`: ids that a person has edited or checked, so the file did not overwrite them."""

    services: int = 0
    kept: list[str] = field(default_factory=list)


def load_postcodes(session: Session, folder: Path) -> int:
    """Fills an empty postcode table from `folder`/postcodes; returns rows added."""
    if session.scalar(select(func.count()).select_from(Postcode)):
        return 0
    rows = {row["code"]: row for row in _postcode_rows(folder / "postcodes")}
    session.execute(insert(Postcode), list(rows.values()))
    return len(rows)


def load_services(session: Session, folder: Path, summaries: Mapping[str, Mapping[str, Summary]]) -> LoadedServices:
    """Adds and updates services. `summaries`: language -> service id -> what its file says.

    What a person has edited or checked is left as it is.
    """
    loaded = LoadedServices()
    _load_organisations(session, folder)
    for entry in read_services(folder):
        loaded.services += 1
        held = repository.whole(session, entry.id)
        if held is not None and held.is_edited:
            if restored(held) != entry:
                loaded.kept.append(entry.id)
            service = held
        elif held is not None and restored(held) == entry:
            service = held
        else:
            service = store(session, entry, origin=STARTER, moment=now(), is_edited=False)
        own = {code: found[entry.id] for code, found in summaries.items() if entry.id in found}
        load_summaries(session, service, own)
    return loaded


def _load_organisations(session: Session, folder: Path) -> None:
    for name, source in read_organisations(folder).items():
        row = organisation(session, name)
        row.description, row.url, row.identifiers = source.description, source.url, source.identifiers
    session.flush()


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
                    "areas": ",".join(_areas(row, row[district_column], inside)),
                }


def _areas(row: dict[str, str], district_code: str, is_inside: bool) -> list[str]:
    """The one area of a postcode; of a sector or outcode, every area that some of its postcodes lie in."""
    share = float(row.get("leicester_city_share") or 0)
    main = DISTRICT_AREAS.get(district_code, "county") if is_inside else None
    found = ["city"] if main == "city" or share > 0 else []
    if main not in (None, "city") or (main == "city" and "leicester_city_share" in row and share < 1):
        found.append("county" if main == "city" else str(main))
    return found


def _csv(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)

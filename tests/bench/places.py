"""Ten thousand made-up services, and how long it takes to find the nearest, on SQLite and PostgreSQL.

`python -m tests.bench.places` alone; `make bench` measures them too.
"""

import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from api.database import Database, now
from api.directory import service as directory
from api.directory.folding import search_text
from api.directory.models import (
    Location,
    Organisation,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceTerm,
)
from api.directory.openings import LONDON
from api.directory.search import Wanted
from api.directory.spelling import Vocabulary
from api.directory.trust import Trust
from tests import postgres
from tests.conftest import prepare

COUNT, TIMES, WARM = 10_000, 200, 20
BUDGET = "p95 10 ms"
MOMENT = datetime(2026, 12, 2, 10, 30, tzinfo=LONDON)
"""A Wednesday morning: half of them are open."""
NEEDS = ("stop_smoking", "baby_items", "infant_feeding", "maternity", "housing", "gp", "family_hub", "mental_health")
TRUST = Trust(drafts_allowed=True)


@dataclass(frozen=True)
class Timing:
    """Milliseconds of one kind of search for ten cards."""

    search: str
    engine: str
    p50: float
    p95: float


def fill(session: Session) -> None:
    """COUNT services spread over Leicestershire; the same every time."""
    chance, moment = random.Random(7), now()
    ids = [f"made_{n}" for n in range(COUNT)]
    session.execute(insert(Organisation), [{"id": "made", "name": "Made up", "description": "x", "identifiers": {}}])
    plain = {
        "organisation_id": "made", "status": "active", "listing": "show", "referral": "self", "bank_holidays": "closed",
        "is_free": True, "is_national": False, "provenance": {"sources": [], "confidence": "low"}, "origin": "bench",
        "is_edited": False, "last_modified": moment, "summary": "Help for families with babies.",
    }  # fmt: skip
    names = [f"Group {n} {chance.choice(('Belgrave', 'Highfields', 'Braunstone', 'Oadby'))}" for n in range(COUNT)]
    services = [
        {**plain, "id": i, "uuid": i, "name": name, "search_text": search_text([name, "help for families"])}
        for i, name in zip(ids, names, strict=True)
    ]
    session.execute(insert(Service), services)
    session.execute(insert(ServiceArea), [{"service_id": i, "area": "city", "position": 0} for i in ids])
    terms = [{"service_id": i, "taxonomy": "need", "term": chance.choice(NEEDS), "position": 0} for i in ids]
    session.execute(insert(ServiceTerm), terms)
    places = [
        {
            "id": i,
            "name": None,
            "address": "x",
            "postcode": None,
            "latitude": 52.64 + chance.uniform(-0.2, 0.2),
            "longitude": -1.13 + chance.uniform(-0.3, 0.3),
            "is_placed_by_hand": True,
        }
        for i in ids
    ]
    session.execute(insert(Location), places)
    session.execute(insert(ServiceAtLocation), [{"service_id": i, "location_id": i, "position": 0} for i in ids])
    hours = {
        "position": 0,
        "freq": "WEEKLY",
        "interval": 1,
        "bymonthday": "",
        "opens_at": "09:00",
        "closes_at": "17:00",
    }
    days = ("MO,TU,WE,TH,FR", "TU,TH", "SA,SU")
    session.execute(insert(Schedule), [{"service_id": i, "byday": chance.choice(days), **hours} for i in ids])
    phones = [{"service_id": i, "position": 0, "kind": "voice", "number": "0116 496 0000"} for i in ids]
    session.execute(insert(Phone), phones)


def searches(session: Session) -> dict[str, Callable[[], object]]:
    near, vocabulary = directory.locate(session, "LE5 4PW"), Vocabulary()

    def find(wanted: Wanted, words: str | None = None) -> object:
        asked = directory.with_words(session, wanted, vocabulary, words)
        return directory.find(session, asked, trust=TRUST, at=MOMENT)

    return {
        "need and postcode": lambda: find(Wanted(need="baby_items", near=near)),
        "postcode alone": lambda: find(Wanted(near=near)),
        "need alone": lambda: find(Wanted(need="baby_items")),
        "need, postcode, open now": lambda: find(Wanted(need="baby_items", near=near, open_now=True)),
        "need, postcode, weeks, free": lambda: find(Wanted(need="maternity", near=near, weeks=9, free=True)),
        "words, well spelt": lambda: find(Wanted(near=near), "highfields"),
        "words, misspelt": lambda: find(Wanted(near=near), "highfeilds"),
        "words of one service": lambda: find(Wanted(near=near), "group 9999"),
    }


def timings() -> Iterator[Timing]:
    """Every kind of search on every engine there is."""
    with databases() as found:
        for engine, url in found.items():
            prepare(url)
            database = Database(url)
            with database.write() as session:
                fill(session)
                if engine == "postgresql":
                    session.execute(text("ANALYZE"))  # what PostgreSQL does by itself within a minute
            with database.read() as session:
                for name, work in searches(session).items():
                    yield _timing(name, engine, work)
            database.close()


def main() -> int:
    print(f"{'ten of 10,000 services':<34}{'engine':<12}{'p50 ms':>8}{'p95 ms':>8}   budget {BUDGET}")
    for found in timings():
        print(f"{found.search:<34}{found.engine:<12}{found.p50:>8.1f}{found.p95:>8.1f}", flush=True)
    return 0


def _timing(name: str, engine: str, work: Callable[[], object]) -> Timing:
    for _ in range(WARM):
        work()
    times = sorted(_milliseconds(work) for _ in range(TIMES))
    return Timing(name, engine, times[TIMES // 2], times[int(TIMES * 0.95)])


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    with TemporaryDirectory() as folder:
        urls = {"sqlite": f"sqlite:///{Path(folder) / 'places.db'}"}
        if postgres.programs() is None:
            yield urls
            return
        with postgres.server() as maintenance:
            yield {**urls, "postgresql": postgres.create_database(maintenance, "places")}


def _milliseconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


if __name__ == "__main__":
    sys.exit(main())

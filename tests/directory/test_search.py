"""The search among many services gives exactly the plain order, by whatever way; a card says what was stored."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, event, insert
from sqlalchemy.orm import Session

from api.database import Database, now
from api.directory import search
from api.directory import service as directory
from api.directory.models import Location, Organisation, Service, ServiceArea, ServiceAtLocation, ServiceTerm
from api.directory.search import Near, Wanted
from api.directory.spelling import Vocabulary
from api.directory.storing import store
from api.directory.trust import Trust
from tests.directory.entries import everything

TRUST = Trust(drafts_allowed=True)
LAT, LON = 52.63, -1.13
HOW_MANY = 600
NEEDS = ("often", "rarely")


@pytest.fixture
def crowd(database: Database) -> Iterator[tuple[Session, list[str]]]:
    """Services with none to three places, most of them in town, some at the same spot; and every statement sent."""
    with database.write() as session:
        session.execute(delete(Service))
        scatter(session, random.Random(3))
    sent: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda c, cursor, statement, *rest: sent.append(statement))
    with database.read() as session:
        yield session, sent


def scatter(session: Session, chance: random.Random) -> None:
    session.execute(insert(Organisation), [{"id": "made", "name": "Made up", "description": "x", "identifiers": {}}])
    plain = {
        "organisation_id": "made", "status": "active", "listing": "show", "referral": "self", "bank_holidays": "closed",
        "is_free": True, "provenance": {"sources": [], "confidence": "low"}, "origin": "test", "is_edited": False,
        "last_modified": now(), "summary": "x", "search_text": " x ",
    }  # fmt: skip
    ids = [f"s{n}" for n in range(HOW_MANY)]
    chance.shuffle(ids)
    session.execute(
        insert(Service), [{**plain, "id": i, "uuid": i, "name": i, "is_national": _often(i, 9)} for i in ids]
    )
    areas = [{"service_id": i, "area": "city" if _often(i, 3) else "county", "position": 0} for i in ids]
    session.execute(insert(ServiceArea), areas)
    terms = [{"service_id": i, "taxonomy": "need", "term": NEEDS[_often(i, 40)], "position": 0} for i in ids]
    session.execute(insert(ServiceTerm), terms)
    spots = [_spot(chance) for _ in range(HOW_MANY // 2)]
    places = [{"id": f"l{n}", "address": "x", "is_placed_by_hand": True, **spot} for n, spot in enumerate(spots)]
    session.execute(insert(Location), places)
    links = [(i, f"l{n}") for i in ids for n in chance.sample(range(len(spots)), chance.randrange(4))]
    rows = [{"service_id": i, "location_id": place, "position": n} for n, (i, place) in enumerate(links)]
    session.execute(insert(ServiceAtLocation), rows)


def _often(service_id: str, one_in: int) -> bool:
    return int(service_id[1:]) % one_in == 0


def _spot(chance: random.Random) -> dict[str, float | None]:
    """In town, in the county, on one corner that many share, or nowhere."""
    kind = chance.choice(["town", "town", "town", "county", "corner", "nowhere"])
    if kind == "nowhere":
        return {"latitude": None, "longitude": None}
    width = {"town": 0.04, "county": 0.4, "corner": 0.0}[kind]
    return {"latitude": LAT + chance.uniform(-width, width), "longitude": LON + chance.uniform(-width, width)}


def test_a_search_gives_the_plain_order_wherever_it_begins_and_ends(crowd: tuple[Session, list[str]]) -> None:
    session, sent = crowd
    ways: set[bool] = set()

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        lat=st.floats(LAT - 0.5, LAT + 0.5),
        lon=st.floats(LON - 0.5, LON + 0.5),
        in_town=st.booleans(),
        need=st.sampled_from([None, *NEEDS]),
        areas=st.sampled_from([("city",), ("county",), ("city", "county")]),
        limit=st.integers(1, 40),
        offset=st.integers(0, 60),
    )
    def check(
        lat: float, lon: float, in_town: bool, need: str | None, areas: tuple[str, ...], limit: int, offset: int
    ) -> None:
        near = Near("LE", None, None, areas, LAT, LON) if in_town else Near("LE", None, None, areas, lat, lon)
        wanted = Wanted(need=need, near=near)
        plain = search.ids(session, wanted, TRUST, now())
        sent.clear()
        assert search.ids(session, wanted, TRUST, now(), limit=limit, offset=offset) == plain[offset : offset + limit]
        ways.add(any("LEFT OUTER JOIN location" in statement for statement in sent))
        assert search.count(session, wanted, TRUST, now()) == len(plain)

    check()
    assert ways == {True, False}  # the whole directory was asked, and it was not needed


@pytest.mark.parametrize("first", [1, 7, 40])
def test_lists_of_a_search_put_together_are_the_whole(crowd: tuple[Session, list[str]], first: int) -> None:
    session, _ = crowd
    wanted = Wanted(near=Near("LE1", None, None, ("city", "county"), LAT, LON))
    lists = list(search.batches(session, wanted, TRUST, now(), first=first, later=50))
    assert len(lists) > 2
    assert [i for part in lists for i in part] == search.ids(session, wanted, TRUST, now())


def test_a_card_says_the_first_number_of_each_kind_and_the_nearest_place(database: Database) -> None:
    with database.write() as session:
        store(session, everything(), origin="test", moment=now(), is_edited=False)
    with database.read() as session:
        near = directory.locate(session, "LE5 4PW")
        card = directory.by_ids(session, ["everything"], trust=TRUST, near=near)[0]
        first = directory.by_ids(session, ["everything"], trust=TRUST)[0]
    assert (card.phone, card.text_number) == ("0116 496 0001", "07700 900001")
    assert (card.postcode, card.distance_km) == ("LE1 5WW", 3.7)
    assert (first.postcode, first.distance_km) == ("LE15 6AA", None)
    assert (card.areas, card.languages, card.organisation) == (
        ["city", "rutland"],
        ["gu", "en"],
        "Leicester City Council",
    )


def test_a_number_to_text_comes_with_its_word(database: Database) -> None:
    only = everything(text_numbers=[{"number": "66777", "keyword": "ready"}])
    with database.write() as session:
        store(session, only, origin="test", moment=now(), is_edited=False)
    with database.read() as session:
        assert directory.by_ids(session, ["everything"], trust=TRUST)[0].text_number == "ready to 66777"


def test_words_of_a_new_entry_are_known_at_once_and_beginnings_are_words(database: Database) -> None:
    vocabulary = Vocabulary()
    with database.read() as session:
        assert vocabulary.spellings(session, "zebracrossing") == (("zebracrossing",),)
        assert vocabulary.spellings(session, "smok") == (("smok",),)
        assert ("highfields",) not in vocabulary.spellings(session, "zebracrosing")
    with database.write() as session:
        store(session, everything(name="Zebracrossing"), origin="test", moment=now(), is_edited=False)
    with database.read() as session:
        assert vocabulary.spellings(session, "zebracrosing") == (("zebracrossing",),)


def test_what_is_about_fertility_clinics_is_not_offered_as_a_midwife(database: Database) -> None:
    with database.read() as session:
        offered = search.ids(session, Wanted(need="maternity"), TRUST, now())
        assert "hfea" not in offered
        assert "uhl_mau" in offered
        by_words = replace(Wanted(), words=(("fertility",),))
        assert search.ids(session, by_words, TRUST, now()) == ["hfea"]

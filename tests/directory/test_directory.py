"""The starter directory, found by need, place, weeks and words, on both databases."""

import pytest

from api.database import Database
from api.directory import service as directory
from api.directory.search import Wanted
from api.directory.service import PostcodeOutsideArea, PostcodeUnknown, PostcodeUnreadable
from api.directory.source import read_services
from api.directory.trust import Trust
from api.settings import ROOT

DEMONSTRATION = Trust(drafts_allowed=True)
PRODUCTION = Trust(drafts_allowed=False)


def test_the_infirmary_is_nearest_to_itself(database: Database) -> None:
    with database.read() as session:
        near = directory.locate(session, "LE1 5WW")
        found = directory.find(session, Wanted(need="maternity", near=near), trust=DEMONSTRATION)
    assert near.district == "Leicester"
    assert found[0].distance_km is not None
    assert found[0].distance_km < 0.5


def test_a_city_service_is_not_shown_to_the_county(database: Database) -> None:
    with database.read() as session:
        melton = directory.locate(session, "LE13 1AE")
        wanted = Wanted(need="stop_smoking", near=melton)
        names = {s.id for s in directory.find(session, wanted, trust=DEMONSTRATION)}
    assert "quit_ready" in names
    assert "livewell_stop_smoking" not in names


def test_summaries_come_in_the_family_s_language(database: Database) -> None:
    with database.read() as session:
        drafted = directory.by_ids(session, ["nhs_111"], language="gu", trust=DEMONSTRATION)[0]
        approved = directory.by_ids(session, ["nhs_111"], language="gu", trust=PRODUCTION, audience="professional")[0]
    assert drafted.summary != approved.summary
    assert approved.summary.isascii()


def test_nobody_is_sent_in_production_to_a_service_that_nobody_has_checked(database: Database) -> None:
    with database.read() as session:
        assert directory.find(session, Wanted(need="maternity"), trust=PRODUCTION) == []


@pytest.mark.parametrize(
    ("written", "error"),
    [("hello", PostcodeUnreadable), ("LE77 1AA", PostcodeUnknown), ("SW1A 1AA", PostcodeOutsideArea)],
)
def test_a_postcode_we_cannot_use_says_why(database: Database, written: str, error: type[Exception]) -> None:
    with database.read() as session, pytest.raises(error):
        directory.locate(session, written)


def test_every_starter_service_says_where_it_comes_from_and_that_nobody_checked_it() -> None:
    services = read_services(ROOT / "content")
    assert len(services) >= 12
    for service in services:
        assert service.provenance.sources
        assert service.assured_on is None

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.database import Database
from api.directory import service as directory
from api.directory.distance import kilometres
from api.directory.postcodes import normalise, wider
from api.directory.service import PostcodeOutsideArea, PostcodeUnknown, PostcodeUnreadable
from api.directory.source import read_services
from api.settings import ROOT

DEGREES = st.tuples(st.floats(-89, 89), st.floats(-179, 179))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("le2 1ab", "LE2 1AB"),
        ("near LE21AB please", "LE2 1AB"),
        ("le18", "LE18"),
        ("LE2 1", "LE2 1"),
        ("LE1  5WW.", "LE1 5WW"),
        ("hello", None),
        ("", None),
    ],
)
def test_a_postcode_is_read_as_people_write_it(written: str, meant: str | None) -> None:
    assert normalise(written) == meant


@given(st.text(max_size=100))
def test_any_text_is_searched_without_an_error(text: str) -> None:
    found = normalise(text)
    assert found is None or wider(found)


@given(DEGREES, DEGREES)
def test_distance_is_the_same_both_ways(here: tuple[float, float], there: tuple[float, float]) -> None:
    assert kilometres(*here, *there) == pytest.approx(kilometres(*there, *here))
    assert kilometres(*here, *here) == pytest.approx(0, abs=1e-6)


def test_the_infirmary_is_nearest_to_itself(database: Database) -> None:
    with database.read() as session:
        near = directory.locate(session, "LE1 5WW")
        found = directory.find(session, need="maternity", near=near, drafts_allowed=True)
    assert near.district == "Leicester"
    assert found[0].distance_km is not None
    assert found[0].distance_km < 0.5


def test_a_city_service_is_not_shown_to_the_county(database: Database) -> None:
    with database.read() as session:
        melton = directory.locate(session, "LE13 1AE")
        names = {s.id for s in directory.find(session, need="stop_smoking", near=melton, drafts_allowed=True)}
    assert "quit_ready" in names
    assert "livewell_stop_smoking" not in names


def test_summaries_come_in_the_family_s_language(database: Database) -> None:
    with database.read() as session:
        drafted = directory.by_ids(session, ["nhs_111"], near=None, language="gu", drafts_allowed=True)[0]
        approved = directory.by_ids(session, ["nhs_111"], near=None, language="gu", drafts_allowed=False)[0]
    assert drafted.summary != approved.summary
    assert approved.summary.isascii()


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

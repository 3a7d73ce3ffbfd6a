"""Postcodes as people type them, and where they lie."""

import csv
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.database import Database
from api.directory import service as directory
from api.directory.distance import kilometres
from api.directory.postcodes import normalise, wider
from api.settings import ROOT

DEGREES = st.tuples(st.floats(-89, 89), st.floats(-179, 179))
WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz ,.?!", max_size=30)


@cache
def live() -> list[str]:
    with (ROOT / "content" / "postcodes" / "le_postcodes.csv").open(encoding="utf-8", newline="") as file:
        return [row["postcode"] for row in csv.DictReader(file)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("le2 1ab", "LE2 1AB"),
        ("near LE21AB please", "LE2 1AB"),
        ("near le2 1ab", "LE2 1AB"),
        ("le18", "LE18"),
        ("le 5", "LE5"),
        ("LE2 1", "LE2 1"),
        ("help near LE5 please", "LE5"),
        ("im in le5, need a cot", "LE5"),
        ("LE1  5WW.", "LE1 5WW"),
        ("le1-5ww", "LE1 5WW"),
        ("LEI 5WW", "LE1 5WW"),
        ("le2 oab", "LE2 0AB"),
        ("LE૨ ૧AB", "LE2 1AB"),
        ("ＬＥ２ １ＡＢ", "LE2 1AB"),
        ("hello", None),
        ("", None),
        ("my baby is 5 weeks", None),
        ("he weighs 9lb 4oz", None),
    ],
)
def test_a_postcode_is_read_as_people_write_it(written: str, meant: str | None) -> None:
    assert normalise(written) == meant


@given(st.sampled_from(range(23_249)), WORDS, WORDS, st.booleans(), st.booleans())
def test_every_live_postcode_is_found_in_the_middle_of_a_message(
    row: int, before: str, after: str, is_small: bool, is_joined: bool
) -> None:
    postcode = live()[row]
    typed = postcode.replace(" ", "") if is_joined else postcode
    assert normalise(f"{before} {typed.lower() if is_small else typed} {after}") == postcode


@given(st.text(max_size=100))
def test_any_text_is_searched_without_an_error(text: str) -> None:
    found = normalise(text)
    assert found is None or (wider(found)[0] == found and normalise(found) == found)


@given(DEGREES, DEGREES)
def test_distance_is_the_same_both_ways(here: tuple[float, float], there: tuple[float, float]) -> None:
    assert kilometres(*here, *there) == pytest.approx(kilometres(*there, *here))
    assert kilometres(*here, *here) == pytest.approx(0, abs=1e-6)


def test_leicester_is_decided_by_full_postcode_and_never_by_outcode(database: Database) -> None:
    city, county = (
        "E06000016",
        {"E07000131", "E07000129", "E07000130", "E07000132", "E07000133", "E07000134", "E07000135"},
    )
    with (ROOT / "content" / "postcodes" / "le_postcodes.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["postcode"].startswith("LE2 ")]
    with database.read() as session:
        for row in rows[::100]:
            near = directory.locate(session, row["postcode"])
            assert (near.areas == ("city",)) is (row["district_code"] == city)
            assert (near.areas == ("county",)) is (row["district_code"] in county)
        outcode = directory.locate(session, "LE2")
    assert set(outcode.areas) == {"city", "county"}
    assert not outcode.is_exact

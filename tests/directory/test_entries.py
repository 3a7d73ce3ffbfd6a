"""What an entry must say, and that one stored under an older rule can still be read and mended."""

import re

import pytest
from pydantic import ValidationError
from sqlalchemy import update

from api.database import Database, now
from api.directory import repository
from api.directory.entry import ServiceEntry
from api.directory.loading import load_services
from api.directory.models import Service
from api.directory.source import faults, read_services
from api.directory.storing import restored, store
from api.settings import ROOT
from tests.directory.entries import EVERYTHING, everything

WAYS = ("phones", "text_numbers", "email", "url", "locations", "referrers")
UNREACHABLE = {name: value for name, value in EVERYTHING.items() if name not in WAYS}


def test_an_entry_that_nobody_can_reach_is_not_shown() -> None:
    with pytest.raises(ValidationError) as caught:
        ServiceEntry.model_validate(UNREACHABLE)
    assert len(faults(caught.value)) == 1
    assert "nobody can reach it" in faults(caught.value)[0]


@pytest.mark.parametrize("way", WAYS)
def test_one_way_to_reach_it_is_enough(way: str) -> None:
    assert ServiceEntry.model_validate({**UNREACHABLE, way: EVERYTHING[way]}).listing == "show"


@pytest.mark.parametrize("listing", ["hold", "professionals"])
def test_what_families_do_not_see_may_wait_for_its_number(listing: str) -> None:
    assert ServiceEntry.model_validate({**UNREACHABLE, "listing": listing}).listing == listing


@pytest.mark.parametrize("service_id", ["sure_start_maternity_grant", "neighbourhood_mh_cafes", "maternity_action"])
def test_entries_without_any_way_to_reach_them_are_on_hold(service_id: str) -> None:
    entry = next(entry for entry in read_services(ROOT / "content") if entry.id == service_id)
    assert entry.listing == "hold"
    assert "No way to" in (entry.provenance.gaps or "")


def test_an_entry_stored_under_an_older_rule_is_read_and_the_next_load_mends_it(database: Database) -> None:
    with database.write() as session:
        session.execute(update(Service).where(Service.id == "maternity_action").values(listing="show"))
    with database.read() as session:
        held = repository.whole(session, "maternity_action")
        assert held is not None
        assert restored(held).listing == "show"
    with database.write() as session:
        assert load_services(session, ROOT / "content", {}).kept == []
    with database.read() as session:
        assert session.get_one(Service, "maternity_action").listing == "hold"


def test_what_is_stored_comes_back(database: Database) -> None:
    with database.write() as session:
        store(session, everything(), origin="test", moment=now(), is_edited=False)
    with database.read() as session:
        held = repository.whole(session, "everything")
        assert held is not None
        assert restored(held) == everything()


@pytest.mark.parametrize(("letter", "said"), [("\u202e", "U+202E"), ("\u200b", "U+200B"), ("\x07", "U+0007")])
@pytest.mark.parametrize("field", ["name", "organisation"])
def test_a_name_with_a_letter_that_nobody_sees_is_refused_and_the_letter_named(
    field: str, letter: str, said: str
) -> None:
    with pytest.raises(ValidationError, match=re.escape(said)):
        ServiceEntry.model_validate({**EVERYTHING, field: f"NHS{letter} 111"})


def test_letters_that_join_are_part_of_names_in_their_own_scripts() -> None:
    assert ServiceEntry.model_validate({**EVERYTHING, "name": "می\u200cخواهم"}).name == "می\u200cخواهم"
    with pytest.raises(ValidationError):
        ServiceEntry.model_validate({**EVERYTHING, "name": "NHS\u200c111"})

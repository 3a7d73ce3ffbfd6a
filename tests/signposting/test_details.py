"""The page of one service says everything that is known of it."""

import re

import pytest

from api.database import now
from api.directory.storing import store
from tests.directory.entries import TOMORROW, everything
from tests.signposting.conftest import Office

PAGE = "/signposting/services/everything"
SAID = [
    "The lift is broken.",
    'href="tel:01164960001"', "reception. weekdays", 'href="tel:01164960002"', "at night",
    "07700 900001: in office hours", "ready to 66777",
    'href="mailto:help@everything.example"', 'href="https://everything.example/help"',
    "Duty worker", 'href="tel:01164960003"', 'href="mailto:duty@everything.example"',
    "midwife or health visitor", "by phone", "Gujarati, English",
    "Oakham room", "1 Far Street, Oakham, LE15 6AA", "2 Near Street, Leicester, LE1 5WW",
    "<strong>Ramp</strong>: at the back", 'href="https://everything.example/ramp"',
    "09:00 to 12:30 (drop in)<br>", "18:00 to midnight", "Every month on the second Thursday, 10:00 to 11:00.",
    f"{TOMORROW:%A} {TOMORROW.day} {TOMORROW:%B %Y}: closed (training)", "On bank holidays: closed.",
    "Ring the bell after six",
    "Families with a baby", "From 16 years to 25 years", "From 12 to 40", "Leicester, Rutland",
    "free for most", "Crib hire: £12.50 a month", "Talk: free",
    "Cot, clothes and baby items; Housing", "Midwife and maternity", "Leicester City Council",
    "Last changed here on", "Text to the family", "Print for the family", "/service/everything/report?lang=en",
]  # fmt: skip
PROVENANCE = ["https://everything.example/source", "a leaflet", "Who answers at night"]


@pytest.fixture
def told(office: Office) -> Office:
    with office.parts.database.write() as session:
        store(session, everything(), origin="test", moment=now(), is_edited=True)
    return office


def test_everything_is_on_the_page(told: Office) -> None:
    page = told.client.get(PAGE).text
    assert [said for said in SAID if said not in page] == []
    assert "07:00" not in page  # those hours ended in 2020
    assert "2020" not in page


def test_each_place_has_its_own_distance_the_nearest_first(told: Office) -> None:
    page = told.client.get(f"{PAGE}?postcode=LE5+4PW").text
    assert re.findall(r"([\d.]+) km from LE5 4PW", page) == ["3.7", "24.2"]
    assert page.index("Near Street") < page.index("Far Street")
    assert 'class="family"' in page
    assert page.count('<g class="mark">') == 1  # Oakham is not on the map of Leicester
    assert " km from" not in told.client.get(PAGE).text


def test_a_postcode_that_cannot_be_used_is_said_and_the_page_opens_all_the_same(told: Office) -> None:
    answer = told.client.get(f"{PAGE}?postcode=SW1A+1AA")
    assert answer.status_code == 200
    assert "No distances: SW1A 1AA" in answer.text


def test_where_it_comes_from_is_for_those_who_signed_in(told: Office) -> None:
    page = told.client.get(PAGE).text
    assert [said for said in PROVENANCE if said in page] == []
    told.sign_in()
    page = told.client.get(PAGE).text
    assert [said for said in PROVENANCE if said not in page] == []


def test_what_was_looked_for_comes_along_and_leads_back(office: Office) -> None:
    found = office.client.get("/signposting?need=maternity&postcode=LE5+4PW&language=so").text
    link = re.search(r'href="(/signposting/services/uhl_mau\?[^"]+)"', found)
    assert link
    page = office.client.get(link[1].replace("&amp;", "&")).text
    assert "km from LE5 4PW" in page
    assert "/signposting/text?id=uhl_mau&amp;language=so&amp;need=maternity" in page
    assert 'href="/signposting?need=maternity&amp;postcode=LE5+4PW&amp;language=so"' in page


def test_what_families_may_not_see_is_not_offered_as_a_text(office: Office) -> None:
    page = office.client.get("/signposting/services/hospital_cure").text
    assert "this cannot be texted to a family" in page
    assert "/signposting/text?id=hospital_cure" not in page


def test_whom_to_ask_is_said_where_there_is_nothing_to_phone(office: Office) -> None:
    assert (
        "Families can go by themselves. Ask any GP practice."
        in office.client.get("/signposting/services/gp_registration").text
    )


def test_words_in_an_entry_are_words_and_not_markup(office: Office) -> None:
    nasty = everything(name="<b>x</b>", hours="<script>", phones=[{"number": '1"><img src=x>'}])
    with office.parts.database.write() as session:
        store(session, nasty, origin="test", moment=now(), is_edited=True)
    page = office.client.get(f"{PAGE}?need=%22%3E%3Cscript%3E").text
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>x" not in page

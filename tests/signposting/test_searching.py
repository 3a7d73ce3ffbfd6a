"""The professionals' search as pages, signed out."""

import pytest

from tests.signposting.conftest import Office

PATHS = [
    "/signposting",
    "/signposting?need=baby_items&postcode=LE5&language=so",
    "/signposting?need=stop_smoking&postcode=LE1+5WW&language=gu",
    "/signposting?text=mosés+baskits",
    "/signposting?text=zzzzzz",
    "/signposting?postcode=SW1A+1AA&weeks=x",
    "/signposting/services/uhl_mau",
    "/signposting/compare?id=uhl_mau&id=nhs_111",
    "/signposting/sheet?id=baby_basics_leicester&language=ur&need=baby_items",
    "/sign-in",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_opens(office: Office, path: str) -> None:
    assert office.client.get(path).status_code == 200


def test_a_cot_for_a_family_in_le5(office: Office) -> None:
    page = office.client.get(PATHS[1]).text
    assert "Baby Basics Leicester" in page
    assert "A professional must refer" in page
    assert "Nobody has checked this entry" in page
    assert "partly in Leicester city" in page
    assert 'lang="so"' in page


def test_a_misspelt_word_finds_the_same(office: Office) -> None:
    assert "Baby Basics Leicester" in office.client.get(PATHS[3]).text


def test_what_cannot_be_used_is_said_at_its_field_and_kept(office: Office) -> None:
    page = office.client.get(PATHS[5]).text
    assert 'id="postcode-error"' in page
    assert 'id="weeks-error"' in page
    assert 'value="SW1A 1AA"' in page


def test_before_sixteen_weeks_the_assessment_unit_is_not_offered(office: Office) -> None:
    early = office.client.get("/signposting?need=maternity&weeks=9").text
    later = office.client.get("/signposting?need=maternity&weeks=16").text
    assert "0116 258 6111" not in early
    assert "0116 258 6111" in later


@pytest.mark.parametrize("service", ["mums_mind", "nothing"])
def test_an_entry_on_hold_has_no_page(office: Office, service: str) -> None:
    assert office.client.get(f"/signposting/services/{service}").status_code == 404


def test_professionals_see_what_is_for_them_and_families_do_not(office: Office) -> None:
    page = office.client.get("/signposting?text=cure").text
    assert "CURE" in page
    assert "cannot be texted to a family" in page
    assert office.client.get("/api/v1/services?text=hospital patients inpatient").json()["services"] == []
    assert "None of these services" in office.client.get("/signposting/sheet?id=hospital_cure").text


def test_a_number_in_a_right_to_left_message_stays_in_order(office: Office) -> None:
    page = office.client.get("/signposting?need=baby_items&postcode=LE5+4PW&language=ur").text
    assert "0300\u00a0300\u00a03001" in page

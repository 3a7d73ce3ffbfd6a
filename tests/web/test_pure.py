"""Small decisions of the pages, each on plain values."""

import pytest

from api.channels.web.labels import language_of
from api.channels.web.service_cards import number, site, whereabouts
from api.channels.web.urgency import Call, call_for
from api.channels.web.visits import preferred
from api.conversations.schemas import ServiceOut
from api.origin import is_ours
from tests.web.browsing import LANGUAGES

BASE = "https://bumpline.example"


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"origin": BASE},
        {"origin": "http://127.0.0.1:8000", "host": "127.0.0.1:8000"},
        {"referer": f"{BASE}/privacy"},
    ],
)
def test_a_form_of_our_own_page_is_taken(headers: dict[str, str]) -> None:
    assert is_ours(headers, BASE)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": BASE},
        {"origin": "null", "host": "bumpline.example"},
        {"origin": "https://bumpline.example.evil.example"},
        {"referer": "https://evil.example/bumpline.example"},
    ],
)
def test_a_form_of_another_site_is_refused(headers: dict[str, str]) -> None:
    assert not is_ours(headers, BASE)


@pytest.mark.parametrize(
    ("contact", "text", "call"),
    [
        ("999", "Phone 999 now.", Call("999", "999")),
        ("111", "Phone 111. Unit: 0116 258 6111", Call("111", "111")),
        ("111_option_2", "Phone 999 or 111.", Call("111", "111", "2")),
        ("maternity_unit", "Phone 0116 258 6111 now. Or 999.", Call("0116 258 6111", "01162586111")),
        ("abuse_helpline", "Phone 999, or 0808 2000 247.", Call("0808 2000 247", "08082000247")),
        ("maternity_unit", "No number here.", Call("999", "999")),
    ],
)
def test_the_big_button_dials_what_the_message_says(contact: str, text: str, call: Call) -> None:
    assert call_for(contact, text) == call


@pytest.mark.parametrize(
    ("label", "claimed", "code"),
    [
        ("Can our baby sleep in our bed?", "gu", "en"),
        ("મારું બાળક", "gu", "gu"),
        ("Polski", "en", "pl"),
        ("اردو", "en", "ur"),
        ("Gdzie ma spać dziecko?", "pl", "pl"),
    ],
)
def test_a_label_is_marked_with_the_language_it_is_in(label: str, claimed: str, code: str) -> None:
    assert language_of(label, claimed, LANGUAGES).code == code


@pytest.mark.parametrize(
    ("header", "code"),
    [("gu-IN,en;q=0.5", "gu"), ("en;q=0.5,ur-PK;q=0.9", "ur"), ("fr,de", None), ("", None), ("pl;q=x,ur", "ur")],
)
def test_the_browsers_own_language_is_offered_first(header: str, code: str | None) -> None:
    assert preferred(header, LANGUAGES) == code


def test_a_card_shows_numbers_sites_and_places_left_to_right() -> None:
    service = ServiceOut(id="x", name="X", summary="x", address="1 High Street", postcode="LE1 1AA")
    assert number("ready to 66777") == '<bdi lang="en" dir="ltr">ready to 66777</bdi>'
    assert site("https://www.example.org/a?b") == '<bdi lang="en" dir="ltr">example.org</bdi>'
    assert whereabouts(service) == '<bdi lang="en" dir="ltr">1 High Street, LE1 1AA</bdi>'
    assert whereabouts(service.model_copy(update={"address": "1 High Street, LE1 1AA"})).count("LE1") == 1

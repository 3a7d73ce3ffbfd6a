"""Wrong passwords: the guesser is slowed down, the person whose account it is gets in."""

import pytest
from fastapi.testclient import TestClient

from api.accounts.throttling import Caller, browser_in, known_browser, network_of
from tests.accounts.conftest import ADDRESS, PASSWORD, Browser, House

OWN = "professional@example.org"
WRONG = "the wrong three words"


def at(house: House, host: str) -> Browser:
    """A browser at a network address."""
    headers = {"Sec-Fetch-Site": "same-origin"}
    return Browser(TestClient(house.app, base_url=ADDRESS, headers=headers, client=(host, 50000)))


def guess(browser: Browser, email: str = OWN, tries: int = 1) -> list[str]:
    """What each wrong try is told."""
    pages = [browser.sign_in(email, WRONG) for _ in range(tries)]
    assert {page.status_code for page in pages} == {401}
    return ["too many" if "Too many wrong tries" in page.text else "wrong" for page in pages]


def test_a_stranger_who_guesses_locks_nobody_out_elsewhere(house: House) -> None:
    house.add("professional")
    stranger = at(house, "203.0.113.9")
    assert guess(stranger, tries=7) == ["wrong"] * 5 + ["too many"] * 2
    assert stranger.sign_in(OWN).status_code == 401, "not even with the right one"
    assert at(house, "198.51.100.7").sign_in(OWN).status_code == 303


def test_addresses_that_are_unknown_are_answered_alike(house: House) -> None:
    stranger = at(house, "203.0.113.9")
    assert guess(stranger, "nobody@example.org", 6) == ["wrong"] * 5 + ["too many"]


def test_a_right_password_begins_the_count_anew(house: House) -> None:
    house.add("professional")
    browser = at(house, "203.0.113.9")
    for _ in range(3):
        assert guess(browser, tries=4) == ["wrong"] * 4
        assert browser.sign_in(OWN).status_code == 303


def test_guessing_from_everywhere_ends_too_but_a_browser_known_before_gets_in(house: House) -> None:
    house.add("professional")
    own = at(house, "198.51.100.7")
    assert own.sign_in(OWN).status_code == 303
    for n in range(98):  # at the door itself: each password looked at takes a while
        house.app.state.door.knock(Caller(OWN, f"203.0.113.{n}"))
    stranger = at(house, "203.0.113.200")
    assert guess(stranger, tries=2) == ["wrong", "too many"]  # one try of the hundred was the person's own
    assert at(house, "198.51.100.8").sign_in(OWN).status_code == 401
    assert own.sign_in(OWN).status_code == 303
    assert at(house, "203.0.113.1").sign_in("nobody@example.org", WRONG).status_code == 401


def test_a_known_browser_has_its_own_few_tries_and_is_no_key(house: House) -> None:
    house.add("professional")
    own = at(house, "198.51.100.7")
    assert own.sign_in(OWN).status_code == 303
    cookie = next(c for c in own.client.cookies.jar if c.name.startswith("bumpline_known_"))
    assert cookie.path == "/sign-in"
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert guess(own, tries=11) == ["wrong"] * 10 + ["too many"]  # as itself, then as anybody at that address


def test_the_cookie_is_of_one_account_and_of_this_house() -> None:
    cookie = known_browser("a secret", OWN)
    assert browser_in("a secret", OWN, cookie)
    assert browser_in("a secret", "other@example.org", cookie) == ""
    assert browser_in("another secret", OWN, cookie) == ""
    assert browser_in("a secret", OWN, "made up") == ""


@pytest.mark.parametrize(
    ("host", "network"),
    [("203.0.113.9", "203.0.113.9"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("testclient", "testclient")],
)
def test_a_network_of_the_sixth_version_is_one_guesser(host: str, network: str) -> None:
    assert network_of(host) == network


def test_the_second_step_is_still_asked_of_a_known_browser(house: House) -> None:
    house.signed_in("admin")
    again = house.browser()
    assert again.sign_in("admin@example.org", PASSWORD).headers["location"].startswith("/sign-in/code")
    assert not [c for c in again.client.cookies.jar if c.name.startswith("bumpline_known_")]

"""Signing in through the pages: where one lands, other sites, old forms, sessions, one's own password."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.accounts.visiting import HOME, inside
from api.middleware import RateLimit
from tests.accounts.conftest import PASSWORD, House


def test_one_lands_where_one_wanted_to_go(house: House) -> None:
    house.add("professional")
    asked = house.browser().get("/signposting/texts")
    assert asked.headers["location"] == "/sign-in?next=%2Fsignposting%2Ftexts"
    done = house.browser().sign_in("professional@example.org", target="/signposting/texts")
    assert done.headers["location"] == "/signposting/texts"


@pytest.mark.parametrize(
    "target", ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "evil", ""]
)
def test_signing_in_never_leads_to_another_site(house: House, target: str) -> None:
    house.add("professional")
    assert house.browser().sign_in("professional@example.org", target=target).headers["location"] == HOME


@given(st.text(max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_wanted_begins_on_our_own_site(target: str) -> None:
    chosen = inside(target)
    assert chosen.startswith("/")
    assert not chosen.startswith(("//", "/\\"))


def test_a_wrong_password_keeps_what_was_typed_but_not_the_password(house: House) -> None:
    house.add("professional")
    refused = house.browser().sign_in("professional@example.org", "the wrong three words")
    assert refused.status_code == 401
    assert "professional@example.org" in refused.text
    assert "the wrong three words" not in refused.text


def test_forms_of_other_sites_and_forms_without_the_secret_are_refused(house: House) -> None:
    browser = house.signed_in("professional")
    assert browser.post("/account/sessions/end", csrf="").status_code == 403
    assert browser.post("/account/sessions/end", csrf="made up").status_code == 403
    browser.client.headers["Sec-Fetch-Site"] = "cross-site"
    assert browser.post("/account/sessions/end").status_code == 403
    assert house.browser().post("/account/sessions/end", csrf="x").status_code == 401


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(house: House) -> None:
    house.add("professional")
    cookie = house.browser().sign_in("professional@example.org").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    house.app.state.parts.settings.public_base_url = "https://bumpline.example.org"
    cookie = house.browser().sign_in("professional@example.org").headers["set-cookie"].lower()
    assert "secure" in cookie


def test_tries_from_one_address_are_limited(house: House) -> None:
    house.app.state.sign_ins = RateLimit(2)
    browser = house.browser()
    assert [browser.sign_in("nobody@example.org").status_code for _ in range(3)] == [401, 401, 429]


def test_people_see_their_sessions_and_end_them_one_by_one_or_all_others(house: House) -> None:
    own = house.signed_in("professional")
    others = [house.browser() for _ in range(3)]
    for other in others:
        other.sign_in("professional@example.org")
    page = own.get("/account").text
    assert page.count("Firefox on Windows</td>") == 4
    assert page.count("This one") == 1
    handle = page.split('name="session" value="')[1].split('"')[0]
    assert own.post("/account/sessions/end", {"session": handle}).status_code == 303
    assert [other.get("/account").status_code for other in others].count(200) == 2
    assert own.post("/account/sessions/end").status_code == 303
    assert [other.get("/account").status_code for other in others] == [303, 303, 303]
    assert own.get("/account").status_code == 200


def test_nobody_ends_another_persons_session(house: House) -> None:
    own, other = house.signed_in("professional"), house.signed_in("editor")
    house.signed_in("editor")
    second = house.browser()
    second.sign_in("editor@example.org")
    handle = second.get("/account").text.split('name="session" value="')[1].split('"')[0]
    assert own.post("/account/sessions/end", {"session": handle}).status_code == 303
    assert other.get("/account").status_code == 200


def test_a_new_password_needs_the_old_one_and_ends_every_session(house: House) -> None:
    own = house.signed_in("professional")
    assert own.post("/account", {"old": "not this one", "new": "another three words"}).status_code == 401
    weak = own.post("/account", {"old": PASSWORD, "new": "short"})
    assert (weak.status_code, "12 to 200" in weak.text) == (422, True)
    assert own.post("/account", {"old": PASSWORD, "new": "another three words"}).status_code == 303
    assert own.get("/account").status_code == 303
    assert house.browser().sign_in("professional@example.org").status_code == 401
    assert house.browser().sign_in("professional@example.org", "another three words").status_code == 303


def test_signing_out_ends_the_session_on_the_server(house: House) -> None:
    own = house.signed_in("professional")
    held = own.client.cookies["bumpline_staff"]
    assert own.post("/sign-out").status_code == 303
    assert house.accounts.holder(held) is None


@pytest.mark.parametrize("second", ["professional", "editor"])
def test_signing_in_again_in_a_browser_ends_the_session_it_held(house: House, second: str) -> None:
    own = house.signed_in("professional")
    old = own.client.cookies["bumpline_staff"]
    if second != "professional":
        house.add(second)
    assert own.sign_in(f"{second}@example.org", "the wrong three words").status_code == 401
    assert house.accounts.holder(old), "a wrong password ends nothing"
    assert own.sign_in(f"{second}@example.org").status_code == 303
    assert house.accounts.holder(old) is None
    assert own.get("/account").status_code == 200

"""Single sign-on against a real issuer on loopback, and every answer of it that must not be believed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from joserfc.jwk import RSAKey
from pydantic import ValidationError

from api.accounts.invitations import Invitations
from api.accounts.visitor import Visitor
from api.conversations.assembly import Parts
from api.settings import Settings
from tests.accounts.conftest import ADDRESS, Browser, House, house_settings, opened_house
from tests.accounts.issuer import CLIENT, SECRET, FakeIssuer
from tests.sms.serving import served

EMAIL = "editor@example.org"
BOSS = Visitor("boss", "Boss", "boss@example.org", frozenset({"admin"}), "")


@dataclass
class Organisation:
    """A house whose people sign in at an issuer."""

    house: House
    issuer: FakeIssuer

    def away(self, browser: Browser) -> str:
        """Follows the browser to the issuer and returns the address with which it is sent back."""
        begun = browser.get("/sign-in/issuer", next="/account")
        assert begun.status_code == 303, begun.text
        assert begun.headers["location"].startswith(f"{self.issuer.address}/authorize?")
        back = httpx2.get(begun.headers["location"], follow_redirects=False).headers["location"]
        assert back.startswith(f"{ADDRESS}/sign-in/issuer/back?")
        return str(back).removeprefix(ADDRESS)

    def sign_in(self, browser: Browser) -> Any:
        return browser.get(self.away(browser))


@pytest.fixture
def organisation(database_url: str, assembled: Parts) -> Iterator[Organisation]:
    issuer = FakeIssuer(f"{ADDRESS}/sign-in/issuer/back", {"sub": "person-1", "email": EMAIL, "email_verified": True})
    with served(issuer.app()) as address:
        issuer.address = address
        settings = house_settings(
            database_url,
            oidc_issuer=address,
            oidc_client_id=CLIENT,
            oidc_client_secret=SECRET,
            oidc_strong_acr="https://refeds.org/profile/mfa",
        )
        for house in opened_house(settings, assembled):
            yield Organisation(house, issuer)


def test_whoever_has_an_account_signs_in_with_the_work_account(organisation: Organisation) -> None:
    organisation.house.add("editor")
    browser = organisation.house.browser()
    assert "work account" in browser.get("/sign-in").text
    done = organisation.sign_in(browser)
    assert done.status_code == 303, done.text
    assert done.headers["location"] == "/account"
    visitor = organisation.house.visitor(browser)
    assert visitor is not None
    assert visitor.email == EMAIL


def test_the_first_request_carries_pkce_state_and_nonce_and_each_is_new(organisation: Organisation) -> None:
    asked = []
    for _ in range(2):
        begun = organisation.house.browser().get("/sign-in/issuer")
        asked.append(parse_qs(urlsplit(begun.headers["location"]).query))
    assert asked[0]["code_challenge_method"] == ["S256"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(asked[0][name][0]) >= 43
        assert asked[0][name] != asked[1][name]


@pytest.mark.parametrize(
    "lies",
    [
        pytest.param({"nonce": "another"}, id="wrong nonce"),
        pytest.param({"nonce": None}, id="no nonce"),
        pytest.param({"aud": "somebody else"}, id="wrong audience"),
        pytest.param({"aud": [CLIENT, "somebody else"]}, id="two audiences without a party"),
        pytest.param({"azp": "somebody else"}, id="another party"),
        pytest.param({"iss": "https://evil.example"}, id="wrong issuer"),
        pytest.param({"exp": 1_700_000_000}, id="expired"),
        pytest.param({"exp": None}, id="no end"),
        pytest.param({"sub": None}, id="nobody"),
        pytest.param({"email_verified": False}, id="address not verified"),
        pytest.param({"email_verified": "true"}, id="address verified in words only"),
        pytest.param({"email_verified": None}, id="nothing said of the address"),
        pytest.param({"email": None}, id="no address"),
        pytest.param({"email": "stranger@example.org"}, id="no account"),
    ],
)
def test_what_cannot_be_believed_lets_nobody_in(organisation: Organisation, lies: dict[str, Any]) -> None:
    organisation.house.add("editor")
    organisation.issuer.lies = lies
    browser = organisation.house.browser()
    refused = organisation.sign_in(browser)
    assert refused.status_code == 401
    assert "There is a problem" in refused.text
    assert organisation.house.visitor(browser) is None


def test_a_token_signed_with_another_key_lets_nobody_in(organisation: Organisation) -> None:
    organisation.house.add("editor")
    organisation.issuer.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    assert organisation.sign_in(organisation.house.browser()).status_code == 401


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_without_a_key_pair_lets_nobody_in(
    organisation: Organisation, algorithm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    organisation.house.add("editor")
    monkeypatch.setattr(organisation.issuer, "signed", organisation.issuer.forger(algorithm))
    assert organisation.sign_in(organisation.house.browser()).status_code == 401


def test_the_answer_counts_only_in_the_browser_that_asked_and_only_once(organisation: Organisation) -> None:
    organisation.house.add("editor")
    own, other = organisation.house.browser(), organisation.house.browser()
    back = organisation.away(own)
    assert other.get(back).status_code == 401, "a browser that began nothing"
    organisation.away(other)
    assert other.get(back).status_code == 401, "a browser that began something else"
    assert organisation.house.visitor(other) is None
    assert own.get(back).status_code == 303
    assert own.get(back).status_code == 401


def test_the_answer_of_another_issuer_or_a_refusal_lets_nobody_in(organisation: Organisation) -> None:
    organisation.house.add("editor")
    browser = organisation.house.browser()
    state = parse_qs(urlsplit(organisation.away(browser)).query)["state"][0]
    assert browser.get("/sign-in/issuer/back", state=state, error="access_denied").status_code == 401
    browser = organisation.house.browser()
    query = parse_qs(urlsplit(organisation.away(browser)).query)
    mixed = browser.get("/sign-in/issuer/back", state=query["state"][0], code=query["code"][0], iss="https://evil.test")
    assert mixed.status_code == 401


def test_an_issuer_that_is_down_is_said_and_passwords_still_work(organisation: Organisation) -> None:
    organisation.house.add("editor")
    organisation.issuer.is_down = True
    browser = organisation.house.browser()
    silent = browser.get("/sign-in/issuer")
    assert silent.status_code == 503
    assert "use your password" in silent.text
    assert browser.sign_in(EMAIL).status_code == 303


def test_an_issuer_that_calls_itself_otherwise_is_not_used(organisation: Organisation) -> None:
    organisation.issuer.address = "https://evil.example"
    assert organisation.house.browser().get("/sign-in/issuer").status_code == 503


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({}, "/second-factor?next=%2Faccount"),
        ({"amr": ["pwd"]}, "/second-factor?next=%2Faccount"),
        ({"acr": "1"}, "/second-factor?next=%2Faccount"),
        ({"amr": ["pwd", "mfa"]}, "/account"),
        ({"amr": ["otp"]}, "/account"),
        ({"acr": "https://refeds.org/profile/mfa"}, "/account"),
    ],
)
def test_the_issuers_second_step_counts_only_when_it_says_so(
    organisation: Organisation, said: dict[str, Any], where: str
) -> None:
    organisation.house.add("approver", EMAIL)
    organisation.issuer.lies = said
    assert organisation.sign_in(organisation.house.browser()).headers["location"] == where


def test_who_was_invited_joins_by_signing_in_and_the_link_is_used_up(organisation: Organisation) -> None:
    inviting = Invitations(organisation.house.database)
    link = inviting.invite(BOSS, email=EMAIL, name="An editor", roles=["editor"], languages=[])
    browser = organisation.house.browser()
    assert "work account" in browser.get(f"/join/{link.token}").text
    assert organisation.sign_in(browser).headers["location"] == "/account"
    assert browser.get(f"/join/{link.token}").status_code == 404
    assert "you have no password here" in browser.get("/account").text


def test_a_cancelled_invitation_lets_nobody_in(organisation: Organisation) -> None:
    inviting = Invitations(organisation.house.database)
    link = inviting.invite(BOSS, email=EMAIL, name="An editor", roles=["editor"], languages=[])
    inviting.cancel(BOSS, link.account_id)
    assert organisation.sign_in(organisation.house.browser()).status_code == 401


def test_an_address_that_passes_to_another_person_does_not_pass_on_the_account(organisation: Organisation) -> None:
    account = organisation.house.add("editor")
    assert organisation.sign_in(organisation.house.browser()).status_code == 303
    organisation.issuer.lies = {"sub": "person-2"}
    assert organisation.sign_in(organisation.house.browser()).status_code == 401
    Invitations(organisation.house.database).renew(BOSS, account)
    assert organisation.sign_in(organisation.house.browser()).status_code == 303


def test_a_closed_account_stays_closed(organisation: Organisation) -> None:
    account = organisation.house.add("editor")
    admin = organisation.house.signed_in("admin")
    assert admin.post(f"/accounts/{account}/disable").status_code == 303
    assert organisation.sign_in(organisation.house.browser()).status_code == 401


def test_without_an_issuer_there_is_no_such_page(house: House) -> None:
    assert house.browser().get("/sign-in/issuer").status_code == 404
    assert house.browser().get("/sign-in/issuer/back").status_code == 401
    assert "work account" not in house.browser().get("/sign-in").text


@pytest.mark.parametrize(
    "given",
    [
        {"oidc_issuer": "https://issuer.example"},
        {"oidc_client_id": "a", "oidc_client_secret": "b"},
        {"oidc_issuer": "http://issuer.example", "oidc_client_id": "a", "oidc_client_secret": "b"},
        {"oidc_issuer": "issuer.example", "oidc_client_id": "a", "oidc_client_secret": "b"},
    ],
)
def test_half_a_set_up_or_an_open_line_stops_the_start(given: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="OIDC_ISSUER"):
        Settings(_env_file=None, **given)  # type: ignore[arg-type]

"""Only Twilio may knock."""

import pytest
from starlette.datastructures import FormData
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from api.channels.sms.signatures import is_from_twilio, signed_url

URL = "https://texts.example.org/sms/twilio/status?o=7"
FIELDS = {"Body": " a;b&c= ", "Empty": "", "From": "+447700900101", "Gujarati": "મારું બાળક\r\n", "Emoji": "👍🏽"}


def signed(token: str = "new", url: str = URL, algorithm: str | None = None) -> str:
    return str(RequestValidator(token).compute_signature(url, FIELDS, algorithm))


def knock(
    signature: str | None, *, url: str = URL, fields: dict[str, str] = FIELDS, settings: str | None = None
) -> bool:
    form = FormData(list(fields.items()))
    return is_from_twilio(tokens=("new", "old"), url=url, form=form, signature=signature, settings=settings)


def test_a_signed_form_is_let_in() -> None:
    assert knock(signed())


def test_both_tokens_are_accepted_while_one_replaces_the_other() -> None:
    assert knock(signed("old"))
    assert not knock(signed("older"))


def test_no_signature_is_no_entry() -> None:
    assert not knock(None)
    assert not knock("")


@pytest.mark.parametrize("url", [URL.replace("o=7", "o=8"), URL.replace("https", "http"), URL.split("?")[0]])
def test_a_signature_for_another_address_is_refused(url: str) -> None:
    assert not knock(signed(), url=url)


@pytest.mark.parametrize("name", list(FIELDS))
def test_every_field_is_under_the_signature(name: str) -> None:
    assert not knock(signed(), fields={**FIELDS, name: FIELDS[name] + "x"})
    assert not knock(signed(), fields={**FIELDS, "One": "more"})


def test_the_newer_algorithm_is_understood_and_an_unknown_one_refused() -> None:
    newer = signed(algorithm="HMAC_SHA256")
    assert knock(newer, settings="key=a,algorithm=HMAC_SHA256")
    assert not knock(newer)
    assert not knock(newer, settings="key=a,algorithm=HMAC_MD5")


def test_the_address_comes_from_configuration() -> None:
    assert signed_url("https://a.example/#rc=2", "/sms/twilio/inbound", b"") == "https://a.example/sms/twilio/inbound"
    assert signed_url("https://a.example", "/s", b"o=7&b=%20") == "https://a.example/s?o=7&b=%20"

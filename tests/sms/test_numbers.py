"""Which numbers may be texted, and how they are kept."""

from contextlib import suppress

import pytest
from cryptography.fernet import InvalidToken
from hypothesis import given
from hypothesis import strategies as st

from api.channels.sms.numbers import Mobile, NotAMobile, NumberKeeper, mobile


@pytest.mark.parametrize("spelling", ["07700 900123", "+447700900123", "+44 7700 900123", "0044 7700 900123"])
def test_a_number_is_the_same_however_it_is_spelt(spelling: str) -> None:
    assert mobile(spelling, allow_fiction=True) == Mobile("+447700900123")


@pytest.mark.parametrize("number", ["07700 900000", "07700900999"])
def test_a_number_of_fiction_is_refused_unless_it_is_allowed(number: str) -> None:
    with pytest.raises(NotAMobile):
        mobile(number)
    assert mobile(number, allow_fiction=True)


@pytest.mark.parametrize(
    "number",
    [
        "0113 496 0123",
        "0800 1111",
        "999",
        "+1 202 555 0143",
        "+48 12 345 67 89",
        "NHS",
        "",
        "07700 900",
        "whatsapp:+447700900123",
    ],
)
def test_what_is_not_a_mobile_is_refused_without_being_named(number: str) -> None:
    with pytest.raises(NotAMobile) as refusal:
        mobile(number, allow_fiction=True)
    assert not number or number not in str(refusal.value)
    assert refusal.value.__cause__ is None


@given(st.text(max_size=40))
def test_no_text_at_all_breaks_the_check(text: str) -> None:
    with suppress(NotAMobile):
        assert mobile(text, allow_fiction=True).e164.startswith("+44")


def test_a_number_does_not_show_when_it_is_printed() -> None:
    found = mobile("07700900123", allow_fiction=True)
    assert "900123" not in f"{found!r} {found} {[found]}"


def test_a_kept_number_is_found_by_its_hash_and_read_back_only_with_the_key() -> None:
    keeper, stranger = NumberKeeper("one secret"), NumberKeeper("another secret")
    token = keeper.encrypt("+447700900123")
    assert keeper.decrypt(token) == "+447700900123"
    assert keeper.encrypt("+447700900123") != token
    assert keeper.hash("+447700900123") == NumberKeeper("one secret").hash("+447700900123")
    assert keeper.hash("+447700900123") != stranger.hash("+447700900123")
    with pytest.raises(InvalidToken):
        stranger.decrypt(token)


def test_a_foreign_mobile_is_answered_but_never_texted_first() -> None:
    assert mobile("+48 512 345 678", abroad=True).e164 == "+48512345678"
    with pytest.raises(NotAMobile):
        mobile("+48 512 345 678")
    with pytest.raises(NotAMobile):
        mobile("+44 113 496 0123", abroad=True)

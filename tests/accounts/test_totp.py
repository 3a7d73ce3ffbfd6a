"""Codes of authenticator apps, recovery codes, names of browsers: the pure parts."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.accounts.browsers import browser_name
from api.accounts.recovery import ALPHABET, code_hash, new_codes
from api.accounts.totp import DRIFT, SECONDS, accepted_step, app_address, code_at, new_secret

RFC = base64.b32encode(b"12345678901234567890").decode()
MOMENT = datetime(2026, 11, 26, 12, 0, 7, tzinfo=UTC)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1)).map(lambda naive: naive.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("second", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_codes_are_those_of_rfc_6238(second: int, code: str) -> None:
    moment = datetime.fromtimestamp(second, UTC)
    assert code_at(RFC, moment) == code
    assert accepted_step(RFC, code, moment, None) == second // SECONDS


@given(moments, st.integers(-6, 6))
def test_a_code_is_good_one_step_early_or_late_and_no_more(moment: datetime, steps: int) -> None:
    secret = new_secret()
    shown = code_at(secret, moment + timedelta(seconds=SECONDS * steps))
    neighbours = {code_at(secret, moment + timedelta(seconds=SECONDS * near)) for near in range(-DRIFT, DRIFT + 1)}
    assert (accepted_step(secret, shown, moment, None) is not None) == (shown in neighbours)


@given(moments, st.integers(0, 90))
def test_a_step_is_never_accepted_twice(moment: datetime, later: int) -> None:
    code = code_at(RFC, moment)
    step = accepted_step(RFC, code, moment, None)
    assert step is not None
    again = accepted_step(RFC, code, moment + timedelta(seconds=later), step)
    assert again is None or again > step


@given(st.text(max_size=12))
def test_anything_typed_is_right_or_wrong_and_never_an_error(typed: str) -> None:
    if typed not in {code_at(RFC, MOMENT + timedelta(seconds=SECONDS * near)) for near in (-1, 0, 1)}:
        assert accepted_step(RFC, typed, MOMENT, None) is None


def test_the_address_for_the_app_names_us_and_the_person() -> None:
    address = app_address(RFC, "midwife@example.org")
    assert address.startswith("otpauth://totp/Bumpline:midwife%40example.org?")
    assert f"secret={RFC}" in address


def test_recovery_codes_differ_and_are_found_however_they_are_typed() -> None:
    codes = new_codes()
    assert len(set(codes)) == 10
    assert set("".join(codes)) <= set(ALPHABET) | {"-"}
    kept = code_hash("key", "account", codes[0])
    assert kept == code_hash("key", "account", f"  {codes[0].upper().replace('-', ' ')}")
    assert kept != code_hash("key", "another", codes[0])
    assert kept != code_hash("another key", "account", codes[0])


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.14", ""),
    ],
)
def test_browsers_are_named_as_people_name_them(header: str, name: str) -> None:
    assert browser_name(header) == name

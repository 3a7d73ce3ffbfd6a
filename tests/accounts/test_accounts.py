"""Signing in: passwords, sessions, locks, and accounts made only for trying."""

from datetime import timedelta

import pytest

from api.accounts import service
from api.accounts.demonstration import EMAIL, demonstration_password
from api.accounts.service import Accounts, NotSignedIn
from api.database import Database, now
from api.errors import Conflict, Unusable

PASSWORD = "three words suffice"
MIDWIFE = "midwife@example.org"


@pytest.fixture
def accounts(database: Database) -> Accounts:
    made = Accounts(database, is_production=True)
    made.add(email=" Midwife@Example.org ", name="A midwife", roles=["professional"], password=PASSWORD)
    return made


def test_a_right_password_opens_a_session_and_signing_out_ends_it(accounts: Accounts) -> None:
    token = accounts.sign_in("MIDWIFE@example.org", PASSWORD)
    visitor = accounts.visitor(token)
    assert visitor is not None
    assert visitor.may("professional")
    assert not visitor.may("editor", "admin")
    accounts.sign_out(token)
    assert accounts.visitor(token) is None


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(accounts: Accounts) -> None:
    with pytest.raises(NotSignedIn) as wrong:
        accounts.sign_in(MIDWIFE, "not this one")
    with pytest.raises(NotSignedIn) as unknown:
        accounts.sign_in("nobody@example.org", PASSWORD)
    assert wrong.value.message == unknown.value.message


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(accounts: Accounts) -> None:
    for _ in range(service.FAILURES_AT_MOST):
        with pytest.raises(NotSignedIn):
            accounts.sign_in(MIDWIFE, "guess after guess")
    with pytest.raises(NotSignedIn, match="Wait 15 minutes"):
        accounts.sign_in(MIDWIFE, PASSWORD)


def test_a_new_password_ends_every_session(accounts: Accounts) -> None:
    token = accounts.sign_in(MIDWIFE, PASSWORD)
    accounts.set_password(MIDWIFE, "another three words")
    assert accounts.visitor(token) is None
    with pytest.raises(NotSignedIn):
        accounts.sign_in(MIDWIFE, PASSWORD)
    assert accounts.sign_in(MIDWIFE, "another three words")


@pytest.mark.parametrize("later", [timedelta(minutes=61), timedelta(hours=13)])
def test_a_session_ends_by_itself(accounts: Accounts, later: timedelta, monkeypatch: pytest.MonkeyPatch) -> None:
    token, began = accounts.sign_in(MIDWIFE, PASSWORD), now()
    monkeypatch.setattr(service, "now", lambda: began + later)
    assert accounts.visitor(token) is None


def test_bad_accounts_are_refused(accounts: Accounts) -> None:
    with pytest.raises(Conflict):
        accounts.add(email=MIDWIFE, name="", roles=["editor"], password=PASSWORD)
    with pytest.raises(Unusable):
        accounts.add(email="a@example.org", name="", roles=["king"], password=PASSWORD)
    with pytest.raises(Unusable):
        accounts.add(email="a@example.org", name="", roles=["editor"], password="short")


def test_the_demonstration_account_has_a_new_password_each_time_and_never_enters_production(
    database: Database,
) -> None:
    trying = Accounts(database, is_production=False)
    old = demonstration_password(trying)
    new = demonstration_password(trying)
    with pytest.raises(NotSignedIn):
        trying.sign_in(EMAIL, old)
    token = trying.sign_in(EMAIL, new)
    assert trying.visitor(token) is not None
    assert Accounts(database, is_production=True).visitor(token) is None
    with pytest.raises(NotSignedIn, match="closed"):
        Accounts(database, is_production=True).sign_in(EMAIL, new)

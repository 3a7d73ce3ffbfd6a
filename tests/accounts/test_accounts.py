"""Signing in: passwords, sessions, locks, and accounts made only for trying."""

import io
import sys
from datetime import timedelta

import pytest

from api import cli
from api.accounts import service
from api.accounts.demonstration import APPROVER, EDITOR, MIDWIFE, demonstration_people
from api.accounts.service import Accounts, NotSignedIn
from api.accounts.visitor import Visitor
from api.database import Database, now
from api.errors import Conflict, Unusable
from api.settings import Settings
from tests.accounts.conftest import PASSWORD

SOMEBODY = "midwife@example.org"


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
        accounts.sign_in(SOMEBODY, "not this one")
    with pytest.raises(NotSignedIn) as unknown:
        accounts.sign_in("nobody@example.org", PASSWORD)
    assert wrong.value.message == unknown.value.message


def test_wrong_passwords_at_the_sign_in_form_lock_nobody_out(accounts: Accounts) -> None:
    for _ in range(20):
        with pytest.raises(NotSignedIn, match="password is wrong"):
            accounts.sign_in(SOMEBODY, "guess after guess")
    assert accounts.sign_in(SOMEBODY, PASSWORD)


def test_who_guesses_the_old_password_in_a_session_is_locked_out_for_a_while(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, visitor = now(), accounts.visitor(accounts.sign_in(SOMEBODY, PASSWORD))
    assert visitor
    for _ in range(service.FAILURES_AT_MOST):
        with pytest.raises(NotSignedIn, match="password is wrong"):
            accounts.change_password(visitor, "guess after guess", "another three words")
    with pytest.raises(NotSignedIn, match="Wait 15 minutes"):
        accounts.change_password(visitor, PASSWORD, "another three words")
    monkeypatch.setattr(service, "now", lambda: began + timedelta(minutes=16))
    accounts.change_password(visitor, PASSWORD, "another three words")


def test_a_new_password_ends_every_session(accounts: Accounts) -> None:
    token = accounts.sign_in(SOMEBODY, PASSWORD)
    accounts.set_password(SOMEBODY, "another three words")
    assert accounts.visitor(token) is None
    with pytest.raises(NotSignedIn):
        accounts.sign_in(SOMEBODY, PASSWORD)
    assert accounts.sign_in(SOMEBODY, "another three words")


@pytest.mark.parametrize("later", [timedelta(minutes=61), timedelta(hours=13)])
def test_a_session_ends_by_itself(accounts: Accounts, later: timedelta, monkeypatch: pytest.MonkeyPatch) -> None:
    token, began = accounts.sign_in(SOMEBODY, PASSWORD), now()
    monkeypatch.setattr(service, "now", lambda: began + later)
    assert accounts.visitor(token) is None


def test_bad_accounts_are_refused(accounts: Accounts) -> None:
    with pytest.raises(Conflict):
        accounts.add(email=SOMEBODY, name="", roles=["editor"], password=PASSWORD)
    with pytest.raises(Unusable, match="Roles are"):
        accounts.add(email="a@example.org", name="", roles=["king"], password=PASSWORD)
    with pytest.raises(Unusable, match="12 to 200"):
        accounts.add(email="a@example.org", name="", roles=["editor"], password="short")
    with pytest.raises(Unusable, match="languages"):
        accounts.add(email="a@example.org", name="", roles=["translator"], password=PASSWORD)


@pytest.mark.parametrize("email", ["", "nobody", "a b@example.org", "a@example", "a@b.org\nBcc: c@d.org", "<a@b.org>"])
def test_what_is_no_address_gets_no_account(accounts: Accounts, email: str) -> None:
    with pytest.raises(Unusable, match=r"An e-mail address looks like|a letter that nobody sees"):
        accounts.add(email=email, name="", roles=["editor"], password=PASSWORD)


def test_an_admin_may_do_what_an_editor_may_and_no_more_besides() -> None:
    admin = Visitor("1", "A", "a@example.org", frozenset({"admin"}), "")
    assert admin.may("editor")
    assert admin.may("admin")
    assert not admin.may("approver", "translator", "professional")
    assert not Visitor("1", "A", "a@example.org", frozenset({"editor"}), "").may("admin")


def test_a_translators_languages_come_with_the_visitor(accounts: Accounts) -> None:
    accounts.add(email="t@example.org", name="T", roles=["translator"], languages=["gu", "ur", "gu"], password=PASSWORD)
    visitor = accounts.visitor(accounts.sign_in("t@example.org", PASSWORD))
    assert visitor is not None
    assert visitor.languages == {"gu", "ur"}


def test_demonstration_people_have_new_passwords_each_time_and_never_enter_production(database: Database) -> None:
    trying = Accounts(database, is_production=False)
    old = demonstration_people(trying, ["en", "gu"])
    people = demonstration_people(trying, ["en", "gu"])
    assert [person.email for person in people] == [MIDWIFE, EDITOR, APPROVER]
    for before, person in zip(old, people, strict=True):
        with pytest.raises(NotSignedIn):
            trying.sign_in(person.email, before.password)
        token = trying.sign_in(person.email, person.password)
        visitor = trying.visitor(token)
        assert visitor is not None, "no second step is asked of demonstration accounts"
        assert visitor.roles == set(person.roles)
        assert visitor.languages == (set() if person.email == MIDWIFE else {"en", "gu"})
        assert Accounts(database, is_production=True).visitor(token) is None
        with pytest.raises(NotSignedIn, match="closed"):
            Accounts(database, is_production=True).sign_in(person.email, person.password)


def test_the_first_administrator_comes_from_a_command(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("api.cli.get_settings", lambda: Settings(_env_file=None, database_url=database_url))
    plain = ["account", "boss@example.org", "--role", "admin", "--role", "translator"]
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n" * 3))
    assert cli.main([*plain, "--language", "xx"]) == 1
    assert "There is no language xx" in capsys.readouterr().err
    assert cli.main([*plain, "--language", "gu"]) == 0
    opened = Database(database_url)
    known = Accounts(opened, is_production=True)
    holder = known.holder(known.sign_in("boss@example.org", PASSWORD))
    opened.close()
    assert holder is not None
    assert holder.visitor.languages == {"gu"}
    assert not holder.is_complete, "an administrator sets up the second step first"

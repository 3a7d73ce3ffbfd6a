"""The second step: who is asked, what a half sign-in opens, guessing, recovery codes, taking it away."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from api.accounts import service
from api.accounts.locking import FAILURES_AT_MOST
from api.accounts.models import Account, RecoveryCode, StaffSession
from api.accounts.totp import code_at
from api.database import now
from api.middleware import RateLimit
from tests.accounts.conftest import PASSWORD, House

SECOND_STEP = "/second-factor?next=%2Faccount"
CODE = "/sign-in/code?next=%2Faccount"


@pytest.mark.parametrize("role", ["approver", "admin"])
def test_approvers_and_admins_set_it_up_before_anything_opens(house: House, role: str) -> None:
    house.add(role)
    browser = house.browser()
    assert browser.sign_in(f"{role}@example.org").headers["location"] == SECOND_STEP
    for path in ("/account", "/accounts", "/audit", "/signposting/texts"):
        assert browser.get(path).headers["location"].startswith("/sign-in?next=")
    assert browser.get("/sign-in", next="/account").headers["location"] == SECOND_STEP
    assert house.visitor(browser) is None
    assert len(browser.set_up_second_factor()) == 10
    assert browser.get("/account").status_code == 200


@pytest.mark.parametrize("role", ["professional", "editor", "translator"])
def test_others_may_choose_it_and_are_asked_from_then_on(house: House, role: str) -> None:
    first, second = house.signed_in(role), house.browser()
    second.sign_in(f"{role}@example.org")
    assert second.get("/account").status_code == 200
    first.set_up_second_factor()
    assert first.get("/account").status_code == 200
    assert second.get("/account").status_code == 303, "a browser that gave no code opens nothing from now on"
    assert second.get("/sign-in", next="/account").headers["location"] == CODE
    second.secret = first.secret
    assert second.post("/sign-in/code", {"code": first.next_code()}).status_code == 303
    assert second.get("/account").status_code == 200


def test_a_session_with_only_the_password_cannot_set_up_another_second_step(house: House) -> None:
    house.signed_in("admin")
    thief = house.browser()
    assert thief.sign_in("admin@example.org").headers["location"] == CODE
    csrf = thief.csrf()
    assert csrf
    assert thief.get("/second-factor").headers["location"] == CODE
    refused = thief.post("/second-factor", {"code": "123456", "proof": PASSWORD}, csrf=csrf)
    assert refused.status_code == 403
    for path in ("/second-factor/codes", "/second-factor/remove", "/account", "/account/sessions/end", "/sign-out"):
        assert thief.post(path, {"proof": PASSWORD, "old": PASSWORD}, csrf=csrf).status_code == 401
    assert thief.get("/account").status_code == 303


def test_the_token_known_before_the_second_step_opens_nothing_after_it(house: House) -> None:
    browser = house.signed_in("admin")
    again = house.browser()
    again.sign_in("admin@example.org")
    before = again.client.cookies["bumpline_staff"]
    assert again.post("/sign-in/code", {"code": browser.next_code()}).status_code == 303
    assert again.get("/account").status_code == 200
    assert house.accounts.holder(before) is None


def test_a_code_is_never_accepted_twice(house: House) -> None:
    browser = house.signed_in("admin")
    code = browser.next_code()
    one, two = house.browser(), house.browser()
    for each in (one, two):
        each.sign_in("admin@example.org")
    assert one.post("/sign-in/code", {"code": f" {code[:3]} {code[3:]} "}).status_code == 303
    refused = two.post("/sign-in/code", {"code": code})
    assert refused.status_code == 401
    assert "used already" in refused.text
    assert house.visitor(two) is None


def test_a_recovery_code_signs_in_once(house: House) -> None:
    house.add("admin")
    browser = house.browser()
    browser.sign_in("admin@example.org")
    codes = browser.set_up_second_factor()
    with house.database.read() as session:
        kept = list(session.scalars(select(RecoveryCode.code_hash)))
    assert len(kept) == 10
    assert not any(code.replace("-", "") in "".join(kept) for code in codes)
    answers = []
    for _ in range(2):
        other = house.browser()
        other.sign_in("admin@example.org")
        answers.append(other.post("/sign-in/code", {"code": codes[3].upper()}).status_code)
    assert answers == [303, 401]
    assert "9 recovery codes are left" in browser.get("/account").text


def test_new_recovery_codes_need_the_password_and_end_the_old_ones(house: House) -> None:
    browser = house.signed_in("admin")
    refused = browser.post("/second-factor/codes", {"proof": "not this one"})
    assert (refused.status_code, "not your password" in refused.text) == (401, True)
    with house.database.read() as session:
        before = set(session.scalars(select(RecoveryCode.code_hash)))
    assert browser.post("/second-factor/codes", {"proof": PASSWORD}).status_code == 200
    with house.database.read() as session:
        after = set(session.scalars(select(RecoveryCode.code_hash)))
    assert len(after) == 10
    assert not before & after


def test_guessing_codes_locks_the_account_and_a_right_password_gives_no_new_tries(house: House) -> None:
    browser = house.signed_in("admin")
    wrong = next(code for code in ("000000", "111111", "222222", "333333") if not _is_near(browser.secret, code))
    for _ in range(FAILURES_AT_MOST):
        thief = house.browser()
        assert thief.sign_in("admin@example.org").status_code == 303
        assert thief.post("/sign-in/code", {"code": wrong}).status_code == 401
    locked = thief.post("/sign-in/code", {"code": browser.next_code()})
    assert locked.status_code == 401
    assert "Wait 15 minutes" in locked.text
    assert house.browser().sign_in("admin@example.org").status_code == 401
    assert browser.get("/account").status_code == 200, "whoever is signed in stays so"


def test_codes_from_one_address_are_limited(house: House) -> None:
    house.app.state.codes = RateLimit(3)
    house.signed_in("admin")
    thief = house.browser()
    thief.sign_in("admin@example.org")
    csrf = thief.csrf()
    answers = [thief.post("/sign-in/code", {"code": "000000"}, csrf=csrf).status_code for _ in range(3)]
    assert answers == [401, 401, 429]


def test_taking_it_away_needs_the_password_and_is_refused_to_approvers_and_admins(house: House) -> None:
    editor = house.signed_in("editor")
    editor.set_up_second_factor()
    assert editor.post("/second-factor/remove", {"proof": "not this one"}).status_code == 401
    assert editor.post("/second-factor/remove", {"proof": PASSWORD}).status_code == 303
    with house.database.read() as session:
        assert list(session.scalars(select(RecoveryCode))) == []
    assert "alone signs you in" in editor.get("/account").text
    refused = house.signed_in("approver").post("/second-factor/remove", {"proof": PASSWORD})
    assert refused.status_code == 409
    assert "keep their second step" in refused.text


def test_replacing_it_needs_the_password(house: House) -> None:
    browser = house.signed_in("admin")
    old = browser.secret
    new = browser.offered_secret()
    assert new != old
    refused = browser.post("/second-factor", {"code": code_at(new, now()), "proof": "not this one"})
    assert refused.status_code == 401
    assert browser.post("/second-factor", {"code": code_at(new, now()), "proof": PASSWORD}).status_code == 200
    other = house.browser()
    other.sign_in("admin@example.org")
    assert other.post("/sign-in/code", {"code": code_at(old, now() + timedelta(seconds=30))}).status_code == 401
    assert other.post("/sign-in/code", {"code": code_at(new, now() + timedelta(seconds=30))}).status_code == 303


def test_a_wrong_code_while_setting_up_keeps_the_same_secret(house: House) -> None:
    house.add("admin")
    browser = house.browser()
    browser.sign_in("admin@example.org")
    secret = browser.offered_secret()
    assert browser.post("/second-factor", {"code": "12345"}).status_code == 422
    assert browser.offered_secret() == secret


def test_the_secret_is_not_readable_in_the_database(house: House) -> None:
    browser = house.signed_in("admin")
    with house.database.read() as session:
        kept = session.scalars(select(Account.totp_secret)).one()
    assert kept is not None
    assert browser.secret not in kept


def test_another_secret_key_is_named_and_lets_nobody_in(house: House) -> None:
    browser = house.signed_in("admin")
    with house.database.write() as session:
        session.execute(update(Account).values(totp_secret="sealed under another key"))
    other = house.browser()
    other.sign_in("admin@example.org")
    refused = other.post("/sign-in/code", {"code": browser.next_code()})
    assert refused.status_code == 409
    assert "SECRET_KEY" in refused.text


def test_whoever_becomes_an_approver_is_led_to_the_second_step_at_once(house: House) -> None:
    editor, admin = house.signed_in("editor"), house.signed_in("admin")
    visitor = house.visitor(editor)
    assert visitor is not None
    done = admin.post(f"/accounts/{visitor.account_id}", {"name": "E", "roles": ["approver"]})
    assert done.status_code == 303
    assert editor.get("/account").headers["location"].startswith("/sign-in")
    assert editor.get("/sign-in", next="/account").headers["location"] == SECOND_STEP


def test_a_half_sign_in_waits_a_quarter_of_an_hour(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.signed_in("admin")
    other, began = house.browser(), now()
    other.sign_in("admin@example.org")
    with house.database.read() as session:
        ends = [held.expires_at - held.created_at for held in session.scalars(select(StaffSession))]
    assert sorted(ends) == [timedelta(minutes=15), timedelta(hours=12)]
    monkeypatch.setattr(service, "now", lambda: began + timedelta(minutes=16))
    assert house.accounts.holder(other.client.cookies["bumpline_staff"]) is None


def _is_near(secret: str, code: str) -> bool:
    return code in {code_at(secret, now() + timedelta(seconds=30 * step)) for step in range(-2, 5)}

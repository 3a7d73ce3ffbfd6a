"""Administrators: inviting, links, changing roles, closing accounts; never oneself, never the last one."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from sqlalchemy import select, update

from api.accounts import invitations as invitations_room
from api.accounts.models import Account, AccountLink
from api.accounts.people import People
from api.database import now
from api.errors import Conflict
from api.middleware import RateLimit
from tests.accounts.conftest import PASSWORD, Browser, House

NEW = {"email": "New.Person@example.org", "name": "O’Neil & <b>Daughter</b>", "roles": ["editor"]}
CHOSEN = "four words are better"


def invited(admin: Browser, **more: Any) -> str:
    """The link's path on our site."""
    done = admin.post("/accounts/invite", {**NEW, **more})
    assert done.status_code == 200, done.text
    return link_in(done.text)


def link_in(page: str) -> str:
    found = re.search(r"http://bumpline\.test(/join/[\w-]{43})(?![\w-])", page)
    assert found
    return found[1]


def account_id(house: House, email: str) -> str:
    with house.database.read() as session:
        return session.scalars(select(Account.id).where(Account.email == email)).one()


def test_an_invited_person_chooses_a_password_and_has_the_roles_given(house: House) -> None:
    path = invited(house.signed_in("admin"), roles=["editor", "translator"], languages=["gu", "ur"])
    person = house.browser()
    assert person.sign_in("new.person@example.org", "").status_code == 401
    page = person.get(path)
    assert "new.person@example.org" in page.text
    assert "&lt;b&gt;Daughter" in page.text
    assert person.post(path, {"password": CHOSEN}).headers["location"] == "/sign-in?again=true&joined=true"
    assert person.sign_in("new.person@example.org", CHOSEN).status_code == 303
    visitor = house.visitor(person)
    assert visitor is not None
    assert visitor.roles == {"editor", "translator"}
    assert visitor.languages == {"gu", "ur"}
    assert person.get(path).status_code == 404
    assert person.post(path, {"password": PASSWORD}).status_code == 404


def test_the_link_comes_with_an_email_that_keeps_every_letter(house: House) -> None:
    page = house.signed_in("admin").post("/accounts/invite", NEW).text
    mail = re.search(r'href="(mailto:[^"]+)"', page)
    assert mail
    letter = unquote(mail[1].replace("&amp;", "&"))
    assert letter.startswith("mailto:new.person@example.org?subject=Your invitation to Bumpline&body=Dear O’Neil & <b>")
    assert f"http://bumpline.test{link_in(page)}" in letter
    assert "<b>Daughter" not in page


def test_only_a_hash_of_the_link_is_kept(house: House) -> None:
    path = invited(house.signed_in("admin"))
    with house.database.read() as session:
        kept = session.scalars(select(AccountLink.token_hash)).one()
    assert path.removeprefix("/join/") != kept
    assert len(kept) == 64


def test_a_weak_password_is_refused_and_the_link_stays_good(house: House) -> None:
    path = invited(house.signed_in("admin"))
    weak = house.browser().post(path, {"password": "short"})
    assert (weak.status_code, "12 to 200" in weak.text) == (422, True)
    assert house.browser().post(path, {"password": CHOSEN}).status_code == 303


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": "nobody"}, "An e-mail address looks like"),
        ({"email": "admin@example.org"}, "already"),
        ({"roles": []}, "Roles are"),
        ({"roles": ["king"]}, "Roles are"),
        ({"roles": ["translator"], "languages": []}, "languages"),
        ({"roles": ["translator"], "languages": ["xx"]}, "no language xx"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(house: House, wrong: dict[str, Any], said: str) -> None:
    refused = house.signed_in("admin").post("/accounts/invite", {**NEW, "languages": ["so"], **wrong})
    assert refused.status_code in (409, 422)
    assert said in refused.text
    assert "O’Neil &amp; &lt;b&gt;" in refused.text
    assert wrong.get("email", NEW["email"]) in refused.text


def test_another_invitation_kills_the_first_link_and_seven_days_end_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = house.signed_in("admin")
    first = invited(admin)
    person = account_id(house, "new.person@example.org")
    second = link_in(admin.post(f"/accounts/{person}/link").text)
    assert house.browser().get(first).status_code == 404
    assert house.browser().get(second).status_code == 200
    began = now()
    monkeypatch.setattr(invitations_room, "now", lambda: began + timedelta(days=7, minutes=1))
    assert house.browser().get(second).status_code == 404
    assert house.browser().post(second, {"password": CHOSEN}).status_code == 404


def test_a_cancelled_invitation_leaves_no_account(house: House) -> None:
    admin = house.signed_in("admin")
    path = invited(admin)
    assert admin.post(f"/accounts/{account_id(house, 'new.person@example.org')}/cancel").status_code == 303
    assert house.browser().get(path).status_code == 404
    assert "new.person@example.org" not in admin.get("/accounts").text
    invited(admin)


def test_a_link_for_a_forgotten_password_keeps_the_second_step_and_ends_sessions(house: House) -> None:
    admin, editor = house.signed_in("admin"), house.signed_in("editor")
    editor.set_up_second_factor()
    path = link_in(admin.post(f"/accounts/{account_id(house, 'editor@example.org')}/link").text)
    assert house.browser().sign_in("editor@example.org").status_code == 303, "the old one works until it is replaced"
    assert house.browser().post(path, {"password": CHOSEN}).status_code == 303
    assert editor.get("/account").status_code == 303
    again = house.browser()
    assert again.sign_in("editor@example.org").status_code == 401
    assert again.sign_in("editor@example.org", CHOSEN).headers["location"].startswith("/sign-in/code")


def test_cancelling_the_link_of_somebody_who_has_joined_keeps_the_account(house: House) -> None:
    admin = house.signed_in("admin")
    house.add("editor")
    editor = account_id(house, "editor@example.org")
    path = link_in(admin.post(f"/accounts/{editor}/link").text)
    assert admin.post(f"/accounts/{editor}/cancel").status_code == 303
    assert house.browser().get(path).status_code == 404
    assert house.browser().sign_in("editor@example.org").status_code == 303


def test_roles_and_languages_change_at_once(house: House) -> None:
    admin, editor = house.signed_in("admin"), house.signed_in("editor")
    person = account_id(house, "editor@example.org")
    changed = {"name": "Another name", "roles": ["translator"], "languages": ["ur"]}
    assert admin.post(f"/accounts/{person}", changed).headers["location"] == f"/accounts/{person}?done=changed"
    visitor = house.visitor(editor)
    assert visitor is not None
    assert visitor.name == "Another name"
    assert visitor.roles == {"translator"}
    assert visitor.languages == {"ur"}
    refused = admin.post(f"/accounts/{person}", {"name": " ", "roles": ["editor"]})
    assert (refused.status_code, "Give a name" in refused.text) == (422, True)


def test_a_closed_account_is_signed_out_and_can_be_opened_again(house: House) -> None:
    admin, editor = house.signed_in("admin"), house.signed_in("editor")
    person = account_id(house, "editor@example.org")
    path = link_in(admin.post(f"/accounts/{person}/link").text)
    assert admin.post(f"/accounts/{person}/disable").status_code == 303
    assert editor.get("/account").status_code == 303
    assert house.browser().sign_in("editor@example.org").status_code == 401
    assert house.browser().get(path).status_code == 404
    assert admin.post(f"/accounts/{person}/link").status_code == 409
    assert admin.post(f"/accounts/{person}/enable").status_code == 303
    assert house.browser().sign_in("editor@example.org").status_code == 303


def test_an_administrator_resets_a_lost_second_step(house: House) -> None:
    admin, approver = house.signed_in("admin"), house.signed_in("approver")
    person = account_id(house, "approver@example.org")
    assert admin.post(f"/accounts/{person}/reset-second-factor").status_code == 303
    assert approver.get("/account").status_code == 303
    assert approver.sign_in("approver@example.org").headers["location"].startswith("/second-factor")
    assert len(approver.set_up_second_factor()) == 10


def test_nobody_takes_the_role_from_themselves_or_closes_their_own_account(house: House) -> None:
    admin = house.signed_in("admin")
    house.add("admin", "second@example.org")
    own = account_id(house, "admin@example.org")
    assert admin.post(f"/accounts/{own}", {"name": "A", "roles": ["editor"]}).status_code == 409
    for deed in ("disable", "reset-second-factor"):
        refused = admin.post(f"/accounts/{own}/{deed}")
        assert (refused.status_code, "your own" in refused.text) == (409, True)
    assert admin.post(f"/accounts/{own}", {"name": "A", "roles": ["editor", "admin"]}).status_code == 303


@pytest.mark.parametrize("others", [{"disabled_at": now()}, {"joined_at": None}], ids=["closed", "only invited"])
def test_the_last_administrator_stays(house: House, others: dict[str, Any]) -> None:
    """Even for somebody who is no administrator any more, but sent the form a moment too late to be refused."""
    house.signed_in("admin")
    last = account_id(house, "admin@example.org")
    house.add("admin", "second@example.org")
    boss = house.visitor(house.browsers["admin"])
    assert boss is not None
    with house.database.write() as session:
        session.execute(update(Account).where(Account.email == "second@example.org").values(**others))
    people = People(house.database, is_production=True)
    stranger = replace(boss, account_id="gone")
    with pytest.raises(Conflict, match="last administrator"):
        people.change(stranger, last, name="A", roles=["editor"], languages=[])
    with pytest.raises(Conflict, match="last administrator"):
        people.disable(stranger, last)
    assert people.one(last).roles == ("admin",)


def test_people_are_found_by_name_address_and_role(house: House) -> None:
    admin = house.signed_in("admin")
    house.signed_in("editor")
    house.add("professional")
    everybody = admin.get("/accounts").text
    assert all(f"{role}@example.org" in everybody for role in ("admin", "editor", "professional"))
    assert "professional@example.org" not in admin.get("/accounts", text="EDITOR").text
    by_role = admin.get("/accounts", role="professional").text
    assert "professional@example.org" in by_role
    assert "editor@example.org" not in by_role
    assert "Nobody is like that" in admin.get("/accounts", text="zzz").text
    row = everybody.split("editor@example.org")[1].split("</tr>")[0]
    assert "Never" not in row
    assert "Never" in everybody.split("professional@example.org")[1].split("</tr>")[0]


def test_invitations_from_one_address_are_limited(house: House) -> None:
    admin = house.signed_in("admin")
    house.app.state.invitations = RateLimit(1)
    assert admin.post("/accounts/invite", NEW).status_code == 200
    assert admin.post("/accounts/invite", {**NEW, "email": "other@example.org"}).status_code == 429


def test_somebody_who_does_not_exist_is_not_found(house: House) -> None:
    admin = house.signed_in("admin")
    assert admin.get("/accounts/nobody").status_code == 404
    for deed in ("", "/link", "/cancel", "/disable", "/enable", "/end-sessions", "/reset-second-factor"):
        assert admin.post(f"/accounts/nobody{deed}", {"name": "N", "roles": ["editor"]}).status_code == 404

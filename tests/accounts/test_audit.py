"""The audit log: written with every deed, unchangeable, searchable, without secrets."""

import csv
import io
import re
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from api.accounts import audit
from api.accounts.audit_search import Wanted, entries
from api.accounts.difference import changes, pieces
from api.accounts.models import AuditEntry
from api.accounts.visitor import Visitor
from api.database import Database
from api.errors import Unusable
from api.web.spreadsheet import harmless
from tests.accounts.conftest import PASSWORD, House
from tests.accounts.test_people import CHOSEN, NEW, account_id, link_in

EDITOR = Visitor("id-1", "Éva Editor", "eva@example.org", frozenset({"editor"}), "")
APPEND_ONLY = "append-only"


def deeds(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(AuditEntry.what).order_by(AuditEntry.id)))


def wrote(database: Database, **more: Any) -> None:
    with database.write() as session:
        plain = {"by": EDITOR, "what": "message.edited", "subject": "support/housing"}
        audit.record(session, **{**plain, **more})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET by_name = 'nobody'",
        "UPDATE audit_entry SET what = 'x' WHERE id = 1",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_entry WHERE id = 1",
    ],
)
def test_the_database_itself_refuses_to_change_or_remove_a_line(database: Database, statement: str) -> None:
    wrote(database)
    with pytest.raises(DBAPIError, match=APPEND_ONLY), database.write() as session:
        session.execute(text(statement))
    with database.read() as session:
        assert session.scalars(select(AuditEntry.by_name)).all() == ["Éva Editor (eva@example.org)"]


def test_no_other_way_round_is_left_open(database: Database) -> None:
    wrote(database)
    columns = "(id, at, by_name, what, subject, words) VALUES (1, '2026-11-26', 'nobody', 'x', 'y', '')"
    is_sqlite = database.engine.dialect.name == "sqlite"
    other = f"INSERT OR REPLACE INTO audit_entry {columns}" if is_sqlite else "TRUNCATE audit_entry"
    with pytest.raises(DBAPIError, match=APPEND_ONLY), database.write() as session:
        session.execute(text(other))


def test_our_own_code_cannot_change_or_remove_a_line_either(database: Database) -> None:
    wrote(database)
    with pytest.raises(TypeError, match=APPEND_ONLY), database.write() as session:
        session.scalars(select(AuditEntry)).one().what = "something else"
    with pytest.raises(TypeError, match=APPEND_ONLY), database.write() as session:
        session.delete(session.scalars(select(AuditEntry)).one())


def test_a_deed_that_fails_leaves_no_line(database: Database) -> None:
    with suppress(ZeroDivisionError), database.write() as session:
        audit.record(session, by="a command", what="x.done", subject="y")
        session.info["share"] = 1 / 0
    assert deeds(database) == []


@pytest.mark.parametrize("name", ["password", "Password_Hash", "token", "totp_secret", "csrf", "number_hash"])
def test_secrets_are_refused_by_their_name(database: Database, name: str) -> None:
    with pytest.raises(ValueError, match="does not hold"):
        wrote(database, after={"deep": [{name: "x"}]})
    assert deeds(database) == []


def test_everything_about_accounts_is_written_down_and_no_secret_with_it(house: House) -> None:
    admin, editor = house.signed_in("admin"), house.signed_in("editor")
    codes = editor.set_up_second_factor()
    tokens = [browser.client.cookies["bumpline_staff"] for browser in (admin, editor)]
    link = link_in(admin.post("/accounts/invite", NEW).text)
    house.browser().post(link, {"password": CHOSEN})
    person = account_id(house, "new.person@example.org")
    admin.post(f"/accounts/{person}", {"name": "New", "roles": ["translator"], "languages": ["gu"]})
    for deed in ("link", "cancel", "disable", "enable", "end-sessions", "reset-second-factor"):
        admin.post(f"/accounts/{person}/{deed}")
    recovered = house.browser()
    recovered.sign_in("editor@example.org", "wrong and wrong again")
    recovered.sign_in("editor@example.org")
    recovered.post("/sign-in/code", {"code": codes[0]})
    editor.post("/second-factor/codes", {"proof": PASSWORD})
    editor.post("/second-factor/remove", {"proof": PASSWORD})
    editor.post("/account", {"old": PASSWORD, "new": CHOSEN})
    admin.post("/sign-out")
    done = set(deeds(house.database))
    named = "added invited joined changed link_for_password_made link_cancelled disabled enabled sessions_ended"
    own = "second_factor_set_up second_factor_removed second_factor_reset recovery_codes_replaced recovery_code_used"
    rest = "refused half_signed_in signed_in signed_out password_changed"
    assert done == {f"account.{name}" for name in f"{named} {own} {rest}".split()}
    with house.database.read() as session:
        lines = session.scalars(select(AuditEntry)).all()
        everything = "\n".join(f"{one.by_name} {one.subject} {one.before} {one.after} {one.words}" for one in lines)
    secrets = [PASSWORD, CHOSEN, *tokens, *codes, admin.secret, editor.secret, link.removeprefix("/join/")]
    assert [secret for secret in secrets if secret.casefold() in everything.casefold()] == []


def test_a_role_change_says_who_what_before_and_after(house: House) -> None:
    admin = house.signed_in("admin")
    person = house.add("editor")
    admin.post(f"/accounts/{person}", {"name": "The editor", "roles": ["approver"]})
    with house.database.read() as session:
        line = session.scalars(select(AuditEntry).where(AuditEntry.what == "account.changed")).one()
    assert line.by_name == "The admin (admin@example.org)"
    assert line.subject == "editor@example.org"
    assert (line.before["roles"], line.after["roles"]) == (["editor"], ["approver"])
    page = admin.get("/audit", what="account.changed").text
    assert re.search(r"<dt>roles</dt><dd dir=\"auto\"><del>editor</del><ins>approver</ins></dd>", page)
    assert "<dt>name</dt>" not in page, "what stayed the same is not shown"


def test_failed_sign_ins_are_written_for_known_people_only_and_while_the_door_is_open(house: House) -> None:
    house.add("editor")
    for _ in range(7):
        house.browser().sign_in("editor@example.org", "wrong and wrong again")
        house.browser().sign_in("stranger@example.org", "wrong and wrong again")
    done = deeds(house.database)
    assert done.count("account.refused") == 5
    assert done.count("account.locked") == 0
    with house.database.read() as session:
        assert not [one for one in session.scalars(select(AuditEntry)) if "stranger" in one.words]


def test_the_log_is_searched_by_who_what_subject_day_and_words(database: Database) -> None:
    wrote(database, before={"text": "Ring 111"}, after={"text": "Éva’s 100% new words: ગુજરાતી"})
    wrote(database, by="import", what="service.changed", subject="Baby Basics_Leicester")

    def found(**asked: str) -> list[str]:
        with database.read() as session:
            return [one.subject for one in entries(session, Wanted(**asked), limit=10)]

    assert found() == ["Baby Basics_Leicester", "support/housing"]
    assert found(who="import") == ["Baby Basics_Leicester"]
    assert found(what="message.edited") == ["support/housing"]
    assert found(subject="BASICS_") == ["Baby Basics_Leicester"]
    assert found(subject="_") == ["Baby Basics_Leicester"]
    assert found(text="ગુજરાતી") == found(text="éVA’S 100%") == found(text="eva@") == ["support/housing"]
    assert found(text="%x") == []
    assert len(found(since="0001-01-01", until="2999-12-31")) == 2
    assert found(until="2020-01-01") == found(since="2999-01-01") == []
    for wrong in ("yesterday", "2026-13-01", "9999-12-31"):
        with pytest.raises(Unusable, match="not a day"):
            found(until=wrong)


def test_pages_of_fifty_lead_to_the_oldest(house: House) -> None:
    admin = house.signed_in("admin")
    for number in range(120):
        wrote(house.database, subject=f"thing {number:03}")
    seen, path = list[str](), "/audit?subject=thing"
    while path:
        page = admin.get(path).text
        seen += re.findall(r"thing \d{3}", page.split('<ol class="log">')[1])
        older = re.search(r'href="(/audit\?[^"]+)">Older', page)
        path = older[1].replace("&amp;", "&") if older else ""
    assert seen == [f"thing {number:03}" for number in reversed(range(120))]


def test_a_wrong_day_is_said_on_the_page_and_what_was_typed_stays(house: House) -> None:
    refused = house.signed_in("admin").get("/audit", since="yesterday", text="kept")
    assert refused.status_code == 422
    assert "not a day" in refused.text
    assert 'value="kept"' in refused.text
    assert house.signed_in("admin").get("/audit.csv", since="yesterday").status_code == 422


def test_the_table_holds_everything_that_matches_and_no_formula(house: House) -> None:
    admin = house.signed_in("admin")
    for number in range(1005):
        wrote(house.database, subject=f'=HYPERLINK("http://evil.example/{number}")', after='+1, \n"two"')
    answer = admin.get("/audit.csv", what="message.edited")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 1005
    assert {row["subject"][:12] for row in rows} == {"'=HYPERLINK("}
    assert rows[0]["who"] == "Éva Editor (eva@example.org)"
    assert int(rows[0]["id"]) > int(rows[-1]["id"])


@given(st.text(max_size=20))
def test_no_cell_begins_like_a_formula(cell: str) -> None:
    assert harmless(cell).lstrip(" ")[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n") or not cell.strip(" ")
    assert harmless(cell).endswith(cell)


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_difference_holds_both_texts_whole(before: str, after: str) -> None:
    shown = pieces(before, after)
    assert "".join(piece.text for piece in shown if piece.kind != "new") == before
    assert "".join(piece.text for piece in shown if piece.kind != "gone") == after


@pytest.mark.parametrize(
    ("before", "after", "fields"),
    [
        (None, {"a": 1}, ["a"]),
        ({"a": 1, "b": 2}, {"b": 3}, ["a", "b"]),
        ({"a": 1}, {"a": 1}, []),
        (None, None, []),
        ("one", "two", [""]),
        ({"a": ["x"]}, {"a": ["x", "y"], "c": None, "d": []}, ["a"]),
    ],
)
def test_only_what_differs_is_shown(before: Any, after: Any, fields: list[str]) -> None:
    assert [change.field for change in changes(before, after)] == fields

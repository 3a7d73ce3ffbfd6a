"""Reminders by e-mail: switched off on one's own page, and what became of them for administrators."""

from datetime import date

from api.accounts.models import Account, AuditEntry
from api.database import now
from api.reminders.models import Reminder
from tests.accounts.conftest import House


def wants(house: House, email: str) -> bool:
    with house.database.read() as session:
        return session.query(Account).filter(Account.email == email).one().wants_reminders


def test_everybody_switches_their_own_off_and_on(house: House) -> None:
    browser = house.signed_in("editor")
    assert "checked" in browser.get("/account").text.partition('name="wanted"')[2].partition(">")[0]
    assert browser.post("/account/reminders").status_code == 303
    assert not wants(house, "editor@example.org")
    assert "checked" not in browser.get("/account").text.partition('name="wanted"')[2].partition(">")[0]
    browser.post("/account/reminders", {"wanted": "true"})
    assert wants(house, "editor@example.org")
    with house.database.read() as session:
        changes = session.query(AuditEntry).filter(AuditEntry.what == "account.reminders_changed").all()
    assert [entry.after for entry in changes] == [{"reminders": False}, {"reminders": True}]


def test_a_professional_has_nothing_to_switch_off(house: House) -> None:
    assert 'name="wanted"' not in house.signed_in("professional").get("/account").text


def test_administrators_see_why_one_was_not_sent_and_that_reminders_are_off(house: House) -> None:
    admin = house.signed_in("admin")
    address = house.add("editor", "eva@example.org")
    with house.database.write() as session:
        row = Reminder(account_id=address, week=date(2026, 11, 23), state="failed", attempts=6, problem="450 <full>")
        row.not_before = row.updated_at = now()
        session.add(row)
    page = admin.get("/reminders").text
    assert "Not sent, given up<br>450 &lt;full&gt;" in page
    assert "<td>6</td>" in page
    assert "Reminders are off" in page
    assert "reminders are off" in admin.get("/editors/messages").text
    assert "reminders are off" not in house.signed_in("editor").get("/editors/messages").text

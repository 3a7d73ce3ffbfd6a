"""An administrator cannot become an approver unseen: new hands on such an account decide on nothing for two days."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from api.accounts.models import Account, AuditEntry
from api.accounts.visitor import Visitor
from api.database import now
from api.rights import may_approve_phrases
from tests.editors.conftest import ADMIN, APPROVER, EDITOR, MIDWIFE, SECOND_APPROVER, SECOND_GUJARATI, Room

BED = "/editors/messages/safer_sleep/bed_sharing"
HELD = "are held until"


def account_id(room: Room, email: str) -> str:
    with room.parts.database.read() as session:
        return session.scalars(select(Account.id).where(Account.email == email)).one()


def real(room: Room, email: str) -> None:
    """A link for a new password is made only for accounts that are not the demonstration's."""
    with room.parts.database.write() as session:
        session.execute(update(Account).where(Account.email == email).values(is_demonstration=False))


def admin_does(room: Room, deed: str, email: str = APPROVER, status: int = 303, **form: object) -> None:
    room.sign_in(ADMIN)
    room.post(f"/accounts/{account_id(room, email)}{deed}", form, status=status)


def approve(room: Room, email: str, status: int) -> str:
    room.sign_in(email)
    answer: str = room.post(f"{BED}/en/1/approve", status=status).text
    return answer


def test_after_a_reset_of_the_second_step_nothing_is_approved_until_another_person_confirms(room: Room) -> None:
    admin_does(room, "/reset-second-factor")
    confirm = f"/editors/approvals/held/{account_id(room, APPROVER)}"
    assert "held" in approve(room, APPROVER, 403)
    room.post(confirm, status=409)
    for stranger in (EDITOR, ADMIN, SECOND_APPROVER):
        room.sign_in(stranger)
        assert HELD in room.get("/editors/approvals"), "everybody sees it"
    room.sign_in(EDITOR)
    room.post(confirm, status=403)
    room.sign_in(ADMIN)
    room.post(confirm, status=409)  # did it themselves
    room.sign_in(SECOND_APPROVER)
    room.post(confirm)
    assert HELD not in room.get("/editors/approvals")
    approve(room, APPROVER, 303)
    with room.parts.database.read() as session:
        deeds = [e.what for e in session.query(AuditEntry).filter(AuditEntry.subject == APPROVER)]
    assert {"account.second_factor_reset", "account.approvals_confirmed"} <= set(deeds)


def test_with_nobody_else_there_the_hold_ends_by_itself(room: Room) -> None:
    admin_does(room, "/reset-second-factor")
    approve(room, APPROVER, 403)
    with room.parts.database.write() as session:
        held = session.scalars(select(Account).where(Account.email == APPROVER)).one()
        assert held.approvals_held_until
        assert timedelta(hours=47) < held.approvals_held_until - now() <= timedelta(hours=48)
        held.approvals_held_until = now() - timedelta(seconds=1)
    approve(room, APPROVER, 303)
    assert HELD not in room.get("/editors/approvals")


def test_the_role_itself_is_no_way_round(room: Room) -> None:
    """Not for oneself, and not for a second administrator made to confirm it."""
    admin_does(room, "", ADMIN, name="Admin", roles=["admin", "approver"])
    assert "held" in approve(room, ADMIN, 403)
    admin_does(room, "", EDITOR, name="Editor", roles=["editor", "admin"])
    room.sign_in(EDITOR)
    room.post(f"/editors/approvals/held/{account_id(room, ADMIN)}", status=409)


def test_a_link_for_a_new_password_holds_everybody_who_approves_words(room: Room) -> None:
    for person in (SECOND_APPROVER, EDITOR, MIDWIFE):
        real(room, person)
        admin_does(room, "/link", person, status=200)
    page = room.get("/editors/approvals")
    assert "Second Approver" in page
    assert page.count(HELD) == 2, "a professional approves nothing"


def test_no_administrator_alone_makes_the_second_translator(room: Room) -> None:
    admin_does(room, "", ADMIN, name="Admin", roles=["admin", "translator"], languages=["gu"])
    admin_does(room, "", SECOND_GUJARATI, name="Second", roles=["translator"], languages=["gu", "ur"])
    room.sign_in(SECOND_GUJARATI)
    assert "held" in room.post(f"{BED}/ur/1/approve", status=403).text
    room.sign_in(ADMIN)
    assert "held" in room.post(f"{BED}/gu/1/approve", status=403).text


def test_what_is_proposed_elsewhere_stands_among_what_waits(room: Room) -> None:
    room.sign_in(EDITOR)
    room.post("/editors/topics/safer_sleep/bed_sharing", {"line": "Sleeping in one bed with the baby.", "base": "0"})
    assert "1 proposed" not in room.get("/editors/approvals"), "it is their own"
    room.sign_in(APPROVER)
    assert "Topics: 1 proposed" in room.get("/editors/approvals")


@pytest.mark.parametrize("path", ["/editors/messages/support/health_visitor", "/editors/approvals"])
def test_who_is_held_reads_why(room: Room, path: str) -> None:
    admin_does(room, "/reset-second-factor")
    room.sign_in(APPROVER)
    assert "held until" in room.get(path)


def test_whoever_is_held_decides_on_no_question_and_no_phrase_of_danger_either(room: Room) -> None:
    admin_does(room, "/reset-second-factor")
    question = "/editors/topics/safer_sleep/bed_sharing"
    room.sign_in(EDITOR)
    room.post(question, {"line": "Sleeping in one bed with the baby.", "base": "0"})
    room.sign_in(APPROVER)
    assert "held" in room.post(f"{question}/1/approve", status=403).text
    approver = Visitor("a", "A", "a@b.example", frozenset({"approver"}), "", frozenset({"gu"}))
    assert may_approve_phrases(approver, "gu")
    assert not may_approve_phrases(replace(approver, held_until=now()), "gu")

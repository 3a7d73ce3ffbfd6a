"""The level of a message, and what stands around its words: who may change it, and what families read meanwhile."""

import re
from typing import Any

import pytest

from api.accounts.models import AuditEntry
from api.content import repository
from api.content import service as content
from api.content.models import Message
from api.content.shelf import Shelf
from tests.editors.conftest import ADMIN, APPROVER, EDITOR, SECOND_APPROVER, Room
from tests.editors.test_message_desk import fields

BED, MONEY = "safer_sleep/bed_sharing", "support/money_and_food"


def facts(room: Room, key: str) -> dict[str, str]:
    """What the form holds."""
    page = room.get(f"/editors/messages/{key}")
    level = re.search(r'<option value="(\w+)" selected', page)
    review_by = re.search(r'name="review_by" type="date" value="([\d-]*)"', page)
    assert level
    assert review_by
    return {**fields(page), "level": level[1], "review_by": review_by[1]}


def save(room: Room, key: str, status: int = 303, **changed: str) -> Any:
    return room.post(f"/editors/messages/{key}", {**facts(room, key), **changed}, status=status)


def level(room: Room, key: str) -> str:
    with room.parts.database.read() as session:
        return session.get_one(Message, key).level


def read(room: Room, key: str) -> str | None:
    with room.parts.database.read() as session:
        found = content.render(Shelf(False).open(session), key, language="en", channel="web")
    return found.text if found else None


def approvers(room: Room, key: str) -> list[str]:
    """Who has approved English of it, in order."""
    with room.parts.database.read() as session:
        return [a.approved_by for row in repository.revisions(session, [key], ["en"]) for a in row.approvals]


def test_a_level_is_lowered_only_when_another_approver_agrees(room: Room) -> None:
    room.sign_in(APPROVER)
    asked = save(room, BED, level="information")
    assert asked.headers["location"].endswith("done=asked")
    assert level(room, BED) == "safety"
    assert "Approver asked for this" in room.get(f"/editors/messages/{BED}")
    save(room, BED, level="information", status=409)
    own = room.post(f"/editors/messages/{BED}/lowering/confirm", status=409).text
    assert "Another clinical approver must decide" in own
    for stranger in (EDITOR, ADMIN):
        room.sign_in(stranger)
        assert BED in room.get("/editors/approvals")
        room.post(f"/editors/messages/{BED}/lowering/confirm", status=403)
    assert level(room, BED) == "safety"
    room.sign_in(SECOND_APPROVER)
    room.post(f"/editors/messages/{BED}/lowering/confirm")
    assert level(room, BED) == "information"
    assert "asked for this" not in room.get(f"/editors/messages/{BED}")
    with room.parts.database.read() as session:
        deeds = [entry.what for entry in session.query(AuditEntry).filter(AuditEntry.subject == BED)]
    assert deeds == ["message.facts_changed", "message.level_lowered"]


def test_what_was_asked_for_can_be_called_off(room: Room) -> None:
    room.sign_in(APPROVER)
    save(room, BED, level="information")
    room.post(f"/editors/messages/{BED}/lowering/call-off")
    room.sign_in(SECOND_APPROVER)
    room.post(f"/editors/messages/{BED}/lowering/confirm", status=409)
    assert level(room, BED) == "safety"


@pytest.mark.parametrize("changed", [{"notes": "Mine."}, {"review_by": "2027-02-02"}])
def test_a_form_that_grew_old_overwrites_nothing(room: Room, changed: dict[str, str]) -> None:
    opened = facts(room, MONEY)
    save(room, MONEY, notes="Theirs.")
    page = room.post(f"/editors/messages/{MONEY}", {**opened, **changed}, status=409).text
    assert "Theirs." in page
    assert next(iter(changed.values())) in page
    assert facts(room, MONEY)["notes"] == "Theirs."
    seen = fields(page)["seen"]
    room.post(f"/editors/messages/{MONEY}", {**opened, **changed, "seen": seen})
    assert changed.items() <= facts(room, MONEY).items()


def test_the_same_form_sent_twice_is_no_conflict(room: Room) -> None:
    opened = facts(room, MONEY)
    room.post(f"/editors/messages/{MONEY}", {**opened, "notes": "Once."})
    room.post(f"/editors/messages/{MONEY}", {**opened, "notes": "Once."})


def test_who_raises_a_level_approves_its_english_in_the_same_deed(room: Room) -> None:
    room.sign_in(ADMIN)  # may do what an editor may
    room.post(f"/editors/messages/{MONEY}/en/1/approve")
    before = read(room, MONEY)
    assert before
    refused = save(room, MONEY, level="safety", status=403).text
    assert "only a clinical approver" in refused
    room.sign_in(APPROVER)
    told = save(room, MONEY, level="safety", status=422).text
    assert "What happens when this becomes a safety message" in told
    assert level(room, MONEY) == "information"
    save(room, MONEY, level="safety", read="2", status=422)  # of another revision than families read
    save(room, MONEY, level="safety", read="1")
    assert level(room, MONEY) == "safety"
    assert read(room, MONEY) == before, "families never fall silent"
    assert approvers(room, MONEY) == ["Admin", "Approver"]


def test_english_planned_by_an_editor_does_not_begin_after_the_level_was_raised(room: Room) -> None:
    room.sign_in(ADMIN)
    room.post(f"/editors/messages/{MONEY}/en/1/approve", {"begins": "2999-01-01T09:00"})
    room.sign_in(APPROVER)
    save(room, MONEY, level="safety", read="0")
    with room.parts.database.read() as session:
        [row] = repository.revisions(session, [MONEY], ["en"])
    assert row.approvals[0].withdrawn_at


def test_nobody_raises_a_message_whose_english_is_their_own(room: Room) -> None:
    with room.parts.database.write() as session:
        row = repository.newest(session, MONEY, "en")
        assert row
        row.author = "Approver"
    room.sign_in(ADMIN)
    room.post(f"/editors/messages/{MONEY}/en/1/approve")
    room.sign_in(APPROVER)
    refused = save(room, MONEY, level="safety", read="1", status=409).text
    assert "second person" in refused
    assert level(room, MONEY) == "information"

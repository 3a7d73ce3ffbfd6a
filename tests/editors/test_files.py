"""Words out of the desk as files and in again: a dry run, suggestions, the form, and then a person's own words."""

import html
import re
from typing import Any

import pytest
from sqlalchemy import select

from api.accounts.models import AuditEntry
from api.content.models import Approval, Revision, Suggestion
from api.middleware import BODY_LIMIT
from tests.editors.conftest import APPROVER, EDITOR, GUJARATI, MIDWIFE, SECOND_GUJARATI, Room
from tests.editors.test_message_desk import BED, DESK, decide, fields, read

FILES = "/editors/files"
PO = f'''
msgctxt "{BED}.title"
msgid "Can my baby sleep in our bed?"
msgstr "બાળક અમારી સાથે પથારીમાં સૂઈ શકે?"
'''
TITLE = "બાળક અમારી સાથે પથારીમાં સૂઈ શકે?"


def upload(room: Room, data: bytes | str, name: str = "messages.po", language: str = "gu", status: int = 200) -> str:
    csrf = re.search(r'name="csrf" value="([^"]+)"', room.client.get("/account").text)
    answer = room.client.post(
        FILES,
        data={"csrf": csrf[1] if csrf else "", "language": language},
        files={"file": (name, data)},
        follow_redirects=False,
    )
    assert answer.status_code == status, answer.text[:500]
    return html.unescape(answer.text)


def suggest(room: Room, page: str, status: int = 303, **changed: str) -> Any:
    """Presses the button of a dry run."""
    form = page[page.index(f'action="{FILES}/suggest"') :]
    held = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    return room.post(f"{FILES}/suggest", {**held, **changed}, status=status)


def suggested(room: Room, data: bytes | str = PO, by: str = GUJARATI) -> int:
    """The id of the suggestion made of `data`."""
    room.sign_in(by)
    assert suggest(room, upload(room, data)).headers["location"] == f"{FILES}?made=1&language=gu"
    return rows(room)[-1].id


def rows(room: Room) -> list[Suggestion]:
    with room.parts.database.read() as session:
        return list(session.scalars(select(Suggestion).order_by(Suggestion.id)))


def audited(room: Room, what: str) -> list[AuditEntry]:
    with room.parts.database.read() as session:
        return list(session.scalars(select(AuditEntry).where(AuditEntry.what == what).order_by(AuditEntry.id)))


def test_from_a_file_to_a_persons_words(room: Room) -> None:
    room.sign_in(GUJARATI)
    page = upload(room, PO)
    assert "<ins>" in page
    assert "Compared with revision 1. Its English is what families read now." in page
    assert rows(room) == [], "a dry run writes nothing"
    before = read(room, "gu", drafts=True)
    number = suggested(room)
    desk = html.unescape(room.get(f"{DESK}/gu"))
    assert "Suggested in <bdi>messages.po</bdi>" in desk
    assert fields(desk)["title"] != TITLE, "nobody has put it into the form"
    filled = room.get(f"{DESK}/gu?suggestion={number}")
    assert fields(filled)["title"] == TITLE
    room.post(f"{DESK}/gu", {**fields(filled), "suggestion": number, "action": "save", "sure": "1"})
    with room.parts.database.read() as session:
        newest = session.scalars(select(Revision).where(Revision.key == BED, Revision.language == "gu")).all()[-1]
        assert (newest.number, newest.title, newest.author) == (2, TITLE, "Gujarati")
        assert session.scalars(select(Approval)).all() == []
    assert read(room, "gu") is None
    assert read(room, "gu", drafts=True) == before, "only the title is other"
    assert [(row.decision, row.decided_by) for row in rows(room)] == [("taken", "Gujarati")]
    assert "Suggested in" not in room.get(f"{DESK}/gu")
    assert [entry.after for entry in audited(room, "suggestion.taken")] == [{"revision": 2}]
    assert [entry.after for entry in audited(room, "file.imported")] == [{"suggestions": 1, "messages": [BED]}]


def test_a_suggestion_changes_nothing_that_families_read(room: Room) -> None:
    decide(room, "en", 1, APPROVER)
    decide(room, "gu", 1, GUJARATI)
    before = read(room, "gu"), read(room, "gu", drafts=True)
    suggested(room)
    assert (read(room, "gu"), read(room, "gu", drafts=True)) == before
    with room.parts.database.read() as session:
        assert len(session.scalars(select(Approval)).all()) == 2


def test_a_suggestion_is_left_out_and_brought_back(room: Room) -> None:
    number = suggested(room)
    path = f"{DESK}/gu/suggestions/{number}"
    room.post(f"{path}/bring-back", status=409)
    room.post(f"{path}/leave-out")
    room.post(f"{path}/leave-out", status=409)
    assert "Suggestions left out (1)" in room.get(f"{DESK}/gu")
    assert "1 left out before" in upload(room, PO)
    room.post(f"{path}/bring-back")
    assert "Put it into the form" in room.get(f"{DESK}/gu")
    assert "1 waiting as suggestions already" in upload(room, PO)
    assert len(audited(room, "suggestion.left_out")) == len(audited(room, "suggestion.brought_back")) == 1
    room.post(f"{DESK}/gu/suggestions/99/leave-out", status=404)
    room.post(f"{DESK}/ur/suggestions/{number}/leave-out", status=403)
    room.get(f"{DESK}/gu?suggestion=99", status=404)


def test_words_that_were_corrected_in_the_form_take_the_suggestion(room: Room) -> None:
    number = suggested(room, PO.replace("શકે", "શકે ૫"))
    filled = fields(room.get(f"{DESK}/gu?suggestion={number}"))
    room.post(f"{DESK}/gu", {**filled, "suggestion": number, "action": "check"}, status=200)
    kept = room.post(f"{DESK}/gu", {**filled, "suggestion": number, "action": "save"}, status=422).text
    assert f'name="suggestion" value="{number}"' in kept
    room.post(f"{DESK}/gu", {**filled, "title": TITLE, "suggestion": number, "action": "save", "sure": "1"})
    assert [row.decision for row in rows(room)] == ["taken"]


def test_other_english_than_the_pages_is_told_before_saving(room: Room) -> None:
    number = suggested(room, PO.replace("Can my", "May my"))
    told = "Its English was never here."
    page = room.get(f"{DESK}/gu")
    assert told in page
    assert "<del>May</del><ins>Can</ins>" in page
    filled = room.get(f"{DESK}/gu?suggestion={number}")
    assert f"{told} What you save says the English beside it" in filled
    room.post(f"{DESK}/gu", {**fields(filled), "action": "save", "sure": "1"})
    with room.parts.database.read() as session:
        newest = session.scalars(select(Revision).where(Revision.key == BED, Revision.language == "gu")).all()[-1]
        assert newest.made_from["title"] == "Can my baby sleep in our bed?"
    assert [row.decision for row in rows(room)] == ["taken"], "equal words take it, whoever typed them"


def test_ones_own_draft_is_told_of_and_stays(room: Room) -> None:
    number = suggested(room)
    room.post(f"{DESK}/gu/look", {**fields(room.get(f"{DESK}/gu")), "title": "મારું"}, status=200)
    assert "You have a draft of your own here" in room.get(f"{DESK}/gu?suggestion={number}")
    assert fields(room.get(f"{DESK}/gu"))["title"] == "મારું"


@pytest.mark.parametrize("kind", ["po", "csv"])
def test_what_is_downloaded_is_imported_with_nothing_to_suggest(room: Room, kind: str) -> None:
    room.sign_in(GUJARATI)
    answer = room.client.get(f"{FILES}/gu/messages.{kind}")
    assert f'filename="messages-gu.{kind}"' in answer.headers["content-disposition"]
    assert "There is nothing to suggest." in upload(room, answer.content, f"messages-gu.{kind}")
    assert "you chose Gujarati" in upload(room, answer.content, f"messages-pl.{kind}", status=422)


def test_a_formula_is_neutralised_in_the_table_and_comes_back(room: Room) -> None:
    with room.parts.database.write() as session:
        row = session.scalars(select(Revision).where(Revision.key == BED, Revision.language == "gu")).one()
        row.title = '=HYPERLINK("http://evil.example")'
        row.notes = {"title": "@SUM(1)"}
    room.sign_in(GUJARATI)
    table = room.client.get(f"{FILES}/gu/messages.csv").content
    assert b"\"'=HYPERLINK(" in table
    assert b"'@SUM" in table
    assert table.startswith("\ufeff".encode())
    assert "There is nothing to suggest." in upload(room, table, "t.csv")


def test_english_goes_out_and_comes_in_as_a_table_only(room: Room) -> None:
    room.sign_in(EDITOR)
    assert "CSV only" in room.get(f"{FILES}/en/messages.po", 422)
    table = room.client.get(f"{FILES}/en/messages.csv").text
    old = "Can my baby sleep in our bed?"
    changed = table.replace(f"{old},{old}", f"{old},Is our bed safe for a baby?")
    assert "CSV only" in upload(room, PO, language="en", status=422)
    page = upload(room, changed.encode(), "messages-en.csv", "en")
    assert "<ins>" in page
    suggest(room, page)
    filled = room.get(f"{DESK}/en?suggestion={rows(room)[0].id}")
    assert fields(filled)["title"] == "Is our bed safe for a baby?"


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "messages.po", "The file is empty"),
        (b"x", "messages.xlsx", "neither PO nor CSV"),
        (PO.replace('?"\nmsgstr', "?\nmsgstr").encode(), "m.po", "Line 3: words stand between two quotes"),
        (PO.replace(BED, "no/such").encode(), "m.po", "there is no message no/such. Mend the key"),
        (b"key;field;english\r\n", "m.csv", 'the column "translation" is missing'),
        (b"/etc/hostname", "m.po", "words stand between two quotes"),
    ],
)
def test_a_faulty_file_is_refused_and_nothing_is_written(room: Room, data: bytes, name: str, told: str) -> None:
    room.sign_in(GUJARATI)
    page = upload(room, data, name, status=422)
    assert "Nothing was imported" in page
    assert told in page
    assert rows(room) == []


def test_a_form_without_a_file_is_refused_as_a_browser_sends_it(room: Room) -> None:
    room.sign_in(GUJARATI)
    csrf = re.search(r'name="csrf" value="([^"]+)"', room.get("/account"))
    assert csrf
    parts = [f'name="csrf"\r\n\r\n{csrf[1]}', 'name="language"\r\n\r\ngu', 'name="file"; filename=""\r\n\r\n']
    body = "".join(f"--line\r\nContent-Disposition: form-data; {part}\r\n" for part in parts) + "--line--\r\n"
    kind = {"Content-Type": "multipart/form-data; boundary=line"}
    answer = room.client.post(FILES, content=body.encode(), headers=kind)
    assert answer.status_code == 422
    assert "Choose a file." in answer.text


def test_a_large_file_reaches_the_page_and_a_larger_one_does_not(room: Room) -> None:
    room.sign_in(GUJARATI)
    padding = "".join(f"# {n}\n" for n in range(BODY_LIMIT // 4))
    assert "1 message is worded otherwise" in upload(room, padding + PO)
    assert "larger than 4 MB" in upload(room, b"#" * (4 * 1024 * 1024 + 1), status=422)
    upload(room, b"#" * (4 * 1024 * 1024 + 2 * BODY_LIMIT), status=413)


def test_what_the_button_brings_back_is_read_anew(room: Room) -> None:
    room.sign_in(GUJARATI)
    page = upload(room, PO)
    for held in ("", "no base64!", "eJw=", "a" * 1_000_001):
        suggest(room, page, status=422, held=held)
    suggest(room, page, status=403, language="pl")
    assert suggest(room, page, name="../../x\u202e/<b>.po").status_code == 303
    assert [row.origin for row in rows(room)] == ["<b>.po"]
    assert suggest(room, page).headers["location"].startswith(f"{FILES}?made=0"), "the same again"
    assert "No suggestions made: everything in the file is here already." in room.get(f"{FILES}?made=0&language=gu")
    assert len(rows(room)) == 1


@pytest.mark.parametrize(
    ("by", "take", "write"),
    [
        (MIDWIFE, {}, {}),
        (APPROVER, {}, {}),
        (EDITOR, {"en", "gu", "pl"}, {"en"}),
        (SECOND_GUJARATI, {"gu"}, {"gu"}),
    ],
)
def test_who_takes_and_who_brings_files(room: Room, by: str, take: set[str], write: set[str]) -> None:
    room.sign_in(by)
    for language in ("en", "gu", "pl"):
        room.get(f"{FILES}/{language}/messages.csv", 200 if language in take else 403)
        upload(room, b"", "m.csv", language, status=422 if language in write else 403)
    assert ('name="file"' in room.client.get(FILES).text) == bool(write)


def test_a_stranger_is_asked_to_sign_in_before_a_file_is_read(room: Room) -> None:
    room.client.cookies.clear()
    assert room.client.get(FILES, follow_redirects=False).headers["location"].startswith("/sign-in")
    upload(room, PO, status=401)
    room.sign_in(GUJARATI)
    answer = room.client.post(FILES, data={"language": "gu"}, files={"file": ("m.po", PO)})
    assert answer.status_code == 403

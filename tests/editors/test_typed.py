"""What no database holds, and letters that nobody sees: refused with a word, never a failure; nothing typed is lost."""

import re

from tests.editors.conftest import ADMIN, EDITOR, MIDWIFE, Room
from tests.editors.test_every_route import FILLED
from tests.editors.test_levels import facts
from tests.editors.test_message_desk import fields
from tests.house.access import ACCESS, ADMINS, EDITORS, KEEPERS, PROFESSIONALS, READERS

HUGE = str(10**30)
NUMBERS = {"number", "import_id", "change_id", "report_id", "proposal_id", "suggestion_id"}


def test_a_letter_no_database_holds_is_refused_with_what_was_typed_on_the_page(room: Room) -> None:
    room.sign_in(EDITOR)
    desk = "/editors/messages/safer_sleep/bed_sharing"
    written = {**fields(room.get(f"{desk}/en")), "action": "save", "sure": "1", "change": "wording"}
    words = room.post(f"{desk}/en", {**written, "web": f"{written['web']} Typed\x00 by hand."}, status=422).text
    assert "by hand." in words
    noted = {**facts(room, "support/health_visitor"), "notes": "Typed\x00 by hand."}
    told = room.post("/editors/messages/support/health_visitor", noted, status=422).text
    assert "U+0000" in told
    assert "by hand." in told
    room.post("/editors/directory/entries/baby_basics_leicester/check", {"how": "Phoned\x00"}, status=422)
    room.get("/editors/directory/entries/a%00b", status=422)
    room.sign_in(MIDWIFE)
    text = {"language": "so", "number": "07700 900123", "message": "safer_sleep\x00"}
    assert "07700 900123" in room.post("/signposting/text", text, status=422).text
    room.client.cookies.clear()
    typed = {"email": "a\x00@example.org", "password": "b"}
    assert room.client.post("/sign-in", data=typed).status_code in (401, 422)


def test_a_number_that_no_row_has_is_not_found(room: Room) -> None:
    room.sign_in(ADMIN)
    staff = {PROFESSIONALS, READERS, KEEPERS, EDITORS, ADMINS}
    tried = 0
    for (method, path), kind in ACCESS.items():
        asked = set(re.findall(r"\{(\w+)\}", path))
        if kind in staff and asked & NUMBERS:
            for number in (HUGE, str(2**31), f"-{HUGE}"):
                filled = {**FILLED, **dict.fromkeys(NUMBERS, number)}
                address = path.format(**filled)
                csrf = re.search(r'name="csrf" value="([^"]+)"', room.client.get("/account").text)
                data = {"csrf": csrf[1] if csrf else ""} if method == "POST" else None
                got = room.client.request(method, address, data=data, follow_redirects=False)
                assert got.status_code in (403, 404, 422), f"{method} {address}: {got.status_code}"
                tried += 1
    assert tried >= 30
    base = {"title": "a", "web": "b", "sms": "c", "base": HUGE, "action": "keep"}
    room.post("/editors/messages/safer_sleep/bed_sharing/en", base, status=422)


def test_names_that_look_like_other_names_are_refused_and_the_letter_is_named(room: Room) -> None:
    room.sign_in(ADMIN)
    person = {"email": "new@example.org", "name": "Midwife\u202e", "roles": ["editor"]}
    told = room.post("/accounts/invite", person, status=422).text
    assert "U+202E (RIGHT-TO-LEFT OVERRIDE)" in told
    told = room.post("/accounts/invite", {**person, "name": "M", "email": "mid\u200bwife@example.org"}, status=422).text
    assert "U+200B (ZERO WIDTH SPACE)" in told
    found = room.get("/accounts")
    account = re.search(r'href="/accounts/([\w-]+)">Editor</a>', found)
    assert account
    told = room.post(f"/accounts/{account[1]}", {"name": "Ed\u00adith", "roles": ["editor"]}, status=422).text
    assert "U+00AD (SOFT HYPHEN)" in told
    room.post(f"/accounts/{account[1]}", {"name": "نرگس می\u200cخواهد", "roles": ["editor"]})

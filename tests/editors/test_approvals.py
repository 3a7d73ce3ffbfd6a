"""Everything that waits for one person, page by page; and who may approve, said where one writes."""

import re

from sqlalchemy import update

from api.content.models import Revision
from tests.editors.conftest import APPROVER, EDITOR, GUJARATI, SECOND_GUJARATI, Room
from tests.editors.test_message_desk import BED, DESK, fields, new_english, write

NAMES = r'name="chosen" value="([^"]+)"'


def test_every_page_shows_the_next_and_none_is_missing(room: Room) -> None:
    room.sign_in(APPROVER)
    seen: list[str] = []
    page, number = room.get("/editors/approvals?language=en"), 1
    total = int(re.findall(r"<p>(\d+) waits?, what people wrote first", page)[0])
    while True:
        seen += re.findall(NAMES, page)
        number += 1
        if f'href="/editors/approvals?language=en&amp;page={number}"' not in page:
            break
        page = room.get(f"/editors/approvals?language=en&page={number}")
    assert len(seen) == len(set(seen)) == total > 50
    assert number - 1 == -(-total // 25)
    assert "Here are 26 to 50." in room.get("/editors/approvals?language=en&page=2")


def test_what_people_wrote_stays_first_and_ones_own_is_not_there(room: Room) -> None:
    last = re.findall(NAMES, _page(room, GUJARATI, "language=gu&page=99"))[-1].split("|")[0]
    with room.parts.database.write() as session:
        theirs = Revision.key == last, Revision.language == "gu"
        session.execute(update(Revision).where(*theirs).values(author="Somebody", author_id="somebody"))
    assert re.findall(NAMES, _page(room, GUJARATI, "language=gu"))[0] == f"{last}|gu|1"
    write(room, "gu", GUJARATI)
    assert f"{BED}|gu|2" not in re.findall(NAMES, _page(room, GUJARATI, "language=gu"))
    assert f"{BED}|gu|2" in re.findall(NAMES, _page(room, SECOND_GUJARATI, "language=gu"))


def test_after_approving_one_stays_where_one_was(room: Room) -> None:
    page = _page(room, APPROVER, "language=en&page=2")
    done = room.post(
        "/editors/approvals", {"chosen": re.findall(NAMES, page)[:1], "language": "en", "page": "2"}, status=200
    ).text
    assert "Here are 26 to 50." in done
    assert done.count(": approved") == 1


def _page(room: Room, email: str, asked: str) -> str:
    room.sign_in(email)
    return room.get(f"/editors/approvals?{asked}")


def test_the_page_of_a_message_says_who_can_approve(room: Room) -> None:
    room.sign_in(EDITOR)
    assert "Who can approve this: Approver, Second Approver." in room.get(f"{DESK}/en")
    assert "Who can approve this: Gujarati, Second Gujarati." in room.get(f"{DESK}/gu")
    assert "Who can approve this: nobody yet; ask your administrator." in room.get(f"{DESK}/pl")
    write(room, "gu", GUJARATI)
    assert "Who can approve this: Second Gujarati." in room.get(f"{DESK}/gu"), "who wrote it cannot"


def test_a_change_of_the_web_text_alone_asks_about_the_text_message_once(room: Room) -> None:
    web = new_english(room)
    asked = write(room, "en", EDITOR, status=422, web=web, change="wording", sure="").text
    assert "the text message still says what it said; does it fit?" in asked
    assert 'name="sure"' in asked
    write(room, "en", EDITOR, web=web, change="wording", sure="1")
    both = {"web": web + " More.", "sms": fields(room.get(f"{DESK}/en"))["sms"] + " More."}
    page = room.post(f"{DESK}/en", {**fields(room.get(f"{DESK}/en")), **both, "action": "check"}, status=200).text
    assert "still says what it said" not in page
    alone = {"sms": both["sms"], "action": "check"}
    page = room.post(f"{DESK}/en", {**fields(room.get(f"{DESK}/en")), **alone}, status=200).text
    assert "the web text still says what it said; does it fit?" in page


def test_a_translation_is_asked_only_where_its_english_changed_too(room: Room) -> None:
    room.sign_in(GUJARATI)
    mine = fields(room.get(f"{DESK}/gu"))
    better = {**mine, "web": mine["web"] + " વધુ.", "action": "check"}
    assert "still says what it said" not in room.post(f"{DESK}/gu", better, status=200).text
    web, sms = new_english(room), fields(room.get(f"{DESK}/en"))["sms"] + " More."
    write(room, "en", EDITOR, web=web, sms=sms, change="meaning")
    room.sign_in(GUJARATI)
    assert "the text message still says what it said" in room.post(f"{DESK}/gu", better, status=200).text


def test_staff_land_where_their_work_is(room: Room) -> None:
    from tests.editors.conftest import MIDWIFE, PASSWORD

    for email, where in (
        (GUJARATI, "/editors"),
        (EDITOR, "/editors"),
        (APPROVER, "/editors"),
        (MIDWIFE, "/signposting"),
    ):
        room.client.cookies.clear()
        data = {"email": email, "password": PASSWORD}
        assert room.client.post("/sign-in", data=data, follow_redirects=False).headers["location"] == where, email
        data["next"] = "/account"
        assert room.client.post("/sign-in", data=data, follow_redirects=False).headers["location"] == "/account"
    room.sign_in(APPROVER)
    assert room.client.get("/editors", follow_redirects=False).headers["location"] == "/editors/approvals"


def test_a_time_may_be_written_as_the_hint_says(room: Room) -> None:
    room.sign_in(APPROVER)
    path = f"{DESK}/en/1/approve"
    assert "London time; for example 27 November 2026, 8:00" in room.get(path)
    assert "begins" in room.post(path, {"begins": "27 Nonember 2126, 8:00"}, status=422).text
    room.post(path, {"begins": "27 November 2126, 8:00"})
    assert "begins 27 November 2126, 08:00" in room.get(f"{DESK}/en")


def test_the_phrase_of_danger_is_shown_in_words(room: Room) -> None:
    page = room.post("/editors/try", {"text": "My baby is blue and NOT breathing!"}, status=200).text
    shown = page.partition("Phrase of danger")[2].partition("Language heard")[0]
    assert "Words that made it: " in shown
    assert shown.count('<q dir="auto">blue</q>') >= 1
    assert not re.search(r"[|*]", re.sub(r"<[^>]*>", "", shown))

"""A text from a professional to a family: previewed, agreed to, sent once, followed, and nobody else's business."""

import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from api.channels.sms import repository
from api.channels.sms.numbers import number_keeper
from api.database import now
from api.directory.models import Service
from tests.signposting.conftest import COLLEAGUE, Office

FAMILY = "07700 900123"
E164 = "+447700900123"
COT = {"language": "so", "number": FAMILY, "id": ["baby_basics_leicester"], "need": "baby_items", "message": ""}


def previewed(office: Office, **changed: object) -> dict[str, object]:
    """What the preview's form would send."""
    page = office.post("/signposting/text", {**COT, **changed})
    assert page.status_code == 200, page.text
    form_id = re.search(r'name="form_id" value="([^"]+)"', page.text)
    assert form_id
    return {**COT, **changed, "form_id": form_id[1]}


def test_nothing_is_sent_without_the_family_s_agreement(office: Office) -> None:
    office.sign_in()
    refused = office.post("/signposting/text/send", previewed(office))
    assert refused.status_code == 422
    assert "agreed" in refused.text
    office.work()
    assert office.twilio.taken == []


def test_a_text_goes_out_once_in_the_family_s_language_and_its_fate_is_shown(office: Office) -> None:
    office.sign_in()
    form = {**previewed(office), "consent": "1"}
    sent = office.post("/signposting/text/send", form)
    again = office.post("/signposting/text/send", form)
    assert sent.status_code == again.status_code == 303
    assert sent.headers["location"] == again.headers["location"]
    office.work()
    bodies = office.twilio.bodies(E164)
    assert len(bodies) == 1
    assert "STOP" in bodies[0]
    assert "Baby Basics Leicester" in bodies[0]
    assert "umulis" in bodies[0].casefold()  # Somali for midwife: the family is told who must refer it
    page = office.client.get(sent.headers["location"]).text
    assert "Sent, not yet delivered" in page
    assert "123" in page
    assert FAMILY not in page
    for text in office.twilio.taken:
        report = office.twilio.report_on(text, "delivered")
        office.client.post(report.path, content=report.body, headers=report.headers)
    assert "Delivered" in office.client.get(sent.headers["location"]).text


def test_nobody_sees_whom_another_texted(office: Office) -> None:
    office.sign_in()
    sent = office.post("/signposting/text/send", {**previewed(office), "consent": "1"}).headers["location"]
    office.sign_in(COLLEAGUE)
    assert office.client.get(sent).status_code == 404
    assert "You have sent no texts yet" in office.client.get("/signposting/texts").text


def test_a_person_who_asked_for_no_texts_is_named_as_such_and_gets_none(office: Office) -> None:
    keeper = number_keeper(office.parts.settings.secret_key)
    with office.parts.database.write() as session:
        repository.suppress(session, keeper.hash(E164), reason="stop", moment=now())
    office.sign_in()
    page = office.post("/signposting/text", COT)
    assert "has asked for no texts" in page.text
    form = {**COT, "form_id": "abcdefghijklmnop", "consent": "1"}
    assert office.post("/signposting/text/send", form).status_code == 409
    office.work()
    assert office.twilio.taken == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"number": "0116 496 0000"}, "mobile"),
        ({"number": "+48 512 345 678"}, "United Kingdom"),
        ({"number": ""}, "not a phone number"),
        ({"id": []}, "Choose a message"),
        ({"id": ["mums_mind"]}, "may not be sent"),
        ({"id": ["hospital_cure"]}, "may not be sent"),
        ({"id": ["nhs_111", "emergency_999", "police_101", "nspcc"]}, "at most 3"),
        ({"language": "xx"}, "language"),
    ],
)
def test_what_cannot_be_sent_says_why_and_keeps_what_was_chosen(
    office: Office, changed: dict[str, object], said: str
) -> None:
    office.sign_in()
    page = office.post("/signposting/text", {**COT, **changed})
    assert page.status_code == 422
    assert said in page.text
    if "number" not in changed:
        assert FAMILY in page.text


def test_a_family_gets_at_most_three_a_day_and_a_midwife_may_not_flood(office: Office) -> None:
    office.sign_in()
    for _ in range(3):
        assert office.post("/signposting/text/send", {**previewed(office), "consent": "1"}).status_code == 303
    fourth = office.post("/signposting/text/send", {**previewed(office), "consent": "1"})
    assert fourth.status_code == 429
    assert "today" in fourth.text


def test_a_message_goes_with_the_services(office: Office) -> None:
    office.sign_in()
    form = {**previewed(office, message="safer_sleep/no_cot", language="gu"), "consent": "1"}
    office.post("/signposting/text/send", form)
    office.work()
    together = "\n".join(office.twilio.bodies(E164))
    assert "Baby Basics Leicester" in together
    assert "0300 300 3001" in together  # of the message itself


@pytest.mark.parametrize("path", ["/signposting/text", "/signposting/texts", "/account"])
def test_signed_out_people_are_asked_to_sign_in_and_come_back(office: Office, path: str) -> None:
    answer = office.client.get(path, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?next=%2F")
    assert office.client.post("/signposting/text", data=COT).status_code == 401


def test_a_form_without_the_session_s_secret_or_from_another_site_is_refused(office: Office) -> None:
    office.sign_in()
    assert office.client.post("/signposting/text", data=COT).status_code == 403
    other = {"Sec-Fetch-Site": "cross-site"}
    assert office.client.post("/sign-in", data={"email": "a", "password": "b"}, headers=other).status_code == 403


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_signing_in_never_leads_out_of_the_house(office: Office, target: str) -> None:
    data = {"email": "midwife@example.org", "password": "three words suffice", "next": target}
    assert office.client.post("/sign-in", data=data, follow_redirects=False).headers["location"] == "/signposting"


GONE: dict[str, dict[str, Any]] = {
    "closed": {"status": "defunct"},
    "on hold": {"listing": "hold"},
    "for professionals": {"listing": "professionals"},
    "unchecked for too long": {"assured_on": date(2020, 1, 1)},
}


@pytest.mark.parametrize("why", GONE)
def test_a_service_taken_off_while_a_text_waits_for_the_morning_is_not_texted(office: Office, why: str) -> None:
    office.sign_in()
    form = {**previewed(office, message="safer_sleep/no_cot"), "consent": "1"}
    sent = office.post("/signposting/text/send", form).headers["location"]
    with office.parts.database.write() as session:
        session.execute(update(Service).where(Service.id == "baby_basics_leicester").values(**GONE[why]))
    office.work()
    assert office.twilio.taken == []
    assert "Not sent: a service in it was taken off" in office.client.get(sent).text
    assert "Not sent: a service in it was taken off" in office.client.get("/signposting/texts").text


def test_a_text_with_other_services_goes_out_all_the_same(office: Office) -> None:
    office.sign_in()
    office.post("/signposting/text/send", {**previewed(office), "consent": "1"})
    with office.parts.database.write() as session:
        session.execute(update(Service).where(Service.id == "nhs_111").values(listing="hold"))
    office.work()
    assert len(office.twilio.bodies(E164)) == 1

"""Everybody is told what they can do themselves, and nothing else."""

from datetime import date, timedelta

from sqlalchemy import update

from api.accounts.visitor import Visitor
from api.content.models import Message, Revision
from api.content.standing import Cell, Standings
from api.reminders.agenda import Agenda, Approvals, OutOfDate, Review, Waiting, agenda_of
from tests.reminders.conftest import MONDAY, Office

MESSAGES = [Message(key="a/safe", level="safety"), Message(key="a/plain", level="information")]
REVIEW = Review("a/plain", "A plain one", date(2026, 12, 1), False)
LANGUAGES = ["en", "gu", "pl"]


def who(*roles: str, languages: tuple[str, ...] = (), account_id: str = "me") -> Visitor:
    return Visitor(account_id, "Me", "me@example.org", frozenset(roles), "", frozenset(languages))


def waiting(*cells: Cell, checks: int = 0, reviews: tuple[Review, ...] = ()) -> Waiting:
    every = {(m.key, code): Cell(m.key, code, "approved", 1, 1, author_id="x") for m in MESSAGES for code in LANGUAGES}
    return Waiting(Standings(MESSAGES, every | {(c.key, c.language): c for c in cells}), reviews, checks)


def draft(key: str, language: str, author_id: str | None = "colleague") -> Cell:
    return Cell(key, language, "draft", 2, waits=True, author_id=author_id)


def test_nothing_waits_for_a_professional() -> None:
    everything = waiting(draft("a/plain", "en"), draft("a/safe", "gu"), checks=9, reviews=(REVIEW,))
    assert not agenda_of(who("professional"), everything, LANGUAGES)


def test_nothing_waits_means_nothing_for_anybody() -> None:
    for role in ("editor", "translator", "approver", "admin"):
        assert not agenda_of(who(role, languages=("gu", "pl")), waiting(), LANGUAGES)


def test_reviews_and_checks_go_to_editors_and_reviews_to_approvers() -> None:
    found = waiting(checks=2, reviews=(REVIEW,))
    assert agenda_of(who("editor"), found, LANGUAGES) == Agenda(
        reviews=(REVIEW,), approvals=[], translations=[], checks=2
    )
    assert agenda_of(who("approver"), found, LANGUAGES).checks == 0
    assert agenda_of(who("approver"), found, LANGUAGES).reviews == (REVIEW,)
    assert not agenda_of(who("translator", languages=("gu",)), found, LANGUAGES)


def test_approvals_are_those_one_has_the_right_to_and_did_not_write() -> None:
    found = waiting(draft("a/safe", "en"), draft("a/plain", "en"), draft("a/plain", "gu", None), draft("a/safe", "gu"))
    assert agenda_of(who("editor"), found, LANGUAGES).approvals == [Approvals("en", 1, 0)]
    assert agenda_of(who("approver"), found, LANGUAGES).approvals == [Approvals("en", 2, 0)]
    assert agenda_of(who("translator", languages=("gu",)), found, LANGUAGES).approvals == [Approvals("gu", 1, 1)]
    own = who("translator", languages=("gu",), account_id="colleague")
    assert agenda_of(own, found, LANGUAGES).approvals == [Approvals("gu", 0, 1)]
    assert agenda_of(who("translator", languages=("pl",)), found, LANGUAGES).approvals == []


def test_translators_are_told_what_no_longer_fits_in_their_languages() -> None:
    found = waiting(
        Cell("a/plain", "gu", "stale", 1, 1, fits="stale"), Cell("a/safe", "gu", "withheld", 1, 1, fits="withheld")
    )
    assert agenda_of(who("translator", languages=("gu",)), found, LANGUAGES).translations == [OutOfDate("gu", 2, 1)]
    assert not agenda_of(who("translator", languages=("pl",)), found, LANGUAGES)
    assert not agenda_of(who("approver", languages=("gu",)), found, LANGUAGES), "an approver does not translate"


def test_the_text_says_it_in_words_with_links(office: Office) -> None:
    eva, gita = office.add("eva", ["editor"]), office.add("gita", ["translator"], ("gu",))
    with office.database.write() as session:
        session.execute(update(Message).values(review_by=None))
        day = MONDAY.date()
        for key, by in (("safer_sleep/bed_sharing", day - timedelta(days=1)), ("safer_sleep/dummies", day)):
            session.execute(update(Message).where(Message.key == key).values(review_by=by))
        theirs = Revision.key == "safer_sleep/dummies", Revision.language == "gu"
        session.execute(update(Revision).where(*theirs).values(author="Somebody", author_id="somebody"))
    office.after()
    text = office.box.of(eva).get_content().replace("\r\n", "\n")
    assert "2 messages to read again\n- " in text
    assert "(safer_sleep/bed_sharing), was due " in text
    assert "(safer_sleep/dummies), by " in text
    assert "https://bumpline.test/editors/messages?review=due" in text
    assert "services to check\nhttps://bumpline.test/editors/directory?list=due" in text
    theirs_too = office.box.of(gita).get_content().replace("\r\n", "\n")
    assert "1 text in Gujarati that colleagues wrote, and " in theirs_too
    assert "https://bumpline.test/editors/approvals?language=gu" in theirs_too
    assert "to read again" not in theirs_too

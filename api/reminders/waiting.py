"""Reads what waits for anybody, once for all the people who are reminded."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session

from api.content import repository as words
from api.content.languages import ENGLISH
from api.content.models import Message
from api.content.standing import standings
from api.conversations.wording import Catalogue
from api.directory import curating_repository as places
from api.directory.openings import LONDON
from api.reminders.agenda import Review, Waiting
from api.versions import repository as versions


def waiting(session: Session, catalogue: Catalogue, moment: datetime) -> Waiting:
    today = moment.astimezone(LONDON).date()
    found = standings(session, list(catalogue.languages))
    checks = places.counts(session, catalogue.trust.due_before(today))["due"]
    reviews = _reviews(session, found.messages, catalogue, today)
    return Waiting(found, reviews, checks, versions.waiting(session))


def _reviews(session: Session, messages: Iterable[Message], catalogue: Catalogue, today: date) -> list[Review]:
    """What is due within 30 days or overdue, the oldest day first."""
    review = catalogue.shelf.review
    due = {m.key: m for m in messages if review.standing(m.review_by, m.level, today) != "reviewed"}
    titles: dict[str, str] = {}
    for row in words.revisions(session, due, [ENGLISH]):
        titles.setdefault(row.key, row.title)
    found = [
        Review(key, titles.get(key, key), m.review_by, m.review_by < today) for key, m in due.items() if m.review_by
    ]
    return sorted(found, key=lambda one: (one.by, one.key))

"""Texts from a professional to a family: put together from approved words, checked, sent through the outbox."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from api.accounts.service import Visitor
from api.content import service as content
from api.conversations.assembly import Parts
from api.conversations.bot import Say
from api.conversations.places import PlaceWords
from api.conversations.schemas import Channel, MessageOut, ServiceOut
from api.conversations.wording import Wording, message_out
from api.database import now
from api.directory import service as directory
from api.directory.openings import LONDON
from api.directory.source import need_for
from api.errors import Conflict, NotFound, TooMany, Unusable
from api.signposting import repository
from api.signposting.models import Signpost
from api.signposting.ports import Letters, Previewed

INTRODUCTION = "conversation/from_professional"
SERVICES_AT_MOST = 3
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
TEXTS_AN_HOUR = 30
TEXTS_A_NUMBER_A_DAY = 3


@dataclass(frozen=True)
class Draft:
    """What is to be sent, as chosen on the page."""

    language: str
    number: str
    message_key: str
    service_ids: tuple[str, ...]


@dataclass(frozen=True)
class Letter:
    """A draft in the words that a family will read."""

    messages: Sequence[MessageOut]
    services: Sequence[ServiceOut]
    texts: Sequence[Previewed]

    @property
    def segments(self) -> int:
        return sum(text.segments for text in self.texts)


def messages_for(session: Session, parts: Parts, need: str | None) -> dict[str, str]:
    """Message key -> English title: those of `need` first, then every other answer to a family's question."""
    shelf = parts.catalogue.shelf.open(session)
    keys = [key for key in parts.question_keys if not key.startswith(("conversation/", "urgent/"))]
    own = [key for key in keys if need and need_for(key, parts.catalogue.taxonomy) == need]
    titles = content.titles(shelf, [*own, *(key for key in keys if key not in own)], language="en")
    return {key: titles[key] for key in [*own, *keys] if key in titles}


def written(session: Session, parts: Parts, letters: Letters, draft: Draft) -> Letter:
    """`draft` in the family's language; raises Unusable when it says nothing or names what families may not see."""
    if draft.language not in parts.catalogue.languages:
        raise Unusable("Choose the family's language.")
    if not draft.message_key and not draft.service_ids:
        raise Unusable("Choose a message, or at least one service.")
    if len(draft.service_ids) > SERVICES_AT_MOST:
        raise Unusable(f"Choose at most {SERVICES_AT_MOST} services: a longer text is not read.")
    wording = Wording(session, parts.catalogue, draft.language, "sms")
    keys = [INTRODUCTION, *([draft.message_key] if draft.message_key else [])]
    messages = [message_out(rendered) for rendered in wording.messages([Say(say=key) for key in keys])]
    _refuse_unserved(keys, messages)
    services = _services(session, parts, draft)
    return Letter(messages, services, letters.preview(messages, services))


def send(session: Session, parts: Parts, letters: Letters, visitor: Visitor, draft: Draft, form_id: str) -> str:
    """Puts the text in the outbox, once a form; returns the id of its record. Raises Unusable, Conflict, TooMany."""
    number_hash = letters.number_hash(draft.number)
    if letters.has_opted_out(session, number_hash):
        raise Conflict("This person has asked for no texts from us. Nothing was sent. Print the sheet instead.")
    letter = written(session, parts, letters, draft)
    known = repository.own(session, visitor.account_id, form_id)
    if known is not None:
        return known.id
    _refuse_too_many(session, visitor, number_hash)
    moment = now()
    record = Signpost(
        id=form_id,
        account_id=visitor.account_id,
        batch=f"signpost:{form_id}",
        number_hash=number_hash,
        ends_with="".join(c for c in draft.number if c.isdigit())[-3:],
        language=draft.language,
        message_key=draft.message_key or None,
        service_ids=list(draft.service_ids),
        segments=letter.segments,
        consented_at=moment,
        created_at=moment,
    )
    session.add(record)
    session.flush()
    letters.send(session, draft.number, letter.messages, letter.services, record.batch)
    return record.id


def new_form_id() -> str:
    """One for each form that is shown: sending the same form twice sends one text."""
    return secrets.token_urlsafe(12)


def records(session: Session, letters: Letters, visitor: Visitor) -> list[tuple[Signpost, list[str]]]:
    """This person's own texts with the state of each part."""
    rows = repository.sent_by(session, visitor.account_id)
    states = letters.states(session, [row.batch for row in rows])
    return [(row, states.get(row.batch, [])) for row in rows]


def record(session: Session, letters: Letters, visitor: Visitor, signpost_id: str) -> tuple[Signpost, list[str]]:
    """Raises NotFound for a text that is not there or somebody else's."""
    row = repository.own(session, visitor.account_id, signpost_id)
    if row is None:
        raise NotFound("There is no such text of yours.")
    return row, letters.states(session, [row.batch]).get(row.batch, [])


def cards(session: Session, parts: Parts, ids: Sequence[str], language: str) -> list[ServiceOut]:
    """Services on paper, in the family's words; those that families may not see are left out."""
    return _worded(session, parts, ids, language, "web")


def _services(session: Session, parts: Parts, draft: Draft) -> list[ServiceOut]:
    """Only what families may see: an entry on hold, or not checked for too long, is never texted."""
    found = _worded(session, parts, draft.service_ids, draft.language, "sms")
    if len(found) < len(draft.service_ids):
        raise Unusable(
            "A service chosen may not be sent to families: it is on hold, closed, for professionals, or nobody has "
            "checked it lately. Choose another."
        )
    return found


def _worded(session: Session, parts: Parts, ids: Sequence[str], language: str, channel: Channel) -> list[ServiceOut]:
    parts.conversations.live.follow(session)
    found = directory.by_ids(session, ids, trust=parts.catalogue.trust, language=language)
    words = PlaceWords(parts.catalogue.interface, parts.catalogue.languages, language, channel)
    return [words.service_out(service, datetime.now(LONDON).date()) for service in found]


def _refuse_unserved(keys: Sequence[str], messages: Sequence[MessageOut]) -> None:
    if set(keys) - {message.key for message in messages}:
        raise Unusable("These words are not approved yet, so they cannot be sent. Choose another message.")


def _refuse_too_many(session: Session, visitor: Visitor, number_hash: str) -> None:
    moment = now()
    if repository.count_since(session, moment - AN_HOUR, account_id=visitor.account_id) >= TEXTS_AN_HOUR:
        raise TooMany(f"You have sent {TEXTS_AN_HOUR} texts in the last hour. Wait a little, then send again.")
    if repository.count_since(session, moment - A_DAY, number_hash=number_hash) >= TEXTS_A_NUMBER_A_DAY:
        raise TooMany("This family has had three texts from professionals today. Send the next one tomorrow.")

"""Sentences that the bot is to learn from: added and taken back by people, taken over by a training."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.content import personal
from api.content.models import TrainingExample
from api.database import now
from api.errors import Conflict, NotFound, Unusable
from api.person import Person

LONGEST = 300


@dataclass(frozen=True)
class Wanted:
    """Which examples; an empty part wants all. `state`: "waiting" or "taken"; `text`: part of the sentence."""

    key: str = ""
    language: str = ""
    state: str = ""
    text: str = ""


def add(
    session: Session, *, key: str, language: str, text: str, keys: Collection[str], by: Person
) -> tuple[TrainingExample, bool]:
    """The example, and whether it is new; raises Unusable, Conflict when it is one of another of `keys` already."""
    sentence = checked(text)
    if key not in keys:
        raise Unusable("Choose the question that this sentence asks.")
    known = session.scalar(
        select(TrainingExample).where(TrainingExample.language == language, TrainingExample.text == sentence)
    )
    if known is not None:
        if known.key != key:
            raise Conflict(f"This sentence is an example of {known.key} already. Remove it there first.")
        return known, False
    made = TrainingExample(
        key=key, language=language, text=sentence, added_by=by.name, added_by_id=by.id, added_at=now()
    )
    session.add(made)
    try:
        session.flush()
    except IntegrityError as error:
        raise Conflict("Somebody else added this sentence just now. Look at the examples.") from error
    return made, True


def checked(text: str) -> str:
    """`text` on one line; raises Unusable for what may not be kept, and says what to take out."""
    sentence = " ".join(text.split())
    if not any(letter.isalpha() for letter in sentence):
        raise Unusable("There are no words in this sentence.")
    if len(sentence) > LONGEST:
        raise Unusable(f"That is {len(sentence)} characters. Keep the part that asks, at most {LONGEST}.")
    held = personal.found_in(sentence)
    if held:
        raise Unusable(
            f"Take out {' and '.join(held)}. An example is kept for good and must say nothing of who wrote it."
        )
    if set("[]{}") & set(sentence):
        raise Unusable("Take out the brackets: to the bot they are signs.")
    return sentence


def remove(session: Session, example_id: int) -> TrainingExample:
    """Raises NotFound, Conflict when a training has learnt from it."""
    found = session.get(TrainingExample, example_id, with_for_update=True)
    if found is None:
        raise NotFound("There is no such example. Somebody may have removed it.")
    if found.taken_at is not None:
        raise Conflict("A training has taken this example. It is in the bot's files now and is changed there.")
    session.delete(found)
    return found


def examples(session: Session, wanted: Wanted, *, limit: int, offset: int) -> list[TrainingExample]:
    """Newest first."""
    query = select(TrainingExample).where(*_wanted(wanted)).order_by(TrainingExample.id.desc())
    return list(session.scalars(query.limit(limit).offset(offset)))


def count(session: Session, wanted: Wanted) -> int:
    return session.scalar(select(func.count()).select_from(TrainingExample).where(*_wanted(wanted))) or 0


def _wanted(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.key:
        found.append(TrainingExample.key == wanted.key)
    if wanted.language:
        found.append(TrainingExample.language == wanted.language)
    if wanted.state:
        is_waiting = TrainingExample.taken_at.is_(None)
        found.append(is_waiting if wanted.state == "waiting" else ~is_waiting)
    if wanted.text:
        found.append(TrainingExample.text.icontains(wanted.text, autoescape=True))
    return found

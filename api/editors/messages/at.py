"""One message in one language, as the address of a page names it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from sqlalchemy.orm import Session

from api.accounts.service import Forbidden, Visitor
from api.content import repository
from api.content.languages import Language
from api.content.models import Message
from api.conversations.assembly import Parts
from api.editors.visiting import Assembled
from api.errors import NotFound
from api.rights import may_write


@dataclass(frozen=True)
class At:
    """Whether there is a message `key` is not asked yet."""

    key: str
    language: Language

    @property
    def code(self) -> str:
        return self.language.code


def at(assembled: Assembled, topic: str, question: str, language: str) -> At:
    """Raises NotFound for a language that there is not."""
    return At(f"{topic}/{question}", the_language(assembled, language))


Here = Annotated[At, Depends(at)]
"""Write it after the visitor: who is not let in learns nothing of what there is."""


def the_message(session: Session, key: str) -> Message:
    """Raises NotFound."""
    message = repository.message(session, key)
    if message is None:
        raise NotFound(f"There is no message {key}.")
    return message


def the_language(assembled: Parts, code: str) -> Language:
    """Raises NotFound."""
    language = assembled.catalogue.languages.get(code)
    if language is None:
        raise NotFound(f"There is no language {code}.")
    return language


def refuse_stranger(visitor: Visitor, own: Language) -> None:
    """Raises Forbidden for who may not write in a language."""
    if not may_write(visitor, own.code):
        raise Forbidden(f"You may read this, and not write in {own.name_in_english}. Ask your administrator.")

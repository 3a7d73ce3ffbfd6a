"""What one person has typed and not saved yet: kept for them alone, so that nothing is lost."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from api.content.models import MessageDraft
from api.content.source import FIELDS
from api.database import now


def draft(session: Session, account_id: str, key: str, language: str) -> MessageDraft | None:
    return session.get(MessageDraft, (account_id, key, language))


def keep(session: Session, account_id: str, key: str, language: str, words: Mapping[str, str], base: int) -> None:
    """Replaces the person's earlier draft of `key` in `language`."""
    held = draft(session, account_id, key, language)
    if held is None:
        held = MessageDraft(account_id=account_id, key=key, language=language)
        session.add(held)
    held.words, held.base, held.at = {field: words.get(field, "") for field in FIELDS}, base, now()


def forget(session: Session, account_id: str, key: str, language: str) -> None:
    held = draft(session, account_id, key, language)
    if held is not None:
        session.delete(held)

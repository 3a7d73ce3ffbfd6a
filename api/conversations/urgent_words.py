"""The urgent messages kept in memory, so that danger is answered even when the database is not there."""

import time
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from api.content import repository
from api.content.languages import ENGLISH
from api.conversations.schemas import Channel, Contact, MessageOut
from api.conversations.wording import Catalogue, Wording, message_out

FRESH_FOR = 60.0
LAST_RESORT = "999"
"""What stands when no approved word exists: only the number to call."""


@dataclass
class UrgentWords:
    """Served urgent messages by key, language and channel; refreshed at most once a minute."""

    catalogue: Catalogue
    _words: dict[tuple[str, str, str], MessageOut] = field(default_factory=dict)
    _contacts: dict[str, Contact] = field(default_factory=dict)
    _read_at: float = float("-inf")

    def refresh(self, session: Session) -> None:
        if time.monotonic() - self._read_at < FRESH_FOR:
            return
        urgent = [m for m in repository.messages(session) if m.key.startswith("urgent/")]
        self._contacts = {m.key: m.contact or LAST_RESORT for m in urgent}  # type: ignore[misc]
        self._words = {
            (m.key, language, channel): message
            for m in urgent
            for language in self.catalogue.languages
            for channel in ("web", "sms")
            if (message := self._render(session, m.key, language, channel))
        }
        self._read_at = time.monotonic()

    def all_served(self, session: Session) -> bool:
        """Whether every urgent message has English words that may be served."""
        self.refresh(session)
        return bool(self._contacts) and all((key, ENGLISH, "web") in self._words for key in self._contacts)

    def contact(self, key: str) -> Contact:
        return self._contacts.get(key, "999")

    def message(self, key: str, language: str, channel: Channel) -> MessageOut:
        """The words for `key`; when none may be served, the number alone."""
        kept = self._words.get((key, language, channel)) or self._words.get((key, "en", channel))
        return kept or self.last_resort(key, language)

    def last_resort(self, key: str, language: str) -> MessageOut:
        """The number alone: what the database said is not served is not told from memory either."""
        return MessageOut(key=key, language=language, text=LAST_RESORT, revision=0, approved=False, demonstration=False)

    def _render(self, session: Session, key: str, language: str, channel: str) -> MessageOut | None:
        wording = Wording(session, self.catalogue, language, "sms" if channel == "sms" else "web")
        rendered = wording.rendered(key)
        return message_out(rendered) if rendered else None

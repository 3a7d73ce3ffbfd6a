"""May these exact words, and these services, still be sent? Asked again just before a text goes out."""

from dataclasses import dataclass

from api.channels.sms.texts import Said
from api.content import repository
from api.content.languages import ENGLISH
from api.content.serving import choose, current, freshness
from api.content.shelf import candidate
from api.database import Database, now
from api.directory import service as directory
from api.directory.trust import Trust

LAST_RESORT_REVISION = 0
"""No revision: the number to call alone, which is always true."""


@dataclass(frozen=True)
class ServedWords:
    database: Database
    drafts_allowed: bool

    def is_still_served(self, said: Said) -> bool:
        """Not withdrawn; approved, or a draft in demonstration; no safety translation of English that has changed."""
        if said.revision == LAST_RESORT_REVISION:
            return True
        with self.database.read() as session:
            message = repository.message(session, said.key)
            revisions = repository.revisions(session, [said.key], {said.language, ENGLISH})
        candidates = [candidate(r) for r in revisions]
        sent = next((c for c in candidates if (c.language, c.number) == (said.language, said.revision)), None)
        if message is None or sent is None:
            return False
        originals, drafts, moment = [c for c in candidates if c.language == ENGLISH], self.drafts_allowed, now()
        read = current(originals, moment)
        if sent.language == ENGLISH and read and freshness(sent, read[0], originals, message.level) == "withheld":
            return False  # replaced by English that says what is no longer safe
        english = originals if sent.language != ENGLISH else []
        found = choose([sent, *english], language=sent.language, level=message.level, drafts_allowed=drafts, now=moment)
        return found is not None and found.candidate is sent


@dataclass(frozen=True)
class ShownServices:
    database: Database
    trust: Trust

    def is_still_shown(self, service_id: str) -> bool:
        """Whether a family would be shown it now: not on hold, closed, for professionals, or unchecked for too long."""
        with self.database.read() as session:
            return bool(directory.by_ids(session, [service_id], trust=self.trust))

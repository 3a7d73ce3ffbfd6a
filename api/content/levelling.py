"""The level of a message: raised by one clinical approver, who approves its English with it; lowered by two."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from api.content import approving, repository
from api.content.languages import ENGLISH
from api.content.models import Message, Revision
from api.content.serving import Candidate, current, freshness
from api.content.shelf import candidate
from api.database import now
from api.errors import Conflict, Unusable
from api.person import Person

SAFETY, INFORMATION = LEVELS = ("safety", "information")


class NotRead(Unusable):
    """What raising does was not shown yet, or has changed since."""

    code = "not_read"


@dataclass(frozen=True)
class Raising:
    """What raising a message to safety does. `english`: what families read now, None when nobody approved any.

    `withheld`: languages whose translation is out of date and would be taken away.
    """

    english: Revision | None
    withheld: tuple[str, ...]

    @property
    def read(self) -> str:
        """What a form brings back to say that exactly this was shown."""
        return str(self.english.number if self.english else 0)


def raising(session: Session, key: str) -> Raising:
    rows = repository.revisions_of(session, key)
    found = [candidate(row) for row in rows]
    originals = [c for c in found if c.language == ENGLISH]
    served = _served(originals)
    english = next((row for row in rows if served and row.id == served.id), None)
    codes = sorted({c.language for c in found} - {ENGLISH})
    own = (_served([c for c in found if c.language == code]) for code in codes)
    withheld = (c.language for c in own if c and served and _is_lost(c, served, originals))
    return Raising(english, tuple(withheld))


def raise_level(session: Session, message: Message, by: Person, read: str) -> Revision | None:
    """To safety, by a clinical approver; returns the English that `by` has approved with it.

    Raises NotRead unless `read` is of what families read now, Conflict when `by` wrote it.
    """
    if read != raising(session, message.key).read:
        raise NotRead("level: read what happens when this becomes a safety message, then save again.")
    message.level = SAFETY
    _forget(message)
    return approving.approve_again(session, key=message.key, by=by)


def ask_to_lower(message: Message, by: Person) -> None:
    """Nothing changes for families before another person lowers it; raises Conflict when somebody has asked."""
    if message.lowering_asked_at is not None:
        raise Conflict(f"level: {message.lowering_asked_by} has asked for that. It is decided on above.")
    message.lowering_asked_by, message.lowering_asked_by_id = by.name, by.id
    message.lowering_asked_at = now()


def lower(message: Message, by: Person) -> None:
    """To information, as somebody else has asked; raises Conflict when nobody did, or `by` did."""
    _refuse_unasked(message)
    if by.id == message.lowering_asked_by_id:
        raise Conflict("You asked for this yourself. Another clinical approver must decide.")
    message.level = INFORMATION
    _forget(message)


def call_off(message: Message) -> None:
    """It stays a safety message; raises Conflict when nobody asked for less."""
    _refuse_unasked(message)
    _forget(message)


def _refuse_unasked(message: Message) -> None:
    if message.lowering_asked_at is None:
        raise Conflict("Nobody asks to lower this message any more. Look at its level again.")


def _forget(message: Message) -> None:
    message.lowering_asked_by = message.lowering_asked_by_id = message.lowering_asked_at = None


def _served(candidates: list[Candidate]) -> Candidate | None:
    decided = current(candidates, now())
    return decided[0] if decided and not decided[0].is_withdrawn else None


def _is_lost(own: Candidate, english: Candidate, originals: list[Candidate]) -> bool:
    now_read = freshness(own, english, originals, INFORMATION) != "withheld"
    return now_read and freshness(own, english, originals, SAFETY) == "withheld"

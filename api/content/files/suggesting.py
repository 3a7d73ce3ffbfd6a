"""Suggestions: made from a file, then put into the form by a person who becomes their author, or left out.

None of this is served and none of it approves: words become a revision only when somebody saves them.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from api.content import repository
from api.content.files.comparing import Proposed
from api.content.models import Suggestion
from api.database import now
from api.errors import Conflict, NotFound
from api.person import Person

TAKEN, LEFT_OUT = "taken", "left_out"


def suggest(session: Session, proposed: Sequence[Proposed], language: str, origin: str, by: Person) -> list[Suggestion]:
    """One suggestion for each message; `origin` is the name of the file."""
    made = [
        Suggestion(
            key=one.key,
            language=language,
            words=dict(one.words),
            made_from=dict(one.made_from),
            origin=origin,
            by=by.name,
            by_id=by.id,
            at=now(),
        )
        for one in proposed
    ]
    session.add_all(made)
    session.flush()
    return made


def suggestion(session: Session, key: str, language: str, suggestion_id: int) -> Suggestion:
    """Raises NotFound."""
    found = repository.suggestion(session, suggestion_id)
    if found is None or (found.key, found.language) != (key, language):
        raise NotFound(f"There is no suggestion {suggestion_id} for {key} in {language}.")
    return found


def leave_out(found: Suggestion, by: Person) -> None:
    """Raises Conflict when somebody has decided on it."""
    if found.decision:
        raise Conflict(f"{found.decided_by} has decided on this suggestion already. Open the message again.")
    _decide(found, LEFT_OUT, by)


def bring_back(found: Suggestion) -> None:
    """Raises Conflict when it was not left out."""
    if found.decision != LEFT_OUT:
        raise Conflict("Only a suggestion that was left out can be brought back. Open the message again.")
    found.decision = found.decided_by = found.decided_at = None


def take(
    session: Session, key: str, language: str, words: Mapping[str, str], from_form: int, by: Person
) -> list[Suggestion]:
    """Of the words just saved: the suggestion they began from in the form, and every open one that says the same."""
    waiting = [s for s in repository.suggestions(session, language, key) if s.decision is None]
    taken = [s for s in waiting if s.id == from_form or s.words == dict(words)]
    for found in taken:
        _decide(found, TAKEN, by)
    return taken


def _decide(found: Suggestion, decision: str, by: Person) -> None:
    found.decision, found.decided_by, found.decided_at = decision, by.name, now()

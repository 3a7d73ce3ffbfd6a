"""Approval of one exact revision by a second person, its withdrawal, and going back to an earlier one.

What is served follows from these rows alone (serving.py), in the transaction that writes them.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from api.content import repository
from api.content.checks import check_words
from api.content.findings import errors, refusal
from api.content.languages import ENGLISH, Language
from api.content.models import Approval, Revision
from api.content.service import revision, words_of
from api.content.serving import Candidate, current, freshness, read_now
from api.content.shelf import candidate
from api.database import now
from api.errors import Conflict, Unusable
from api.person import Person

NEVER_SILENT = frozenset(
    f"conversation/{name}"
    for name in ("welcome", "trouble", "talk_to_a_person", "messages_stopped", "not_in_your_language", "did_you_mean")
)
"""Words whose English may be replaced, never just taken away."""


def approve(
    session: Session, *, key: str, language: Language, number: int, by: Person, begins: datetime | None = None
) -> Approval:
    """Approves one exact revision, from `begins` on or at once.

    Raises Conflict when `by` wrote it, when it or a newer one has been decided on, or when its English has moved on;
    Unusable when its words have errors or `begins` is past; NotFound when there is none.
    """
    repository.lock(session, key)
    found = revision(session, key, language.code, number)
    _refuse_own(found, by)
    if any(not decision.is_void for decision in candidate(found).decisions):
        raise Conflict(
            f"Revision {number} of {key} in {language.code} was approved by {found.approvals[-1].approved_by}. "
            "Withdrawn words cannot be approved again: change them and approve the new revision."
        )
    _refuse_older(session, found)
    _refuse_unusable(session, found, language)
    return _decide(session, found, by, begins)


def go_back(session: Session, *, key: str, language: Language, number: int, by: Person) -> Approval:
    """Serves a revision again that was approved before and replaced since.

    Raises Conflict when it never was, when it was withdrawn, is served now, or is by the same person; NotFound.
    """
    repository.lock(session, key)
    found = revision(session, key, language.code, number)
    _refuse_own(found, by)
    own = candidate(found)
    decided = current(_candidates(session, key, language.code), now())
    if own.is_withdrawn or all(decision.is_void for decision in own.decisions):
        raise Conflict(f"Revision {number} of {key} in {language.code} was withdrawn, or never approved.")
    if decided and decided[0].id == found.id:
        raise Conflict(f"Revision {number} of {key} in {language.code} is the newest approved one already.")
    _refuse_unusable(session, found, language)
    return _decide(session, found, by, None)


def approve_again(session: Session, *, key: str, by: Person) -> Revision | None:
    """Approves the English that families read now once more, by `by`; English planned for later is called off.

    Returns it, None when nobody has approved any. Raises Conflict when `by` wrote it.
    """
    repository.lock(session, key)
    rows = repository.revisions(session, [key], [ENGLISH])
    decided = current([candidate(row) for row in rows], now())
    if decided is None or decided[0].is_withdrawn:
        _begun_after_calling_off(session, key, ENGLISH, by, now())
        return None
    found = next(row for row in rows if row.id == decided[0].id)
    _refuse_own(found, by)
    _decide(session, found, by, None)
    return found


def withdraw(session: Session, *, key: str, language: str, number: int, by: Person) -> None:
    """Stops a revision from being served from the next reply on, for good; raises NotFound, Conflict."""
    repository.lock(session, key)
    found = revision(session, key, language, number)
    if language == ENGLISH and key in NEVER_SILENT:
        raise Conflict(
            f"Without {key} families would get no answer at all. Have better words approved, or go back to earlier."
        )
    standing = [approval for approval in found.approvals if approval.withdrawn_at is None]
    if not standing:
        raise Conflict(f"Revision {number} of {key} in {language} is not approved, so there is nothing to withdraw.")
    for approval in standing:
        _withdraw(approval, by)


def english_for(session: Session, key: str) -> Candidate | None:
    """The English that a translation must fit: what is approved just now, else the newest draft."""
    return read_now(_candidates(session, key, ENGLISH), now())


def _decide(session: Session, found: Revision, by: Person, begins: datetime | None) -> Approval:
    moment = now()
    if begins is not None and begins < moment:
        raise Unusable("That time is past. Choose a later one, or publish at once.")
    moment = max([moment, *_begun_after_calling_off(session, found.key, found.language, by, moment)])
    approval = Approval(
        revision_id=found.id,
        approved_by=by.name.strip(),
        approved_by_id=by.id,
        approved_at=moment,
        begins_at=begins or moment,
    )
    session.add(approval)
    session.flush()
    session.expire(found, ["approvals"])
    return approval


def _begun_after_calling_off(session: Session, key: str, language: str, by: Person, moment: datetime) -> list[datetime]:
    """When the approvals that stand began. What was planned before this decision would undo it later: it is called off.

    The order of decisions is that of the rows, even when a clock goes back.
    """
    rows = repository.revisions(session, [key], [language])
    standing = [a for row in rows for a in row.approvals if a.withdrawn_at is None]
    for approval in standing:
        if _is_planned(approval) and approval.begins_at > moment:
            _withdraw(approval, by)
    return [a.begins_at for a in standing if not _is_planned(a)]


def _withdraw(approval: Approval, by: Person) -> None:
    """A clock that went back does not make what began into something that was only planned."""
    moment = now()
    approval.withdrawn_by = by.name
    approval.withdrawn_at = moment if _is_planned(approval) else max(moment, approval.begins_at)


def _is_planned(approval: Approval) -> bool:
    return approval.begins_at > approval.approved_at


def _refuse_own(found: Revision, by: Person) -> None:
    if not by.name.strip() or by.is_same_as(found.author, found.author_id):
        raise Conflict("Approval needs the name of a second person, not the author.")


def _refuse_older(session: Session, found: Revision) -> None:
    decided = [c for c in _candidates(session, found.key, found.language) if any(not d.is_void for d in c.decisions)]
    newer = max((c.number for c in decided), default=0)
    if newer > found.number:
        raise Conflict(
            f"Revision {newer} of {found.key} in {found.language} is newer and was decided on already. Write the words "
            "anew on top of it."
        )


def _refuse_unusable(session: Session, found: Revision, language: Language) -> None:
    if language.code != ENGLISH:
        _refuse_moved_on(session, found)
    wrong = errors(check_words(found.key, words_of(found), found.made_from or words_of(found), language))
    if wrong:
        raise Unusable(refusal(wrong))


def _refuse_moved_on(session: Session, found: Revision) -> None:
    """A translation that would not be served, or would say what the English said before."""
    if not found.made_from:
        raise Conflict("It is not known which English this was made from. Run `make load` first.")
    message, english = repository.message(session, found.key), english_for(session, found.key)
    originals = _candidates(session, found.key, ENGLISH)
    if message and english and freshness(candidate(found), english, originals, message.level) != "fresh":
        raise Conflict(
            f"This translation was not made from the English that families read now (revision {english.number}). "
            "Bring it up to that English first, or approve the newer English first."
        )


def _candidates(session: Session, key: str, language: str) -> list[Candidate]:
    return [candidate(row) for row in repository.revisions(session, [key], [language])]

"""Writing words: a new revision on top of the newest one, and what its change does to every translation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from api.content import repository
from api.content.checks import check_words
from api.content.findings import Finding, errors
from api.content.glossary import Term
from api.content.languages import ENGLISH, Language
from api.content.models import Revision
from api.content.service import revision, words_of
from api.content.serving import Change, Decision, Freshness, freshness, read_now
from api.content.shelf import candidate
from api.content.source import FIELDS, words_hash
from api.database import now
from api.errors import Conflict, NotFound, Unusable
from api.person import Person

CHANGES: tuple[Change, ...] = ("wording", "meaning", "safety")


class WordsFaulty(Unusable):
    """`findings`: every error in the words; nothing was saved."""

    code = "words_faulty"

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("These words cannot be saved yet. Each fault is named beside its field.")
        self.findings = findings


class WrittenMeanwhile(Conflict):
    """Somebody else saved a revision after this one was begun. `newest` is theirs."""

    code = "written_meanwhile"

    def __init__(self, newest: Revision) -> None:
        super().__init__(
            f"{newest.author} saved revision {newest.number} while you were writing. Both texts are below: nothing is "
            "lost. Take what you need from theirs and save again."
        )
        self.newest = newest


@dataclass(frozen=True)
class Effect:
    """What saving and approving an English revision does to one translation that families read now."""

    language: str
    before: Freshness
    after: Freshness


@dataclass(frozen=True)
class Words:
    """What a person wrote. `base`: the revision it began from, 0 for none. `english`: of a translation, the revision it
    says; `change`: of English, what it changes."""

    key: str
    language: Language
    fields: Mapping[str, str]
    base: int
    english: int = 0
    change: Change | None = None


def save(session: Session, words: Words, by: Person, glossary: Mapping[str, Term] | None = None) -> Revision:
    """A new revision, drafted until a second person approves it.

    Raises WordsFaulty, WrittenMeanwhile, Unusable when nothing differs or the change is not named, NotFound.
    """
    repository.lock(session, words.key)
    if repository.message(session, words.key) is None:
        raise NotFound(f"There is no message {words.key}.")
    fields = {name: words.fields.get(name, "").strip() for name in FIELDS}
    newest = repository.newest(session, words.key, words.language.code)
    if newest and newest.number != words.base:
        if by.id and newest.author_id == by.id and words_of(newest) == fields:
            return newest  # the same form, sent twice
        raise WrittenMeanwhile(newest)
    english = _english(session, words)
    _refuse_same(newest, fields, english, by)
    if words.language.code == ENGLISH and newest and words.change not in CHANGES:
        raise Unusable("Say what this changes: the wording only, the meaning, or safety.")
    wrong = errors(check_words(words.key, fields, english or fields, words.language, glossary))
    if wrong:
        raise WordsFaulty(wrong)
    return _write(session, words, fields, english, newest, by)


def effects(session: Session, key: str, change: Change) -> list[Effect]:
    """What an English revision with `change` would do, once approved, to each translation that is approved now."""
    message = repository.message(session, key)
    rows = [candidate(row) for row in repository.revisions_of(session, key)]
    originals = [c for c in rows if c.language == ENGLISH]
    newest = max(originals, key=lambda c: c.number, default=None)
    if message is None or newest is None:
        raise NotFound(f"There is no message {key}.")
    moment = now()
    served = read_now(originals, moment) or newest
    planned = replace(
        newest,
        id=0,
        number=newest.number + 1,
        source_hash="planned",
        change=change,
        decisions=(Decision(0, moment),),
    )
    found = []
    for language in sorted({c.language for c in rows} - {ENGLISH}):
        own = read_now([c for c in rows if c.language == language], moment)
        assert own is not None
        before = freshness(own, served, originals, message.level)
        found.append(Effect(language, before, freshness(own, planned, [*originals, planned], message.level)))
    return found


def as_change(written: str | None) -> Change:
    """What a revision says it changes; when nobody said, its meaning."""
    return next((change for change in CHANGES if change == written), "meaning")


def _english(session: Session, words: Words) -> dict[str, str]:
    """The English a translation says; of English nothing."""
    if words.language.code == ENGLISH:
        return {}
    return words_of(revision(session, words.key, ENGLISH, words.english))


def _refuse_same(newest: Revision | None, fields: Mapping[str, str], english: Mapping[str, str], by: Person) -> None:
    """A person may take over a machine's words as they are, or say that they still fit newer English."""
    if newest is None or words_of(newest) != fields:
        return
    is_taken_over = newest.author_id is None and by.id is not None
    if not is_taken_over and (newest.made_from or {}) == english:
        raise Unusable("Nothing is different, so there is nothing to save.")


def _write(
    session: Session,
    words: Words,
    fields: dict[str, str],
    english: dict[str, str],
    newest: Revision | None,
    by: Person,
) -> Revision:
    row = Revision(
        key=words.key,
        language=words.language.code,
        number=newest.number + 1 if newest else 1,
        source_hash=words_hash(english or fields),
        made_from=english,
        notes=newest.notes if newest else {},
        change=words.change if words.language.code == ENGLISH else None,
        author=by.name,
        author_id=by.id,
        created_at=now(),
        **fields,
    )
    session.add(row)
    session.flush()
    return row

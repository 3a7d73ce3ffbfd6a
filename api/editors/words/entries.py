"""Page words and summaries of services in one language: what each says, what it was made from, what waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy.orm import Session

from api.content.approved_words import PAGE_WORD, SUMMARY, Kind, Said, said_in, subject_of
from api.content.interface import FileWord, Interface, wanted_words
from api.content.languages import Language
from api.directory import repository as directory
from api.directory.models import ServiceTranslation
from api.versions import repository
from api.versions.models import Version
from api.versions.service import counting

KINDS: Mapping[Kind, str] = {PAGE_WORD: "Page words", SUMMARY: "Services"}
STATES = ("missing", "stale", "draft", "waits", "approved")
"""What a row can be filtered by; one that waits for a second person is nothing else."""


@dataclass(frozen=True)
class Entry:
    """One word or summary. `said`: the words that count, None for none; `waiting`: words nobody has decided on.

    `number`: of the newest version, 0 for none. `note`: what the translator of the file was not sure of.
    """

    kind: Kind
    name: str
    title: str
    english: str
    said: Said | None
    is_draft: bool
    number: int = 0
    waiting: Version | None = None
    note: str = ""

    @property
    def offered(self) -> Said | None:
        """What stands in the form."""
        return said_in(self.waiting.body) if self.waiting else self.said

    @property
    def waits(self) -> bool:
        """Words of an older English wait in vain: they would not be served."""
        return self.waiting is not None and said_in(self.waiting.body).made_from == self.english

    @property
    def standing(self) -> str:
        """Of the words that count, as the message desk names it."""
        if self.said is None:
            return "missing"
        if self.said.made_from != self.english:
            return "stale"
        return "draft" if self.is_draft else "approved"

    @property
    def state(self) -> str:
        return "waits" if self.waits else self.standing

    @property
    def may_be_taken_over(self) -> bool:
        """Whether its words can be said to be right as they are."""
        return self.offered is not None and self.state in ("draft", "stale")

    @property
    def seen(self) -> str:
        """What somebody who opens the form goes by: version, English and words."""
        return f"{self.number}-{short_hash(self.english)}-{short_hash(self.offered.text if self.offered else '')}"


def short_hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


def entries(session: Session, interface: Interface, kind: Kind, own: Language) -> list[Entry]:
    """Everything there is to say in a language, in the order of the English file, or by the services' names."""
    histories = repository.histories(session, kind, subject_of(own.code, ""))
    if kind == PAGE_WORD:
        wanted = wanted_words(interface.english, own.code)
        file = interface.files.get(own.code, {})
        return [
            _entry(kind, name, name, english, histories.get(subject_of(own.code, name), []), file.get(name))
            for name, english in wanted.items()
        ]
    held = directory.translations(session, own.code)
    return [
        _entry(kind, name, title, english, histories.get(subject_of(own.code, name), []), _as_word(held.get(name)))
        for name, title, english in directory.shown_summaries(session)
    ]


def find(session: Session, interface: Interface, kind: Kind, own: Language, name: str) -> Entry | None:
    return next((entry for entry in entries(session, interface, kind, own) if entry.name == name), None)


def _entry(kind: Kind, name: str, title: str, english: str, history: Sequence[Version], file: FileWord | None) -> Entry:
    approved = counting(list(history))
    said, is_draft = said_in(approved.body) if approved else None, False
    if file and (said is None or (said.made_from != english and file.made_from == english)):
        said, is_draft = Said(file.text, file.made_from), file.is_draft
    return Entry(
        kind=kind,
        name=name,
        title=title,
        english=english,
        said=said,
        is_draft=is_draft,
        number=history[0].number if history else 0,
        waiting=history[0] if history and history[0].decision is None else None,
        note=file.note if file else "",
    )


def _as_word(row: ServiceTranslation | None) -> FileWord | None:
    return FileWord(row.summary, row.made_from, is_draft=row.approved_by is None) if row else None

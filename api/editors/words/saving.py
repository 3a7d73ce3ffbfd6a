"""What was typed and ticked in the table, made into proposals that a second person decides on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi.datastructures import FormData
from sqlalchemy.exc import IntegrityError

from api.accounts import audit
from api.accounts.visitor import Visitor
from api.content.approved_words import Said, body_of, subject_of
from api.content.glossary import Term, load_glossary
from api.content.languages import Language
from api.content.short_words import doubts, faults, one_line
from api.conversations.assembly import Parts
from api.editors.words.entries import Entry, short_hash
from api.errors import BumplineError
from api.person import Person
from api.versions import service
from api.versions.service import Proposal

GONE = "families no longer see this, so there is nothing to save"
MEANWHILE = "somebody else saved this at the same moment. Read theirs, then save again"
ENGLISH_MOVED = "the English has changed since you opened this page. Read it again, then save"
SEEN = "seen:"


@dataclass(frozen=True)
class Typed:
    """One row as it came. `seen`: what its reader went by (Entry.seen). `is_right`: ticked, right as it is."""

    name: str
    text: str
    seen: str
    is_right: bool
    is_sure: bool

    @property
    def base(self) -> int:
        number = self.seen.partition("-")[0]
        return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0

    @property
    def is_changed(self) -> bool:
        return short_hash(self.text) != self.seen.rpartition("-")[2]

    def saw(self, english: str) -> bool:
        return self.seen.split("-")[1:2] == [short_hash(english)]


@dataclass(frozen=True)
class Trouble:
    """A row that was not saved, and why; without `entry` it is no longer there. `is_doubt`: a tick mends it."""

    typed: Typed
    entry: Entry | None
    reasons: Sequence[str]
    is_doubt: bool = False


def typed_rows(form: FormData) -> list[Typed]:
    """The rows of the form in which something was typed or ticked."""
    right, sure = set(form.getlist("right")), set(form.getlist("sure"))
    names = [field.partition(":")[2] for field in form if field.startswith(SEEN)]
    rows = [
        Typed(
            name,
            text=one_line(str(form.get(f"text:{name}", ""))),
            seen=str(form.get(f"seen:{name}", "")),
            is_right=name in right,
            is_sure=name in sure,
        )
        for name in names
    ]
    return [row for row in rows if row.is_changed or row.is_right]


def save(
    assembled: Parts, visitor: Visitor, own: Language, held: Mapping[str, Entry], rows: Sequence[Typed]
) -> tuple[int, list[Trouble]]:
    """Proposes each row by itself, so that one that is wrong holds up no other; how many, and which not."""
    glossary = load_glossary(assembled.settings.content_folder)
    saved, troubles = 0, []
    for row in rows:
        entry = held.get(row.name)
        if entry is None:
            troubles.append(Trouble(row, None, [GONE]))
        elif _is_there(entry, row):
            continue
        elif trouble := _trouble(entry, row, own, glossary) or _propose(assembled, visitor, own, entry, row):
            troubles.append(trouble)
        else:
            saved += 1
    return saved, troubles


def _is_there(entry: Entry, row: Typed) -> bool:
    """The same form sent twice: these words wait already, or are read already."""
    return entry.offered is not None and entry.offered.text == row.text and entry.state in ("waits", "approved")


def _trouble(entry: Entry, row: Typed, own: Language, glossary: Mapping[str, Term]) -> Trouble | None:
    if not row.saw(entry.english):
        return Trouble(row, entry, [ENGLISH_MOVED])
    if wrong := faults(entry.name, row.text, entry.english, own):
        return Trouble(row, entry, wrong)
    asked = doubts(row.text, entry.english, own, glossary)
    return Trouble(row, entry, asked, is_doubt=True) if asked and not row.is_sure else None


def _propose(assembled: Parts, visitor: Visitor, own: Language, entry: Entry, row: Typed) -> Trouble | None:
    try:
        write(assembled, visitor, own, entry, row.text, row.base)
    except BumplineError as error:
        return Trouble(row, entry, [error.message])
    except IntegrityError:
        return Trouble(row, entry, [MEANWHILE])
    return None


def write(assembled: Parts, visitor: Visitor, own: Language, entry: Entry, text: str, base: int) -> None:
    """Proposes `text` for today's English; raises ProposedMeanwhile, Unusable, IntegrityError."""
    body = body_of(Said(text, entry.english))
    subject = subject_of(own.code, entry.name)
    with assembled.database.write() as session:
        made = service.propose(
            session, Proposal(entry.kind, subject, body, base), Person(visitor.name, visitor.account_id)
        )
        before = body_of(entry.said) if entry.said else None
        about = f"{entry.kind} {subject}, version {made.number}"
        audit.record(session, by=visitor, what="words.written", subject=about, before=before, after=body)

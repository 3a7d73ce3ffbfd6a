"""How far each language is: what people did at the desk, and what only a change of the program brings."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from api.content.known_languages import is_known
from api.content.languages import ENGLISH, KIND, Language
from api.content.standing import standings
from api.conversations.assembly import Parts
from api.settings import ROOT
from api.versions import repository as versions
from api.versions.models import Version

RED_FLAGS = "red_flags"
"""The kind of versions that hold phrases of danger; their subjects begin with the code."""


@dataclass(frozen=True)
class Row:
    """One language of the list. `translated`: messages with any words; `proposal` waits for a second person."""

    language: Language
    approved: int
    translated: int
    messages: int
    has_danger: bool
    is_from_desk: bool
    proposal: Version | None


@dataclass(frozen=True)
class Need:
    """`what` a language needs beside its entry; `who` gives it: "desk" for people here, "program" for developers."""

    what: str
    who: str
    is_there: bool


def rows(session: Session, assembled: Parts) -> list[Row]:
    """Languages on offer in their order, then those that were only proposed."""
    languages = assembled.catalogue.languages
    found = standings(session, languages)
    waiting = {row.subject: row for row in versions.waiting(session, KIND)}
    decided = {row.subject for row in versions.approved(session) if row.kind == KIND}
    listed = [
        Row(
            language=language,
            approved=found.progress(code)[0],
            translated=sum(found.cells[message.key, code].state != "missing" for message in found.messages),
            messages=len(found.messages),
            has_danger=has_danger(session, assembled, code),
            is_from_desk=code in decided,
            proposal=waiting.get(code),
        )
        for code, language in languages.items()
    ]
    new = [Language.model_validate(row.body) for code, row in waiting.items() if code not in languages]
    return listed + [Row(language, 0, 0, len(found.messages), False, True, waiting[language.code]) for language in new]


def has_danger(session: Session, assembled: Parts, code: str) -> bool:
    """Whether the screen knows phrases of danger in the language, from its file or from what was approved."""
    if (assembled.settings.content_folder / "red_flags" / f"{code}.yml").exists():
        return True
    approved = versions.approved(session)
    return any(row.kind == RED_FLAGS and row.subject.partition(" ")[0] == code for row in approved)


def needs(session: Session, assembled: Parts, language: Language) -> Sequence[Need]:
    """Everything that the languages of the starter pack have."""
    code = language.code
    found = standings(session, [code])
    words = assembled.settings.locales_folder / code / "LC_MESSAGES"
    approved, messages = found.progress(code)
    if code == ENGLISH:
        return []
    return [
        Need(f"Messages approved: {approved} of {messages}", "desk", approved == messages),
        Need("Words for STOP (without them, only the English ones)", "desk", bool(language.stop)),
        Need("Phrases that mean danger", "desk", has_danger(session, assembled, code)),
        Need("Words of the pages: buttons and labels (interface.po)", "program", (words / "interface.po").exists()),
        Need("Summaries of services (services.po)", "program", (words / "services.po").exists()),
        Need("Example sentences, so that the bot understands it", "program", (ROOT / "bot/data/nlu" / code).is_dir()),
        Need(
            "Words of one meaning for the bot",
            "program",
            (ROOT / "bot" / "data" / "concepts" / f"{code}.txt").exists(),
        ),
        Need("Dates and plurals as CLDR knows them (else as in English)", "program", is_known(code)),
    ]

"""What stands beside the words while they are written: faults, preview, segments. Pure but for reading files once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from api.content.bidi import is_right_to_left, kept_together
from api.content.checks import check_words
from api.content.findings import Finding
from api.content.glossary import load_glossary, missing_terms
from api.content.languages import ENGLISH, Language
from api.content.segments import Segments, count

SAID_TWICE = {"web": "the web text", "sms": "the text message"}
"""Fields that say the same to families on two channels."""


@dataclass(frozen=True)
class Panel:
    """`findings`: field -> what is wrong or doubtful. `terms`: glossary terms in the English, with their rendering."""

    findings: Mapping[str, list[Finding]]
    segments: Segments
    preview: Mapping[str, str]
    terms: Mapping[str, str]

    @property
    def errors(self) -> list[Finding]:
        return [finding for found in self.findings.values() for finding in found if finding.level == "error"]

    @property
    def warnings(self) -> list[Finding]:
        return [finding for found in self.findings.values() for finding in found if finding.level == "warning"]


@dataclass(frozen=True)
class Before:
    """The newest words. `english`: field -> the English that they say, of English itself {}."""

    words: Mapping[str, str]
    english: Mapping[str, str]


def panel(
    key: str,
    words: Mapping[str, str],
    english: Mapping[str, str],
    language: Language,
    content: Path,
    before: Before | None = None,
) -> Panel:
    """Everything about `words` of `key`, as far as they are written; `before`: what they would take the place of."""
    glossary = load_glossary(content)
    found: dict[str, list[Finding]] = {}
    left = [*_left_behind(key, words, english, language, before)] if before else []
    for finding in [*check_words(key, words, english, language, glossary), *left]:
        found.setdefault(finding.field, []).append(finding)
    return Panel(
        findings=found,
        segments=count(words.get("sms", "")),
        preview={field: _shown(text) for field, text in words.items()},
        terms=dict(missing_terms(" ".join(english.values()), "", language.code, glossary)),
    )


def _left_behind(
    key: str, words: Mapping[str, str], english: Mapping[str, str], language: Language, before: Before
) -> Iterator[Finding]:
    """The web text was changed and the text message was not, or the reverse.

    Of a translation only where the English of what was left has changed too: its other half may just read better now.
    """
    changed = {field for field in SAID_TWICE if words.get(field, "").strip() != before.words.get(field, "").strip()}
    for field, other in (("sms", "web"), ("web", "sms")):
        is_due = language.code == ENGLISH or english.get(field) != before.english.get(field)
        if changed == {other} and is_due:
            yield Finding(
                "warning", language.code, key, field, f"{SAID_TWICE[field]} still says what it said; does it fit?"
            )


def _shown(text: str) -> str:
    """As a family's phone gets it: numbers stay whole in a right-to-left line."""
    return kept_together(text) if is_right_to_left(text) else text

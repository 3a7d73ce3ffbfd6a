"""What stands beside the words while they are written: faults, preview, segments. Pure but for reading files once."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from api.content.bidi import is_right_to_left, kept_together
from api.content.checks import check_words
from api.content.findings import Finding
from api.content.glossary import load_glossary, missing_terms
from api.content.languages import Language
from api.content.segments import Segments, count


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


def panel(key: str, words: Mapping[str, str], english: Mapping[str, str], language: Language, content: Path) -> Panel:
    """Everything about `words` of `key`, as far as they are written."""
    glossary = load_glossary(content)
    found: dict[str, list[Finding]] = {}
    for finding in check_words(key, words, english, language, glossary):
        found.setdefault(finding.field, []).append(finding)
    return Panel(
        findings=found,
        segments=count(words.get("sms", "")),
        preview={field: _shown(text) for field, text in words.items()},
        terms=dict(missing_terms(" ".join(english.values()), "", language.code, glossary)),
    )


def _shown(text: str) -> str:
    """As a family's phone gets it: numbers stay whole in a right-to-left line."""
    return kept_together(text) if is_right_to_left(text) else text

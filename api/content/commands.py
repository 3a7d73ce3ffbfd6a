"""What the command line does with words: check, export, bring up to date, price. Each says what it did."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from api.content.costs import costs, table
from api.content.exporting import exported, write
from api.content.exporting_words import exported_words
from api.content.files.languages_file import with_languages
from api.content.findings import errors
from api.content.interface import english_words
from api.content.languages import ENGLISH, load_languages, offered
from api.content.pack import DOMAINS, Checked, check_pack
from api.content.questions import exported_topics
from api.content.source import read_messages, read_translations
from api.content.translating import templates, updated
from api.errors import Unusable
from api.versions.service import current

WARNINGS_HINT = "Warnings ask a person to look: see them with WARNINGS=1."


def check(content: Path, locales: Path, *, with_warnings: bool) -> str:
    """A table by language, then every error; raises Unusable when there is one."""
    checked = check_pack(content, locales)
    wrong = [finding for language in checked for finding in errors(language.findings)]
    asked = [f for language in checked for f in language.findings if f.level == "warning" and with_warnings]
    report = "\n".join([*_counts(checked), *map(str, [*asked, *wrong]), WARNINGS_HINT])
    if wrong:
        raise Unusable(f"{report}\n{len(wrong)} errors: mend the entries named and check again.")
    return report


def export(session: Session, content: Path, folder: Path, others: Mapping[str, str]) -> str:
    """Writes words, languages, questions and the files of `others` (path -> text) under `folder`; all or nothing."""
    languages = offered(session, content)
    kept = (content / "languages.yml").read_text(encoding="utf-8")
    data = {
        "content/languages.yml": with_languages(kept, languages),
        "content/topics.yml": exported_topics(session, content),
    }
    files = {**exported(session, languages), **data, **others}
    changed = write(files, folder)
    return f"{len(files)} files under {folder}; {len(changed)} changed."


def approved(session: Session, content: Path, locales: Path, summaries: Mapping[str, str]) -> dict[str, str]:
    """Path -> text of interface.po and services.po with what was approved at the desk; `summaries`: today's English."""
    return exported_words(current(session), offered(session, content), locales, english_words(content), summaries)


def update(content: Path, locales: Path) -> str:
    """Brings every PO file up to today's English."""
    changed = _written(updated(content, locales))
    return f"{len(changed)} PO files changed: {', '.join(changed) or 'none'}."


def extract(content: Path, locales: Path) -> str:
    """Writes the English as gettext templates, for a translation tool."""
    return f"Wrote {', '.join(_written(templates(content, locales))) or 'nothing new'}."


def price(content: Path, locales: Path, pence: float) -> str:
    """Segments of every message in every language, and what they cost."""
    languages = list(load_languages(content))
    words = {key: {ENGLISH: source.words["sms"]} for key, source in read_messages(content).items()}
    for code in languages:
        for key, fields in read_translations(locales, code).items():
            if key in words and "sms" in fields:
                words[key][code] = fields["sms"].msgstr
    return table(costs(words, pence), languages)


def _counts(checked: Sequence[Checked]) -> list[str]:
    head = f"{'language':<10}" + "".join(f"{domain:>14}" for domain in DOMAINS) + f"{'errors':>10}{'warnings':>10}"
    return [head, *(_row(language) for language in checked), ""]


def _row(language: Checked) -> str:
    done = "".join(f"{f'{language.done[domain]}/{language.wanted[domain]}':>14}" for domain in DOMAINS)
    wrong = len(errors(language.findings))
    return f"{language.language:<10}{done}{wrong:>10}{len(language.findings) - wrong:>10}"


def _written(files: dict[Path, str]) -> list[str]:
    changed = [path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[path], encoding="utf-8")
    return ["/".join(path.parts[-3:]) for path in changed]

"""The database back into the files it was loaded from: what is written is what was loaded, byte for byte."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polib
from sqlalchemy.orm import Session

from api.content import repository
from api.content.languages import ENGLISH
from api.content.models import Message, Revision
from api.content.source import FIELDS, read_po
from api.content.standing import standings
from api.content.writing import Entry, file_text, po_text, yaml_text

UNKNOWN = "(not known which English this was made from)"


def exported(session: Session, languages: Iterable[str]) -> dict[str, str]:
    """Path (`content/messages/support.yml`, `locales/gu/LC_MESSAGES/messages.po`) -> text, newest revisions."""
    messages = repository.messages(session)
    english = _newest(session, messages, ENGLISH)
    topics: dict[str, dict[str, dict[str, Any]]] = {}
    for message in messages:
        topic, _, question = message.key.partition("/")
        if message.key in english:
            topics.setdefault(topic, {})[question] = _as_yaml(message, english[message.key])
    files = {f"content/messages/{topic}.yml": yaml_text(entries) for topic, entries in topics.items()}
    for code in languages:
        if code != ENGLISH:
            files[f"locales/{code}/LC_MESSAGES/messages.po"] = _po(
                code, messages, english, _newest(session, messages, code)
            )
    return files


def exported_po(session: Session, language: str) -> str:
    """messages.po of one language, as `exported` writes it."""
    messages = repository.messages(session)
    return _po(language, messages, _newest(session, messages, ENGLISH), _newest(session, messages, language))


def exported_rows(session: Session, language: str) -> list[tuple[str, str, str, str, str, str]]:
    """Rows of key, field, English as it is newest, words, state and a translator's note; of English its own words."""
    found = standings(session, [language])
    english, own = (_newest(session, list(found.messages), code) for code in (ENGLISH, language))
    return [
        (
            message.key,
            field,
            getattr(english.get(message.key), field, ""),
            getattr(own.get(message.key), field, ""),
            found.cells[message.key, language].state,
            own[message.key].notes.get(field, "") if message.key in own else "",
        )
        for message in found.messages
        for field in FIELDS
    ]


def write(files: dict[str, str], folder: Path) -> list[Path]:
    """Writes `files` under `folder`; says which were not already there with the same bytes.

    A file there that cannot be read stops it before anything is written (ContentFileError).
    """
    paths = {folder / name: text for name, text in files.items()}
    wanted = {path: _with_unfinished(text, path).encode("utf-8") for path, text in paths.items()}
    changed = [path for path, data in wanted.items() if not (path.exists() and path.read_bytes() == data)]
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(wanted[path])
    return changed


def _with_unfinished(text: str, path: Path) -> str:
    """Words that are in the file at `path` and not in the database yet, a title without its text, stay in the file."""
    if path.suffix != ".po" or not path.exists():
        return text
    there = {entry.msgctxt: entry for entry in read_po(path) if entry.msgstr and not entry.obsolete}
    file = polib.pofile(text)
    unfinished = [entry for entry in file if not entry.msgstr and entry.msgctxt in there]
    for entry in unfinished:
        old = there[entry.msgctxt]
        entry.msgid, entry.msgstr, entry.flags = old.msgid, old.msgstr, old.flags
        entry.previous_msgid, entry.comment = old.previous_msgid, old.comment
    return file_text(file) if unfinished else text


def _newest(session: Session, messages: list[Message], language: str) -> dict[str, Revision]:
    found: dict[str, Revision] = {}
    for revision in repository.revisions(session, [message.key for message in messages], [language]):
        found.setdefault(revision.key, revision)
    return found


def _po(language: str, messages: list[Message], english: dict[str, Revision], own: dict[str, Revision]) -> str:
    entries = (entry for m in messages for entry in _as_po(m.key, own.get(m.key), english.get(m.key)))
    return po_text(language, entries)


def _as_yaml(message: Message, revision: Revision) -> dict[str, Any]:
    return {
        "title": revision.title,
        **({"contact": message.contact} if message.contact else {}),
        "web": f"{revision.web}\n",
        "sms": f"{revision.sms}\n",
        "choices": message.choices,
        "sources": [_as_source(source) for source in message.sources],
        "owner": message.owner,
        "approver": message.approver,
        **({"review_by": message.review_by} if message.review_by else {}),
        "level": message.level,
        **({"notes": f"{message.notes.strip()}\n"} if message.notes.strip() else {}),
    }


def _as_source(source: dict[str, Any]) -> dict[str, Any]:
    return {"title": source["title"], "url": source["url"], "read_on": date.fromisoformat(source["read_on"])}


def _as_po(key: str, revision: Revision | None, english: Revision | None) -> Iterator[Entry]:
    """Three entries a message; without words when it is not translated yet."""
    for field in FIELDS:
        now = getattr(english, field) if english else ""
        if revision is None:
            yield Entry(f"{key}.{field}", now, "", is_draft=False)
            continue
        made_from = revision.made_from.get(field) or _unknown_english(revision, english, now)
        yield Entry(
            name=f"{key}.{field}",
            english=made_from,
            words=getattr(revision, field),
            is_draft=not _is_approved(revision),
            note=revision.notes.get(field, ""),
            now=now or made_from,
        )


def _unknown_english(revision: Revision, english: Revision | None, now: str) -> str:
    """Of a revision from before its English was kept: today's if the hashes are equal, else words that equal none."""
    return now if english and english.source_hash == revision.source_hash else UNKNOWN


def _is_approved(revision: Revision) -> bool:
    return any(approval.withdrawn_at is None for approval in revision.approvals)

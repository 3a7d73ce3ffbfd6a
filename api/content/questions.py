"""What can be asked: content/topics.yml, and what was approved at the desk since."""

import logging
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.orm import Session

from api.content import repository
from api.content.derived import DIALOGUES
from api.content.files.topics_file import lines_of, with_questions
from api.content.languages import ENGLISH
from api.content.models import Message
from api.content.source import FIELDS
from api.errors import Unusable
from api.versions import repository as versions
from api.versions.service import Body, Current
from api.versions.service import current as approved_now

log = logging.getLogger(__name__)
KIND = "question"
"""Of versions: the subject is the key, the body {"line"}; of a question that is new also {"title", "level"}."""
LEVELS = ("information", "safety")
CLOSED = ("urgent", "conversation")
"""Topics that nobody adds to at the desk: what is said there is bound up with the screen and with the dialogues."""
LONGEST_LINE = 200
OWNER, APPROVER = "Public health content editor", "Consultant midwife"
REVIEWED_WITHIN = timedelta(days=180)
_SLUG = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_KEY = re.compile(f"{_SLUG.pattern}/{_SLUG.pattern}")
_LONGEST_SLUG = 40


class Questions:
    """The questions in the order of the file, each with its line; a new list takes the place of the old at once."""

    def __init__(self, folder: Path) -> None:
        self._text = (folder / "topics.yml").read_text(encoding="utf-8")
        self._lines = lines_of(self._text)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._lines)

    @property
    def lines(self) -> Mapping[str, str]:
        """Key -> the English line that says what belongs there."""
        return self._lines

    def follow(self, current: Current) -> None:
        """Takes over what was approved. A body that cannot be used leaves its question as it was, and no other."""
        approved = {key: body for key, body in current.get(KIND, {}).items() if _is_usable(key, body)}
        self._lines = lines_of(with_questions(self._text, approved))


def _is_usable(key: str, body: Any) -> bool:
    """What `with_questions` can write into the file; the file's line counts where it cannot."""
    line = body.get("line") if isinstance(body, dict) else None
    if not _KEY.fullmatch(key) or not isinstance(line, str) or not _says_something(line):
        log.error("the approved question %s cannot be used", key)
        return False
    return True


def _says_something(line: str) -> bool:
    return bool(line.strip()) and len(line) <= LONGEST_LINE and line.isprintable()


def refuse_line(line: str) -> None:
    """Raises Unusable for a line that says nothing, or more than one line."""
    if not _says_something(line):
        raise Unusable(f"line: say what belongs here in one line of at most {LONGEST_LINE} characters.")


def refuse_key(key: str, taken: Iterable[str]) -> None:
    """Raises Unusable for a key that cannot be that of a new question."""
    topic, _, question = key.partition("/")
    for field, slug in (("topic", topic), ("question", question)):
        is_a_word = yaml.safe_load(slug) == slug if _SLUG.fullmatch(slug) else False  # YAML reads `no` as False
        if not is_a_word or len(slug) > _LONGEST_SLUG:
            raise Unusable(f"{field}: small letters and digits with _ between words, like bed_sharing, at most 40.")
    if topic in CLOSED or topic in DIALOGUES:
        raise Unusable(f"topic: questions of {topic} are bound up with the program. Choose another topic.")
    if key in taken:
        raise Unusable(f"question: there is a question {key} already.")


def add_message(session: Session, key: str, body: Body, today: date) -> None:
    """The message of an approved question, without words: editors may write its English at once. Once only."""
    if repository.message(session, key) is not None:
        return
    positions = [message.position for message in repository.messages(session)]
    session.add(
        Message(
            key=key,
            position=max(positions, default=0) + 1,
            level=body.get("level", LEVELS[0]),
            contact=None,
            owner=OWNER,
            approver=APPROVER,
            review_by=today + REVIEWED_WITHIN,
            choices=[],
            sources=[],
            notes=f"What belongs here: {body['line']}",
        )
    )


def first_words(session: Session, key: str) -> dict[str, str]:
    """The English to begin with, before anybody has written it: the title that was proposed with the question."""
    rows = versions.history(session, KIND, key)
    title = next((row.body["title"] for row in reversed(rows) if "title" in row.body), "")
    return {**dict.fromkeys(FIELDS, ""), "title": title}


def exported_topics(session: Session, folder: Path) -> str:
    """topics.yml with what was approved; a question without any English stays at the desk: no file may name it yet."""
    text = (folder / "topics.yml").read_text(encoding="utf-8")
    approved = approved_now(session).get(KIND, {})
    known = {*lines_of(text), *(row.key for row in repository.revisions(session, approved, [ENGLISH]))}
    return with_questions(text, {key: body for key, body in approved.items() if key in known})

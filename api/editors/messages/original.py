"""The English beside a translation."""

from typing import Any

from sqlalchemy.orm import Session

from api.content import repository
from api.content.approving import english_for
from api.content.languages import ENGLISH, Language
from api.content.models import Revision
from api.content.service import revision, words_of
from api.content.source import FIELDS
from api.editors.messages.diffing import word_diff


def original(session: Session, key: str, own: Language, newest: Revision | None) -> dict[str, Any] | None:
    """The English to translate, and how it differs from what the newest translation says."""
    if own.code == ENGLISH:
        return None
    read = english_for(session, key)
    if read is None:
        return None
    row = revision(session, key, ENGLISH, read.number)
    said = words_of(row)
    before = newest.made_from if newest else {}
    changed = bool(before) and before != said
    diffs = {field: word_diff(before.get(field, ""), said[field]) for field in FIELDS} if changed else {}
    latest = repository.newest(session, key, ENGLISH)
    ahead = latest.number if latest and latest.number > row.number else 0
    return {
        "number": row.number,
        "fields": said,
        "diffs": diffs,
        "ahead": ahead,
        "notes": newest.notes if newest else {},
    }

"""Who may write, approve and take away as a file which words. Pure."""

from api.accounts.visitor import Visitor
from api.content.languages import ENGLISH
from api.content.standing import Cell
from api.versions.models import Version


def may_write(visitor: Visitor, language: str) -> bool:
    """Editors write English; translators write the languages they work in."""
    if language == ENGLISH:
        return visitor.may("editor", "admin")
    return visitor.may("translator") and language in visitor.languages


def may_approve(visitor: Visitor, language: str, level: str) -> bool:
    """English of a safety message needs the clinical approver; a translation somebody who works in its language.

    Nobody whose decisions are held.
    """
    if visitor.held_until:
        return False
    if language == ENGLISH:
        return visitor.may("approver") or (level == "information" and visitor.may("editor", "admin"))
    return visitor.may("approver", "translator") and language in visitor.languages


def waits_for(visitor: Visitor, cell: Cell, level: str) -> bool:
    """Whether the newest words of `cell` can be approved now by this person, who did not write them."""
    is_ready = cell.waits and cell.fits == "fresh" and cell.author_id != visitor.account_id
    return is_ready and may_approve(visitor, cell.language, level)


def may_take(visitor: Visitor, language: str) -> bool:
    """Editors take every language as a file, translators their own."""
    return visitor.may("editor", "admin") or may_write(visitor, language)


def may_propose_phrases(visitor: Visitor, language: str) -> bool:
    """Phrases of danger: editors in every language, translators in those they work in."""
    return visitor.may("editor", "admin") or (visitor.may("translator") and language in visitor.languages)


def may_approve_phrases(visitor: Visitor, language: str) -> bool:
    """The clinical approver: English, and the languages they work in. Nobody whose decisions are held."""
    return visitor.may("approver") and not visitor.held_until and (language == ENGLISH or language in visitor.languages)


def may_decide(visitor: Visitor, row: Version) -> bool:
    """Whether this person may approve the reviewed data that somebody else proposed in `row`."""
    if visitor.held_until or row.author_id == visitor.account_id:
        return False
    language = row.subject.partition(" ")[0]
    if row.kind == "red_flags":
        return may_approve_phrases(visitor, language)
    if row.kind in ("interface", "summary"):
        return may_approve(visitor, language, "information")
    return visitor.may("approver", "admin") if row.kind == "language" else visitor.may("approver")

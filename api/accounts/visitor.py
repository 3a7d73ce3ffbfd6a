"""Who is asking, and what each role may do. Pure."""

from dataclasses import dataclass
from datetime import datetime

from api.errors import BumplineError, Unusable

ROLES = ("professional", "editor", "translator", "approver", "admin")
"""`approver`: the clinical approver. `translator`: writes, and approves what others wrote, in their languages."""
NEED_SECOND_FACTOR = frozenset({"approver", "admin"})
DECIDE = frozenset({"editor", "translator", "approver", "admin"})
"""Whose approval may be all that stands between words and families."""


class NotSignedIn(BumplineError):
    status = 401
    code = "not_signed_in"


class Forbidden(BumplineError):
    status = 403
    code = "forbidden"


class FieldUnusable(Unusable):
    """`field` of the form is what is wrong."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Visitor:
    """A person who is signed in. `csrf` must come back with every form; `languages` are codes a translator works in.

    `held_until`: until then this person decides on no words (holding.py).
    """

    account_id: str
    name: str
    email: str
    roles: frozenset[str]
    csrf: str
    languages: frozenset[str] = frozenset()
    held_until: datetime | None = None

    def may(self, *roles: str) -> bool:
        """Whether this person has one of `roles`; an admin may do what an editor may."""
        implied = {"editor"} if "admin" in self.roles else set[str]()
        return bool((self.roles | implied) & set(roles))

    @property
    def is_approver(self) -> bool:
        """A clinical approver whose decisions count now."""
        return "approver" in self.roles and self.held_until is None


@dataclass(frozen=True)
class Holder:
    """Whoever holds a session. Until `is_complete` it opens nothing but the pages of the second factor."""

    visitor: Visitor
    is_complete: bool
    has_second_factor: bool


def checked_roles(roles: list[str], languages: list[str]) -> list[str]:
    """`roles` sorted, each once; raises FieldUnusable: none, an unknown one, a translator without a language."""
    if not roles or set(roles) - set(ROLES):
        raise FieldUnusable("roles", f"Roles are {', '.join(ROLES)}; give one or more of them.")
    if "translator" in roles and not languages:
        raise FieldUnusable("languages", "Choose the languages this translator works in.")
    return sorted(set(roles))

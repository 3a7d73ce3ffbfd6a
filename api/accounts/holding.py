"""Approvals that wait: no administrator alone makes the second person that approves their own words.

Whoever is given a role that approves words, a language to approve them in, or with such a role a new link for a
password or a new second step, decides on no words for two days; another administrator or approver may end that before.
"""

from datetime import datetime, timedelta

from api.accounts.models import Account
from api.accounts.visitor import DECIDE, Visitor
from api.database import now
from api.errors import Conflict

HELD_FOR = timedelta(hours=48)


def hold(account: Account, by: Visitor, deed: str) -> None:
    """After `deed` ("reset the second step"); nothing for accounts without such a role."""
    if DECIDE & set(account.roles):
        account.approvals_held_until = now() + HELD_FOR
        account.approvals_held_by_id = by.account_id
        account.approvals_held_because = f"{by.name} {deed}"


def held_until(account: Account, moment: datetime) -> datetime | None:
    until = account.approvals_held_until
    return until if until and until > moment else None


def release(account: Account, by: Visitor) -> None:
    """Raises Conflict for the person themselves, for who did the deed, and for who is held too."""
    if by.account_id in (account.id, account.approvals_held_by_id) or by.held_until:
        raise Conflict("Somebody else must confirm this: an administrator or approver who had no part in it.")
    account.approvals_held_until = account.approvals_held_by_id = account.approvals_held_because = None

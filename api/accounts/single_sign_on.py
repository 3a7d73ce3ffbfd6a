"""Whom the issuer of single sign-on lets in: people who have an account here. Nobody gets one by signing in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from api.accounts import audit, repository
from api.accounts.issuer import Attested
from api.accounts.locking import locked
from api.accounts.models import Account
from api.accounts.service import Accounts, address
from api.accounts.sessions import may_enter, token_hash
from api.accounts.visitor import NotSignedIn
from api.database import now


@dataclass(frozen=True)
class SingleSignOn:
    accounts: Accounts

    def sign_in(self, attested: Attested, browser: str = "", old: str = "") -> str:
        """A token for a cookie; raises NotSignedIn for whoever was not invited, or is linked to somebody else."""
        moment = now()
        with self.accounts.database.write() as session:
            known = repository.by_email(session, address(attested.email))
            account = repository.for_update(session, known.id) if known else None
            refusal = self._refusal(session, account, attested, moment)
            if account and refusal is None:
                _join(session, account, attested, moment)
                repository.close_session(session, token_hash(old))
                return self.accounts.enter(
                    session, account, moment, browser=browser, passed=attested.has_second_factor, by="issuer"
                )
        assert refusal is not None
        raise refusal

    def _refusal(
        self, session: Session, account: Account | None, attested: Attested, moment: datetime
    ) -> NotSignedIn | None:
        if account is None or not (account.joined_at or self._is_invited(session, account, moment)):
            return NotSignedIn("There is no account for you here. Ask your administrator for an invitation.")
        if account.subject not in (None, attested.subject):
            audit.record_own(session, account, "account.refused", {"wrong": "work account"})
            return NotSignedIn("Another work account is linked to this address. Ask your administrator.")
        if not may_enter(account, self.accounts.is_production) or account.is_demonstration:
            return NotSignedIn("This account is closed. Ask your administrator.")
        return locked(account, moment)

    def _is_invited(self, session: Session, account: Account, moment: datetime) -> bool:
        link = repository.links(session).get(account.id)
        return link is not None and link.expires_at > moment


def _join(session: Session, account: Account, attested: Attested, moment: datetime) -> None:
    if account.subject is None:
        account.subject = attested.subject
        audit.record_own(session, account, "account.linked_to_issuer")
    if account.joined_at is None:
        account.joined_at = moment
        repository.drop_link(session, account.id)
        audit.record_own(session, account, "account.joined")

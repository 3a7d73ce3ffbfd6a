"""The second factor: setting it up, asking for it, recovery codes, taking it away."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from cryptography.fernet import InvalidToken
from sqlalchemy.orm import Session

from api.accounts import audit, repository
from api.accounts.locking import count_failure, locked
from api.accounts.models import Account, RecoveryCode, StaffSession
from api.accounts.passwords import matches
from api.accounts.recovery import code_hash, new_codes
from api.accounts.service import Accounts
from api.accounts.sessions import holder_of, is_complete, token_hash
from api.accounts.totp import accepted_step, app_address, new_secret
from api.accounts.visitor import NEED_SECOND_FACTOR, Forbidden, NotSignedIn, Visitor
from api.database import now
from api.errors import BumplineError, Conflict, Unusable
from api.sealing import box

PURPOSE = b"bumpline accounts: second factor"
_DIGITS = re.compile(r"\d{6}", re.ASCII)
Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Begun:
    """What an app needs: `secret` to type, `address` to scan."""

    secret: str = field(repr=False)
    address: str = field(repr=False)


@dataclass(frozen=True)
class Entered:
    """A new session's token, and recovery codes that are shown this once."""

    token: str = field(repr=False)
    codes: list[str] = field(repr=False)


@dataclass(frozen=True)
class SecondFactors:
    """Wrong codes and passwords count in the account's lock; a refusal is raised only after it was counted."""

    accounts: Accounts
    secret_key: str = field(repr=False)

    def begin(self, token: str) -> Begun:
        """The secret being set up in this browser, the same until it is confirmed; raises NotSignedIn, Forbidden."""
        with self.accounts.database.write() as session:
            held = self._held(session, token, now())
            if held.pending_secret is None:
                held.pending_secret = self._seal(new_secret())
            secret = self._open(held.pending_secret)
            return Begun(secret, app_address(secret, held.account.email))

    def confirm(self, token: str, code: str, proof: str, browser: str) -> Entered:
        """Takes the secret into use when `code` is of it; where there is another already, `proof` is asked too.

        Raises NotSignedIn for a wrong proof, Unusable for a wrong code.
        """
        moment, entered = now(), None
        is_password = self._is_password(token, proof)
        with self.accounts.database.write() as session:
            held = self._held(session, token, moment)
            account = _locked_row(session, held.account_id)
            refusal: BumplineError | None = None
            if account.totp_secret is not None:
                refusal = self._unproven(session, account, proof, is_password, moment)
            step = accepted_step(self._open(held.pending_secret), _digits(code), moment, None)
            if refusal is None and step is None:
                refusal = Unusable("That code is not right. Look at the app again: it shows another every 30 seconds.")
            if refusal is None:
                account.totp_secret, account.totp_step = held.pending_secret, step
                audit.record_own(session, account, "account.second_factor_set_up")
                entered = Entered(self._renewed(session, held, browser), self._replace_codes(session, account))
        return _or_raise(entered, refusal)

    def pass_code(self, token: str, typed: str, browser: str) -> str:
        """The token of a whole session for one that passed the password; raises NotSignedIn."""
        moment, renewed = now(), None
        with self.accounts.database.write() as session:
            held = self._held(session, token, moment, is_setting_up=False)
            account = _locked_row(session, held.account_id)
            refusal = locked(account, moment)
            if refusal is None and not self._is_right(session, account, typed, moment):
                count_failure(session, account, moment, "code")
                refusal = NotSignedIn("That code is not right, or it was used already. Wait for the next one.")
            if refusal is None:
                renewed = self._renewed(session, held, browser)
        return _or_raise(renewed, refusal)

    def remove(self, visitor: Visitor, proof: str) -> None:
        """Raises Conflict where the roles ask for one, NotSignedIn for a wrong proof."""
        if NEED_SECOND_FACTOR & visitor.roles:
            raise Conflict("Clinical approvers and administrators keep their second step. You can replace it.")
        self._proven(visitor, proof, "account.second_factor_removed")

    def replace_codes(self, visitor: Visitor, proof: str) -> list[str]:
        """Ten new recovery codes, shown this once; the old ones are worth nothing now. Raises NotSignedIn."""
        return self._proven(visitor, proof, "account.recovery_codes_replaced")

    def has_password(self, visitor: Visitor) -> bool:
        """Whether `proof` is a password; otherwise it is a code of the app."""
        with self.accounts.database.read() as session:
            account = session.get(Account, visitor.account_id)
        return bool(account and account.password_hash)

    def _proven(self, visitor: Visitor, proof: str, what: str) -> list[str]:
        moment, codes = now(), list[str]()
        with self.accounts.database.read() as session:
            held = session.get(Account, visitor.account_id)
        is_password = matches(held.password_hash if held else None, proof)
        with self.accounts.database.write() as session:
            account = _locked_row(session, visitor.account_id)
            if account.totp_secret is None:
                raise Conflict("You have not set up a second step.")
            refusal = self._unproven(session, account, proof, is_password, moment)
            if refusal is None:
                audit.record_own(session, account, what)
                if what == "account.second_factor_removed":
                    clear(session, account)
                else:
                    codes = self._replace_codes(session, account)
        return _or_raise(codes, refusal)

    def _held(self, session: Session, token: str, moment: datetime, *, is_setting_up: bool = True) -> StaffSession:
        held = repository.open_session(session, token_hash(token), moment)
        if held is None or holder_of(held, moment, self.accounts.is_production) is None:
            raise NotSignedIn("Sign in first.")
        has_one = held.account.totp_secret is not None
        if is_setting_up and has_one and not is_complete(held):
            raise Forbidden("Give the code of your second step first.")
        if not is_setting_up and not has_one:
            raise Conflict("You have not set up a second step.")
        return held

    def _renewed(self, session: Session, held: StaffSession, browser: str) -> str:
        """Another token for the same browser: what was known before the second step opens nothing after it."""
        repository.close_session(session, held.token_hash)
        return self.accounts.enter(session, held.account, now(), browser=browser, passed=True, by="second step")

    def _is_password(self, token: str, proof: str) -> bool:
        with self.accounts.database.read() as session:
            held = repository.open_session(session, token_hash(token), now())
        return matches(held.account.password_hash if held else None, proof) if proof else False

    def _unproven(
        self, session: Session, account: Account, proof: str, is_password: bool, moment: datetime
    ) -> NotSignedIn | None:
        """Who has no password, because another place signs them in, proves with a code of the app."""
        if refusal := locked(account, moment):
            return refusal
        is_right = is_password if account.password_hash else self._is_right(session, account, proof, moment)
        if is_right:
            return None
        count_failure(session, account, moment, "password" if account.password_hash else "code")
        return NotSignedIn("That is not your password." if account.password_hash else "That code is not right.")

    def _is_right(self, session: Session, account: Account, typed: str, moment: datetime) -> bool:
        """A code of the app that was not used yet, or a recovery code, which is used up by this."""
        digits = _digits(typed)
        if digits:
            step = accepted_step(self._open(account.totp_secret), digits, moment, account.totp_step)
            account.totp_step = step if step is not None else account.totp_step
            return step is not None
        if not repository.spend_recovery_code(session, account.id, code_hash(self.secret_key, account.id, typed)):
            return False
        left = repository.recovery_codes_left(session, account.id)
        audit.record_own(session, account, "account.recovery_code_used", {"left": left})
        return True

    def _replace_codes(self, session: Session, account: Account) -> list[str]:
        repository.drop_recovery_codes(session, account.id)
        codes = new_codes()
        hashes = (code_hash(self.secret_key, account.id, code) for code in codes)
        session.add_all(RecoveryCode(account_id=account.id, code_hash=one) for one in hashes)
        return codes

    def _seal(self, secret: str) -> str:
        return box(self.secret_key, PURPOSE).encrypt(secret.encode()).decode()

    def _open(self, sealed: str | None) -> str:
        if sealed is None:
            raise Conflict("Setting up was not begun in this browser. Open the page again.")
        try:
            return box(self.secret_key, PURPOSE).decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise Conflict(
                "Your second step cannot be read: SECRET_KEY has changed. Ask an administrator to reset it."
            ) from error


def clear(session: Session, account: Account) -> None:
    """As if no second factor had been set up."""
    account.totp_secret = account.totp_step = None
    repository.drop_recovery_codes(session, account.id)


def _locked_row(session: Session, account_id: str) -> Account:
    account = repository.for_update(session, account_id)
    if account is None:
        raise NotSignedIn("Sign in first.")
    return account


def _digits(typed: str) -> str:
    """Six digits, else nothing; apps show a space in the middle."""
    plain = "".join(typed.split())
    return plain if _DIGITS.fullmatch(plain) else ""


def _or_raise(value: Kind | None, refusal: BumplineError | None) -> Kind:
    if refusal is not None:
        raise refusal
    assert value is not None
    return value

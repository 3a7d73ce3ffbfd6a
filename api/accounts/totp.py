"""Codes of an authenticator app: six digits, another every thirty seconds (RFC 6238). Pure."""

import base64
import hmac
import secrets
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

DIGITS = 6
SECONDS = 30
DRIFT = 1
"""Steps of clock drift accepted either side."""
SECRET_BYTES = 20
ISSUER = "Bumpline"


def new_secret() -> str:
    """A fresh secret in base32, as authenticator apps take it."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def app_address(secret: str, email: str) -> str:
    """The `otpauth:` address that an app reads from a QR code."""
    return _codes(secret).get_provisioning_uri(email, ISSUER)


def code_at(secret: str, moment: datetime) -> str:
    return _codes(secret).generate(moment.timestamp()).decode()


def accepted_step(secret: str, code: str, moment: datetime, last_step: int | None) -> int | None:
    """The time step that `code` belongs to, or None when it is wrong. A step up to `last_step` was used already."""
    current = int(moment.timestamp()) // SECONDS
    codes, accepted = _codes(secret), None
    for step in range(max(0, current - DRIFT), current + DRIFT + 1):
        is_same = hmac.compare_digest(codes.generate(step * SECONDS), code.encode())
        if is_same and (last_step is None or step > last_step):
            accepted = step
    return accepted


def _codes(secret: str) -> TOTP:
    # SHA-1 and six digits: the only choice every authenticator app understands.
    return TOTP(base64.b32decode(secret), DIGITS, SHA1(), SECONDS)

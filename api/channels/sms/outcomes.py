"""What one attempt to send came to. Pure.

Twilio has no idempotency key, so an attempt is repeated only when it surely was refused before anything was sent.
"""

from dataclasses import dataclass
from enum import StrEnum

OPTED_OUT_CODE = 21610
TOO_MANY_CODE = 20429
UNAVAILABLE_CODE = 20503
CREDENTIALS_CODE = 20003
CONFIGURATION_CODES = frozenset({21408, 21606, 21609, 21612, 21617, 21701, 21703, 21705})
"""Route, sender, permission, length: ours to mend, for every text and not for one number."""


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    OPTED_OUT = "opted_out"
    REFUSED = "refused"
    TRY_LATER = "try_later"
    NOT_SIGNED_IN = "not_signed_in"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Attempt:
    outcome: Outcome
    message_sid: str | None = None
    error_code: int | None = None


def attempt_refused(http_status: int, code: int | None) -> Attempt:
    """What an error answer means. 500, 502 and 504 do not say whether the text went out: unknown, never repeated."""
    return Attempt(_outcome(http_status, code), error_code=code or http_status)


def _outcome(http_status: int, code: int | None) -> Outcome:
    if code == CREDENTIALS_CODE or http_status == 401:
        return Outcome.NOT_SIGNED_IN
    if code == OPTED_OUT_CODE:
        return Outcome.OPTED_OUT
    if code in (TOO_MANY_CODE, UNAVAILABLE_CODE) or http_status in (429, 503):
        return Outcome.TRY_LATER
    if 400 <= http_status < 500 and http_status != 408:
        return Outcome.REFUSED
    return Outcome.UNKNOWN

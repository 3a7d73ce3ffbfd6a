"""Where a text stands, and how a provider's word moves it: forward, never back. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

Kind = Literal["reply", "unsolicited"]


class InboundState(StrEnum):
    QUEUED = "queued"
    LEASED = "leased"
    HANDLED = "handled"
    FAILED = "failed"
    UNANSWERABLE = "unanswerable"


class OutboundState(StrEnum):
    QUEUED = "queued"
    LEASED = "leased"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNDELIVERED = "undelivered"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"
    UNSHOWN = "unshown"
    SUPPRESSED = "suppressed"


WAITING = (InboundState.QUEUED, InboundState.LEASED)
UNSENT = (OutboundState.QUEUED, OutboundState.LEASED)
UNDECIDED = (*UNSENT, OutboundState.SENDING, OutboundState.UNKNOWN)

_MEANS: Mapping[str, tuple[int, OutboundState]] = MappingProxyType({
    "accepted": (1, OutboundState.SENT),
    "scheduled": (1, OutboundState.SENT),
    "queued": (1, OutboundState.SENT),
    "sending": (1, OutboundState.SENT),
    "sent": (1, OutboundState.SENT),
    "partially_delivered": (1, OutboundState.SENT),
    "delivered": (2, OutboundState.DELIVERED),
    "undelivered": (2, OutboundState.UNDELIVERED),
    "failed": (2, OutboundState.FAILED),
    "canceled": (2, OutboundState.CANCELLED),
    "read": (3, OutboundState.DELIVERED),
})  # fmt: skip


def moved_by(state: str, provider_status: str) -> OutboundState:
    """The state after a callback; a callback that comes late or twice changes nothing."""
    now = OutboundState(state)
    rank, then = _MEANS.get(provider_status, (0, now))
    return then if rank > _rank(now) else now


def _rank(state: OutboundState) -> int:
    if state in UNDECIDED:
        return 0
    return 1 if state is OutboundState.SENT else 2

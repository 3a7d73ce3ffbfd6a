"""May this text still go out as it was written? Asked at the last moment, of its words and of its services."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from api.channels.sms.models import OutboundSms
from api.channels.sms.states import UNSENT, OutboundState
from api.channels.sms.texts import Said

StillServed = Callable[[Said], bool]
StillShown = Callable[[str], bool]
"""Of a service's id: whether families are still shown it."""
LOST = (OutboundState.CANCELLED, OutboundState.UNSHOWN)


def said_in(row: OutboundSms) -> list[Said]:
    return [Said(**said) for said in row.said]


@dataclass(frozen=True)
class Recheck:
    still_served: StillServed
    still_shown: StillShown

    def once(self) -> "Recheck":
        """For one handful of texts: each thing is asked about once."""
        return Recheck(cache(self.still_served), cache(self.still_shown))

    def lost(self, row: OutboundSms, batch: Sequence[OutboundSms]) -> OutboundState | None:
        """CANCELLED or UNSHOWN when `row` may not go out any more.

        Of a text that nobody asked for a person confirmed the whole `batch`: when one part of it is lost, the parts
        that have not gone out are lost with it, so that no other text arrives than the one that was confirmed.
        """
        parts = [row] if row.kind == "reply" else [part for part in batch if part.state in (*UNSENT, *LOST)]
        return next((state for state in map(self._lost, parts) if state is not None), None)

    def _lost(self, part: OutboundSms) -> OutboundState | None:
        if part.state in LOST:
            return OutboundState(part.state)
        if not all(map(self.still_served, said_in(part))):
            return OutboundState.CANCELLED
        return None if all(map(self.still_shown, part.service_ids)) else OutboundState.UNSHOWN

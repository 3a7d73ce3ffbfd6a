"""Texts that a professional has sent to a family: previewed, put in the outbox, followed."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.channels.sms import repository
from api.channels.sms.models import OutboundSms
from api.channels.sms.numbers import Mobile, NotAMobile, NumberKeeper, mobile, number_keeper
from api.channels.sms.outbox import enqueue
from api.channels.sms.quiet_hours import next_decent_moment
from api.channels.sms.texts import texts_of_letter
from api.content.segments import count
from api.conversations.schemas import MessageOut, ServiceOut
from api.database import now
from api.errors import Unusable
from api.settings import Settings


class NumberUnusable(Unusable):
    code = "number_unusable"


@dataclass(frozen=True)
class PreviewedText:
    body: str
    segments: int
    encoding: str


@dataclass(frozen=True)
class Letters:
    """`written` is always the number as somebody typed it; only UK mobiles are texted."""

    keeper: NumberKeeper
    allow_fiction: bool

    def number_hash(self, written: str) -> str:
        """Raises NumberUnusable, which says why and never which number."""
        return self.keeper.hash(self._mobile(written).e164)

    def preview(self, messages: Sequence[MessageOut], services: Sequence[ServiceOut]) -> list[PreviewedText]:
        bodies = [text.body for text in texts_of_letter(messages, services)]
        return [PreviewedText(body, cost.count, cost.encoding) for body, cost in ((b, count(b)) for b in bodies)]

    def has_opted_out(self, session: Session, number_hash: str) -> bool:
        return bool(repository.suppressed_among(session, {number_hash}))

    def goes_at(self) -> datetime | None:
        """When it will go out, if not at once: nobody is texted unasked at night."""
        moment = now()
        decent = next_decent_moment(moment)
        return decent if decent > moment else None

    def send(
        self, session: Session, written: str, messages: Sequence[MessageOut], services: Sequence[ServiceOut], batch: str
    ) -> None:
        texts = texts_of_letter(messages, services)
        enqueue(session, self.keeper, to=self._mobile(written), texts=texts, batch=batch, kind="unsolicited")

    def states(self, session: Session, batches: Collection[str]) -> dict[str, list[str]]:
        """Batch -> the state of each of its texts, in order."""
        query = select(OutboundSms.batch, OutboundSms.state).where(OutboundSms.batch.in_(list(batches)))
        found: defaultdict[str, list[str]] = defaultdict(list)
        for batch, state in session.execute(query.order_by(OutboundSms.batch, OutboundSms.part)):
            found[batch].append(state)
        return dict(found)

    def _mobile(self, written: str) -> Mobile:
        try:
            return mobile(written, allow_fiction=self.allow_fiction)
        except NotAMobile as error:
            raise NumberUnusable(f"{error} Only mobiles in the United Kingdom can be texted.") from None


def letters(settings: Settings) -> Letters:
    return Letters(number_keeper(settings.secret_key), settings.sms_allow_fiction_numbers)

"""Under which answers a family is asked whether they helped. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.conversations.schemas import MessageOut, Reply, ServiceOut
from api.safety import LOSS

FOUND = "conversation/services_found"
NOT_MY_QUESTION = "not_my_question"
REASONS = (NOT_MY_QUESTION, "unclear", "wrong", "language", "other")
LONGEST = 500


@dataclass(frozen=True)
class Verdict:
    """What a family says of one answer. `reason` is one of REASONS, and with `detail` only for what did not help."""

    helped: bool
    reason: str | None = None
    detail: str = ""


def is_asked(messages: Sequence[MessageOut], services: Sequence[ServiceOut], *, is_sensitive: bool) -> bool:
    """True under an answer with sources or a list of services; never in danger or after a loss (`is_sensitive`)."""
    return not is_sensitive and _read(messages, services) is not None


def words_asked_about(reply: Reply) -> MessageOut | None:
    """The message that the verdict is about: the first with sources, else the one above the services."""
    return _read(reply.messages, reply.services)


def _read(messages: Sequence[MessageOut], services: Sequence[ServiceOut]) -> MessageOut | None:
    if any(message.key == LOSS or message.key.startswith("urgent/") for message in messages):
        return None
    with_sources = [message for message in messages if message.sources]
    above = [message for message in messages if services and message.key == FOUND]
    return next(iter([*with_sources, *above]), None)

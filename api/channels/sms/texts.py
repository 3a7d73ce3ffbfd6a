"""A reply as the texts to send. Pure."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from api.content.bidi import is_right_to_left, kept_together
from api.content.segments import count
from api.conversations.schemas import ChoiceOut, MessageOut, Reply, ServiceOut

LONGEST = 1600
"""Twilio's limit; counted in UTF-16 units, the stricter reading."""

_GRAPHEME = regex.compile(r"\X")
_BREAKS = ("\n\n", "\n", " ")


@dataclass(frozen=True)
class Said:
    """One approved message inside a text: exactly which words."""

    key: str
    language: str
    revision: int


@dataclass(frozen=True)
class Text:
    """One text to send. `despite_opt_out`: to be sent even to a number that asked for none.

    `service_ids`: services that a person chose for it, to be asked about again when it goes out.
    """

    body: str
    said: tuple[Said, ...] = ()
    despite_opt_out: bool = False
    service_ids: tuple[str, ...] = ()


def texts_of(reply: Reply) -> list[Text]:
    """Messages, services, then numbered choices. An urgent message is a text of its own, before all else."""
    if reply.urgent:
        first, *rest = reply.messages
        urgent = [replace(text, despite_opt_out=True) for text in _fitted(_text_of(first))]
        return [*urgent, *_packed(_blocks(rest, reply.services, reply.choices))]
    return _packed(_blocks(reply.messages, reply.services, reply.choices))


def texts_of_letter(messages: Sequence[MessageOut], services: Sequence[ServiceOut]) -> list[Text]:
    """Messages, then services: what a professional has sent to a family."""
    block = replace(_services_text(services), service_ids=tuple(service.id for service in services))
    return _packed([*map(_text_of, messages), *([block] if services else [])])


def texts_of_message(message: MessageOut) -> list[Text]:
    return _fitted(_text_of(message))


def _blocks(
    messages: Sequence[MessageOut], services: Sequence[ServiceOut], choices: Sequence[ChoiceOut]
) -> Iterator[Text]:
    yield from map(_text_of, messages)
    if services:
        yield _services_text(services)
    if choices:
        yield Text("\n".join(f"{n} {_one_line(choice.label)}" for n, choice in enumerate(choices, start=1)))


def _text_of(message: MessageOut) -> Text:
    return Text(_composed(message.text), (Said(message.key, message.language, message.revision),))


def _services_text(services: Sequence[ServiceOut]) -> Text:
    return Text("\n".join(map(_service_line, services)))


def _service_line(service: ServiceOut) -> str:
    distance = None if service.distance_km is None else f"{service.distance_km:.1f} km"
    reached_by = service.phone or service.text_number or service.url
    known = (service.name, reached_by, distance, service.opening, service.referral_note)
    return _one_line(", ".join(part for part in known if part))


def _packed(blocks: Iterable[Text]) -> list[Text]:
    """Blocks share a text when that costs no more segments: one text cannot arrive in the wrong order."""
    packed: list[Text] = []
    for block in (part for whole in blocks for part in _fitted(whole)):
        joined = _joined(packed[-1], block) if packed else None
        if joined is not None and _is_worth_it(joined, packed[-1], block):
            packed[-1] = joined
        else:
            packed.append(block)
    return packed


def _joined(first: Text, second: Text) -> Text:
    service_ids = first.service_ids + second.service_ids
    return Text(f"{first.body}\n\n{second.body}", first.said + second.said, service_ids=service_ids)


def _is_worth_it(joined: Text, first: Text, second: Text) -> bool:
    apart = count(first.body).count + count(second.body).count
    return _length(joined.body) <= LONGEST and count(joined.body).count <= apart


def _fitted(text: Text) -> list[Text]:
    return [replace(text, body=part) for part in _split(text.body)]


def _split(body: str) -> list[str]:
    parts = []
    while _length(body) > LONGEST:
        head = _beginning(body)
        cut = next((at for at in (head.rfind(mark) for mark in _BREAKS) if at > 0), len(head))
        parts.append(body[:cut].rstrip())
        body = body[cut:].lstrip()
    return [part for part in (*parts, body) if part]


def _beginning(body: str) -> str:
    """As many whole graphemes as fit in one text."""
    taken, room = 0, LONGEST
    for grapheme in _GRAPHEME.findall(body):
        room -= _length(grapheme)
        if room < 0:
            break
        taken += len(grapheme)
    return body[: taken or LONGEST // 2]


def _length(text: str) -> int:
    return len(text) + sum(1 for c in text if ord(c) > 0xFFFF)


def _composed(text: str) -> str:
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
    return kept_together(composed) if is_right_to_left(composed) else composed


def _one_line(text: str) -> str:
    return _composed(" ".join(text.split()))

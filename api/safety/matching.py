"""Whether a phrase is in a message, by shifting bits: bit n stands for the word at position n."""

from api.safety.message import Message, Sequence
from api.safety.triggers import Pattern

WORDS_BETWEEN = 2


def is_in(pattern: Pattern, message: Message) -> bool:
    if len(pattern.parts) == 1:
        return _danger_ends(pattern.parts[0], message) != 0
    ends = [_danger_ends(part, message) for part in pattern.parts]
    return all(ends) and _sentences_with(ends, message) != 0


def mark_negations(patterns: list[Pattern], message: Message) -> None:
    for pattern in patterns:
        message.negations |= message.positions(pattern.parts[0][0])


def mark_harmless(pattern: Pattern, message: Message) -> None:
    ends = [_adjacent_ends(part, message) for part in pattern.parts]
    within = _sentences_with(ends, message)
    for part, part_ends in zip(pattern.parts, ends, strict=True):
        start = (part_ends & within) >> (len(part) - 1)
        message.harmless_starts |= start
        for offset in range(len(part)):
            message.harmless |= start << offset


def _sentences_with(ends: list[int], message: Message) -> int:
    within = 0
    for sentence in message.sentences:
        if all(sentence & part_ends for part_ends in ends):
            within |= sentence
    return within


def _adjacent_ends(part: Sequence, message: Message) -> int:
    """A harmless phrase allows nothing between its words: "no, she is bleeding" is not "no bleeding"."""
    ends = message.positions(part[0])
    for terms in part[1:]:
        ends = (ends << 1) & message.positions(terms)
    return ends


def _danger_ends(part: Sequence, message: Message) -> int:
    """Words inside a harmless phrase do not count, unless a negation just before it belongs to the danger:
    "not breathing" in "not breathing normally" stands, though "breathing normally" is harmless."""
    harmless = message.harmless
    entered = message.harmless_starts & message.negations << 1 | harmless << 1
    ends = message.positions(part[0]) & ~harmless
    for terms in part[1:]:
        if not ends:
            break
        after = ends << 1
        near = after | after << 1 | after << WORDS_BETWEEN
        ends = message.positions(terms) & (near & ~harmless | after & entered)
    return ends

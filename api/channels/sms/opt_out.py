"""Words that end and begin texts, in every language: only as the whole message. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from api.content.languages import ENGLISH, Language, plain_words


@dataclass(frozen=True)
class Asked:
    """What a whole message asks for, and the languages in which it is said so."""

    wish: Literal["stop", "start"]
    languages: tuple[str, ...]

    def answer_in(self, own: str | None) -> str | None:
        """The language of the one confirming text: the word's, but English "STOP" is known to everyone."""
        if own in self.languages or (own and self.languages == (ENGLISH,)):
            return own
        return self.languages[0]


def asked_to(text: str, languages: Mapping[str, Language]) -> Asked | None:
    said = plain_words(text)
    if not said:
        return None
    stop = tuple(code for code, language in languages.items() if said in map(plain_words, language.stop))
    if stop:
        return Asked("stop", stop)
    start = tuple(code for code, language in languages.items() if said in map(plain_words, language.start))
    return Asked("start", start) if start else None

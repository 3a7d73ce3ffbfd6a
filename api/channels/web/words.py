"""The words of one page in one language; what is not translated yet is marked as English."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from api.channels.web.formatting import inline
from api.content.dates import spoken
from api.content.interface import Interface
from api.content.languages import ENGLISH, Language
from api.content.placeholders import fill

NAME = "service_name"
_ENGLISH = Markup('<span lang="en" dir="ltr">{}</span>')


@dataclass(frozen=True)
class Words:
    """`text` for attributes and titles, `html` for what is read on the page, with numbers tappable."""

    interface: Interface
    languages: Mapping[str, Language]
    language: str

    @property
    def direction(self) -> str:
        return self.languages[self.language].direction

    def text(self, key: str, **values: object) -> str:
        return fill(self.interface.text(key, self.language), values)

    def html(self, key: str, **values: object) -> Markup:
        safe = {name: escape(value) for name, value in values.items()}
        words = Markup(fill(inline(self.interface.text(key, self.language)), safe))
        return _ENGLISH.format(words) if self._is_borrowed(key) else words

    def date(self, day: object) -> str:
        return spoken(str(day), self.language)

    def _is_borrowed(self, key: str) -> bool:
        """English stands in for a word that this language does not have."""
        if self.language == ENGLISH or key == NAME:
            return False
        return self.interface.text(key, self.language) == self.interface.text(key, ENGLISH)

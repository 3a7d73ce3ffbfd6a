"""Text from elsewhere as we keep it: no characters a database refuses, no HTML. Pure."""

import re
import unicodedata
from html.parser import HTMLParser
from typing import Any

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,6});")
_BLOCKS = {"p", "br", "li", "div", "ul", "ol", "tr", "table", "section", "h1", "h2", "h3", "h4", "h5", "h6"}
_UNREAD = {"script", "style", "template"}
_KEPT = {"\n", "\t"}


def cleaned(value: Any) -> Any:
    """Every text inside `value` without control characters and half characters; nothing else changes."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return {_text(str(name)): cleaned(part) for name, part in value.items()}
    return [cleaned(part) for part in value] if isinstance(value, list) else value


def has_markup(text: str) -> bool:
    return bool(_MARKUP.search(text))


def plain_text(text: str) -> str:
    """Words without HTML; its blocks become lines of their own."""
    if has_markup(text):
        reader = _Words()
        reader.feed(text)
        reader.close()
        text = "".join(reader.pieces)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unread += tag in _UNREAD
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD and self._unread:
            self._unread -= 1
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.pieces.append(data)


def _text(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text.replace("\r\n", "\n").replace("\r", "\n") if c in _KEPT or _can_be_kept(c))


def _can_be_kept(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs")

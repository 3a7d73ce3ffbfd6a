"""Values put into a message: `{postcode}`. A value nobody gave leaves its name out rather than failing a family."""

import re
from collections.abc import Mapping

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def fill(text: str, values: Mapping[str, object]) -> str:
    return _PLACEHOLDER.sub(lambda found: str(values.get(found[1], "")), text).strip()


def stray_braces(text: str) -> bool:
    """Whether a brace is left that belongs to no name: a family would read it."""
    return bool(re.search(r"[{}]", _PLACEHOLDER.sub("", text)))


def placeholders(text: str) -> list[str]:
    """Names in `text`, sorted: equal in every language."""
    return sorted(_PLACEHOLDER.findall(text))

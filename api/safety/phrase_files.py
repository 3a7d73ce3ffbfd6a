"""Reads content/red_flags/<language>.yml, and tells an editor exactly what to mend when it cannot.

`spelt_right` lists words that are no misspelling of a danger word they resemble: "walking" is not "waking".
`negations` lists words that undo a harmless phrase they stand before: "not breathing normally".
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from api.safety.patterns import Part, PhraseIsWrong, read_phrase
from api.safety.signs import GRAVEST_FIRST

SCRIPTS = ("native", "latin")
HARMLESS = "harmless"
SPELT_RIGHT = "spelt_right"
NEGATIONS = "negations"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same in C where PyYAML has it: megabytes of phrases are read at every start."""
NOT_DANGER = (HARMLESS, SPELT_RIGHT, NEGATIONS)


class RedFlagFileIsWrong(ValueError):
    """Names the file, the sign, the phrase and how to mend it."""


class ReadPhrase(NamedTuple):
    language: str
    sign: str
    text: str
    parts: tuple[Part, ...]


def read_folder(folder: Path) -> list[ReadPhrase]:
    files = sorted(folder.glob("*.yml"))
    if not files:
        raise RedFlagFileIsWrong(f"{folder}: there is no <language>.yml here; the screen needs at least one language")
    return [phrase for file in files for phrase in _read_file(file)]


def _read_file(file: Path) -> Iterator[ReadPhrase]:
    content = _parse(file)
    language = content.get("language")
    if language != file.stem:
        raise RedFlagFileIsWrong(f"{file}: language is {language!r}; write `language: {file.stem}` or rename the file")
    for sign, lists in _signs(file, content).items():
        for text in _phrases(file, sign, lists):
            yield ReadPhrase(file.stem, sign, text, _read_parts(file, sign, text))


def _parse(file: Path) -> dict[str, object]:
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        advice = "a phrase that begins with * or & or holds `: ` or ` #` needs quotes around it"
        raise RedFlagFileIsWrong(f"{file}: cannot be read as YAML ({problem}); {advice}") from problem
    if not isinstance(content, dict) or not set(content) <= {"language", "signs", *NOT_DANGER}:
        raise RedFlagFileIsWrong(f"{file}: write only language, signs, {', '.join(NOT_DANGER)} at the left margin")
    return content


def _signs(file: Path, content: dict[str, object]) -> dict[str, object]:
    signs = content.get("signs")
    if not isinstance(signs, dict):
        raise RedFlagFileIsWrong(f"{file}: `signs` is missing or empty; put the urgent signs under it")
    for sign in signs:
        if sign not in GRAVEST_FIRST:
            raise RedFlagFileIsWrong(f"{file}, {sign}: no such sign; write one of {', '.join(GRAVEST_FIRST)}")
    return signs | {name: content.get(name) for name in NOT_DANGER}


def _phrases(file: Path, sign: str, lists: object) -> Iterator[str]:
    if lists is None:
        return
    if not isinstance(lists, dict) or not set(lists) <= set(SCRIPTS):
        raise RedFlagFileIsWrong(f"{file}, {sign}: put the phrases in two lists, `native` and `latin`")
    for script, phrases in lists.items():
        if not isinstance(phrases, list | None):
            raise RedFlagFileIsWrong(f"{file}, {sign}, {script}: write a list, each phrase on a line that begins `- `")
        for phrase in phrases or ():
            if not isinstance(phrase, str):
                raise RedFlagFileIsWrong(f"{file}, {sign}, {phrase!r}: not words to YAML; put quotes around it")
            yield phrase


def _read_parts(file: Path, sign: str, text: str) -> tuple[Part, ...]:
    try:
        return read_phrase(text)
    except PhraseIsWrong as problem:
        raise RedFlagFileIsWrong(f"{file}, {sign}, {text!r}: {problem}") from problem

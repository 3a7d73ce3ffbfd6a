"""Reads content/red_flags/<language>.yml, and tells an editor exactly what to mend when it cannot.

`spelt_right` lists words that are no misspelling of a danger word they resemble: "walking" is not "waking".
`negations` lists words that undo a harmless phrase they stand before: "not breathing normally".
"""

import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

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
LISTS = (*GRAVEST_FIRST, *NOT_DANGER)
"""What a language may have phrases of. One list of one language is what editors change as a whole."""
Body = dict[str, list[str]]
"""Script -> phrases, of one list."""
Approved = Mapping[str, Mapping[str, Any]]
""""gu urgent/baby_fit" -> the body that counts instead of the file's."""

log = logging.getLogger(__name__)


class RedFlagFileIsWrong(ValueError):
    """Names the file, the sign, the phrase and how to mend it."""


class ReadPhrase(NamedTuple):
    language: str
    sign: str
    text: str
    parts: tuple[Part, ...]


def read_folder(folder: Path, approved: Approved | None = None) -> list[ReadPhrase]:
    """Every phrase of the files, the lists of `approved` in place of theirs; raises RedFlagFileIsWrong for a file.

    A list of `approved` that cannot be read is logged, and the file's stays: danger is looked for all the same.
    """
    files = sorted(folder.glob("*.yml"))
    if not files:
        raise RedFlagFileIsWrong(f"{folder}: there is no <language>.yml here; the screen needs at least one language")
    read = {(file.stem, name): found for file in files for name, found in _read_file(file)}
    for subject, body in (approved or {}).items():
        language, _, name = subject.partition(" ")
        try:
            read[language, name] = read_list(language, name, body, f"approved on the desk, {subject}")
        except RedFlagFileIsWrong as problem:
            log.error("approved phrases of danger cannot be read: %s", problem)
    return [phrase for found in read.values() for phrase in found]


def read_list(language: str, name: str, body: object, place: str) -> list[ReadPhrase]:
    """The phrases of one list; `place` is named in RedFlagFileIsWrong."""
    if name not in LISTS:
        raise RedFlagFileIsWrong(f"{place}: no such sign; write one of {', '.join(LISTS)}")
    return [
        ReadPhrase(language, name, text, _read_parts(place, text))
        for texts in _as_body(place, body).values()
        for text in texts
    ]


def read_bodies(file: Path) -> dict[str, Body]:
    """List -> its phrases as they are written in a file; raises RedFlagFileIsWrong."""
    return {name: _as_body(f"{file}, {name}", lists) for name, lists in _signs(file, _parse(file)).items()}


def in_full(body: Mapping[str, list[str]]) -> Body:
    """The same with both scripts named, as editors' versions have it."""
    return {script: list(body.get(script, ())) for script in SCRIPTS}


def _read_file(file: Path) -> Iterator[tuple[str, list[ReadPhrase]]]:
    for name, body in read_bodies(file).items():
        yield name, read_list(file.stem, name, body, f"{file}, {name}")


def _parse(file: Path) -> dict[str, object]:
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        advice = "a phrase that begins with * or & or holds `: ` or ` #` needs quotes around it"
        raise RedFlagFileIsWrong(f"{file}: cannot be read as YAML ({problem}); {advice}") from problem
    if not isinstance(content, dict) or not set(content) <= {"language", "signs", *NOT_DANGER}:
        raise RedFlagFileIsWrong(f"{file}: write only language, signs, {', '.join(NOT_DANGER)} at the left margin")
    language = content.get("language")
    if language != file.stem:
        raise RedFlagFileIsWrong(f"{file}: language is {language!r}; write `language: {file.stem}` or rename the file")
    return content


def _signs(file: Path, content: dict[str, object]) -> dict[str, object]:
    signs = content.get("signs")
    if not isinstance(signs, dict):
        raise RedFlagFileIsWrong(f"{file}: `signs` is missing or empty; put the urgent signs under it")
    for sign in signs:
        if sign not in GRAVEST_FIRST:
            raise RedFlagFileIsWrong(f"{file}, {sign}: no such sign; write one of {', '.join(GRAVEST_FIRST)}")
    return signs | {name: content.get(name) for name in NOT_DANGER}


def _as_body(place: str, lists: object) -> Body:
    if lists is None:
        return {}
    if not isinstance(lists, dict) or not set(lists) <= set(SCRIPTS):
        raise RedFlagFileIsWrong(f"{place}: put the phrases in two lists, `native` and `latin`")
    for script, phrases in lists.items():
        if not isinstance(phrases, list | None):
            raise RedFlagFileIsWrong(f"{place}, {script}: write a list, each phrase on a line that begins `- `")
        for phrase in phrases or ():
            if not isinstance(phrase, str):
                raise RedFlagFileIsWrong(f"{place}, {phrase!r}: not words to YAML; put quotes around it")
    return {script: phrases or [] for script, phrases in lists.items()}


def _read_parts(place: str, text: str) -> tuple[Part, ...]:
    try:
        return read_phrase(text)
    except PhraseIsWrong as problem:
        raise RedFlagFileIsWrong(f"{place}, {text!r}: {problem}") from problem

"""Approved lists back into content/red_flags/<language>.yml: only the lines of a list that changed are touched."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from api.safety.phrase_files import NOT_DANGER, SCRIPTS, Approved, Body, RedFlagFileIsWrong, in_full, read_bodies

_ITEM = re.compile(r" *- (.+)")


def exported(folder: Path, approved: Approved) -> dict[str, str]:
    """Name of each file -> its text with the lists of `approved`; a language without a file gets one."""
    by_language: dict[str, dict[str, Body]] = {}
    for subject, body in approved.items():
        language, _, name = subject.partition(" ")
        by_language.setdefault(language, {})[name] = in_full(body)
    files = {file.stem: file.read_bytes().decode("utf-8") for file in sorted(folder.glob("*.yml"))}
    for language in by_language:
        files.setdefault(language, f"language: {language}\nsigns:\n  urgent/baby_not_breathing:\n")
    return {
        f"{language}.yml": rewritten(language, text, by_language.get(language, {})) for language, text in files.items()
    }


def rewritten(language: str, text: str, bodies: Mapping[str, Body]) -> str:
    """`text` with `bodies` in place of its lists; raises RedFlagFileIsWrong when it would not be read back so."""
    wanted = {**_read(language, text), **bodies}
    for name, body in bodies.items():
        if _read(language, text)[name] != body:
            text = _with_list(text, name, body)
    if _with_phrases(_read(language, text)) != _with_phrases(wanted):
        raise RedFlagFileIsWrong(f"{language}.yml could not be written as approved; nothing was written")
    return text


def _with_phrases(bodies: Mapping[str, Body]) -> dict[str, Body]:
    """A list that was emptied again and one that was never there are the same."""
    return {name: body for name, body in bodies.items() if any(body.values())}


def _read(language: str, text: str) -> dict[str, Body]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"{language}.yml"
        file.write_text(text, encoding="utf-8")
        found = {name: in_full(body) for name, body in read_bodies(file).items()}
    return _Lists(found)


class _Lists(dict[str, Body]):
    """A list that a file does not name has no phrases."""

    def __missing__(self, name: str) -> Body:
        return in_full({})


def _with_list(text: str, name: str, body: Body) -> str:
    lines, indent = text.splitlines(), 0 if name in NOT_DANGER else 2
    key = f"{' ' * indent}{name}:"
    if key not in lines:
        at = _end(lines, lines.index("signs:"), 0) if indent else len(lines)
        lines.insert(at, key)
    for script in SCRIPTS:
        start = lines.index(key)
        lines = _with_script(lines, start, _end(lines, start, indent), script, body[script], indent + 2)
    return "\n".join(lines) + "\n"


def _with_script(lines: list[str], start: int, end: int, script: str, phrases: list[str], indent: int) -> list[str]:
    """`lines` with the phrases of one script of the list between `start` and `end`."""
    head = f"{' ' * indent}{script}:"
    at = next((n for n in range(start + 1, end) if lines[n].split(" #")[0].rstrip() in (head, f"{head} []")), None)
    after = _end(lines, at, indent) if at is not None else end
    at = end if at is None else at
    kept = [line for line in lines[at + 1 : after] if (said := _said(line)) is None or said in phrases]
    there = [said for line in kept if (said := _said(line)) is not None]
    if there != phrases[: len(there)]:
        kept, there = [], []  # another order: the list is written anew
    is_quoted = sum('- "' in line for line in lines) * 2 > sum(bool(_ITEM.match(line)) for line in lines)
    new = [f"{' ' * (indent + 2)}- {_written(phrase, is_quoted)}" for phrase in phrases[len(there) :]]
    return [*lines[:at], head if phrases else f"{head} []", *(kept + new if phrases else []), *lines[after:]]


def _end(lines: list[str], start: int, indent: int) -> int:
    """Where the block ends that begins at `start`; comments before the next key belong to that."""
    end = start + 1
    for n in range(start + 1, len(lines)):
        depth = len(lines[n]) - len(lines[n].lstrip())
        if lines[n].strip() and not lines[n].lstrip().startswith("#"):
            if depth <= indent:
                break
            end = n + 1
    return end


def _said(line: str) -> str | None:
    """The phrase of a line, None for a comment."""
    found = _ITEM.match(line)
    return str(yaml.safe_load(found[1])) if found else None


def _written(phrase: str, is_quoted: bool) -> str:
    if is_quoted:
        return json.dumps(phrase, ensure_ascii=False)
    try:
        is_plain = yaml.safe_load(f"- {phrase}") == [phrase]
    except yaml.YAMLError:
        is_plain = False
    return phrase if is_plain else json.dumps(phrase, ensure_ascii=False)

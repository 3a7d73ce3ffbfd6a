"""content/topics.yml with what was approved at the desk: all else stays byte for byte, comments too. Pure."""

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml

LAST = "urgent"
"""A new topic is written before this one."""
_TOPIC = re.compile(r"^(\w+):", re.MULTILINE)
_QUESTION = re.compile(r"^  \w+:.*\n?", re.MULTILINE)
_VALUE = r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^"'\s#][^\n#]*?(?=\s+\#|\s*$)"""
_WIDTH = 20
"""Columns of a question and its colon."""


def lines_of(text: str) -> dict[str, str]:
    """Key -> line, of the text of a topics.yml, in its order."""
    topics: dict[str, dict[str, str]] = yaml.safe_load(text)
    return {f"{topic}/{question}": line for topic, lines in topics.items() for question, line in lines.items()}


def with_questions(text: str, approved: Mapping[str, Mapping[str, Any]]) -> str:
    """`text` with the lines of `approved` (key -> body): changed in their place, new ones at the end of their topic."""
    known = lines_of(text)
    for key, body in approved.items():
        if key not in known:
            text = _added(text, key, body["line"])
        elif known[key] != body["line"]:
            text = _changed(text, key, body["line"])
    return text


def _changed(text: str, key: str, line: str) -> str:
    topic, _, question = key.partition("/")
    begin, end = _section(text, topic)
    entry = re.compile(rf"^(  {question}:\s+)(?:{_VALUE})", re.MULTILINE)
    section = entry.sub(lambda found: found[1] + _quoted(line), text[begin:end], count=1)
    return text[:begin] + section + text[end:]


def _added(text: str, key: str, line: str) -> str:
    topic, _, question = key.partition("/")
    text = text if text.endswith("\n") else f"{text}\n"
    entry = f"  {f'{question}:':<{_WIDTH}} {_quoted(line)}\n"
    begin, end = _section(text, topic)
    if begin == end:
        place, _ = _section(text, LAST)
        return f"{text[:place]}{topic}:\n{entry}{text[place:]}"
    place = begin + max(found.end() for found in _QUESTION.finditer(text[begin:end]))
    return f"{text[:place]}{entry}{text[place:]}"


def _section(text: str, topic: str) -> tuple[int, int]:
    """Where `topic` begins and where the next one does; the end of the text twice when there is none."""
    starts = [(found[1], found.start()) for found in _TOPIC.finditer(text)]
    ends = [place for _, place in starts[1:]] + [len(text)]
    found = [(place, end) for (name, place), end in zip(starts, ends, strict=True) if name == topic]
    return found[0] if found else (len(text), len(text))


def _quoted(line: str) -> str:
    return json.dumps(line, ensure_ascii=False)

"""bot/data/nlu/<language>/<topic>.yml with sentences added; every other byte stays as it is. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

import yaml

from api.content.derived import DIALOGUES
from api.errors import Unusable
from api.retraining.sentences import Sentence, plain

HEAD = 'version: "3.1"\nnlu:\n'
DIALOGUE_TOPIC = "conversation/"
_EXAMPLE = re.compile(r"( +- )\S")
_BLOCK = re.compile(r"- \S")


def intent_of(key: str) -> str:
    """A dialogue of several messages is a plain intent; anything else is its key."""
    name = key.removeprefix(DIALOGUE_TOPIC)
    return name if name in DIALOGUES else key


def key_of(intent: str) -> str:
    return DIALOGUE_TOPIC + intent if intent in DIALOGUES else intent


def file_of(sentence: Sentence) -> str:
    return f"data/nlu/{sentence.language}/{sentence.key.split('/')[0]}.yml"


def taught(files: Mapping[str, str]) -> dict[str, set[str]]:
    """Plain text -> the keys it is an example of, in `files` (name -> text)."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for text in files.values():
        for intent, example in _examples(text):
            found[plain(example)].add(key_of(intent))
    return dict(found)


def merged(files: Mapping[str, str], sentences: Iterable[Sentence]) -> dict[str, str]:
    """Path under bot/ -> text of each file that `sentences` change. Raises Unusable naming a file it cannot add to."""
    by_file: defaultdict[str, defaultdict[str, list[Sentence]]] = defaultdict(lambda: defaultdict(list))
    for sentence in sentences:
        by_file[file_of(sentence)][intent_of(sentence.key)].append(sentence)
    return {name: _with(name, files.get(name, HEAD), intents) for name, intents in sorted(by_file.items())}


def _with(name: str, before: str, intents: Mapping[str, list[Sentence]]) -> str:
    lines = before.removesuffix("\n").split("\n")
    for intent, sentences in intents.items():
        _add(lines, intent, sentences)
    after = "\n".join(lines) + "\n"
    wanted = [*_examples(before), *((intent, one.text) for intent, ones in intents.items() for one in ones)]
    if sorted(_examples(after)) != sorted(wanted):
        raise Unusable(f"bot/{name} is laid out in a way that nothing can be added to: mend it, then run again.")
    return after


def _add(lines: list[str], intent: str, sentences: list[Sentence]) -> None:
    """Below the last example of the intent, else in a block of its own at the end."""
    place, start = None, "    - "
    inside = False
    for number, line in enumerate(lines):
        inside = line == f"- intent: {intent}" if _BLOCK.match(line) else inside
        example = _EXAMPLE.match(line) if inside else None
        if example:
            place, start = number + 1, example.group(1)
    if place is None:
        lines += [f"- intent: {intent}", f"  metadata: {{language: {sentences[0].language}}}", "  examples: |"]
        place = len(lines)
    lines[place:place] = [start + one.text for one in sentences]


def _examples(text: str) -> list[tuple[str, str]]:
    """(intent, example) as the bot's own reader sees them (bot/addons/quick_reading.py)."""
    try:
        blocks = yaml.load(text, Loader=yaml.CSafeLoader).get("nlu") or []
    except (yaml.YAMLError, AttributeError) as error:
        raise Unusable(f"A file of bot/data/nlu is no YAML with examples: {error}. Mend it, then run again.") from error
    return [
        (block["intent"], line[2:].strip())
        for block in blocks
        if "intent" in block
        for line in block["examples"].splitlines()
        if line.startswith("- ")
    ]

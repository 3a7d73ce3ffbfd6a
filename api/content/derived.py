"""The part of the bot's domain and rules that follows from the keys alone, so that nobody writes it by hand."""

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

HEADER = "# Derived from content/topics.yml and content/messages/ by `make derive`. Do not edit.\n"
DIALOGUES = ("find_service", "my_dates", "change_language")
"""`conversation/*` keys that are dialogues of several messages: plain intents, with rules written by hand."""
FORMS = ("find_service_form", "my_dates_form")


def answer_keys(keys: Iterable[str]) -> list[str]:
    """The keys answered by one message: all but the dialogues."""
    return [key for key in keys if key not in {f"conversation/{name}" for name in DIALOGUES}]


def bot_files(keys: Iterable[str]) -> Mapping[str, str]:
    """Path under bot/ -> text of each derived file, for `keys` (`topic/question`) in the order given."""
    answered = answer_keys(keys)
    topics = list(dict.fromkeys(key.split("/")[0] for key in answered))
    return {
        "domain/derived.yml": _dump(
            {
                "version": "3.1",
                "intents": topics,
                "responses": {f"utter_{key}": [{"custom": {"say": key}}] for key in answered},
            }
        ),
        "data/rules/derived.yml": _dump({"version": "3.1", "rules": list(_rules(topics))}),
    }


def _rules(topics: list[str]) -> Iterable[dict[str, Any]]:
    for topic in topics:
        yield {"rule": f"answer {topic}", "steps": [{"intent": topic}, {"action": f"utter_{topic}"}]}
    for form in FORMS:
        for topic in topics:
            yield _interruption(form, topic, f"utter_{topic}")
        yield _interruption(form, "change_language", "action_change_language")


def _interruption(form: str, intent: str, action: str) -> dict[str, Any]:
    """A new question in the middle of a form is answered, and the form is dropped."""
    return {
        "rule": f"{intent} interrupts {form}",
        "condition": [{"active_loop": form}],
        "steps": [
            {"intent": intent},
            {"action": action},
            {"action": "action_deactivate_loop"},
            {"active_loop": None},
        ],
    }


def _dump(data: dict[str, Any]) -> str:
    return HEADER + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120)

"""The house rules that a machine can hold."""

import ast
import re
from pathlib import Path
from typing import Any

import polib
import pytest
import yaml
from alembic.config import Config
from alembic.script import ScriptDirectory
from fastapi import FastAPI

from api.cli import derive
from api.content.derived import DIALOGUES
from api.content.languages import load_languages
from api.content.source import read_messages, read_topics
from api.main import create_app
from api.settings import ROOT, Settings, get_settings
from tests.house.access import ACCESS

CONTENT = ROOT / "content"
KEYS = [key for key in read_topics(CONTENT) if key in read_messages(CONTENT)]
LANGUAGES = list(load_languages(CONTENT))
TOP_LEVEL = {
    "bot", "actions", "content", "locales", "api", "tests", "docs", "pyproject.toml", "uv.lock", "docker-compose.yml",
    "README.md", "Makefile", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "SECURITY.md", "var",
}  # fmt: skip


def test_the_top_level_holds_only_what_the_architecture_names() -> None:
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - {"bench-report.json"}
    assert found - TOP_LEVEL == set()


def test_there_is_one_migration_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "api" / "migrations"))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_every_setting_is_documented() -> None:
    documented = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert f"## {name.upper()}" in documented, f"docs/settings.md has no heading for {name.upper()}"


def test_every_route_has_an_access_rule() -> None:
    routes = _routes(create_app(Settings()))
    assert routes == set(ACCESS), f"without a rule: {routes - set(ACCESS)}; gone: {set(ACCESS) - routes}"


def test_the_derived_bot_files_are_fresh() -> None:
    assert derive(get_settings(), check=True) == []


def test_a_question_of_every_topic_is_answered() -> None:
    by_topic: dict[str, int] = {}
    for key in KEYS:
        by_topic[key.split("/")[0]] = by_topic.get(key.split("/")[0], 0) + 1
    for topic in ("safer_sleep", "stop_smoking", "healthy_weight", "breastfeeding", "early_booking"):
        assert by_topic[topic] >= 5
    assert by_topic["urgent"] == 11
    assert by_topic["conversation"] == 14


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_has_training_examples(language: str) -> None:
    examples = _examples(language)
    plain = {f"conversation/{name}": name for name in DIALOGUES}
    for key in KEYS:
        assert examples.get(plain.get(key, key), 0) >= 12, f"{key} has too few examples in {language}"
    assert set(examples) <= {plain.get(key, key) for key in KEYS}, "examples for a key nobody can ask"


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_every_translation_is_drafted_and_made_from_the_english_as_it_is(language: str) -> None:
    messages = read_messages(CONTENT)
    for entry in _translations(language).values():
        key, _, field = entry.msgctxt.rpartition(".")
        assert entry.msgid == messages[key].words[field], f"{entry.msgctxt} in {language} was made from other English"
        assert entry.msgstr
        assert entry.fuzzy


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_danger_loss_and_the_conversation_itself_are_in_every_language(language: str) -> None:
    entries = _translations(language)
    needed = [
        k for k in read_messages(CONTENT) if k.startswith(("urgent/", "conversation/")) or k == "support/baby_loss"
    ]
    assert [key for key in needed if not all(f"{key}.{field}" in entries for field in ("title", "web", "sms"))] == []


def _translations(language: str) -> dict[str, polib.POEntry]:
    return {e.msgctxt: e for e in polib.pofile(str(ROOT / "locales" / language / "LC_MESSAGES" / "messages.po"))}


def test_every_choice_leads_to_a_message() -> None:
    messages = read_messages(CONTENT)
    for key, source in messages.items():
        for choice in source.choices:
            assert choice in messages, f"{key} offers {choice}, which does not exist"


def test_forms_let_every_topic_interrupt_them() -> None:
    domain = yaml.safe_load((ROOT / "bot" / "domain" / "dialogues.yml").read_text(encoding="utf-8"))
    topics = {key.split("/")[0] for key in KEYS} | set(DIALOGUES)
    for slot in ("need", "postcode", "pregnancy_date"):
        free = [m for m in domain["slots"][slot]["mappings"] if m["type"] == "from_text"]
        assert set(free[0]["not_intent"]) == topics


def test_rasa_files_hold_no_words_for_a_family() -> None:
    for path in [*(ROOT / "bot" / "domain").glob("*.yml"), *(ROOT / "bot" / "data" / "rules").glob("*.yml")]:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for responses in data.get("responses", {}).values():
            assert all(set(response) == {"custom"} for response in responses)
            assert all("text" not in response["custom"] for response in responses)


def test_python_holds_no_words_for_a_family() -> None:
    """No long sentence may be in a string that could reach a family: actions and rendering code hold none at all."""
    for path in [*(ROOT / "actions").glob("*.py"), *(ROOT / "api" / "channels").rglob("*.py")]:
        for text in _strings(path):
            assert not re.search(r"(?:[A-Za-z']+ ){7,}[A-Za-z']+", text), f"{path.relative_to(ROOT)}: {text!r}"


def _routes(app: FastAPI) -> set[tuple[str, str]]:
    """(method, path) of everything the application answers, files and included routers too."""
    found: set[tuple[str, str]] = set()
    waiting: list[tuple[str, Any]] = [("", route) for route in app.routes]
    while waiting:
        before, route = waiting.pop()
        if hasattr(route, "original_router"):
            prefix = before + (route.include_context.prefix or "")
            waiting += [(prefix, inner) for inner in route.original_router.routes]
        elif getattr(route, "methods", None):
            found |= {(method, before + route.path) for method in route.methods - {"HEAD", "OPTIONS"}}
        else:
            found.add(("GET", f"{before}{route.path}/*"))
    return found


def _examples(language: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for path in sorted((ROOT / "bot" / "data" / "nlu" / language).glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = [line for line in block["examples"].splitlines() if line.startswith("- ")]
            counts[block["intent"]] = counts.get(block["intent"], 0) + len(lines)
    return counts


def _strings(path: Path) -> list[str]:
    """Every string of a file that is neither a docstring, nor in an error or a log line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped: set[int] = set()
    for node in ast.walk(tree):
        is_raise = isinstance(node, ast.Raise)
        is_log = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOGS
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if is_raise or is_log or is_docstring:
            skipped |= {id(child) for child in ast.walk(node)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped
    ]


LOGS = {"debug", "info", "warning", "error", "exception", "critical"}

"""Sentences in the bot's files: added where they belong, and every other byte as it was."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from api.content.source import read_questions
from api.errors import Unusable
from api.launch.model import BOT
from api.retraining.files import HEAD, file_of, key_of, merged, taught
from api.retraining.sentences import UNPRINTABLE, Bounds, Sentence, plain, sort_out
from api.retraining.working_copy import copy_with, example_files, learned_files
from api.settings import ROOT

CONTENT = ROOT / "content"
FILES = example_files(BOT)
KEYS = read_questions(CONTENT)
LAYOUT = """version: "3.1"
nlu:
# about cots
- intent: safer_sleep/no_cot
  metadata: {language: en}
  examples: |
    - no cot
- intent: safer_sleep/dummies
  metadata: {language: en}
  examples: |
    - dummy?  # not a comment
    - - intent: soother
- intent: safer_sleep/no_cot
  metadata: {language: en}
  examples: |
    - cannot buy a cot
"""
NAME = "data/nlu/en/safer_sleep.yml"
LINES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).map(
    lambda text: " ".join(text.split())
)


def test_a_sentence_goes_below_the_last_example_of_its_question() -> None:
    offered = [
        Sentence(1, "safer_sleep/no_cot", "en", "no bed for him"),
        Sentence(2, "safer_sleep/dummies", "en", "paci"),
    ]
    text = merged({NAME: LAYOUT}, offered)[NAME]
    assert (
        text
        == LAYOUT.replace("    - - intent: soother\n", "    - - intent: soother\n    - paci\n")
        + "    - no bed for him\n"
    )


def test_a_question_without_examples_and_a_language_without_a_folder_get_what_is_missing() -> None:
    offered = [Sentence(1, "support/housing", "xx", "ek ghar"), Sentence(2, "conversation/my_dates", "xx", "kab")]
    made = merged({}, offered)
    block = "- intent: {}\n  metadata: {{language: xx}}\n  examples: |\n    - {}\n"
    assert made == {
        "data/nlu/xx/conversation.yml": HEAD + block.format("my_dates", "kab"),
        "data/nlu/xx/support.yml": HEAD + block.format("support/housing", "ek ghar"),
    }


def test_a_file_laid_out_otherwise_is_refused_rather_than_broken() -> None:
    odd = 'version: "3.1"\nnlu: [{intent: safer_sleep/no_cot, examples: "- a"}]\n'
    with pytest.raises(Unusable):
        merged({NAME: odd}, [Sentence(1, "safer_sleep/no_cot", "en", "b")])


@given(st.lists(LINES.filter(plain), max_size=5))
def test_what_was_there_stays_byte_for_byte_and_what_was_added_is_read_back(texts: list[str]) -> None:
    offered = [Sentence(number, "safer_sleep/no_cot", "en", text) for number, text in enumerate(texts)]
    nothing = Bounds({}, set(), {"safer_sleep/no_cot"}, {"en"})
    found = sort_out(offered, nothing)
    assert set(found.skipped) <= {UNPRINTABLE}
    after = merged({NAME: LAYOUT}, found.taken).get(NAME, LAYOUT)
    rest = after.split("\n")
    for sentence in found.taken:
        rest.remove(f"    - {sentence.text}")
    assert "\n".join(rest) == LAYOUT
    assert all("safer_sleep/no_cot" in taught({NAME: after})[plain(one.text)] for one in found.taken)


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_every_question_in_every_language_can_be_added_to_as_the_files_are(data: st.DataObject) -> None:
    key, language = data.draw(st.sampled_from(KEYS)), data.draw(st.sampled_from(["en", "gu", "ckb", "so", "xx"]))
    sentence = Sentence(1, key, language, "zzz qqq")
    after = merged(FILES, [sentence])
    assert list(after) == [file_of(sentence)]
    before = FILES.get(file_of(sentence), "")
    assert len(after[file_of(sentence)].split("\n")) - len(before.split("\n")) in ({1, 4} if before else {7 - 1})
    assert taught(after)["zzz qqq"] == {key}


def test_nothing_offered_changes_nothing() -> None:
    assert learned_files(BOT, CONTENT, []) == {}


def test_a_question_new_in_the_content_is_derived_into_the_copy_alone(tmp_path: Path) -> None:
    (tmp_path / "content" / "messages").mkdir(parents=True)
    topics = yaml.safe_load((CONTENT / "topics.yml").read_text(encoding="utf-8"))
    topics["support"]["prams"] = "Where to find a pram."
    (tmp_path / "content" / "topics.yml").write_text(yaml.safe_dump(topics, sort_keys=False), encoding="utf-8")
    for path in (CONTENT / "messages").glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        if path.stem == "support":
            messages = yaml.safe_load(text)
            text = yaml.safe_dump({**messages, "prams": messages["housing"]}, allow_unicode=True)
        (tmp_path / "content" / "messages" / path.name).write_text(text, encoding="utf-8")
    was = (BOT / "domain" / "derived.yml").read_text(encoding="utf-8")
    files = learned_files(BOT, tmp_path / "content", [Sentence(1, "support/prams", "en", "need a pram")])
    assert set(files) == {"domain/derived.yml", "data/nlu/en/support.yml"}
    copy = copy_with(files, tmp_path / "bot")
    assert (
        "utter_support/prams"
        in yaml.safe_load((copy / "domain" / "derived.yml").read_text(encoding="utf-8"))["responses"]
    )
    assert (BOT / "domain" / "derived.yml").read_text(encoding="utf-8") == was
    assert not (copy / "models").exists()


def test_a_dialogue_is_its_key_everywhere_but_in_the_bots_files() -> None:
    assert key_of("find_service") == "conversation/find_service"
    assert key_of("support/housing") == "support/housing"

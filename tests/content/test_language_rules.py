"""What may stand in the entry of a language, and how it is written into the file."""

from dataclasses import dataclass
from typing import Any

import pytest
import yaml
from babel import localedata
from hypothesis import given, settings
from hypothesis import strategies as st

from api.content.dates import spoken
from api.content.files.languages_file import with_languages
from api.content.interface import categories, load_interface, translated
from api.content.known_languages import addable, begun, known
from api.content.language_rules import Around, faults, weaker
from api.content.languages import Language, Languages, load_languages
from api.content.scripts import direction_of, is_written_in, letters_outside, own_share, script_of, scripts
from api.content.source import read_messages, read_translations
from api.conversations.language_probes import misread
from api.conversations.languages import hear_script
from api.safety import load_screen
from api.settings import ROOT

CONTENT = ROOT / "content"
FILES = load_languages(CONTENT)
TEXT = (CONTENT / "languages.yml").read_text(encoding="utf-8")
SCREEN = load_screen(CONTENT / "red_flags")
TIGRINYA = begun("ti").model_copy(update={"stop": ("ኣቋርጽ",), "start": ("ጀምር",)})
WORD = st.text(st.characters(categories=["L", "M", "N", "P"]), min_size=1, max_size=12)


def labels() -> set[str]:
    """Titles and needs of the starter pack, drafts too, in every language."""
    words = load_interface(CONTENT, ROOT / "locales", list(FILES), drafts_allowed=True)
    needs = {text for code in FILES for name, text in words.all(code).items() if name.startswith("need.")}
    english = {message.title for key, message in read_messages(CONTENT).items() if key != "conversation/stop_messages"}
    found = [read_translations(ROOT / "locales", code) for code in FILES if code != "en"]
    return (
        needs
        | english
        | {
            fields["title"].msgstr
            for by_key in found
            for key, fields in by_key.items()
            if "title" in fields and key != "conversation/stop_messages"
        }
    )


LABELS = labels()


def is_danger(word: str) -> bool:
    found = SCREEN.screen(word)
    return found is not None and found.is_urgent


def around(others: dict[str, Language], before: Language | None = None) -> Around:
    return Around(others, is_danger, LABELS, {"Jooji fariimaha"}, before)


def others(code: str) -> dict[str, Language]:
    return {other: language for other, language in FILES.items() if other != code}


@pytest.mark.parametrize("code", list(FILES))
def test_every_language_of_the_starter_pack_keeps_the_rules(code: str) -> None:
    assert faults(FILES[code], around(others(code), FILES[code])) == {}
    assert misread(FILES[code], others(code)) == {}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "TI"}, "code"),
        ({"stop": ("yes",)}, "stop"),
        ({"stop": ("1",)}, "stop"),
        ({"stop": ("Start!",)}, "stop"),
        ({"stop": ("ጀምር",)}, "stop"),
        ({"start": ("bandh karo",)}, "start"),
        ({"stop": ("my baby is not breathing",)}, "stop"),
        ({"stop": ("Weeks",)}, "stop"),
        ({"stop": ("polish",)}, "stop"),
        ({"stop": ("?!",)}, "stop"),
        ({"stop": ("a" * 61,)}, "stop"),
        ({"stop": ("a\u202eb",)}, "stop"),
        ({"start": ("jooji fariimaha!",)}, "start"),
        ({"direction": "rtl"}, "direction"),
        ({"script": "Arab", "direction": "rtl"}, "name"),
        ({"script": "Qaaa"}, "script"),
        ({"also": ("gujarati",)}, "also"),
        ({"also": ("no",)}, "also"),
        ({"name": "..."}, "name"),
        ({"name_in_english": "Polish"}, "name_in_english"),
        ({"letters": "щ"}, "letters"),
        ({"sounds_like": ("ti",)}, "sounds_like"),
    ],
)
def test_what_is_wrong_is_told_with_its_field(changed: dict[str, Any], field: str) -> None:
    assert faults(TIGRINYA, around(FILES)) == {}
    assert field in faults(TIGRINYA.model_copy(update=changed), around(FILES))


@pytest.mark.parametrize("field", ["stop", "start"])
def test_no_choice_that_is_offered_can_be_a_word_for_stop_or_start(field: str) -> None:
    for label in sorted(LABELS)[::60]:
        assert field in faults(TIGRINYA.model_copy(update={field: (f"{label}!",)}), around(FILES)), label


@pytest.mark.parametrize(
    ("field", "word"),
    [
        ("weeks", "days"), ("weeks", "Months"), ("weeks", "days old"), ("weeks", "6 weeks"), ("weeks", "દિવસ"),
        ("weeks", "miesięcy"), ("weeks", "stop"), ("weeks", "pregnant"), ("weeks", "polski"), ("weeks", "w"),
        ("pregnant", "baby"), ("pregnant", "my baby"), ("pregnant", "is"), ("pregnant", "old"), ("pregnant", "weeks"),
        ("pregnant", "bebê"), ("pregnant", "بچه"), ("pregnant", "શિશુ"), ("pregnant", "yes"), ("pregnant", "start"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_baby_is_no_sign_of_a_pregnancy(field: str, word: str) -> None:
    assert word in faults(TIGRINYA.model_copy(update={field: (word,)}), around(FILES))[field]


@pytest.mark.parametrize(
    ("weeks", "pregnant", "field", "word"),
    [
        (("days",), ("baby",), "pregnant", "baby"), (("days",), (), "weeks", "days"),
        ((), ("twins",), "pregnant", "twins"),
        (("years",), (), "weeks", "years"), ((), ("gave birth",), "pregnant", "gave birth"),
        ((), ("old",), "pregnant", "old"),
    ],
)  # fmt: skip
def test_sentences_of_babies_are_read_with_the_new_words(
    weeks: tuple[str, ...], pregnant: tuple[str, ...], field: str, word: str
) -> None:
    found = misread(TIGRINYA.model_copy(update={"weeks": weeks, "pregnant": pregnant}), FILES)
    assert f'"{word}"' in found[field]


def test_own_words_for_weeks_and_pregnant_are_no_fault() -> None:
    own = {"weeks": ("ሰሙን", "ሰሙናት"), "pregnant": ("ጥንስቲ", "ነፍሰጾር")}
    assert faults(TIGRINYA.model_copy(update=own), around(FILES)) == {}
    assert misread(TIGRINYA.model_copy(update=own), FILES) == {}


@pytest.mark.parametrize(
    ("code", "letters", "whose"),
    [("ne", "मरा", "Hindi"), ("ps", "ټپ", "Urdu"), ("ps", "ا", "Urdu"), ("sd", "ڄہ", "Urdu")],
)
def test_letters_of_its_own_are_written_in_no_other_language(code: str, letters: str, whose: str) -> None:
    wanted = begun(code).model_copy(update={"letters": letters, "script": "Deva" if code == "ne" else "Arab"})
    assert whose in faults(wanted, around(FILES))["letters"]
    assert "letters" not in faults(wanted, around(FILES, wanted)), "what it is told by already stays"


def test_letters_that_only_it_has_are_no_fault() -> None:
    assert faults(begun("ps").model_copy(update={"letters": "ټډړږښګڼېۍ"}), around(FILES)) == {}


def test_a_word_for_stop_that_is_only_spelt_otherwise_is_not_lost() -> None:
    before = FILES["pl"].model_copy(update={"stop": ("Przestań", "koniec")})
    assert weaker(before, before.model_copy(update={"stop": ("przestan",)})) == ["koniec"]
    assert weaker(None, before) == []


def test_the_file_comes_back_byte_for_byte_and_only_what_changed_is_written_anew() -> None:
    assert with_languages(TEXT, FILES) == TEXT
    longer = FILES["pl"].model_copy(update={"stop": (*FILES["pl"].stop, "dosyć")})
    written = with_languages(TEXT, {**FILES, "pl": longer})
    gone, come = set(TEXT.splitlines()), set(written.splitlines())
    assert {line.strip()[:5] for line in come - gone} == {"stop:"}


LANGUAGE = st.builds(
    Language,
    code=st.sampled_from(["no", "ti", "gu", "on", "yes", "pl"]),
    name_in_english=WORD,
    name=WORD,
    direction=st.sampled_from(["ltr", "rtl"]),
    script=st.sampled_from(["Latn", "Ethi"]),
    letters=st.text("ሀለሐ", max_size=3),
    stop=st.lists(WORD, max_size=4).map(tuple),
    also=st.lists(WORD, max_size=4).map(tuple),
    sounds_like=st.lists(st.sampled_from(["no", "on"]), max_size=2).map(tuple),
)


@settings(deadline=None)
@given(st.lists(LANGUAGE, max_size=3))
def test_whatever_was_approved_is_read_back_from_the_file(approved: list[Language]) -> None:
    wanted = {**FILES, **{language.code: language for language in approved}}
    entries = yaml.safe_load(with_languages(TEXT, wanted))
    assert {entry["code"]: Language.model_validate(entry) for entry in entries} == wanted


@dataclass
class Following:
    languages: Languages

    def approve(self, *approved: Language) -> None:
        self.languages.follow({"language": {one.code: one.model_dump(mode="json") for one in approved}})


def test_who_goes_through_the_list_keeps_it_when_another_takes_its_place() -> None:
    following = Following(Languages(FILES))
    seen = [code for code, _ in zip(_approving(following), following.languages.items(), strict=False)]
    assert len(seen) == len(FILES)
    assert list(following.languages)[-1] == "ti"
    for unusable in ({"code": "si"}, None, begun("sk").model_dump(mode="json")):
        body = TIGRINYA.model_copy(update={"also": ("tig",)}).model_dump(mode="json")
        following.languages.follow({"language": {"si": unusable, "pl": unusable, "ti": body}})  # type: ignore[dict-item]
        assert list(following.languages) == [*FILES, "ti"]
        assert following.languages["pl"] == FILES["pl"]
        assert following.languages["ti"].also == ("tig",)
    following.languages.follow({"language": {"ti": {"code": "ti"}}})
    assert following.languages["ti"].also == ("tig",)
    assert "ti" not in load_languages(CONTENT)


def _approving(following: Following) -> Any:
    while True:
        following.approve(TIGRINYA)
        yield "x"


@pytest.mark.parametrize(
    ("text", "script"),
    [("ትግርኛ ok", "Ethi"), ("සිංහල", "Sinh"), ("українська", "Cyrl"), ("中文", "Hani"), ("123 !", "Latn"), ("", "Latn")],
)
def test_every_script_is_told(text: str, script: str) -> None:
    assert script_of(text) == script


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_is_too_strange_for_the_scripts(text: str) -> None:
    assert script_of(text) in scripts()
    for script in ("Jpan", "Ethi", "Latn", "none"):
        assert 0 <= own_share(text, script) <= 1
        letters_outside(text, script)
    hear_script(text, {**FILES, "ti": TIGRINYA, "zh": begun("zh")})


def test_composed_scripts_are_made_of_those_of_unicode() -> None:
    assert is_written_in("Hira", "Jpan")
    assert is_written_in("Hani", "Hant")
    assert letters_outside("日本語のカナ щ", "Jpan") == ["щ"]
    assert {script: direction_of(script) for script in ("Arab", "Hebr", "Thaa", "Ethi", "Jpan")} == {
        "Arab": "rtl", "Hebr": "rtl", "Thaa": "rtl", "Ethi": "ltr", "Jpan": "ltr",
    }  # fmt: skip


def test_a_second_language_of_a_script_does_not_silence_the_first() -> None:
    """Hindi was alone in its script; a Hindi text is still answered in Hindi when the bot is silent."""
    heard = hear_script("मेरा बच्चा", {**FILES, "ne": begun("ne")})
    assert (heard.code, heard.sure, heard.answer) == ("hi", False, True)
    assert hear_script("سلام", {**FILES, "ps": begun("ps")}).code is None
    assert hear_script("ትግርኛ", {**FILES, "ti": TIGRINYA}).sure


def test_every_language_of_cldr_has_dates_plurals_and_words() -> None:
    """Whichever is chosen, nothing that a family is told fails for want of data: English stands in."""
    interface = load_interface(CONTENT, ROOT / "locales", translated(ROOT / "locales"), drafts_allowed=True)
    for code in [*addable(FILES), "phr", "zz"]:
        assert spoken("2026-11-26", code)
        assert "other" in categories(code)
        assert interface.plural("weeks", 3, code)
        assert begun(code).script in scripts()
    assert len(addable(FILES)) > 400
    assert not set(addable(FILES)) & set(FILES)
    assert localedata.exists("ti")
    assert known()["ti"] == "Tigrinya"

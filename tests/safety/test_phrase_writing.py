"""Approved phrases go back into the files: untouched lists byte for byte, comments where they were."""

import difflib
from pathlib import Path

import pytest

from api.safety.phrase_files import NOT_DANGER, Body, in_full, read_bodies, read_folder
from api.safety.phrase_writing import exported, rewritten
from tests.safety.conftest import RED_FLAGS

LANGUAGES = sorted(file.stem for file in RED_FLAGS.glob("*.yml"))
NEW = {"native": [], "latin": ["wobbly: knees", "plain words", "no"]}


def bodies(language: str) -> dict[str, Body]:
    return {name: in_full(body) for name, body in read_bodies(RED_FLAGS / f"{language}.yml").items()}


def test_nothing_changed_is_the_same_bytes_for_every_language() -> None:
    same = {f"{code} {name}": body for code in LANGUAGES for name, body in bodies(code).items()}
    for approved in ({}, same):
        written = exported(RED_FLAGS, approved)
        assert len(written) == len(LANGUAGES) == 14
        for name, text in written.items():
            assert text.encode() == (RED_FLAGS / name).read_bytes(), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_the_lines_of_the_list_that_changed_differ(language: str, tmp_path: Path) -> None:
    text = (RED_FLAGS / f"{language}.yml").read_text(encoding="utf-8")
    for name in ("urgent/baby_not_breathing", "urgent/baby_moves_less", *NOT_DANGER):
        old = bodies(language).get(name, in_full({}))
        body = {
            "native": [*old["native"][1:], "ab|cd* ef & gh"],
            "latin": [*old["latin"][:2], *old["latin"][3:], "yes"],
        }
        changed = rewritten(language, text, {name: body})
        (tmp_path / f"{language}.yml").write_text(changed, encoding="utf-8")
        read = {key: in_full(found) for key, found in read_bodies(tmp_path / f"{language}.yml").items()}
        assert read == {**bodies(language), name: body}, name
        diff = [line for line in difflib.ndiff(text.splitlines(), changed.splitlines()) if line[0] in "+-"]
        assert len(diff) <= 8, (name, diff)
        comments = [line for line in text.splitlines() if line.lstrip().startswith("#")]
        assert [line for line in changed.splitlines() if line.lstrip().startswith("#")] == comments


def test_a_list_is_emptied_filled_and_ordered_anew(tmp_path: Path) -> None:
    text = (RED_FLAGS / "pl.yml").read_text(encoding="utf-8")
    fits = bodies("pl")["urgent/baby_fit"]
    for body in (in_full({}), NEW, {"native": ["аб"], "latin": fits["latin"][::-1]}):
        changed = rewritten("pl", text, {"urgent/baby_fit": body})
        (tmp_path / "pl.yml").write_text(changed, encoding="utf-8")
        assert in_full(read_bodies(tmp_path / "pl.yml")["urgent/baby_fit"]) == body
        assert rewritten("pl", changed, {"urgent/baby_fit": fits}) == text


def test_a_list_that_no_file_names_may_be_empty(tmp_path: Path) -> None:
    text = "language: ti\nsigns:\n  urgent/baby_fit:\n    latin:\n      - shakes\n"
    (tmp_path / "ti.yml").write_text(text, encoding="utf-8")
    approved = {subject: in_full({}) for subject in ("ti harmless", "ti urgent/baby_injury", "so urgent/baby_fit")}
    written = exported(tmp_path, {**approved, "pl harmless": NEW})
    assert written["ti.yml"] == text
    for name, changed in written.items():
        (tmp_path / name).write_text(changed, encoding="utf-8")
    assert {(p.language, p.sign) for p in read_folder(tmp_path)} == {("ti", "urgent/baby_fit"), ("pl", "harmless")}


def test_a_language_without_a_file_gets_one_that_is_read(tmp_path: Path) -> None:
    written = exported(RED_FLAGS, {"ti urgent/baby_fit": {"native": ["ሕጻን ይንቅጥቅጥ"], "latin": []}, "ti harmless": NEW})
    (tmp_path / "ti.yml").write_text(written["ti.yml"], encoding="utf-8")
    found = {(phrase.sign, phrase.text) for phrase in read_folder(tmp_path)}
    assert found == {("urgent/baby_fit", "ሕጻን ይንቅጥቅጥ"), *(("harmless", text) for text in NEW["latin"])}

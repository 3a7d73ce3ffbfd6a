"""What a change would do, on two small screens: danger lost or lessened, danger found, false alarms."""

import json
import subprocess
import sys
from pathlib import Path

from api.safety.comparing import compare, from_json
from api.safety.examples import Example, languages_with_examples, read_examples
from api.safety.phrase_files import read_folder, read_list
from api.safety.screen import RedFlagScreen
from api.settings import ROOT
from tests.safety.small_screen import ENGLISH, GUJARATI, write_phrases

NLU = ROOT / "bot" / "data" / "nlu"
SIGN = "urgent/baby_not_breathing"


def screens(folder: Path, name: str, *phrases: str) -> tuple[RedFlagScreen, RedFlagScreen]:
    read = read_folder(write_phrases(folder, en=ENGLISH, gu=GUJARATI))
    body = {"latin": list(phrases)}
    changed = [p for p in read if (p.language, p.sign) != ("en", name)] + read_list("en", name, body, "test")
    return RedFlagScreen(read), RedFlagScreen(changed)


def example(text: str, meant: str = SIGN, language: str = "en") -> Example:
    return Example(language, meant, text)


def test_lost_found_and_false_alarms_are_told_apart(tmp_path: Path) -> None:
    before, after = screens(tmp_path, SIGN, "blue & baby", "limp", "sleep*")
    own = [
        example("she isnt breathing"),
        example("he went limp"),
        example("my baby is blue"),
        example("nobody finds this"),
        example("where can the baby sleep", "safer_sleep/cot"),
        example("he cant breathe through his nose when he feeds", "breastfeeding/latch"),
    ]
    found = compare(before, after, own=own, others=[], typed=["limp", "hello"])
    assert [one.text for one in found.lost] == ["she isnt breathing"]
    assert [one.text for one in found.caught] == ["he went limp"]
    assert [one.text for one in found.alarms] == ["where can the baby sleep"]
    assert found.counts["quieter"] == 1
    assert found.looked_at == {"grave": 4, "ordinary": 2, "others": 0, "others_ordinary": 0}
    assert [(one.before is None, one.after is None) for one in found.tried] == [(True, False), (True, True)]
    assert from_json(json.loads(json.dumps(found.as_json()))).lost == found.lost


def test_danger_that_becomes_a_lesser_call_is_lost(tmp_path: Path) -> None:
    before, after = screens(tmp_path, SIGN, "not|isnt|cant breath*")
    text = "blue baby, stopped kicking"
    lost = compare(before, after, own=[example(text)], others=[], typed=[]).lost
    assert lost[0].before
    assert lost[0].after
    assert (lost[0].before.key, lost[0].after.key) == (SIGN, "urgent/baby_moves_less")


def test_a_call_to_999_that_becomes_a_call_to_999_under_conditions_is_lost(tmp_path: Path) -> None:
    before, after = screens(tmp_path, SIGN, "not|isnt|cant breath*")
    text = "baby is blue with a fever"
    for asked in ({"own": [example(text)], "others": []}, {"own": [], "others": [example(text, language="gu")]}):
        (lost,) = compare(before, after, **asked, typed=[]).lost
        assert lost.before
        assert lost.after
        assert (lost.before.key, lost.after.key) == (SIGN, "urgent/baby_very_ill")
    assert compare(after, before, own=[example(text)], others=[], typed=[]).counts == {"quieter": 0}
    assert len(compare(after, before, own=[example(text)], others=[], typed=[]).caught) == 1


def test_danger_taken_for_a_loss_alone_is_lost_and_so_is_the_other_way(tmp_path: Path) -> None:
    moves, loss = "urgent/baby_moves_less", "support/baby_loss"
    for key, instead in ((moves, loss), (loss, moves)):
        before, after = (
            RedFlagScreen(read_list("en", sign, {"latin": ["no heartbeat"]}, "")) for sign in (key, instead)
        )
        found = compare(before, after, own=[example("there is no heartbeat", key)], others=[], typed=[])
        assert (len(found.lost), found.caught) == (1, []), key


def test_a_false_alarm_in_another_language_is_told(tmp_path: Path) -> None:
    before, after = screens(tmp_path, SIGN, "not|isnt|cant breath*", "blue & baby", "bebé")
    new = example("onde pode dormir o bebe", "safer_sleep/cot", "pt")
    known = example("blue bebe baby clothes", "safer_sleep/clothes", "pt")
    found = compare(before, after, own=[], others=[new, known, example("olá", "greet", "pt")], typed=[])
    assert [(one.text, one.language) for one in found.alarms] == [(new.text, "pt")]
    assert found.looked_at == {"grave": 0, "ordinary": 0, "others": 0, "others_ordinary": 3}


def test_a_harmless_phrase_of_one_language_that_hides_danger_in_another_is_told(tmp_path: Path) -> None:
    before, after = screens(tmp_path, "harmless", "શ્વાસ નથી લેતું")
    hidden = example("બાળક શ્વાસ નથી લેતું", language="gu")
    found = compare(before, after, own=[], others=[hidden], typed=[])
    assert [one.text for one in found.lost] == [hidden.text]
    assert found.looked_at["others"] == 1


def test_the_examples_are_read_without_the_marks_of_the_bot() -> None:
    assert "gu" in languages_with_examples(NLU)
    read = list(read_examples(NLU, "en"))
    grave = [one for one in read if one.is_grave]
    assert len(grave) > 500
    assert not [one.text for one in read if "](" in one.text]
    assert list(read_examples(NLU / "nowhere", "en")) == []


def test_the_command_answers_a_question_without_examples_too(tmp_path: Path) -> None:
    folder = write_phrases(tmp_path, en=ENGLISH)
    question = {
        "folder": str(folder), "approved": {"en urgent/baby_fit": {"latin": ["shaking all over"]}},
        "subject": f"en {SIGN}", "body": {"native": [], "latin": ["gone limp"]},
        "messages": ["she has gone limp", "shaking all over"], "examples": "",
    }  # fmt: skip
    command = [sys.executable, "-m", "api.safety.comparing"]
    done = subprocess.run(command, input=json.dumps(question), capture_output=True, text=True, cwd=ROOT, check=True)
    found = from_json(json.loads(done.stdout))
    assert set(found.looked_at.values()) == {0}
    assert [bool(one.before) for one in found.tried] == [False, True]
    assert all(one.after for one in found.tried)

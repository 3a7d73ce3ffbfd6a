"""The JSON contract over HTTP, against a whole running Bumpline with real Rasa."""

import httpx2
import pytest

from api.content.languages import load_languages
from api.launch.processes import Stack
from api.settings import ROOT

JSON = {"content-type": "application/json"}
LANGUAGES = ["en", "gu", "ur", "pl"]
BED = {
    "en": "can my baby sleep in our bed",
    "gu": "શું મારું બાળક અમારા પલંગમાં સૂઈ શકે?",
    "ur": "bacha mere sath so sakta hai bed mein",
    "pl": "czy dziecko może spać z nami w łóżku",
}
BLUE = {
    "en": "my baby is blue and not breathing",
    "gu": "મારું બાળક ભૂરું પડી ગયું છે અને શ્વાસ નથી લેતું",
    "ur": "mera bacha neela ho gaya hai aur saans nahi le raha",
    "pl": "moje dziecko jest sine i nie oddycha",
}


class Family:
    """One family with its own conversation."""

    def __init__(self, stack: Stack, language: str | None = None) -> None:
        self.http = httpx2.Client(base_url=stack.url, timeout=20)
        started = self.http.post("/api/v1/conversations", json={"language": language})
        assert started.status_code == 201
        self.started = started.json()
        self.id = self.started["conversation_id"]

    def says(self, text: str) -> dict:  # type: ignore[type-arg]
        answer = self.http.post(f"/api/v1/conversations/{self.id}/messages", json={"text": text})
        assert answer.status_code == 200, answer.text
        reply: dict = answer.json()  # type: ignore[type-arg]
        return reply


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_family_is_answered_in_the_language_it_writes(stack: Stack, language: str) -> None:
    reply = Family(stack).says(BED[language])
    assert reply["understood"]["key"] == "safer_sleep/bed_sharing"
    assert reply["language"] == language
    assert reply["messages"][0]["key"] == "safer_sleep/bed_sharing"
    assert reply["messages"][0]["language"] == language
    assert reply["messages"][0]["fallback_from"] is None
    assert reply["messages"][0]["demonstration"]
    assert not reply["messages"][0]["approved"]
    assert reply["messages"][0]["sources"]
    assert reply["choices"]
    assert reply["urgent"] is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_danger_is_answered_first_and_alone(stack: Stack, language: str) -> None:
    reply = Family(stack).says(BLUE[language])
    assert reply["urgent"] == {"key": "urgent/baby_not_breathing", "contact": "999"}
    assert [message["key"] for message in reply["messages"]] == ["urgent/baby_not_breathing"]
    assert reply["messages"][0]["language"] == language
    assert "999" in reply["messages"][0]["text"][:25]


def test_a_conversation_begins_with_a_welcome_and_choices(stack: Stack) -> None:
    family = Family(stack, "ur")
    assert family.started["welcome"][0]["key"] == "conversation/welcome"
    assert family.started["welcome"][0]["language"] == "ur"
    assert len(family.started["choices"]) == 5


def test_a_choice_is_chosen_by_its_words_and_by_its_digit(stack: Stack) -> None:
    family = Family(stack, "gu")
    by_words = family.says(family.started["choices"][0]["say"])
    assert by_words["messages"][0]["key"] == "safer_sleep/bed_sharing"
    family = Family(stack, "gu")
    assert family.says("2")["messages"][0]["key"] == "stop_smoking/get_help"


def test_the_family_s_language_is_not_changed_by_a_message_and_is_asked_about_after_two(stack: Stack) -> None:
    family = Family(stack, "en")
    assert family.says("czy mogę palić papierosy w ciąży")["language"] == "en"
    second = family.says("czy dziecko może spać z nami w łóżku")
    assert second["language"] == "en"
    asked = [m["language"] for m in second["messages"] if m["key"] == "conversation/language_question"]
    assert asked == ["pl", "en"]
    assert family.says("Polski")["language"] == "pl"
    assert family.says("dziękuję")["language"] == "pl"


def test_a_language_can_be_asked_for(stack: Stack) -> None:
    family = Family(stack, "en")
    assert family.says("can you talk to me in Gujarati please")["messages"][0]["key"] == "conversation/language_changed"
    assert family.says("can my baby sleep in our bed")["language"] == "gu"


def test_help_is_found_near_a_postcode(stack: Stack) -> None:
    family = Family(stack, "en")
    family.says("how can i get help to stop smoking")
    assert family.says("Find help near me")["messages"][-1]["key"] in (
        "conversation/ask_postcode",
        "conversation/ask_need",
    )
    reply = family.says("LE2 1AB")
    assert reply["messages"][0]["key"] == "conversation/services_found"
    assert reply["services"][0]["id"] == "livewell_stop_smoking"
    assert reply["services"][0]["phone"] == "0116 454 4000"
    assert reply["services"][0]["assured_on"] is None


@pytest.mark.parametrize("part", ["LE5", "le5 4", "LE5 please", "near le3"])
def test_a_part_of_a_postcode_is_enough(stack: Stack, part: str) -> None:
    family = Family(stack, "en")
    need = next(c["label"] for c in family.says("find a service near me")["choices"] if c["label"].startswith("Cot"))
    assert family.says(need)["messages"][0]["key"] == "conversation/ask_postcode"
    found = family.says(part)
    assert found["messages"][0]["key"] == "conversation/services_found", found["messages"]
    assert found["services"]


def test_a_postcode_that_is_none_is_asked_for_again(stack: Stack) -> None:
    family = Family(stack, "en")
    family.says("find help near me")
    family.says("1")
    assert family.says("LE77 1AA")["messages"][0]["key"] == "conversation/postcode_not_found"
    assert family.says("LE5 4PW")["messages"][0]["key"] == "conversation/services_found"


def test_a_question_in_the_middle_of_a_form_is_answered(stack: Stack) -> None:
    family = Family(stack, "en")
    family.says("find help near me")
    family.says("1")
    reply = family.says("can my baby sleep in our bed with us tonight")
    assert reply["messages"][0]["key"] == "safer_sleep/bed_sharing"


def test_weeks_are_worked_out(stack: Stack) -> None:
    family = Family(stack, "en")
    assert family.says("when is my baby due, can you work out my due date")["messages"][0]["key"].endswith("ask_dates")
    reply = family.says("7 weeks")
    assert reply["messages"][0]["key"] == "conversation/dates_result"
    assert "7 weeks and 0 days" in reply["messages"][0]["text"]


@pytest.mark.parametrize("text", ["/restart", "/session_start", '/greet{"a": 1}', "//restart", "/ /help"])
def test_commands_never_reach_the_bot(stack: Stack, text: str) -> None:
    family = Family(stack, "en")
    family.says("hello")
    reply = family.says(text)
    assert reply["messages"]


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1600, "😀😀😀", "\u202eabc", "\x00\x01x", "'; DROP TABLE turn; --", "<script>alert(1)</script>",
        "{postcode}", "%s %d", "x\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"), "\n\n.", "1",
        "99",
    ],
)  # fmt: skip
def test_strange_text_is_answered(stack: Stack, text: str) -> None:
    reply = Family(stack).says(text)
    assert reply["messages"]
    assert "<script>" not in reply["messages"][0]["text"]


def test_bad_requests_get_a_clear_error(stack: Stack) -> None:
    family = Family(stack)
    path = f"/api/v1/conversations/{family.id}/messages"
    cases = [
        (family.http.post(path, json={"text": ""}), 422, "text_empty"),
        (family.http.post(path, json={"text": "   "}), 422, "text_empty"),
        (family.http.post(path, json={"text": "a" * 1601}), 422, "text_too_long"),
        (family.http.post(path, json={}), 422, "invalid"),
        (family.http.post(path, content=b"{", headers=JSON), 400, "invalid"),
        (family.http.post(path, content=b'{"text": "\xff\xfe"}', headers=JSON), 400, None),
        (family.http.post(path, content=b'{"text": "a\\ud800"}', headers=JSON), None, None),
        (family.http.post(path, content=b"x" * 10_000_000), 413, "body_too_large"),
        (family.http.post("/api/v1/conversations/none/messages", json={"text": "hi"}), 404, "not_found"),
        (family.http.post("/api/v1/conversations", json={"language": "xx"}), 404, "not_found"),
        (family.http.get("/nothing"), 404, "not_found"),
        (family.http.delete("/livez"), 405, "method_not_allowed"),
    ]
    for answer, status, code in cases:
        assert answer.status_code < 500
        assert status is None or answer.status_code == status, answer.text
        if answer.status_code >= 400:
            assert answer.json()["error"]["message"]
            assert code is None or answer.json()["error"]["code"] == code


def test_a_deleted_conversation_is_gone(stack: Stack) -> None:
    family = Family(stack)
    family.says("hello")
    assert family.http.delete(f"/api/v1/conversations/{family.id}").status_code == 204
    answer = family.http.post(f"/api/v1/conversations/{family.id}/messages", json={"text": "hello"})
    assert answer.status_code == 404


def test_baby_loss_is_met_gently(stack: Stack) -> None:
    reply = Family(stack, "en").says("my baby died last week please stop sending me messages")
    assert reply["messages"][0]["key"] == "support/baby_loss"
    assert reply["choices"] == []


def test_languages_and_services_are_listed(stack: Stack) -> None:
    languages = httpx2.get(f"{stack.url}/api/v1/languages").json()
    assert [entry["code"] for entry in languages] == list(load_languages(ROOT / "content"))
    assert {entry["code"]: entry["direction"] for entry in languages}["ur"] == "rtl"
    found = httpx2.get(f"{stack.url}/api/v1/services", params={"need": "maternity", "postcode": "LE5 4PW"})
    assert found.headers["access-control-allow-origin"] == "*"
    assert found.json()["near"] == {"postcode": "LE5 4PW", "ward": "Evington", "district": "Leicester"}
    assert found.json()["services"][0]["distance_km"] < 1


def test_a_loss_is_met_gently_once_and_nothing_about_a_baby_is_offered_after_it(stack: Stack) -> None:
    family = Family(stack, "en")
    first = family.says("stop texting me about sleep, we lost our baby last week")
    assert [message["key"] for message in first["messages"]] == ["support/baby_loss"]
    assert first["understood"]["key"] == "support/baby_loss"
    assert first["choices"] == []
    again = family.says("my baby died and i dont know what to do")
    assert [message["key"] for message in again["messages"]] == ["conversation/still_here"]
    titles = {choice["label"] for choice in family.says("help")["choices"]}
    assert "Can my baby sleep in our bed?" not in titles


def test_hindi_and_urdu_in_latin_letters_are_asked_which_they_read(stack: Stack) -> None:
    family = Family(stack)
    reply = family.says("mera bacha mere sath bed mein so sakta hai kya, sab log mana karte hain")
    assert reply["messages"][0]["key"] == "safer_sleep/bed_sharing"
    assert "conversation/which_script" in [message["key"] for message in reply["messages"]]
    assert {"हिन्दी", "اردو"} <= {choice["label"] for choice in reply["choices"]}
    assert family.says("اردو")["language"] == "ur"
    assert family.says("aur cigarette pregnancy mein kitni buri hai mere liye")["language"] == "ur"

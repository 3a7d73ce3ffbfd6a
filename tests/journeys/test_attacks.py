"""What an attacker, a broken program or a tired thumb sends: a clear answer, never a failure."""

import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from api.launch.processes import Stack
from tests.journeys.test_contract import JSON, Family

FORMS = ["/chat", "/chat/forget", "/delete", "/language", "/widget", "/widget/chat", "/widget/delete"]


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("origin", ["http://[", "https://evil.example.org", "null"])
def test_a_form_from_elsewhere_is_refused(stack: Stack, path: str, origin: str) -> None:
    answer = httpx2.post(stack.url + path, data={"text": "hello"}, headers={"Origin": origin})
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/chat", "/widget/chat"])
def test_a_file_where_words_belong_is_refused(stack: Stack, path: str) -> None:
    headers = {"Sec-Fetch-Site": "same-origin"}
    answer = httpx2.post(stack.url + path, files={"text": ("a.txt", b"hello")}, headers=headers)
    assert answer.status_code == 422
    assert "999" in answer.text


@pytest.mark.parametrize("strange", ["%00", "%0a", "%0d%0aHost:%20x", "%7f", "%C3%BE%10", "a" * 300])
def test_a_strange_conversation_id_is_no_failure(stack: Stack, strange: str) -> None:
    path = f"{stack.url}/api/v1/conversations/{strange}"
    assert httpx2.delete(path).status_code in (204, 404)
    assert httpx2.post(f"{path}/messages", json={"text": "hello"}).status_code == 404


def test_strange_queries_are_refused_clearly(stack: Stack) -> None:
    for query in ("need=%00", "need=' OR 1=1", "limit=0", "limit=x", "postcode=%00", "postcode=hello"):
        answer = httpx2.get(f"{stack.url}/api/v1/services?{query}")
        assert answer.status_code == 422
        assert answer.json()["error"]["message"]


def test_a_body_that_does_not_say_it_is_json_is_refused(stack: Stack) -> None:
    family = Family(stack)
    path = f"/api/v1/conversations/{family.id}/messages"
    answer = family.http.post(path, content=b'{"text": "hi"}', headers={"content-type": "text/plain"})
    assert answer.status_code == 415
    assert family.http.post(path, content=b'{"text": "hi"}', headers=JSON).status_code == 200


def test_danger_at_the_end_of_a_text_that_is_too_long_is_still_answered(stack: Stack) -> None:
    reply = Family(stack).says("she was fine all day " * 80 + "and now my baby is not breathing")
    assert reply["urgent"]["contact"] == "999"


def test_figures_alone_are_no_danger(stack: Stack) -> None:
    assert Family(stack, "en").says("99")["urgent"] is None


def test_no_word_of_a_family_is_in_any_log(stack: Stack) -> None:
    family = Family(stack, "en")
    family.says("zanzibarmarker my number is 07700 900456 and i live at LE5 4PW")
    family.says("find help near me")
    httpx2.post(f"{stack.url}/api/v1/conversations/zanzibarmarker/messages", json={"text": "zanzibarmarker"})
    for path in Path(stack.folder).glob("*.log"):
        said = path.read_text(errors="replace")
        assert "zanzibarmarker" not in said
        assert "900456" not in said
        assert "LE5 4PW" not in said
        assert family.id not in said


def test_no_request_of_any_shape_brings_a_server_error(stack: Stack) -> None:
    program = str(Path(sys.executable).parent / "schemathesis")
    command = [program, "run", f"{stack.url}/openapi.json", "--checks", "not_a_server_error", "--max-examples", "25"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout[-3000:]

"""Never silence: what a family gets when parts of Bumpline are not there."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from api.content.languages import load_languages
from api.launch.processes import Stack
from api.settings import ROOT
from tests.conftest import whole_stack
from tests.journeys.test_contract import BED, BLUE, LANGUAGES, Family


@pytest.fixture(scope="module")
def own_stack(model: None, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack whose parts a test may stop."""
    with whole_stack(tmp_path_factory.mktemp("failing"), sqlite_template) as running:
        yield running


def test_danger_is_answered_with_bot_and_actions_stopped_and_choices_still_work(own_stack: Stack) -> None:
    family = Family(own_stack, "pl")
    own_stack.stop("actions")
    assert httpx2.get(f"{own_stack.url}/readyz").json() == {"status": "degraded", "missing": ["actions"]}
    assert family.says("1")["messages"][0]["key"] == "safer_sleep/bed_sharing"
    assert family.says("kiedy mam termin porodu")["messages"]
    own_stack.stop("bot")
    assert httpx2.get(f"{own_stack.url}/readyz").json()["status"] == "degraded"
    for language in LANGUAGES:
        reply = Family(own_stack).says(BLUE[language])
        assert reply["urgent"] == {"key": "urgent/baby_not_breathing", "contact": "999"}
        alike = load_languages(ROOT / "content")[language].sounds_like  # without the bot nobody tells these apart
        assert reply["messages"][0]["language"] in {language, *alike}
    assert Family(own_stack, "pl").says("2")["messages"][0]["key"] == "stop_smoking/get_help"
    reply = Family(own_stack, "gu").says(BED["gu"])
    assert reply["messages"][0]["key"] == "conversation/trouble"
    assert reply["messages"][0]["language"] == "gu"
    assert reply["choices"]


def test_a_bot_that_was_killed_is_started_again_and_danger_is_answered_meanwhile(own_stack: Stack) -> None:
    if "bot" not in own_stack.processes:
        own_stack.start_bot()
        own_stack.start_actions()
        own_stack.wait_until_ready()
    own_stack.processes["bot"].kill()
    own_stack.processes["bot"].wait()
    assert Family(own_stack).says(BLUE["en"])["urgent"]["contact"] == "999"
    own_stack.revive()
    own_stack.wait_until_ready()
    assert Family(own_stack).says(BED["en"])["understood"]["key"] == "safer_sleep/bed_sharing"


def test_danger_is_answered_when_the_database_is_gone(own_stack: Stack) -> None:
    family = Family(own_stack, "en")
    family.says("hello")
    path = Path(own_stack.extra["DATABASE_URL"].removeprefix("sqlite:///"))
    hidden = path.with_suffix(".hidden")
    path.rename(hidden)
    path.write_bytes(b"this is not a database")
    own_stack.stop("api")
    own_stack.start_api()
    _wait_for_livez(own_stack)
    try:
        answer = family.http.post(f"/api/v1/conversations/{family.id}/messages", json={"text": BLUE["en"]})
        assert answer.status_code == 200
        assert answer.json()["urgent"]["contact"] == "999"
        assert "999" in answer.json()["messages"][0]["text"]
        answer = family.http.post(f"/api/v1/conversations/{family.id}/messages", json={"text": BED["en"]})
        assert answer.status_code == 503
        assert answer.json()["error"]["code"] == "out_of_service"
    finally:
        path.unlink()
        hidden.rename(path)


def _wait_for_livez(stack: Stack) -> None:
    for _ in range(100):
        try:
            httpx2.get(f"{stack.url}/livez", timeout=1)
            return
        except httpx2.HTTPError:
            import time

            time.sleep(0.2)

"""A running bot takes up a retrained model without leaving anybody without an answer."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import httpx2
import pytest

from api.launch.model import model_path
from api.launch.processes import Stack
from api.launch.taking_up import NOTICE, announce, take_up

ASKED = {"sender": "somebody", "text": "is a dummy ok for sleep", "context": {}}


@pytest.fixture
def bot(stack: Stack) -> Iterator[httpx2.Client]:
    headers = {"Authorization": f"Bearer {stack.token}"}
    with httpx2.Client(base_url=stack.bot_url, headers=headers, timeout=120) as client:
        yield client


@pytest.fixture
def notice() -> Iterator[None]:
    before = NOTICE.read_bytes() if NOTICE.exists() else None
    yield
    NOTICE.unlink(missing_ok=True)
    if before is not None:
        NOTICE.write_bytes(before)


def understood(bot: httpx2.Client) -> str:
    reply = bot.post("/webhooks/bumpline/converse", json=ASKED).json()
    assert reply["say"] == [{"say": "safer_sleep/dummies"}]
    return str(reply["understood"]["ranking"][0]["key"])


def answers_until(done: "Future[httpx2.Response]", bot: httpx2.Client) -> list[str]:
    answers = [understood(bot)]
    while not done.done():
        answers.append(understood(bot))
    return answers


def test_families_are_answered_while_another_model_is_loaded(bot: httpx2.Client) -> None:
    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(bot.put, f"/webhooks/models/{model_path().name}")
        answers = answers_until(loading, bot)
    assert (loading.result().status_code, len(answers) > 1) == (200, True)
    assert {*answers, understood(bot)} == {"safer_sleep/dummies"}


@pytest.mark.parametrize("name", ["0123456789abcdef.tar.gz", "..%2F..%2Fconfig.yml", "train.log", ".tar.gz"])
def test_only_a_model_of_ours_is_loaded(bot: httpx2.Client, name: str) -> None:
    assert bot.put(f"/webhooks/models/{name}").status_code == 404
    assert understood(bot) == "safer_sleep/dummies"


def test_a_broken_model_leaves_the_one_there_is(bot: httpx2.Client) -> None:
    broken = model_path().with_name("0123456789abcdef.tar.gz")
    broken.write_bytes(b"not a model")
    try:
        assert bot.put(f"/webhooks/models/{broken.name}").status_code == 500
    finally:
        broken.unlink()
    assert understood(bot) == "safer_sleep/dummies"


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}])
def test_strangers_load_nothing(stack: Stack, headers: dict[str, str]) -> None:
    address = f"{stack.bot_url}/webhooks/models/{model_path().name}"
    assert httpx2.put(address, headers=headers, timeout=30).status_code == 401


def test_whoever_started_the_bot_follows_the_notice_once(
    stack: Stack, notice: None, capfd: pytest.CaptureFixture[str]
) -> None:
    stack.follow()
    announce(model_path().name)
    asked = [stack.follow(), stack.follow()]
    for thread in [thread for thread in asked if thread]:
        thread.join()
    assert capfd.readouterr().out == f"The bot has loaded the retrained model ({model_path().name}).\n"


def test_a_bot_that_does_not_answer_is_said_so(capfd: pytest.CaptureFixture[str]) -> None:
    take_up("http://127.0.0.1:9", "x", "0123456789abcdef.tar.gz")
    assert "could not load the retrained model" in capfd.readouterr().out

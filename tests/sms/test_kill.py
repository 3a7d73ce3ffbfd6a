"""A worker killed again and again: every text is answered exactly once or ends visibly as unknown."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest

from api.settings import ROOT
from tests.sms.conftest import Room

TEXTS = 200
KILLS = 8
DONE = {"sent", "delivered", "unknown"}


def start_worker(room: Room) -> subprocess.Popen[str]:
    settings = room.parts.settings
    names = (
        "database_url", "secret_key", "public_base_url", "bot_url", "twilio_account_sid", "twilio_auth_token",
        "twilio_messaging_service_sid", "twilio_api_url", "twilio_timeout",
    )  # fmt: skip
    chosen = {name.upper(): str(getattr(settings, name)) for name in names}
    environment = {**os.environ, **chosen, "SMS_ALLOW_FICTION_NUMBERS": "true"}
    command = [sys.executable, "-m", "tests.sms.kill_worker"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=10)
    if process.stdout:
        process.stdout.close()


def is_finished(room: Room) -> bool:
    inbox, outbox = room.inbox(), room.outbox()
    return all(row.state == "handled" for row in inbox) and all(row.state in DONE for row in outbox)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_killed_worker_loses_no_text_and_sends_none_twice(room: Room) -> None:
    dice = random.Random(7)
    numbers = [f"+4477009007{n:02d}" for n in range(50)]
    for n in range(TEXTS):
        request = room.twilio.text_from(numbers[n % 50], f"is question {n} a good one", "https://texts.example.org")
        assert [room.post(request).status_code for _ in range(1 + n % 2)] in ([200], [200, 200])
    for _ in range(KILLS):
        process = start_worker(room)
        time.sleep(dice.uniform(0.3, 2.0))
        kill(process)
    killed_with = Counter(row.state for row in room.outbox())
    process = start_worker(room)
    until = time.monotonic() + 200
    while not is_finished(room) and time.monotonic() < until:
        time.sleep(0.3)
    kill(process)
    check(room, killed_with)


def check(room: Room, killed_with: Counter[str]) -> None:
    outbox = room.outbox()
    print(f"after {KILLS} kills {dict(killed_with)}, at the end {dict(Counter(row.state for row in outbox))}")
    assert len(room.inbox()) == TEXTS
    assert is_finished(room)
    answered = {row.batch for row in outbox}
    assert answered == {f"reply:{row.message_sid}" for row in room.inbox()}
    taken = Counter(text.status_callback for text in room.twilio.taken)
    assert not [callback for callback, times in taken.items() if times > 1]
    lost = [row for row in outbox if row.state == "unknown" and not taken[callback_of(row.id)]]
    print(f"{len(lost)} of the unknown never reached the network")
    for row in outbox:
        times = taken[callback_of(row.id)]
        assert times == 1 if row.state == "sent" else times <= 1
    report_everything(room)


def callback_of(outbox_id: int) -> str:
    return f"https://texts.example.org/sms/twilio/status?o={outbox_id}"


def report_everything(room: Room) -> None:
    """Late reports settle what was unknown, where Twilio had taken the text."""
    for text in room.twilio.taken:
        assert room.post(room.twilio.report_on(text, "delivered")).status_code == 200
    taken = {text.status_callback.rsplit("=", 1)[1] for text in room.twilio.taken}
    assert {row.state for row in room.outbox() if str(row.id) in taken} == {"delivered"}
    assert {row.state for row in room.outbox() if str(row.id) not in taken} <= {"unknown"}

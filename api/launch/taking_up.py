"""A retraining leaves a notice; whoever started the bot sees it and has the bot load the new model while it answers."""

import httpx2

from api.launch.model import MODELS
from api.launch.swapping import write_durably

NOTICE = MODELS / "retrained"
WITHIN = 300.0
"""Seconds to load in, beside the answering of families; measured: docs/decisions/0025."""


def announce(model: str) -> None:
    """`model`: the file's name. Call it when data and model are in place."""
    write_durably(NOTICE, model)


def announced() -> str:
    """The newest model that a retraining put in place; "" when there was none."""
    return NOTICE.read_text(encoding="utf-8") if NOTICE.exists() else ""


def take_up(bot_url: str, token: str, model: str) -> None:
    """Asks the bot to load `model` and says what came of it. If it cannot, it goes on with the one it has."""
    try:
        headers = {"Authorization": f"Bearer {token}"}
        code = httpx2.put(f"{bot_url}/webhooks/models/{model}", headers=headers, timeout=WITHIN).status_code
    except httpx2.HTTPError:
        code = 0
    ended = "has loaded the retrained model" if code == 200 else "could not load the retrained model: start anew"
    print(f"The bot {ended} ({model}).", flush=True)

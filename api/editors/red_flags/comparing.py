"""What a proposed list would do, found out in a process of its own: one at a time, and remembered for a while.

Whole screens are compared, all languages' phrases in both: words of one language change how another's are read.
"""

import json
import logging
import subprocess
import sys
from collections import OrderedDict
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from threading import Lock
from typing import Any

from api.errors import BumplineError, Conflict, Unusable
from api.safety.comparing import Comparison, Difference, from_json
from api.settings import ROOT

EXAMPLES = ROOT / "bot" / "data" / "nlu"
TIME_LIMIT, WAIT = 180.0, 20.0
"""Seconds: of one comparison, and to wait for somebody else's."""
REMEMBERED = 32
log = logging.getLogger(__name__)
_one_at_a_time = Lock()
_known: OrderedDict[str, Comparison] = OrderedDict()
_tried: OrderedDict[str, list[Difference]] = OrderedDict()
"""By the whole question: what was found out of examples, and of messages somebody typed."""


class Busy(Conflict):
    def __init__(self) -> None:
        super().__init__("Another change is being tried just now. Nothing is lost: press the button again in a moment.")


class Failed(BumplineError):
    status = 503

    def __init__(self) -> None:
        super().__init__("What this would do could not be found out.")


@dataclass(frozen=True)
class Question:
    """What is asked of api/safety/comparing.py."""

    folder: str
    approved: dict[str, Any]
    subject: str
    body: dict[str, list[str]]
    messages: tuple[str, ...] = ()
    examples: str = str(EXAMPLES)

    @property
    def key(self) -> str:
        return sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Ticks:
    """What a person has ticked: the marks of the lost sentences and false alarms they accept; that nobody could check.

    A tick holds for the sentences that were read, and for no others.
    """

    loses: str = ""
    alarms: str = ""
    unknown: str = ""

    def missing(self, found: Comparison | None) -> list[str]:
        """Names of the ticks still asked for."""
        return [name for name, mark in marks(found).items() if getattr(self, name) != mark]


def marks(found: Comparison | None) -> dict[str, str]:
    """Tick -> what it must bring back; only of ticks that are needed."""
    doubts = {"unknown": unchecked(found)} if unchecked(found) else {}
    if found is None:
        return doubts
    doubtful = {"loses": (found.counts["lost"], found.lost), "alarms": (found.counts["alarms"], found.alarms)}
    asked = {name: sha256(json.dumps(said).encode()).hexdigest()[:16] for name, said in doubtful.items() if said[0]}
    return doubts | asked


def unchecked(found: Comparison | None) -> str:
    """Why examples do not tell: "untried", "emptied" (a list of danger), "no_examples" of danger; "" when they do."""
    if found is None:
        return "untried"
    if found.is_emptied:
        return "emptied"
    return "" if found.looked_at["grave"] else "no_examples"


class NotTicked(Unusable):
    def __init__(self) -> None:
        super().__init__("Look at what this would do, tick that it is meant, and press the button again.")


def compared(question: Question) -> Comparison:
    """Raises Busy, Failed. What was asked before is answered from memory."""
    known = seen_already(question)
    if known is not None:
        return known
    if not _one_at_a_time.acquire(timeout=WAIT):
        raise Busy
    try:
        return seen_already(question) or _found_out(question)
    finally:
        _one_at_a_time.release()


def seen_already(question: Question) -> Comparison | None:
    """What is remembered, without trying anything."""
    found, tried = _known.get(_about_examples(question)), _tried.get(question.key)
    if found is None or (question.messages and tried is None):
        return None
    return replace(found, tried=tried or [])


def _found_out(question: Question) -> Comparison:
    about_examples = _about_examples(question)
    found = _known.get(about_examples)
    told = from_json(_run(asdict(replace(question, examples="") if found else question)))
    _remember(_tried, question.key, told.tried)
    _remember(_known, about_examples, found or told)
    return replace(found or told, tried=told.tried)


def _about_examples(question: Question) -> str:
    return replace(question, messages=()).key


def _remember(memory: OrderedDict[str, Any], key: str, found: Any) -> None:
    memory[key] = found
    while len(memory) > REMEMBERED:
        memory.popitem(last=False)


def _run(question: dict[str, Any]) -> dict[str, Any]:
    command = [sys.executable, "-m", "api.safety.comparing"]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(question),
            capture_output=True,
            text=True,
            cwd=ROOT,
            timeout=TIME_LIMIT,
            check=True,
        )
        told: dict[str, Any] = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        log.error("a change of the red flags could not be tried: %s", type(error).__name__)
        raise Failed from error
    return told

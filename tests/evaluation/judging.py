"""How one reply is judged against one case: pure."""

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

ASK_BACK = "conversation/did_you_mean"
OUT_OF_SCOPE = "conversation/out_of_scope"
LOSS = "support/baby_loss"
GRAVEST = (
    "urgent/baby_not_breathing",
    "urgent/baby_fit",
    "urgent/danger_from_someone",
    "urgent/suicide_or_self_harm",
)
OFFERED = 3
Outcome = Literal["right", "asked", "wrong", "lost", "false_alarm", "missed", "failed"]


class Case(BaseModel):
    text: str
    lang: str
    script: str = "native"
    key: str
    style: str = ""
    also: list[str] = []

    @property
    def is_urgent(self) -> bool:
        return self.key.startswith("urgent/")

    @property
    def is_near_urgent(self) -> bool:
        return self.style == "near_urgent"

    @property
    def keys(self) -> set[str]:
        return {self.key, *self.also}


@dataclass(frozen=True)
class Verdict:
    """`said`: the key answered with, or what stands for none. `language`: the one named, if any.

    `is_health`: a health message was given as the answer.
    """

    outcome: Outcome
    said: str
    caught: bool
    language_right: bool
    is_health: bool = False
    language: str | None = None


def judge(case: Case, reply: dict[str, Any] | None) -> Verdict:
    """`reply` as in the JSON contract; None when there was none."""
    if reply is None:
        return Verdict("failed", "no reply", False, False)
    understood = reply["understood"]
    urgent = reply["urgent"]["key"] if reply["urgent"] else None
    said = urgent or understood["key"] or "nothing"
    outcome = _outcome(case, reply, urgent)
    is_health = bool(urgent) or not (_asks_back(reply) or said.startswith("conversation/"))
    language = understood["language"]
    return Verdict(outcome, said, urgent is not None, language == case.lang, is_health, language)


def _outcome(case: Case, reply: dict[str, Any], urgent: str | None) -> Outcome:
    if case.is_urgent:
        return "right" if urgent in case.keys else "wrong" if urgent else "missed"
    if urgent:
        return "right" if urgent in case.keys else "false_alarm"
    understood = reply["understood"]
    if _asks_back(reply):
        offered = [entry["key"] for entry in understood["alternatives"]][:OFFERED]
        return "asked" if case.keys & set(offered) else "lost"
    return "right" if understood["key"] in case.keys else "wrong"


def _asks_back(reply: dict[str, Any]) -> bool:
    return bool(reply["messages"][0]["key"] == ASK_BACK)

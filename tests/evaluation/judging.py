"""How one reply is judged against one case: pure."""

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

ASK_BACK = "conversation/did_you_mean"
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
    def keys(self) -> set[str]:
        return {self.key, *self.also}


@dataclass(frozen=True)
class Verdict:
    """`said`: the key answered with, or what stands for none."""

    outcome: Outcome
    said: str
    caught: bool
    language_right: bool


def judge(case: Case, reply: dict[str, Any] | None) -> Verdict:
    """`reply` as in the JSON contract; None when there was none."""
    if reply is None:
        return Verdict("failed", "no reply", False, False)
    understood = reply["understood"]
    urgent = reply["urgent"]["key"] if reply["urgent"] else None
    language_right = understood["language"] == case.lang
    said = urgent or understood["key"] or "nothing"
    return Verdict(_outcome(case, reply, urgent), said, urgent is not None, language_right)


def _outcome(case: Case, reply: dict[str, Any], urgent: str | None) -> Outcome:
    if case.is_urgent:
        return "right" if urgent in case.keys else "wrong" if urgent else "missed"
    if urgent:
        return "right" if urgent in case.keys else "false_alarm"
    understood = reply["understood"]
    if reply["messages"][0]["key"] == ASK_BACK:
        offered = [entry["key"] for entry in understood["alternatives"]][:3]
        return "asked" if case.keys & set(offered) else "lost"
    return "right" if understood["key"] in case.keys else "wrong"

"""From a family's text to what must be said: danger first, then choices, then the bot."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from api.content.languages import Language
from api.conversations.bot import Bot, BotReply, BotSilent, BotUnderstood, Say
from api.conversations.choices import Choice, chosen
from api.conversations.languages import Heard, hear_script
from api.conversations.schemas import Alternative, Understood
from api.safety import Finding, RedFlagScreen

log = logging.getLogger(__name__)
DANGER_POSSIBLE = "urgent/danger_possible"
LANGUAGE_WAIT = 0.5
ALTERNATIVES = 5
Context = dict[str, str | None]


@dataclass(frozen=True)
class Meaning:
    """What a message means to us: what was understood, the urgent key if any, and the keys to say."""

    understood: Understood
    heard: Heard
    says: Sequence[Say]
    urgent: str | None = None
    set_language: str | None = None


@dataclass(frozen=True)
class Understanding:
    """Reads one message. Danger is seen if the screen *or* the classifier sees it."""

    bot: Bot
    screen: RedFlagScreen
    languages: dict[str, Language]
    danger_threshold: float

    def read(self, sender: str, text: str, *, context: Context, offered: Sequence[Choice]) -> Meaning:
        """`context`: the family's `language` and the `need` behind the last answer, where known."""
        choice = chosen(text, offered)
        if choice and not choice.key.startswith("urgent/"):
            return self._read_choice(sender, text, choice, context)
        danger = choice.key if choice else self.danger_in(text)
        if danger:
            return self._urgent(text, danger, self._heard_in_danger(text, danger))
        return self._ask_bot(sender, text, context)

    def danger_in(self, text: str) -> str | None:
        """The urgent key the screen sees. A screen that fails means danger possible, never safe."""
        try:
            finding = self.screen.screen(text)
        except Exception as error:
            log.error("red-flag screen failed: %s", type(error).__name__)
            return DANGER_POSSIBLE
        return finding.key if finding else None

    def _heard_in_danger(self, text: str, danger: str) -> BotUnderstood | Heard:
        """Only the language is asked of the bot, and not for long: nobody in danger waits."""
        try:
            return self.bot.parse(text, timeout=LANGUAGE_WAIT).understood
        except BotSilent:
            return self._language_of_phrase(text) or hear_script(text, self.languages)

    def _language_of_phrase(self, text: str) -> Heard | None:
        heard = hear_script(text, self.languages)
        try:
            finding: Finding | None = self.screen.screen(text)
        except Exception:
            return None
        if finding is None or heard.sure or finding.language not in self.languages:
            return None
        return Heard(finding.language, heard.script, False)

    def _urgent(self, text: str, key: str, heard: BotUnderstood | Heard) -> Meaning:
        """The best guess at the language is good enough for a warning; it is not kept unless it is sure."""
        ranking = heard.ranking if isinstance(heard, BotUnderstood) else []
        guess = self._heard(heard, text) if isinstance(heard, BotUnderstood) else heard
        language = replace(guess, answer=True)
        understood = Understood(
            key=key,
            confidence=1.0,
            language=language.code,
            script=language.script,
            alternatives=list(ranking[:ALTERNATIVES]),
        )
        return Meaning(understood, language, [Say(say=key)], urgent=key)

    def _read_choice(self, sender: str, text: str, choice: Choice, context: Context) -> Meaning:
        language = context.get("language")
        heard = Heard(language, hear_script(text, self.languages).script, False)
        understood = Understood(key=choice.key, confidence=1.0, language=language, script=heard.script)
        if "language" in choice.entities:
            return Meaning(understood, heard, [], set_language=choice.entities["language"])
        try:
            reply = self.bot.converse(sender, text, context=context, key=choice.key, entities=dict(choice.entities))
        except BotSilent:
            return Meaning(understood, heard, [Say(say=choice.key)])
        return Meaning(understood, heard, reply.say or [Say(say=choice.key)], set_language=_language_set(reply))

    def _ask_bot(self, sender: str, text: str, context: Context) -> Meaning:
        try:
            reply = self.bot.converse(sender, text, context=context, key=None, entities={})
        except BotSilent:
            heard = hear_script(text, self.languages)
            return Meaning(Understood(language=heard.code, script=heard.script), heard, [trouble()])
        said = reply.understood
        danger = self._danger_seen_by(said) if any(letter.isalpha() for letter in text) else None
        if danger:
            return self._urgent(text, danger, said)
        heard = self._heard(said, text)
        return Meaning(_understood(said, heard), heard, reply.say or [trouble()], set_language=_language_set(reply))

    def _danger_seen_by(self, said: BotUnderstood) -> str | None:
        urgent = [entry.key for entry in said.ranking if entry.key.startswith("urgent/")]
        if not urgent:
            return None
        is_top = said.ranking[0].key == urgent[0] and not said.asked_back
        return urgent[0] if is_top or said.danger >= self.danger_threshold else None

    def _heard(self, said: BotUnderstood, text: str) -> Heard:
        by_script = hear_script(text, self.languages)
        if by_script.sure or said.language is None or said.language.code not in self.languages:
            return by_script
        return Heard(said.language.code, said.language.script, said.language.sure)


def trouble() -> Say:
    return Say(say="conversation/trouble", offer="menu")


def _understood(said: BotUnderstood, heard: Heard) -> Understood:
    best = said.ranking[0] if said.ranking else None
    return Understood(
        key=best.key if best else None,
        confidence=best.confidence if best else 0.0,
        language=heard.code,
        script=heard.script,
        alternatives=[Alternative(key=a.key, confidence=a.confidence) for a in said.ranking[:ALTERNATIVES]],
    )


def _language_set(reply: BotReply) -> str | None:
    return next((say.set_language for say in reply.say if say.set_language), None)

"""From a family's text to what must be said: danger first, then a loss, then choices and the bot."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from api.content.languages import Language
from api.conversations.bot import Bot, BotReply, BotSilent, BotUnderstood, Say
from api.conversations.choices import Choice, chosen
from api.conversations.languages import Heard, fits, hear_script
from api.conversations.live_screen import LiveScreen
from api.conversations.schemas import Alternative, Understood
from api.safety import FOR_THE_UNIT, LOSS, MOVES_LESS, Finding

log = logging.getLogger(__name__)
DANGER_POSSIBLE = Finding("urgent/danger_possible", "", "", ("urgent/danger_possible",))
LANGUAGE_WAIT = 0.5
ALTERNATIVES = 5
Context = dict[str, str | None]


@dataclass(frozen=True)
class Meaning:
    """What a message means to us: what was understood, the urgent key if any, and the keys to say.

    `loss`: the family says that it lost a baby. It may be in danger too.
    """

    understood: Understood
    heard: Heard
    says: Sequence[Say]
    urgent: str | None = None
    loss: bool = False
    set_language: str | None = None


@dataclass(frozen=True)
class Thresholds:
    """Shares of the classifier. `danger`: urgent from here. `overrule`: below this a phrase of danger does not count.

    `naming`: from here the classifier says which danger it is. `loss`: a loss from here.
    """

    danger: float
    overrule: float
    naming: float
    loss: float


@dataclass(frozen=True)
class Understanding:
    """Reads one message. Danger, and a loss, is seen if the screen *or* the classifier sees it.

    Only a classifier that is all but certain of something harmless overrules a phrase (docs/decisions/0011).
    """

    bot: Bot
    screen: LiveScreen
    languages: Mapping[str, Language]
    thresholds: Thresholds

    def read(self, sender: str, text: str, *, context: Context, offered: Sequence[Choice]) -> Meaning:
        """`context`: the family's `language` and the `need` behind the last answer, where known."""
        choice = chosen(text, offered)
        if choice and not choice.key.startswith("urgent/"):
            return self._read_choice(sender, text, choice, context)
        if choice:
            return self._urgent(text, choice.key, self._second_opinion(text) or self._heard_without_bot(text, None))
        found = self.found_in(text)
        is_loss = found is not None and found.is_loss
        if found and found.is_urgent:
            said = self._second_opinion(text)
            if found is DANGER_POSSIBLE or not self._is_overruled(said):
                return self._danger_found(text, found, said)
        return self._ask_bot(sender, text, context, is_loss=is_loss)

    def danger_in(self, text: str) -> str | None:
        """The urgent key the screen sees."""
        found = self.found_in(text)
        return found.key if found and found.is_urgent else None

    def found_in(self, text: str) -> Finding | None:
        """What the screen sees. A screen that fails means danger possible, never safe."""
        try:
            return self.screen.screen(text)
        except Exception as error:
            log.error("red-flag screen failed: %s", type(error).__name__)
            return DANGER_POSSIBLE

    def _second_opinion(self, text: str) -> BotUnderstood | None:
        """What the classifier makes of it, if it says so at once: nobody in danger waits."""
        try:
            return self.bot.parse(text, timeout=LANGUAGE_WAIT).understood
        except BotSilent:
            return None

    def _is_overruled(self, said: BotUnderstood | None) -> bool:
        return said is not None and said.danger is not None and said.danger < self.thresholds.overrule

    def _danger_found(self, text: str, found: Finding, said: BotUnderstood | None) -> Meaning:
        heard = said or self._heard_without_bot(text, found)
        key = self._named(found.key, said) if said else found.key
        return replace(self._urgent(text, key, heard), loss=found.is_loss)

    def _named(self, key: str, said: BotUnderstood) -> str:
        """A confident classifier says better which danger it is, but never turns a 999 into a lesser call."""
        best = next((entry for entry in said.ranking if entry.key.startswith("urgent/")), None)
        if best is None or best.confidence < self.thresholds.naming:
            return key
        return key if best.key in FOR_THE_UNIT and key not in FOR_THE_UNIT else best.key

    def _heard_without_bot(self, text: str, found: Finding | None) -> Heard:
        heard = hear_script(text, self.languages)
        if found is None or heard.sure or found.language not in self.languages:
            return heard
        return Heard(found.language, heard.script, False, answer=True)

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

    def _ask_bot(self, sender: str, text: str, context: Context, *, is_loss: bool) -> Meaning:
        try:
            reply = self.bot.converse(sender, text, context=context, key=None, entities={})
        except BotSilent:
            return self._without_bot(text, is_loss=is_loss)
        said = reply.understood
        danger = self._danger_seen_by(said, is_loss=is_loss) if any(letter.isalpha() for letter in text) else None
        if danger:
            return replace(self._urgent(text, danger, said), loss=is_loss)
        heard = self._heard(said, text)
        if is_loss or self._loss_seen_by(said):
            return _lost(_understood(said, heard), heard)
        return Meaning(_understood(said, heard), heard, reply.say or [trouble()], set_language=_language_set(reply))

    def _without_bot(self, text: str, *, is_loss: bool) -> Meaning:
        heard = self._heard_without_bot(text, self.found_in(text) if is_loss else None)
        understood = Understood(language=heard.code, script=heard.script)
        return _lost(understood, heard) if is_loss else Meaning(understood, heard, [trouble()])

    def _loss_seen_by(self, said: BotUnderstood) -> bool:
        best = said.ranking[0] if said.ranking else None
        return best is not None and best.key == LOSS and best.confidence >= self.thresholds.loss

    def _danger_seen_by(self, said: BotUnderstood, *, is_loss: bool) -> str | None:
        urgent = [entry.key for entry in said.ranking if entry.key.startswith("urgent/")]
        if not urgent or (is_loss and urgent[0] == MOVES_LESS):
            return None
        is_top = said.ranking[0].key == urgent[0] and not said.asked_back
        return urgent[0] if is_top or (said.danger or 0.0) >= self.thresholds.danger else None

    def _heard(self, said: BotUnderstood, text: str) -> Heard:
        by_script = hear_script(text, self.languages)
        if by_script.sure or said.language is None or said.language.code is None:
            return by_script
        if not fits(said.language.code, by_script.script, self.languages):
            return by_script  # the bot knows only the scripts it was trained on
        return Heard(said.language.code, said.language.script, said.language.sure)


def trouble() -> Say:
    return Say(say="conversation/trouble", offer="menu")


def _lost(understood: Understood, heard: Heard) -> Meaning:
    """The gentle message, in the best guess at the language, and nothing else the bot may have wanted to say."""
    named = understood.model_copy(update={"key": LOSS})
    return Meaning(named, replace(heard, answer=True), [Say(say=LOSS)], loss=True)


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

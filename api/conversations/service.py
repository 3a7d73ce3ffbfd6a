"""One family's conversation, from a text to a reply. No transaction is held while the bot thinks."""

import logging
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.conversations import repository
from api.conversations.answering import Answer, answer
from api.conversations.asking import Verdict
from api.conversations.bot import Bot, BotSilent, Say
from api.conversations.choices import offer, restore
from api.conversations.languages import Heard, Settled, hear_script, settle
from api.conversations.live import Live
from api.conversations.models import Conversation
from api.conversations.pregnancy import first_day_of, first_day_said, weeks_on
from api.conversations.rows import bring_up_to_date, new_conversation
from api.conversations.schemas import TEXT_LIMIT, Channel, ChoiceOut, MessageOut, Reply, Started, Understood, Urgent
from api.conversations.texts import cleaned, has_words
from api.conversations.turns import turn_of
from api.conversations.understanding import Meaning, Understanding
from api.conversations.urgent_words import UrgentWords
from api.conversations.wording import Catalogue, Wording, message_out
from api.database import Database, now
from api.directory.openings import LONDON
from api.directory.source import need_for
from api.errors import NotFound, OutOfService, TextTooLong

log = logging.getLogger(__name__)
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class Exchange:
    """What a family said, what was answered, and whether it says that this helped."""

    said: str
    reply: Reply
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Conversations:
    """Starts, answers and erases conversations on every channel."""

    database: Database
    bot: Bot
    understanding: Understanding
    catalogue: Catalogue
    urgent_words: UrgentWords
    default_language: str
    live: Live

    def prepare(self) -> None:
        """Takes the urgent words into memory, so that they are there when the database is not."""
        try:
            with self.database.read() as session:
                self.live.follow(session)
                self.urgent_words.refresh(session)
        except SQLAlchemyError as error:
            log.error("urgent words could not be read: %s", type(error).__name__)

    def keep_up(self) -> None:
        """Follows what staff approved since; when the database cannot say, what is known stays."""
        self.live.keep_up(self.database)

    def start(self, *, language: str | None, channel: Channel) -> Started:
        """A new conversation; `language` None: the first message decides. NotFound for a language not offered."""
        self.keep_up()
        if language is not None and language not in self.catalogue.languages:
            offered = ", ".join(self.catalogue.languages)
            raise NotFound(f"There is no language {language!r} here. Choose one of: {offered}.")
        with self.database.write() as session:
            wording = Wording(session, self.catalogue, language or self.default_language, channel)
            welcome = wording.messages([Say(say="conversation/welcome")])
            choices = wording.choices_under(welcome)
            conversation = new_conversation(language, channel)
            conversation.choices = [choice.stored() for choice in offer(choices, [])]
            session.add(conversation)
        return Started(
            conversation_id=conversation.id,
            welcome=[message_out(r) for r in welcome],
            choices=[ChoiceOut(label=c.label, say=c.label) for c in choices],
        )

    def reply(self, conversation_id: str, text: str) -> Reply:
        """The reply to `text`; raises NotFound, TextEmpty, TextTooLong, OutOfService. Danger is always answered."""
        try:
            said = cleaned(text)
        except TextTooLong:
            return self._too_long(conversation_id, text)
        try:
            return self._reply(conversation_id, said)
        except SQLAlchemyError as error:
            log.error("database failed during a reply: %s", type(error).__name__)
            message = self.urgent_only(said, None, "web")
            if message is None:
                raise OutOfService("We cannot answer just now. Please try again soon. In danger, phone 999.") from error
            return self.urgent_reply(conversation_id, message)

    def say(self, conversation_id: str, key: str, values: Mapping[str, str] | None = None) -> Reply:
        """One approved message without asking the bot; raises NotFound."""
        with self.database.read() as session:
            conversation = _existing(session, conversation_id)
            language = conversation.language or self.default_language
            heard = Heard(language, "Latn", False)
            meaning = Meaning(Understood(key=key), heard, [Say(say=key, values=dict(values or {}))])
            done = self._answered(session, conversation, meaning, Settled(language, conversation.language, None, 0))
        self._keep(conversation_id, "", meaning, done, None)
        return done.reply

    def urgent_only(self, text: str, language: str | None, channel: Channel) -> MessageOut | None:
        """The urgent message for `text` without any database, or None when no danger is seen."""
        key = self.understanding.danger_in(text)
        heard = hear_script(text, self.catalogue.languages)
        return self.urgent_words.message(key, language or heard.code or self.default_language, channel) if key else None

    def danger_reply(self, conversation_id: str, text: str, language: str | None = None) -> Reply | None:
        """The urgent reply to words that are no message of the conversation, when the screen sees danger in them."""
        ends = " ".join(dict.fromkeys((text[:TEXT_LIMIT], text[-TEXT_LIMIT:]))).encode("utf-8", "replace").decode()
        self.prepare()
        message = self.urgent_only(ends, language, "web")
        return self.urgent_reply(conversation_id, message) if message else None

    def urgent_reply(self, conversation_id: str, message: MessageOut) -> Reply:
        """A reply that is kept nowhere."""
        return Reply(
            reply_id=secrets.token_urlsafe(12),
            conversation_id=conversation_id,
            language=message.language,
            understood=Understood(key=message.key, confidence=1.0),
            urgent=Urgent(key=message.key, contact=self.urgent_words.contact(message.key)),
            messages=[message],
        )

    def language_of(self, conversation_id: str) -> str | None:
        with self.database.read() as session:
            return _existing(session, conversation_id).language

    def set_language(self, conversation_id: str, language: str) -> None:
        """The family's own choice; raises NotFound."""
        if language not in self.catalogue.languages:
            raise NotFound(f"There is no language {language!r} here.")
        with self.database.write() as session:
            conversation = _existing(session, conversation_id)
            conversation.language, conversation.language_chosen = language, True

    def transcript(self, conversation_id: str) -> list[Exchange]:
        """What was said and answered, oldest first; raises NotFound. After a loss nothing is asked about any answer."""
        with self.database.read() as session:
            is_bereaved = _existing(session, conversation_id).bereaved
            given = repository.verdicts(session, conversation_id)
            turns = repository.turns(session, conversation_id)
        replies = [Reply.model_validate(turn.reply) for turn in turns]
        for reply in replies if is_bereaved else []:
            reply.ask_if_helped = False
        return [Exchange(turn.said, reply, given.get(turn.id)) for turn, reply in zip(turns, replies, strict=True)]

    def erase(self, conversation_id: str) -> None:
        """Erases everything about a conversation, in the bot too. Erasing what is not there is no error."""
        if not _ID.fullmatch(conversation_id):
            return
        with self.database.write() as session:
            repository.erase(session, conversation_id)
        try:
            self.bot.forget(conversation_id)
        except BotSilent:
            log.warning("the bot could not be told to forget; its own retention will")

    def forget_old(self, days: int, limit: int = 500) -> int:
        """Erases conversations and turns older than `days`; returns how many conversations."""
        before = now() - timedelta(days=days)
        with self.database.write() as session:
            repository.erase_turns_before(session, before)
            old = repository.quiet_since(session, before, limit)
        for conversation_id in old:
            self.erase(conversation_id)
        return len(old)

    def _reply(self, conversation_id: str, said: str) -> Reply:
        with self.database.read() as session:
            self.live.follow(session)
            conversation = _existing(session, conversation_id)
            offered = restore(conversation.choices)
        if not has_words(said):
            return self.say(conversation_id, "conversation/nothing_said")
        need = need_for(conversation.last_key, self.catalogue.taxonomy)
        context = {"language": conversation.language, "need": need}
        meaning = self.understanding.read(conversation_id, said, context=context, offered=offered)
        settled = self._settled(conversation, meaning)
        conversation.last_period = self._last_period(conversation, said, meaning)
        with self.database.read() as session:
            self.urgent_words.refresh(session)
            done = self._answered(session, conversation, meaning, settled)
        self._keep(conversation_id, said, meaning, done, settled, conversation.last_period)
        return done.reply

    def _last_period(self, conversation: Conversation, said: str, meaning: Meaning) -> date | None:
        """What the family says now of its dates, else what it said before; nothing after a loss."""
        if meaning.loss or conversation.bereaved:
            return None
        worked_out = [first_day_of(say.values["due_date"]) for say in meaning.says if "due_date" in say.values]
        told = first_day_said(said, self.catalogue.languages, today())
        return next((day for day in [*worked_out, told] if day), conversation.last_period)

    def _too_long(self, conversation_id: str, text: str) -> Reply:
        """A text over the limit is refused, but not when somebody is in danger in its beginning or its end."""
        danger = self.danger_reply(conversation_id, text)
        if danger is None:
            raise TextTooLong(f"That is {len(text)} characters. Please send at most {TEXT_LIMIT}.")
        return danger

    def _settled(self, conversation: Conversation, meaning: Meaning) -> Settled:
        if meaning.set_language:
            return Settled(meaning.set_language, meaning.set_language, None, 0)
        return settle(
            meaning.heard,
            kept=conversation.language,
            other=conversation.other_language,
            other_count=conversation.other_language_count,
            default=self.default_language,
            languages=self.catalogue.languages,
        )

    def _answered(self, session: Session, conversation: Conversation, meaning: Meaning, settled: Settled) -> Answer:
        channel: Channel = "sms" if conversation.channel == "sms" else "web"
        weeks = weeks_on(today(), conversation.last_period)
        wording = Wording(session, self.catalogue, settled.answer_in, channel, conversation.bereaved, weeks)
        return answer(secrets.token_urlsafe(12), conversation.id, meaning, settled, wording, self.urgent_words)

    def _keep(
        self,
        conversation_id: str,
        said: str,
        meaning: Meaning,
        done: Answer,
        settled: Settled | None,
        last_period: date | None = None,
    ) -> None:
        """Writes the turn. A family is answered even when it cannot be written."""
        try:
            with self.database.write() as session:
                conversation = _existing(session, conversation_id)
                bring_up_to_date(conversation, meaning, done, settled, last_period)
                session.add(turn_of(conversation, said, meaning, done))
        except (SQLAlchemyError, NotFound) as error:
            log.error("a turn could not be kept: %s", type(error).__name__)


def today() -> date:
    """The day in Leicester."""
    return datetime.now(LONDON).date()


def _existing(session: Session, conversation_id: str) -> Conversation:
    found = repository.conversation(session, conversation_id) if _ID.fullmatch(conversation_id) else None
    if found is None:
        raise NotFound("There is no such conversation. It may have been deleted; please start a new one.")
    return found

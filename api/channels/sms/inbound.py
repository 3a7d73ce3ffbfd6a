"""One text from a family, from the queue to the texts that answer it.

A text that is a word for STOP or START and nothing else is obeyed before danger is looked for: no such word may say
that someone is in danger, nor a phrase of danger be such a word. In every other text danger comes first: a number that
asked for no texts still gets the urgent message when it writes that someone is in danger, and nothing else. This is
the one exception to the suppression list.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from api.channels.sms import repository
from api.channels.sms.models import Contact, InboundSms
from api.channels.sms.numbers import Mobile, NotAMobile, NumberKeeper, mobile
from api.channels.sms.opt_out import Asked, asked_to
from api.channels.sms.states import InboundState
from api.channels.sms.texts import Text, texts_of, texts_of_message
from api.content.languages import Language
from api.conversations.schemas import TEXT_LIMIT, Reply
from api.conversations.service import Conversations
from api.database import Database
from api.errors import NotFound, TextEmpty

log = logging.getLogger(__name__)

GREETING = "conversation/greet"
STOP_ASKED = "conversation/stop_messages"
STOPPED = "conversation/messages_stopped"
RESTARTED = "conversation/messages_restarted"
PICTURE = "conversation/picture_not_read"
NOTHING = "conversation/nothing_said"
TROUBLE = "conversation/trouble"
IN_ENGLISH = "conversation/not_in_your_language"


@dataclass(frozen=True)
class Decision:
    """What one text leads to. `suppress`: True and False change the list, None leaves it."""

    texts: tuple[Text, ...] = ()
    to: Mobile | None = None
    conversation_id: str | None = None
    suppress: bool | None = None
    reason: str = "asked"
    welcomed: bool = False
    state: InboundState = InboundState.HANDLED


@dataclass(frozen=True)
class InboundTexts:
    """Decides; writes nothing but the conversation. The worker writes the decision in one transaction."""

    database: Database
    conversations: Conversations
    keeper: NumberKeeper
    languages: Mapping[str, Language]
    allow_fiction: bool

    def decide(self, row: InboundSms) -> Decision:
        try:
            to = mobile(self.keeper.decrypt(row.from_encrypted), abroad=True, allow_fiction=self.allow_fiction)
        except NotAMobile as error:
            log.warning("inbound text %d cannot be answered: %s", row.id, error)
            return Decision(state=InboundState.UNANSWERABLE)
        if row.opt_out_type:
            return Decision(suppress=_WISHES.get(row.opt_out_type), reason="network")
        return replace(self._decide(row, self.keeper.decrypt(row.body_encrypted)), to=to)

    def decide_in_trouble(self, row: InboundSms) -> Decision:
        """After every attempt has failed: danger is answered, a STOP is obeyed, anything else gets an apology."""
        try:
            to = mobile(self.keeper.decrypt(row.from_encrypted), abroad=True, allow_fiction=self.allow_fiction)
            said = self.keeper.decrypt(row.body_encrypted)
            urgent = self.conversations.urgent_only(said, None, "sms")
            if urgent:
                texts = [replace(text, despite_opt_out=True) for text in texts_of_message(urgent)]
                return Decision(tuple(texts), to)
            asked = asked_to(said, self.languages)
            if asked and asked.wish == "stop":
                return Decision(suppress=True)
            conversation_id = self._conversation(row.from_hash)
            return Decision(tuple(self.apology(conversation_id)), to, conversation_id)
        except Exception as error:
            log.critical("inbound text %d stays unanswered: %s", row.id, type(error).__name__)
            return Decision(state=InboundState.FAILED)

    def apology(self, conversation_id: str) -> list[Text]:
        reply = self.conversations.say(conversation_id, TROUBLE)
        return texts_of(reply.model_copy(update={"choices": []}))

    def _decide(self, row: InboundSms, said: str) -> Decision:
        self.conversations.keep_up()  # a word for STOP may be new
        is_suppressed = self._is_suppressed(row.from_hash)
        asked = asked_to(said, self.languages)
        if asked and asked.wish == "stop":
            return Decision() if is_suppressed else self._stopped(row.from_hash, asked)
        if asked:
            return self._restarted(row.from_hash, asked)
        if is_suppressed:
            return self._only_if_urgent(row.from_hash, said)
        return self._answered(row, said)

    def _stopped(self, from_hash: str, asked: Asked) -> Decision:
        conversation_id = self._conversation_in(from_hash, asked)
        reply = self.conversations.say(conversation_id, STOPPED)
        return Decision(_confirmation(reply), conversation_id=conversation_id, suppress=True)

    def _restarted(self, from_hash: str, asked: Asked) -> Decision:
        conversation_id = self._conversation_in(from_hash, asked)
        reply = self.conversations.say(conversation_id, RESTARTED)
        return self._with_welcome(from_hash, replace(_decision(reply), suppress=False), reply)

    def _only_if_urgent(self, from_hash: str, said: str) -> Decision:
        conversation_id = self._conversation(from_hash)
        language = self.conversations.language_of(conversation_id)
        if self.conversations.urgent_only(said, language, "sms") is None:
            return Decision()
        reply = self._reply(conversation_id, said)
        return replace(_decision(reply), texts=tuple(t for t in texts_of(reply) if t.despite_opt_out))

    def _answered(self, row: InboundSms, said: str) -> Decision:
        conversation_id = self._conversation(row.from_hash)
        if said.strip():
            reply = self._reply(conversation_id, said)
        else:
            reply = self.conversations.say(conversation_id, PICTURE if row.num_media else NOTHING)
        if reply.urgent:
            return _decision(reply)
        if any(message.key == STOP_ASKED for message in reply.messages):
            return replace(_decision(reply), texts=_confirmation(reply), suppress=True)
        return self._with_welcome(row.from_hash, _decision(reply), reply)

    def _reply(self, conversation_id: str, said: str) -> Reply:
        try:
            return self.conversations.reply(conversation_id, self._short_enough(said))
        except TextEmpty:
            return self.conversations.say(conversation_id, NOTHING)

    def _short_enough(self, said: str) -> str:
        """Of a text over the limit, the end when the danger is there."""
        if len(said) <= TEXT_LIMIT:
            return said
        end = said[-TEXT_LIMIT:]
        return end if self.conversations.urgent_only(end, None, "sms") else said[:TEXT_LIMIT]

    def _with_welcome(self, from_hash: str, decision: Decision, reply: Reply) -> Decision:
        """A number learns once who we are and how to stop: before the answer to a greeting, else after it."""
        contact = self._contact(from_hash)
        if contact is None or contact.welcomed:
            return decision
        welcome = tuple(self._welcome(reply.language))
        is_greeted = any(message.key == GREETING for message in reply.messages)
        texts = (*welcome, *decision.texts) if is_greeted else (*decision.texts, *welcome)
        return replace(decision, texts=texts, welcomed=bool(welcome))

    def _welcome(self, language: str) -> list[Text]:
        """From a conversation of its own: said in the family's, its choices would take the digits of the answer's."""
        started = self.conversations.start(language=language, channel="sms")
        self.conversations.erase(started.conversation_id)
        return [text for message in started.welcome for text in texts_of_message(message)]

    def _conversation(self, from_hash: str, language: str | None = None) -> str:
        contact = self._contact(from_hash)
        if contact is not None:
            try:
                self.conversations.language_of(contact.conversation_id)
                return contact.conversation_id
            except NotFound:
                log.info("a conversation has been erased; the number starts a new one")
        started = self.conversations.start(language=language, channel="sms")
        with self.database.write() as session:
            repository.keep_contact(session, from_hash, started.conversation_id)
        return started.conversation_id

    def _conversation_in(self, from_hash: str, asked: Asked) -> str:
        """The number's own conversation, unless its STOP or START is a word of another language."""
        own = self._conversation(from_hash, asked.languages[0])
        language = self.conversations.language_of(own)
        wanted = asked.answer_in(language)
        if wanted == language:
            return own
        return self.conversations.start(language=wanted, channel="sms").conversation_id

    def _contact(self, from_hash: str) -> Contact | None:
        with self.database.read() as session:
            return repository.contact(session, from_hash)

    def _is_suppressed(self, from_hash: str) -> bool:
        with self.database.read() as session:
            return bool(repository.suppressed_among(session, [from_hash]))


_WISHES = {"STOP": True, "START": False}


def _decision(reply: Reply) -> Decision:
    return Decision(tuple(texts_of(reply)), conversation_id=reply.conversation_id)


def _confirmation(reply: Reply) -> tuple[Text, ...]:
    """Exactly one text: nothing may follow it but the answer to START."""
    messages = [message for message in reply.messages if message.key in (STOPPED, STOP_ASKED, IN_ENGLISH)]
    texts = [text for message in messages for text in texts_of_message(message)]
    said = tuple(said for text in texts for said in text.said)
    return (Text("\n\n".join(text.body for text in texts), said, despite_opt_out=True),) if texts else ()

"""One turn of the chat: starts a conversation when there is none, and answers danger whatever fails."""

from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from api.conversations.asking import Verdict
from api.conversations.assembly import Parts
from api.conversations.bot import Say
from api.conversations.schemas import ChoiceOut, MessageOut, Reply
from api.conversations.texts import cleaned
from api.conversations.wording import Wording, message_out
from api.errors import NotFound, OutOfService

WELCOME = "conversation/welcome"
PRIVACY = "conversation/privacy"


@dataclass(frozen=True)
class Turn:
    """What a family said, the reply, and whether it helped. `is_reasonless`: it was sent without choosing a reason."""

    said: str
    reply: Reply
    verdict: Verdict | None = None
    is_reasonless: bool = False


@dataclass(frozen=True)
class Greeting:
    """What stands above the first question; showing it stores nothing."""

    messages: list[MessageOut]
    choices: list[ChoiceOut]


def greeting(assembled: Parts, language: str) -> Greeting:
    with assembled.database.read() as session:
        assembled.conversations.live.follow(session)
        wording = Wording(session, assembled.catalogue, language, "web")
        welcome = wording.messages([Say(say=WELCOME)])
        choices = wording.choices_under(welcome)
    return Greeting([message_out(m) for m in welcome], [ChoiceOut(label=c.label, say=c.label) for c in choices])


def answer(assembled: Parts, key: str, language: str) -> list[MessageOut]:
    """The words of `key` outside any conversation."""
    with assembled.database.read() as session:
        assembled.conversations.live.follow(session)
        wording = Wording(session, assembled.catalogue, language, "web")
        return [message_out(m) for m in wording.messages([Say(say=key)])]


def title(assembled: Parts, key: str, language: str) -> str:
    """The question that `key` answers, as it is served in `language`."""
    with assembled.database.read() as session:
        rendered = Wording(session, assembled.catalogue, language, "web").rendered(key)
    return rendered.title if rendered else ""


def turns(assembled: Parts, conversation: str | None) -> list[Turn]:
    """Everything said so far; nothing for a conversation that has ended."""
    if conversation is None:
        return []
    try:
        return [Turn(one.said, one.reply, one.verdict) for one in assembled.conversations.transcript(conversation)]
    except NotFound:
        return []


def ask(assembled: Parts, conversation: str | None, text: str, language: str | None) -> Turn:
    """Answers `text`, in a new conversation when the old one has ended.

    Raises TextEmpty and TextTooLong before anything is stored, OutOfService when nobody can answer.
    """
    said = cleaned(text.replace("\r\n", "\n"))
    if conversation is not None:
        try:
            return Turn(said, assembled.conversations.reply(conversation, said))
        except NotFound:
            pass
    try:
        started = assembled.conversations.start(language=language, channel="web")
    except SQLAlchemyError as error:
        return Turn(said, _danger_only(assembled, said, language, error))
    return Turn(said, assembled.conversations.reply(started.conversation_id, said))


def is_kept(assembled: Parts, turn: Turn) -> bool:
    """Whether the next page will still show `turn`; a database that fails forgets it."""
    try:
        kept = turns(assembled, turn.reply.conversation_id)
    except SQLAlchemyError:
        return False
    return any(entry.reply.reply_id == turn.reply.reply_id for entry in kept)


def language_after(assembled: Parts, conversation: str | None, before: str) -> str:
    """The language of the page after what was said."""
    if conversation is None:
        return before
    try:
        language = assembled.conversations.language_of(conversation)
    except (NotFound, SQLAlchemyError):
        return before
    return language if language and language in assembled.catalogue.languages else before


def _danger_only(assembled: Parts, said: str, language: str | None, error: SQLAlchemyError) -> Reply:
    message = assembled.conversations.urgent_only(said, language, "web")
    if message is None:
        raise OutOfService("No conversation can be started: the database does not answer.") from error
    return assembled.conversations.urgent_reply("", message)

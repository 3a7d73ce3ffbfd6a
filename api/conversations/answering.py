"""One reply put together from what was meant: words, services, choices. Reads, writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from api.content.service import Rendered
from api.conversations.asking import FOUND, is_asked
from api.conversations.bot import Say
from api.conversations.choices import Choice
from api.conversations.languages import Settled
from api.conversations.schemas import ChoiceOut, MessageOut, Reply, ServiceOut, Urgent
from api.conversations.understanding import Meaning, trouble
from api.conversations.urgent_words import UrgentWords
from api.conversations.wording import MENU, Wording, message_out

OFFERS = ("needs", "alternatives", "menu", "languages")
STILL_HERE = "conversation/still_here"
WHICH_SCRIPT = "conversation/which_script"


@dataclass(frozen=True)
class Answer:
    """A reply as it will be sent, and the choices it offers with what they stand for."""

    reply: Reply
    choices: list[Choice]


def answer(
    reply_id: str, conversation_id: str, meaning: Meaning, settled: Settled, wording: Wording, urgent: UrgentWords
) -> Answer:
    """The whole reply to `meaning`, in the language settled on."""
    if meaning.urgent:
        return _urgent_answer(reply_id, conversation_id, meaning, wording, urgent)
    says = _named(_says(meaning, wording), wording)
    services = [service for say in says for service in wording.services(say)]
    if not services:
        says = [replace_say(say) if say.say == FOUND else say for say in says]
    rendered = wording.messages([*wording.before_unit(says), *says])
    choices = _choices(says, rendered, meaning, wording)
    messages = [message_out(r) for r in rendered]
    if settled.ask_about and not meaning.loss:
        messages += _language_question(settled.ask_about, wording)
        choices = [wording.language_choice(settled.ask_about), *choices]
    if settled.ask_script and not meaning.loss:
        messages += _script_question(settled.ask_script, wording)
        choices = [*(wording.language_choice(code) for code in (wording.language, settled.ask_script)), *choices]
    return _finished(reply_id, conversation_id, meaning, wording, messages, services, choices)


def replace_say(say: Say) -> Say:
    return say.model_copy(update={"say": "conversation/services_none"})


def _urgent_answer(
    reply_id: str, conversation_id: str, meaning: Meaning, wording: Wording, urgent: UrgentWords
) -> Answer:
    key = meaning.urgent or ""
    rendered = wording.messages([Say(say=key)])
    messages = [message_out(r) for r in rendered] or [urgent.last_resort(key, wording.language)]
    done = _finished(reply_id, conversation_id, meaning, wording, messages, [], [])
    done.reply.urgent = Urgent(key=key, contact=urgent.contact(key))
    return done


def _says(meaning: Meaning, wording: Wording) -> list[Say]:
    if meaning.set_language and not meaning.says:
        return [Say(say="conversation/language_changed", set_language=meaning.set_language)]
    if meaning.loss and wording.bereaved and wording.rendered(STILL_HERE):
        return [Say(say=STILL_HERE)]  # the gentle message is said once
    says = list(meaning.says)
    return says if any(wording.rendered(say.say) for say in says) else [trouble()]


def _named(says: Sequence[Say], wording: Wording) -> list[Say]:
    """Fills in the name of a language that is set, in that language."""
    languages = wording.catalogue.languages
    return [
        say.model_copy(update={"values": {**say.values, "language": languages[say.set_language].name}})
        if say.set_language in languages and say.set_language
        else say
        for say in says
    ]


def _choices(says: Sequence[Say], rendered: Sequence[Rendered], meaning: Meaning, wording: Wording) -> list[Choice]:
    offers = {say.offer for say in says if say.offer}
    if "alternatives" in offers:
        return wording.alternatives(meaning.understood.alternatives)
    if "needs" in offers:
        return wording.needs()
    if "languages" in offers:
        return wording.every_language()
    if "menu" in offers:
        menu = wording.rendered(MENU)
        return wording.choices_under([menu] if menu else [])
    return wording.choices_under(rendered)


def _language_question(code: str, wording: Wording) -> list[MessageOut]:
    """Asked in both languages: in the one written, then in the one kept."""
    name = {"language": wording.catalogue.languages[code].name}
    both = (replace(wording, language=code), wording)
    asked = [w.rendered("conversation/language_question", name) for w in both]
    return [message_out(r) for r in asked if r is not None and not r.fallback_from]


def _script_question(code: str, wording: Wording) -> list[MessageOut]:
    """Two languages that sound alike are told apart by their writing: asked in both."""
    languages = wording.catalogue.languages
    names = {"language": languages[wording.language].name, "other": languages[code].name}
    asked = [w.rendered(WHICH_SCRIPT, names) for w in (wording, replace(wording, language=code))]
    said = {r.text: message_out(r) for r in asked if r is not None}
    return list(said.values())


def _finished(
    reply_id: str,
    conversation_id: str,
    meaning: Meaning,
    wording: Wording,
    messages: list[MessageOut],
    services: list[ServiceOut],
    choices: list[Choice],
) -> Answer:
    is_sensitive = meaning.urgent is not None or meaning.loss or wording.bereaved
    reply = Reply(
        reply_id=reply_id,
        conversation_id=conversation_id,
        language=wording.language,
        understood=meaning.understood,
        messages=messages,
        services=services,
        choices=[ChoiceOut(label=c.label, say=c.label) for c in choices],
        ask_if_helped=wording.channel == "web" and is_asked(messages, services, is_sensitive=is_sensitive),
    )
    return Answer(reply, choices)

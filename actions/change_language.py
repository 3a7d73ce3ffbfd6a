"""Another language for the answers."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions import client
from actions.client import ApiSilent
from actions.say import say


class ActionChangeLanguage(Action):
    """The language that is named; else the one the message is written in; else the family is asked."""

    def name(self) -> str:
        return "action_change_language"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        message = tracker.latest_message
        now = (message.get("metadata") or {}).get("language")
        try:
            named = await client.languages_named(message.get("text") or "")
        except ApiSilent:
            named = []
        written = (message.get("language") or {}).get("code")
        wanted = next((code for code in [*named, written] if code and code != now), None)
        if wanted:
            say(dispatcher, "conversation/language_changed", set_language=wanted)
        else:
            say(dispatcher, "conversation/ask_language", offer="languages")
        return []

"""Help near a family: the need and the postcode in two steps, then the services."""

from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions import client
from actions.client import ApiSilent
from actions.say import say

Slots = dict[str, Any]
LIKELY = 0.1
FORM = "find_service_form"
ANSWER_WORDS = 4


class ActionStartFindService(Action):
    """A new search begins with what is known: a need offered, a question beside the wish, or the last answer's.

    "LE5" in answer to "what is your postcode?" reads like a new wish; then the need stays and the text is the postcode.
    """

    def name(self) -> str:
        return "action_start_find_service"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        told = {entity["entity"]: entity["value"] for entity in tracker.latest_message.get("entities", [])}
        before = (tracker.latest_message.get("metadata") or {}).get("need")
        if _answers_the_postcode(tracker):
            postcode = told.get("postcode") or await _postcode_said(tracker)
            return [SlotSet("need", told.get("need") or tracker.get_slot("need")), SlotSet("postcode", postcode)]
        need = told.get("need") or await _need_beside(tracker) or before
        return [SlotSet("need", need), SlotSet("postcode", told.get("postcode"))]


class ValidateFindServiceForm(FormValidationAction):
    def name(self) -> str:
        return "validate_find_service_form"

    async def validate_need(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        if not value:
            return {"need": None}
        try:
            known = value in await client.needs()
        except ApiSilent:
            known = True
        return {"need": value if known else await _need_beside(tracker)}

    async def validate_postcode(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        if not value:
            return {"postcode": None}
        need = tracker.get_slot("need")
        try:
            search = await client.search(need, str(value))
        except ApiSilent:
            return {"postcode": value}
        if search.outcome in ("postcode_unreadable", "postcode_unknown"):
            say(dispatcher, "conversation/postcode_not_found", values={"postcode": str(value)[:20]})
            return {"postcode": None}
        return {"postcode": value}


class ActionFindService(Action):
    def name(self) -> str:
        return "action_find_service"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        need, postcode = tracker.get_slot("need"), str(tracker.get_slot("postcode"))
        try:
            search = await client.search(need, postcode)
        except ApiSilent:
            say(dispatcher, "conversation/trouble")
            return [SlotSet("need", None), SlotSet("postcode", None)]
        shown = {"postcode": search.postcode}
        if search.outcome == "found":
            say(dispatcher, "conversation/services_found", values=shown, need=need, postcode=search.postcode)
        elif search.outcome == "postcode_outside_area":
            say(dispatcher, "conversation/postcode_outside_area", values=shown)
        else:
            say(dispatcher, "conversation/services_none")
        return [SlotSet("need", None), SlotSet("postcode", None)]


def _answers_the_postcode(tracker: Tracker) -> bool:
    """A few words after the question for a postcode; more of them are a new wish."""
    in_form = (tracker.active_loop or {}).get("name") == FORM
    is_short = len(str(tracker.latest_message.get("text") or "").split()) <= ANSWER_WORDS
    return in_form and is_short and tracker.get_slot("requested_slot") == "postcode"


async def _postcode_said(tracker: Tracker) -> str | None:
    """The whole message, when the api finds a postcode or a part of one in it."""
    text = str(tracker.latest_message.get("text") or "")
    try:
        search = await client.search(None, text)
    except ApiSilent:
        return None
    return text if search.outcome in ("found", "none") else None


async def _need_beside(tracker: Tracker) -> str | None:
    """The need of the likeliest question in this message, other than the wish itself."""
    ranking = tracker.latest_message.get("intent_ranking", [])
    keys = [entry["name"] for entry in ranking if "/" in entry["name"] and entry["confidence"] >= LIKELY]
    try:
        return await client.suggest_need(keys) if keys else None
    except ApiSilent:
        return None

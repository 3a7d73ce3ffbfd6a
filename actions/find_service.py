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


class ActionStartFindService(Action):
    """A new search begins with what is known: a need offered, a question beside the wish, or the last answer's."""

    def name(self) -> str:
        return "action_start_find_service"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        told = {entity["entity"]: entity["value"] for entity in tracker.latest_message.get("entities", [])}
        before = (tracker.latest_message.get("metadata") or {}).get("need")
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


async def _need_beside(tracker: Tracker) -> str | None:
    """The need of the likeliest question in this message, other than the wish itself."""
    ranking = tracker.latest_message.get("intent_ranking", [])
    keys = [entry["name"] for entry in ranking if "/" in entry["name"] and entry["confidence"] >= LIKELY]
    try:
        return await client.suggest_need(keys) if keys else None
    except ApiSilent:
        return None

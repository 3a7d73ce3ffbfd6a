"""How many weeks, when the baby is due, and until when to book."""

from datetime import date
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.dates import from_last_period, read
from actions.say import say

Slots = dict[str, Any]


class ActionStartMyDates(Action):
    """ "I am 7 weeks" says it all in the first message; otherwise the form asks."""

    def name(self) -> str:
        return "action_start_my_dates"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        first_day = read(tracker.latest_message.get("text") or "", date.today())
        return [SlotSet("pregnancy_date", first_day.isoformat() if first_day else None)]


class ValidateMyDatesForm(FormValidationAction):
    def name(self) -> str:
        return "validate_my_dates_form"

    async def validate_pregnancy_date(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        if not value:
            return {"pregnancy_date": None}
        first_day = read(tracker.latest_message.get("text") or str(value), date.today())
        if first_day is None:
            say(dispatcher, "conversation/dates_unclear")
            return {"pregnancy_date": None}
        return {"pregnancy_date": first_day.isoformat()}


class ActionMyDates(Action):
    def name(self) -> str:
        return "action_my_dates"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        dates = from_last_period(date.fromisoformat(str(tracker.get_slot("pregnancy_date"))), date.today())
        if dates is None:
            say(dispatcher, "conversation/dates_out_of_range")
        else:
            key = "dates_past_booking" if dates.is_past_booking else "dates_result"
            values = {
                "weeks": str(dates.weeks),
                "days": str(dates.days),
                "due_date": dates.due_date.isoformat(),
                "book_by": dates.book_by.isoformat(),
            }
            say(dispatcher, f"conversation/{key}", values=values)
        return [SlotSet("pregnancy_date", None)]

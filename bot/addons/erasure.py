"""Forgetting one conversation. Rasa 3.6 has no such call of its own."""

from typing import Any

from rasa.core.agent import Agent
from rasa.core.tracker_store import (
    AwaitableTrackerStore,
    FailSafeTrackerStore,
    InMemoryTrackerStore,
    SQLTrackerStore,
)

from addons.short_memory import ShortMemory


async def erase(agent: Agent, sender: str) -> None:
    """Removes every event of `sender` from the tracker store; raises TypeError for a store it does not know."""
    store = _innermost(agent.tracker_store)
    if isinstance(store, ShortMemory):
        store.forget(sender)
    elif isinstance(store, InMemoryTrackerStore):
        store.store.pop(sender, None)
    elif isinstance(store, SQLTrackerStore):
        with store.session_scope() as session:
            session.query(store.SQLEvent).filter_by(sender_id=sender).delete()
            session.commit()
    else:
        raise TypeError(f"Cannot erase from a {type(store).__name__}; use the in-memory or the SQL tracker store.")


def _innermost(store: Any) -> Any:
    if isinstance(store, (FailSafeTrackerStore, AwaitableTrackerStore)):
        return _innermost(store._tracker_store)
    return store

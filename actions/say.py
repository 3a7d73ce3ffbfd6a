"""Saying a key. The words are the api's; none are here."""

from typing import Any

from rasa_sdk.executor import CollectingDispatcher


def say(dispatcher: CollectingDispatcher, key: str, **data: Any) -> None:
    """Asks the api to say the message `key` with `data` (values, need, postcode, offer, set_language)."""
    dispatcher.utter_message(json_message={"say": key, **data})

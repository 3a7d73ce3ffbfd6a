"""Rasa custom actions. Thin: read slots, ask the api over HTTP, say keys, set slots."""

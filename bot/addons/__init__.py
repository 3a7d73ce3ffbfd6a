"""Bumpline's own Rasa parts: language identification, the key classifier and the channel."""

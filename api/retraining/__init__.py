"""Sentences that editors added, on their way into the bot: which are taken, where they go, and the record of it."""

"""Plugs reminders into the house: their worker and their command."""

from collections import Counter
from collections.abc import Callable

from api.conversations.assembly import Parts, assemble
from api.errors import Unusable
from api.reminders.service import Reminders, mailer_of
from api.reminders.states import State
from api.settings import Settings

TOLD = {
    State.SENT: "sent",
    State.NOTHING: "with nothing to do",
    State.WAITING: "not sent, tried again later",
    State.FAILED: "not sent, given up",
    State.UNKNOWN: "perhaps sent",
}


def make_reminders(parts: Parts, is_stopping: Callable[[], bool] = lambda: False) -> Reminders:
    mailer = mailer_of(parts.settings)
    return Reminders(parts.database, parts.catalogue, parts.settings, mailer, is_stopping=is_stopping)


def remind(settings: Settings, *, is_dry: bool) -> str:
    """The command: sends this week's reminders now, or only says who would get what. Raises Unusable without mail."""
    parts = assemble(settings)
    try:
        reminders = make_reminders(parts)
        if is_dry:
            letters = [f"To: {visitor.email}\n\n{text}" for visitor, text in reminders.shown()]
            return "\n".join([*letters, f"{len(letters)} would be sent. Nothing was."])
        if reminders.mailer is None:
            raise Unusable("No mail server is set: give SMTP_URL and MAIL_FROM (docs/settings.md).")
        return _told(reminders.send_now(reminders.mailer))
    finally:
        parts.close()


def _told(done: Counter[State]) -> str:
    counts = [f"{count} {TOLD[state]}" for state, count in done.items()]
    return f"Reminders: {', '.join(counts)}." if counts else "Everybody has had this week's reminder."

"""What waits for one person as an e-mail. Pure but for the template."""

from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from api.accounts.visitor import Visitor
from api.content.languages import Language
from api.mail_server import address_of
from api.reminders.agenda import Agenda
from api.web.staff_pages import staff_text

SUBJECT = "Something waits for you at Bumpline"
SHOWN = 5
"""Messages to review that are named one by one."""


def text_of(visitor: Visitor, agenda: Agenda, languages: Mapping[str, Language], base: str) -> str:
    """`base`: PUBLIC_BASE_URL."""
    shown = {"agenda": agenda, "languages": languages, "base": base.rstrip("/"), "shown": SHOWN}
    return staff_text("reminder.txt", visitor=visitor, **shown) + "\n"


def letter(to: str, sender: str, text: str, name: str, moment: datetime) -> EmailMessage:
    """`name`: of this letter alone, the same at every attempt. Raises ValueError for an address that cannot be used."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = sender, address_of(to), SUBJECT
    made["Date"] = format_datetime(moment)
    made["Message-ID"] = f"<{name}@{address_of(sender).rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"  # so that nobody's absence is announced to us
    made.set_content(text, charset="utf-8", cte="quoted-printable")
    return made

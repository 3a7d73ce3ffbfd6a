"""Whom a professional texted is forgotten with the words; that a text was sent stays, for the counts."""

from datetime import timedelta

from sqlalchemy import update

from api.database import Database, now
from api.signposting.models import Signpost


def forget_old_numbers(database: Database, days: int) -> None:
    """Empties the traces of numbers in records older than `days`."""
    is_old = Signpost.created_at < now() - timedelta(days=days), Signpost.number_hash != ""
    with database.write() as session:
        session.execute(update(Signpost).where(*is_old).values(number_hash="", ends_with=""))

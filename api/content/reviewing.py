"""Until when words count as reviewed, and what happens to those that nobody looks at again. Pure.

Information that nobody has reviewed for long is no longer told. Safety messages are told all the same, and listed until
somebody looks: where a child may be in danger, words a person approved are better than none.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Standing = Literal["reviewed", "due", "overdue", "withheld"]
WITHHELD_LEVELS = frozenset({"information"})
ALWAYS_TOLD = ("conversation/", "urgent/")


@dataclass(frozen=True)
class Review:
    """`soon_days`: how long before its date a message is listed; `grace_days`: how long after it is still told."""

    soon_days: int = 30
    grace_days: int = 60

    def standing(self, review_by: date | None, level: str, today: date) -> Standing:
        """A message without a date counts as reviewed: its approval is its review."""
        if review_by is None or today < review_by - timedelta(days=self.soon_days):
            return "reviewed"
        if today <= review_by:
            return "due"
        is_lapsed = today > review_by + timedelta(days=self.grace_days)
        return "withheld" if is_lapsed and level in WITHHELD_LEVELS else "overdue"

    def is_withheld(self, key: str, review_by: date | None, level: str, today: date) -> bool:
        """Only answers to questions: without what leads a conversation a family would get silence."""
        return not key.startswith(ALWAYS_TOLD) and self.standing(review_by, level, today) == "withheld"

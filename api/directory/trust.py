"""How fresh an entry is, and who may still be sent there. Pure.

Open Referral UK asks that every service was checked within three months. After that it is shown with a warning, and
after a grace period no longer to families.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Standing = Literal["fresh", "overdue", "lapsed", "never"]
SOON = timedelta(days=14)
"""How long before a check is due it is listed."""


@dataclass(frozen=True)
class Trust:
    """`drafts_allowed`: demonstration, where entries nobody has checked are shown to families, and say so."""

    drafts_allowed: bool
    due_days: int = 90
    grace_days: int = 30

    def standing(self, assured_on: date | None, today: date) -> Standing:
        if assured_on is None or assured_on > today:
            return "never"  # nobody has checked anything tomorrow
        age = (today - assured_on).days
        if age <= self.due_days:
            return "fresh"
        return "overdue" if age <= self.due_days + self.grace_days else "lapsed"

    def due_on(self, assured_on: date) -> date:
        """The last day on which the check still counts as fresh."""
        return assured_on + timedelta(days=self.due_days)

    def due_before(self, today: date) -> date:
        """Entries that were last checked before this day are listed as due."""
        return today - timedelta(days=self.due_days) + SOON

    def oldest_for_families(self, today: date) -> date:
        """The oldest check that still lets families see an entry."""
        return today - timedelta(days=self.due_days + self.grace_days)

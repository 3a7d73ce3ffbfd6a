"""Who decides or writes something that families will meet."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """`id` of the account; None when a command was given a name only."""

    name: str
    id: str | None = None

    def is_same_as(self, name: str, account_id: str | None) -> bool:
        """Whether that name and account are this person: one account is one person, and so is one name."""
        is_same_account = self.id == account_id if self.id and account_id else False
        return is_same_account or self.name.strip().casefold() == name.strip().casefold()

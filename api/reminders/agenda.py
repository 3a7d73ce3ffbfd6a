"""What one person can do now, out of all that waits. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from api.accounts.visitor import Visitor
from api.content.languages import ENGLISH
from api.content.standing import Standings
from api.rights import may_decide, may_write, waits_for
from api.versions.models import Version


@dataclass(frozen=True)
class Review:
    """A message whose words must be looked at again."""

    key: str
    title: str
    by: date
    is_overdue: bool


@dataclass(frozen=True)
class Waiting:
    """Everything that waits for anybody. `checks`: services due for a check. `proposed`: reviewed data."""

    standings: Standings
    reviews: Sequence[Review]
    checks: int
    proposed: Sequence[Version] = ()


@dataclass(frozen=True)
class Approvals:
    """Revisions in one language that one person can approve, by who wrote them."""

    language: str
    by_people: int
    by_machine: int


@dataclass(frozen=True)
class OutOfDate:
    """Translations that no longer say what the English says; families do not read those `withheld`."""

    language: str
    count: int
    withheld: int


@dataclass(frozen=True)
class Agenda:
    """What one person can do; false when there is nothing. `proposed`: how much reviewed data to decide on."""

    reviews: Sequence[Review] = ()
    approvals: Sequence[Approvals] = ()
    translations: Sequence[OutOfDate] = ()
    checks: int = 0
    proposed: int = 0

    def __bool__(self) -> bool:
        return bool(self.reviews or self.approvals or self.translations or self.checks or self.proposed)


def agenda_of(visitor: Visitor, waiting: Waiting, languages: Sequence[str]) -> Agenda:
    approvals = [_approvals(visitor, waiting.standings, language) for language in languages]
    own = [language for language in languages if language != ENGLISH and may_write(visitor, language)]
    translations = [_out_of_date(waiting.standings, language) for language in own]
    return Agenda(
        reviews=waiting.reviews if visitor.may("editor", "approver") else (),
        approvals=[one for one in approvals if one.by_people or one.by_machine],
        translations=[one for one in translations if one.count],
        checks=waiting.checks if visitor.may("editor") else 0,
        proposed=sum(may_decide(visitor, row) for row in waiting.proposed),
    )


def _approvals(visitor: Visitor, found: Standings, language: str) -> Approvals:
    own = [(found.cells[message.key, language], message.level) for message in found.messages]
    ready = [cell for cell, level in own if waits_for(visitor, cell, level)]
    by_machine = sum(cell.is_machine for cell in ready)
    return Approvals(language, len(ready) - by_machine, by_machine)


def _out_of_date(found: Standings, language: str) -> OutOfDate:
    fits = [found.cells[message.key, language].fits for message in found.messages]
    return OutOfDate(language, sum(fit != "fresh" for fit in fits), fits.count("withheld"))

"""Keys into words, choices and services, for one reply."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from sqlalchemy.orm import Session

from api.content import service as content
from api.content.dates import spoken
from api.content.interface import Interface
from api.content.languages import Language
from api.content.service import Rendered
from api.content.shelf import OpenShelf, Shelf
from api.conversations.bot import Say
from api.conversations.choices import Choice
from api.conversations.places import PlaceWords
from api.conversations.pregnancy import UNIT_FROM_WEEK
from api.conversations.schemas import Alternative, Channel, MessageOut, ServiceOut, Source
from api.directory import service as directory
from api.directory.openings import LONDON
from api.directory.search import Near, Wanted
from api.directory.source import Term, need_for
from api.directory.trust import Trust
from api.errors import Unusable

FIND = "conversation/find_service"
MENU = "conversation/help_menu"
PERSON = "conversation/talk_to_a_person"
CHANGE = "conversation/change_language"
FALLBACK_LINE = "conversation/not_in_your_language"
EARLY = "conversation/under_16_weeks"
MATERNITY = "maternity"
SERVICES_SHOWN = {"web": 5, "sms": 3}
ALTERNATIVES_SHOWN = 3
COUNTED = ("weeks", "days")
"""Values that the pages' words have a noun for."""
SILENT_AFTER_LOSS = ("safer_sleep/", "early_booking/", "healthy_weight/", "breastfeeding/")
ALSO_SILENT = ("conversation/sign_up", "conversation/my_dates", "support/health_visitor", "support/antenatal_classes")


@dataclass(frozen=True)
class Catalogue:
    """What words need besides the database. `languages` and `interface` follow what staff approve meanwhile."""

    languages: Mapping[str, Language]
    taxonomy: dict[str, Term]
    interface: Interface
    shelf: Shelf
    trust: Trust

    @property
    def drafts_allowed(self) -> bool:
        return self.shelf.drafts_allowed


@dataclass(frozen=True)
class Wording:
    """The words of one reply: one language, one channel.

    A `bereaved` family is offered nothing about a pregnancy or a living baby; it may still ask.
    `weeks` of pregnancy, when the family has said so.
    """

    session: Session
    catalogue: Catalogue
    language: str
    channel: Channel
    bereaved: bool = False
    weeks: int | None = None
    _done: dict[tuple[str, str], Rendered | None] = field(default_factory=dict, init=False, compare=False, repr=False)

    @cached_property
    def words(self) -> OpenShelf:
        return self.catalogue.shelf.open(self.session)

    def rendered(self, key: str, values: dict[str, str] | None = None) -> Rendered | None:
        wanted = key, repr(values or {})
        if wanted not in self._done:
            self._done[wanted] = self._render(key, values)
        return self._done[wanted]

    def _render(self, key: str, values: dict[str, str] | None) -> Rendered | None:
        served = self.words.served([key], self.language).get(key)
        spoken_in = served.language if served else self.language
        said = {name: self._spoken(name, value, spoken_in) for name, value in (values or {}).items()}
        return content.render(self.words, key, language=self.language, channel=self.channel, values=said)

    def _spoken(self, name: str, value: str, language: str) -> str:
        """A date in words, a number with its noun, anything else as it is."""
        if name in COUNTED and value.isascii() and value.isdigit():
            return self.catalogue.interface.plural(name, int(value), language)
        return spoken(value, language)

    def messages(self, says: Sequence[Say]) -> list[Rendered]:
        """Every key that has served words; the line about English comes first, unless danger does."""
        found = [r for r in (self.rendered(say.say, say.values) for say in says) if r is not None]
        if any(r.fallback_from for r in found):
            line = self.rendered(FALLBACK_LINE)
            place = len(found) if found[0].key.startswith("urgent/") else 0
            found[place:place] = [line] if line else []
        return found

    def choices_under(self, messages: Sequence[Rendered]) -> list[Choice]:
        keys = [(key, message.key) for message in messages for key in message.choices if self._may_offer(key)]
        titles = self._titles([key for key, _ in keys])
        return [
            Choice(titles[key], key, self._entities(key, under)) for key, under in dict(keys).items() if key in titles
        ]

    def _may_offer(self, key: str) -> bool:
        return not (self.bereaved and (key.startswith(SILENT_AFTER_LOSS) or key in ALSO_SILENT))

    def alternatives(self, alternatives: Sequence[Alternative]) -> list[Choice]:
        """The likeliest questions by title, then a person."""
        titles = self._titles([a.key for a in alternatives] + [PERSON])
        known = [a.key for a in alternatives if a.key in titles and a.key != PERSON][:ALTERNATIVES_SHOWN]
        return [Choice(titles[key], key) for key in [*known, PERSON] if key in titles]

    def needs(self) -> list[Choice]:
        labels = (
            (term, self.catalogue.interface.text(f"need.{term}", self.language)) for term in self.catalogue.taxonomy
        )
        return [Choice(label, FIND, {"need": term}) for term, label in labels]

    def every_language(self) -> list[Choice]:
        return [self.language_choice(code) for code in self.catalogue.languages]

    def language_choice(self, code: str) -> Choice:
        return Choice(self.catalogue.languages[code].name, CHANGE, {"language": code})

    def services(self, say: Say) -> list[ServiceOut]:
        if say.need is None:
            return []
        moment = datetime.now(LONDON)
        found = directory.find(
            self.session,
            Wanted(need=say.need, near=self._near(say.postcode), weeks=self.weeks),
            trust=self.catalogue.trust,
            language=self.language,
            limit=SERVICES_SHOWN[self.channel],
            at=moment,
        )
        words = PlaceWords(self.catalogue.interface, self.catalogue.languages, self.language, self.channel)
        return [words.service_out(service, moment.date()) for service in found]

    def before_unit(self, says: Sequence[Say]) -> list[Say]:
        """What to do instead of phoning the maternity unit, for a family it is not for yet."""
        is_early = self.weeks is not None and self.weeks < UNIT_FROM_WEEK
        return [Say(say=EARLY)] if is_early and any(say.need == MATERNITY for say in says) else []

    def _near(self, postcode: str | None) -> Near | None:
        try:
            return directory.locate(self.session, postcode) if postcode else None
        except Unusable:
            return None

    def _titles(self, keys: Sequence[str]) -> dict[str, str]:
        return content.titles(self.words, keys, language=self.language)

    def _entities(self, key: str, under: str) -> dict[str, str]:
        need = need_for(under, self.catalogue.taxonomy) if key == FIND else None
        return {"need": need} if need else {}


def message_out(rendered: Rendered) -> MessageOut:
    return MessageOut(
        key=rendered.key,
        language=rendered.language,
        text=rendered.text,
        revision=rendered.revision,
        approved=rendered.approved,
        demonstration=rendered.demonstration,
        fallback_from=rendered.fallback_from,
        sources=[Source(**source) for source in rendered.sources],
        reviewed_on=rendered.reviewed_on,
    )

"""A service found, in the words of a family: distance, opening, how to be referred, and whether anyone checked it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date
from babel.lists import format_list

from api.content.dates import spoken_date
from api.content.interface import Interface, locale
from api.content.language_names import language_name
from api.content.languages import Language
from api.content.placeholders import fill
from api.conversations.schemas import Channel, ServiceOut
from api.directory.openings import Opening
from api.directory.service import Found


@dataclass(frozen=True)
class PlaceWords:
    """Words about services in one language, as long as the channel allows."""

    interface: Interface
    languages: Mapping[str, Language]
    language: str
    channel: Channel

    def service_out(self, found: Found, today: date) -> ServiceOut:
        """`found` with every sentence a family needs, in its language."""
        is_referred = found.referral == "professional"
        return ServiceOut(
            id=found.id,
            name=found.name,
            summary=found.summary,
            phone=found.phone,
            text_number=found.text_number,
            url=found.url,
            address=found.address,
            postcode=found.postcode,
            distance_km=found.distance_km,
            languages=found.languages,
            open_now=found.open_now,
            assured_on=found.assured_on,
            referral=found.referral,
            referral_note=self._referral_note() if is_referred else None,
            referral_sentences=self._referral_sentences(found.name) if is_referred else [],
            opening=self._opening(found.opening, today),
            warning=self._warning(found),
            facts=self._facts(found),
        )

    def _facts(self, found: Found) -> list[str]:
        """What it costs when it is free, and the languages its staff speak, named in the family's own."""
        names = [language_name(code, self.language, self.languages) for code in found.languages]
        spoken = format_list(names, locale=locale(self.language))
        told = [self._text("free") if (found.cost or "").casefold() == "free" else ""]
        return [fact for fact in (*told, self._text("languages_spoken", languages=spoken) if spoken else "") if fact]

    def _referral_note(self) -> str:
        return self._text("referral_short" if self.channel == "sms" else "referral_needed")

    def _referral_sentences(self, name: str) -> list[str]:
        """In the family's language, so that it knows what it shows, and in English, for the midwife who reads it."""
        own = self._text("referral_sentence", service=name)
        english = fill(self.interface.text("referral_sentence", "en"), {"service": name})
        return list(dict.fromkeys([own, english]))

    def _opening(self, opening: Opening, today: date) -> str | None:
        if opening.is_bank_holiday:
            return self._text("bank_holiday")
        if opening.is_open is None:
            return None
        if opening.always:
            return self._text("open_always")
        if self.channel == "sms" or (opening.until is None and opening.opens is None):
            return self._text("open_now" if opening.is_open else "closed_now")
        if opening.until:
            return self._text("open_until", time=f"{opening.until:%H:%M}")
        return self._opens(opening, today)

    def _opens(self, opening: Opening, today: date) -> str:
        assert opening.opens is not None
        day, time = opening.opens.date(), f"{opening.opens:%H:%M}"
        if day == today:
            return self._text("opens_today", time=time)
        is_soon = day - today < timedelta(days=7)
        said = format_date(day, "EEEE", locale=locale(self.language)) if is_soon else spoken_date(day, self.language)
        return self._text("opens_later", day=said, time=time)

    def _warning(self, found: Found) -> str | None:
        if found.standing not in ("overdue", "lapsed") or found.assured_on is None:
            return None
        return self._text("overdue", date=spoken_date(found.assured_on, self.language))

    def _text(self, key: str, **values: object) -> str:
        return fill(self.interface.text(key, self.language), values)

"""Every key, in every language, on both channels, as a family would get it."""

from collections.abc import Iterator

import pytest

from api.content import approving
from api.content.languages import load_languages
from api.content.source import read_messages
from api.conversations.assembly import Parts, assemble
from api.conversations.bot import Say
from api.conversations.schemas import Channel
from api.conversations.wording import Wording
from api.person import Person
from api.settings import ROOT, Settings

LANGUAGES = load_languages(ROOT / "content")
SOURCES = read_messages(ROOT / "content")
CHANNELS: tuple[Channel, ...] = ("web", "sms")
STRONG = "0123456789abcdef" * 2
VALUES = {"weeks": "7", "days": "1", "due_date": "2027-03-09", "book_by": "2026-12-01", "postcode": "LE1 1AA",
          "language": "Polski", "other": "English"}  # fmt: skip


@pytest.fixture
def parts(database_url: str) -> Iterator[Parts]:
    assembled = assemble(Settings(database_url=database_url))
    yield assembled
    assembled.close()


@pytest.fixture
def production(database_url: str) -> Iterator[Parts]:
    strict = {"bumpline_env": "production", "secret_key": STRONG, "bot_token": STRONG, "database_url": database_url}
    assembled = assemble(Settings.model_validate(strict))
    yield assembled
    assembled.close()


def test_demonstration_answers_every_key_in_the_family_s_own_language(parts: Parts) -> None:
    with parts.database.read() as session:
        for language in LANGUAGES:
            for channel in CHANNELS:
                _answers_every_key(Wording(session, parts.catalogue, language, channel))


def _answers_every_key(wording: Wording) -> None:
    for key in SOURCES:
        (message,) = wording.messages([Say(say=key, values=VALUES)])
        assert (message.key, message.language, message.fallback_from) == (key, wording.language, None)
        assert message.text
        assert "{" not in message.text, key
        assert message.demonstration
        assert all(choice.label for choice in wording.choices_under([message]))


def test_production_serves_no_key_that_nobody_approved(production: Parts) -> None:
    with production.database.read() as session:
        for language in LANGUAGES:
            for channel in CHANNELS:
                wording = Wording(session, production.catalogue, language, channel)
                assert wording.messages([Say(say=key, values=VALUES) for key in SOURCES]) == []
                assert wording.choices_under([]) == []


def _all_served(production: Parts, language: str) -> list[tuple[str, str]]:
    with production.database.read() as session:
        wording = Wording(session, production.catalogue, language, "web")
        found = wording.messages([Say(say=key, values=VALUES) for key in SOURCES])
    return [(message.key, message.language) for message in found]


def test_production_serves_only_the_one_that_was_approved(production: Parts) -> None:
    approved, by = "safer_sleep/bed_sharing", Person("A Second Person")
    for code in ("gu", "en"):
        with production.database.write() as session:
            approving.approve(session, key=approved, language=LANGUAGES[code], number=1, by=by)
        served = {language: _all_served(production, language) for language in LANGUAGES}
        if code == "gu":
            assert not any(served.values()), "a translation waits for its English"
    assert served == {code: [(approved, "gu" if code == "gu" else "en")] for code in LANGUAGES}


def test_weeks_and_days_are_said_with_their_nouns(parts: Parts) -> None:
    with parts.database.read() as session:
        said = Wording(session, parts.catalogue, "en", "web").messages(
            [Say(say="conversation/dates_result", values=VALUES)]
        )
    assert "7 weeks and 1 day pregnant" in said[0].text


def test_what_falls_back_to_english_has_english_dates(production: Parts) -> None:
    with production.database.write() as session:
        english = LANGUAGES["en"]
        by = Person("A Second Person")
        approving.approve(session, key="conversation/dates_result", language=english, number=1, by=by)
    with production.database.read() as session:
        wording = Wording(session, production.catalogue, "pl", "web")
        said = wording.messages([Say(say="conversation/dates_result", values=VALUES)])
    assert "7 weeks and 1 day" in said[0].text
    assert "9 March 2027" in said[0].text

"""Puts the conversation service together from settings and files."""

from dataclasses import dataclass

from api.content.interface import load_interface, translated
from api.content.languages import Languages, load_languages
from api.content.questions import Questions
from api.content.shelf import Shelf
from api.conversations.bot import Bot
from api.conversations.live import Live
from api.conversations.live_screen import LiveScreen, approved_lists
from api.conversations.service import Conversations
from api.conversations.understanding import Thresholds, Understanding
from api.conversations.urgent_words import UrgentWords
from api.conversations.wording import Catalogue
from api.database import Database
from api.directory.source import read_taxonomy
from api.directory.trust import Trust
from api.safety import load_screen
from api.settings import Settings

RED_FLAGS = "red_flags"
"""The folder of phrases of danger in `content_folder`."""


@dataclass(frozen=True)
class Parts:
    """Everything a process needs to answer families; `close()` at its end. `question_keys`: what can be asked."""

    settings: Settings
    database: Database
    bot: Bot
    catalogue: Catalogue
    conversations: Conversations
    questions: Questions

    @property
    def question_keys(self) -> tuple[str, ...]:
        return self.questions.keys

    def close(self) -> None:
        self.conversations.understanding.screen.close()
        self.bot.close()
        self.database.close()


def assemble(settings: Settings) -> Parts:
    """Reads languages, red flags, taxonomy and interface words; a wrong file stops the start and names itself."""
    database = Database(settings.database_url)
    languages = Languages(load_languages(settings.content_folder))
    questions = Questions(settings.content_folder)
    drafts_allowed = not settings.is_production
    interface = load_interface(
        settings.content_folder,
        settings.locales_folder,
        translated(settings.locales_folder),
        drafts_allowed=drafts_allowed,
    )
    trust = Trust(drafts_allowed, settings.assurance_due_days, settings.assurance_grace_days)
    taxonomy = read_taxonomy(settings.content_folder)
    catalogue = Catalogue(languages, taxonomy, interface, Shelf(drafts_allowed), trust)
    bot = Bot(settings.bot_url, settings.bot_token, settings.bot_timeout)
    screen = LiveScreen(settings.content_folder / RED_FLAGS, approved_lists(database), load_screen)
    thresholds = Thresholds(
        danger=settings.danger_threshold,
        overrule=settings.overrule_threshold,
        naming=settings.naming_threshold,
        loss=settings.loss_threshold,
    )
    understanding = Understanding(bot, screen, languages, thresholds)
    live = Live([screen.follow, languages.follow, questions.follow, interface.follow])
    conversations = Conversations(
        database, bot, understanding, catalogue, UrgentWords(catalogue), settings.default_language, live
    )
    return Parts(settings, database, bot, catalogue, conversations, questions)

"""The migrations make exactly the tables of the models, and can be taken back, on both databases."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from api.accounts import models as _accounts
from api.channels.sms import models as _sms
from api.content import models as _content
from api.conversations import models as _conversations
from api.database import Base, Database
from api.directory import models as _directory
from api.directory import trust_models as _trust
from api.directory.importing import models as _imports
from api.reminders import models as _reminders
from api.settings import ROOT
from api.signposting import models as _signposting
from api.versions import models as _versions

ROOMS = (_accounts, _sms, _content, _conversations, _directory, _imports, _reminders, _signposting, _trust, _versions)


def test_migrations_and_models_agree(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_migration_can_be_taken_back_and_made_again(database_url: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "api" / "migrations"))
    config.set_main_option("sqlalchemy.url", database_url)
    command.downgrade(config, "base")
    command.upgrade(config, "head")

"""How Alembic reaches the database. Every room's models are imported here, so that nothing is missed."""

from alembic import context
from sqlalchemy import create_engine, pool

from api.accounts import models as account_models
from api.channels.sms import models as sms_models
from api.content import models as content_models
from api.conversations import models as conversation_models
from api.database import Base
from api.directory import models as directory_models
from api.directory import trust_models
from api.directory.importing import models as import_models
from api.reminders import models as reminder_models
from api.signposting import models as signposting_models
from api.versions import models as version_models

ROOMS = (
    account_models,
    content_models,
    conversation_models,
    directory_models,
    import_models,
    reminder_models,
    signposting_models,
    sms_models,
    trust_models,
    version_models,
)


def run() -> None:
    url = context.config.get_main_option("sqlalchemy.url") or ""
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True)
        with context.begin_transaction():
            context.run_migrations()


run()

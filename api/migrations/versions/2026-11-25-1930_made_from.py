"""The English a translation was made from, and what its translator was not sure of."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("revision") as table:
        table.add_column(sa.Column("made_from", sa.JSON(), nullable=False, server_default="{}"))
        table.add_column(sa.Column("notes", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    with op.batch_alter_table("revision") as table:
        table.drop_column("notes")
        table.drop_column("made_from")

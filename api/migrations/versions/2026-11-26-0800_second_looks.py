"""Services inside a text out, so that they are asked about again when it goes."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbound_sms") as table:
        table.add_column(sa.Column("service_ids", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("outbound_sms") as table:
        table.drop_column("service_ids")

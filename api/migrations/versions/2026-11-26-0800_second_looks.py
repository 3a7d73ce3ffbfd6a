"""What is looked at a second time: services in a text, a level to be lowered, an approver with new hands."""

import sqlalchemy as sa
from alembic import op

from api.database import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbound_sms") as table:
        table.add_column(sa.Column("service_ids", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("message") as table:
        table.add_column(sa.Column("lowering_asked_by", sa.String(), nullable=True))
        table.add_column(sa.Column("lowering_asked_by_id", sa.String(), nullable=True))
        table.add_column(sa.Column("lowering_asked_at", UtcDateTime(timezone=True), nullable=True))
    with op.batch_alter_table("account") as table:
        table.add_column(sa.Column("approvals_held_until", UtcDateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("approvals_held_by_id", sa.String(), nullable=True))
        table.add_column(sa.Column("approvals_held_because", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("account") as table:
        table.drop_column("approvals_held_because")
        table.drop_column("approvals_held_by_id")
        table.drop_column("approvals_held_until")
    with op.batch_alter_table("message") as table:
        table.drop_column("lowering_asked_at")
        table.drop_column("lowering_asked_by_id")
        table.drop_column("lowering_asked_by")
    with op.batch_alter_table("outbound_sms") as table:
        table.drop_column("service_ids")

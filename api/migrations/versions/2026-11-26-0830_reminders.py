"""Reminders of what waits, by e-mail: who wants them, and what came of each."""

import sqlalchemy as sa
from alembic import op

from api.database import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("account") as table:
        table.add_column(sa.Column("wants_reminders", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("not_before", UtcDateTime(timezone=True), nullable=False),
        sa.Column("lease_until", UtcDateTime(timezone=True), nullable=True),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_reminder_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
        sa.UniqueConstraint("account_id", "week", name="uq_reminder_account_week"),
    )
    op.create_index("ix_reminder_week", "reminder", ["week"])


def downgrade() -> None:
    op.drop_table("reminder")
    with op.batch_alter_table("account") as table:
        table.drop_column("wants_reminders")

"""What an English revision changes, approvals that begin later, drafts that are typed."""

import sqlalchemy as sa
from alembic import op

from api.database import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("message") as table:
        table.add_column(sa.Column("is_edited", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("revision") as table:
        table.add_column(sa.Column("change", sa.String(), nullable=True))
        table.add_column(sa.Column("author_id", sa.String(), nullable=True))
    with op.batch_alter_table("approval") as table:
        table.add_column(sa.Column("approved_by_id", sa.String(), nullable=True))
        table.add_column(sa.Column("begins_at", UtcDateTime(timezone=True), nullable=True))
        table.drop_constraint("uq_approval_revision_id", type_="unique")
        table.create_index("ix_approval_revision_id", ["revision_id"])
    op.execute("UPDATE approval SET begins_at = approved_at")
    with op.batch_alter_table("approval") as table:
        table.alter_column("begins_at", existing_type=UtcDateTime(timezone=True), nullable=False)
    op.create_table(
        "message_draft",
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["message.key"], name="fk_message_draft_key_message"),
        sa.PrimaryKeyConstraint("account_id", "key", "language", name="pk_message_draft"),
    )


def downgrade() -> None:
    op.drop_table("message_draft")
    op.execute("DELETE FROM approval WHERE id NOT IN (SELECT max(id) FROM approval GROUP BY revision_id)")
    with op.batch_alter_table("approval") as table:
        table.drop_index("ix_approval_revision_id")
        table.create_unique_constraint("uq_approval_revision_id", ["revision_id"])
        table.drop_column("begins_at")
        table.drop_column("approved_by_id")
    with op.batch_alter_table("revision") as table:
        table.drop_column("author_id")
        table.drop_column("change")
    with op.batch_alter_table("message") as table:
        table.drop_column("is_edited")

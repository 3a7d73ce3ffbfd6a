"""Whether answers helped, and which questions had none."""

import sqlalchemy as sa
from alembic import op

from api.database import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("turn") as batch:
        batch.add_column(sa.Column("language", sa.String(), nullable=True))
        batch.add_column(sa.Column("confidence", sa.Double(), nullable=True))
        batch.add_column(sa.Column("likely_key", sa.String(), nullable=True))
        batch.add_column(sa.Column("unanswered", sa.String(), nullable=True))
        batch.add_column(sa.Column("dealt_with", sa.String(), nullable=True))
        batch.create_index("ix_turn_unanswered", ["unanswered"])
    op.create_table(
        "feedback",
        sa.Column("turn_id", sa.String(), nullable=False),
        sa.Column("helped", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("settled_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name="fk_feedback_turn_id_turn", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("turn_id", name="pk_feedback"),
    )
    op.create_index("ix_feedback_at", "feedback", ["at"])
    op.create_table(
        "feedback_count",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("helped", sa.Integer(), nullable=False),
        sa.Column("not_helped", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "language", "revision", "month", name="pk_feedback_count"),
    )


def downgrade() -> None:
    op.drop_table("feedback_count")
    op.drop_table("feedback")
    with op.batch_alter_table("turn") as batch:
        batch.drop_index("ix_turn_unanswered")
        for name in ("dealt_with", "unanswered", "likely_key", "confidence", "language"):
            batch.drop_column(name)

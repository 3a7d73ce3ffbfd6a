"""Words that came in a file and wait for a person."""

import sqlalchemy as sa
from alembic import op

from api.database import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "message_suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("made_from", sa.JSON(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("by_id", sa.String(), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["key"], ["message.key"], name="fk_message_suggestion_key_message"),
        sa.PrimaryKeyConstraint("id", name="pk_message_suggestion"),
    )
    op.create_index("ix_message_suggestion_key", "message_suggestion", ["key"])


def downgrade() -> None:
    op.drop_table("message_suggestion")

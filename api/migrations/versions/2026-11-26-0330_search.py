"""Nearly every service is shown and active: an index of that only led the search astray."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index('ix_service_listing', table_name='service')


def downgrade() -> None:
    op.create_index('ix_service_listing', 'service', ['listing', 'status'])

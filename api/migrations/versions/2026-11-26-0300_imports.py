"""Imports of feeds and tables, and which change and proposal came from which."""

import sqlalchemy as sa
from alembic import op

import api.database

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('directory_import',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('origin', sa.Text(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', api.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('problem', sa.Text(), nullable=True),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('report', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('applied_at', api.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('undone_at', api.database.UtcDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_directory_import'))
    )
    for table in ('directory_change', 'directory_proposal'):
        op.add_column(table, sa.Column('import_id', sa.String(), nullable=True))
        op.create_index(op.f(f'ix_{table}_import_id'), table, ['import_id'], unique=False)


def downgrade() -> None:
    for table in ('directory_proposal', 'directory_change'):
        op.drop_index(op.f(f'ix_{table}_import_id'), table_name=table)
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column('import_id')
    op.drop_table('directory_import')

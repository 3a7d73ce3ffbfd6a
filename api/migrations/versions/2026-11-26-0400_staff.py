"""Second factor, single sign-on, invitations, and an audit log that nobody can change.

Everybody who is signed in signs in again.
"""

import sqlalchemy as sa
from alembic import op

import api.database

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SQLITE = (
    """CREATE TRIGGER audit_entry_keeps_update BEFORE UPDATE ON audit_entry
       BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END""",
    """CREATE TRIGGER audit_entry_keeps_delete BEFORE DELETE ON audit_entry
       BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END""",
    # INSERT OR REPLACE would remove a line without asking the trigger above.
    """CREATE TRIGGER audit_entry_keeps_replace BEFORE INSERT ON audit_entry
       WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION audit_entry_keeps() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'The audit log is append-only.'; END $$""",
    """CREATE TRIGGER audit_entry_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
       FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_keeps()""",
)


def upgrade() -> None:
    op.execute('DELETE FROM staff_session')
    with op.batch_alter_table('account') as batch_op:
        batch_op.alter_column('password_hash', existing_type=sa.String(), nullable=True)
        batch_op.add_column(sa.Column('languages', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('totp_secret', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('totp_step', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('subject', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('joined_at', api.database.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('seen_at', api.database.UtcDateTime(timezone=True), nullable=True))
    op.execute('UPDATE account SET joined_at = created_at')
    with op.batch_alter_table('staff_session') as batch_op:
        batch_op.add_column(sa.Column('browser', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('passed_second_factor', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('pending_secret', sa.String(), nullable=True))
    op.create_table('recovery_code',
    sa.Column('account_id', sa.String(), nullable=False),
    sa.Column('code_hash', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_recovery_code_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('account_id', 'code_hash', name=op.f('pk_recovery_code'))
    )
    op.create_table('account_link',
    sa.Column('account_id', sa.String(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('created_at', api.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('expires_at', api.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_account_link_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('account_id', name=op.f('pk_account_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_account_link_token_hash'))
    )
    op.create_table('audit_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', api.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.String(), nullable=True),
    sa.Column('by_name', sa.String(), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('before', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('after', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry'))
    )
    for column in ('at', 'by_id', 'by_name', 'what', 'subject'):
        op.create_index(op.f(f'ix_audit_entry_{column}'), 'audit_entry', [column], unique=False)
    for statement in SQLITE if _is_sqlite() else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table('audit_entry')
    if not _is_sqlite():
        op.execute('DROP FUNCTION audit_entry_keeps()')
    op.drop_table('account_link')
    op.drop_table('recovery_code')
    with op.batch_alter_table('staff_session') as batch_op:
        for column in ('pending_secret', 'passed_second_factor', 'browser'):
            batch_op.drop_column(column)
    op.execute('DELETE FROM staff_session')
    op.execute('DELETE FROM account WHERE password_hash IS NULL')
    with op.batch_alter_table('account') as batch_op:
        for column in ('seen_at', 'joined_at', 'subject', 'totp_step', 'totp_secret', 'languages'):
            batch_op.drop_column(column)
        batch_op.alter_column('password_hash', existing_type=sa.String(), nullable=False)


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == 'sqlite'

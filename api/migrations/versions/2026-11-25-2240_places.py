"""The directory on Open Referral UK's terms, staff accounts, texts that professionals ask for.

Services and postcodes are emptied: `make load` fills them again from the files they came from.
"""

import sqlalchemy as sa
from alembic import op

import api.database

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ('service_translation', 'service_need', 'service', 'postcode'):
        op.execute(f'DELETE FROM {table}')
    op.create_table('account',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('password_hash', sa.String(), nullable=False),
    sa.Column('roles', sa.JSON(), nullable=False),
    sa.Column('is_demonstration', sa.Boolean(), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('locked_until', api.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', api.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('disabled_at', api.database.UtcDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('email', name=op.f('uq_account_email'))
    )
    op.create_table('directory_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('service_id', sa.String(), nullable=False),
    sa.Column('at', api.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('before', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('after', sa.JSON(none_as_null=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_directory_change'))
    )
    with op.batch_alter_table('directory_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_directory_change_service_id'), ['service_id'], unique=False)

    op.create_table('location',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=True),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('postcode', sa.String(), nullable=True),
    sa.Column('latitude', sa.Double(), nullable=True),
    sa.Column('longitude', sa.Double(), nullable=True),
    sa.Column('is_placed_by_hand', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_location'))
    )
    with op.batch_alter_table('location', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_location_latitude'), ['latitude'], unique=False)

    op.create_table('organisation',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('url', sa.String(), nullable=True),
    sa.Column('identifiers', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation')),
    sa.UniqueConstraint('name', name=op.f('uq_organisation_name'))
    )
    op.create_table('signpost',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('account_id', sa.String(), nullable=False),
    sa.Column('batch', sa.String(), nullable=False),
    sa.Column('number_hash', sa.String(), nullable=False),
    sa.Column('ends_with', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('message_key', sa.String(), nullable=True),
    sa.Column('service_ids', sa.JSON(), nullable=False),
    sa.Column('segments', sa.Integer(), nullable=False),
    sa.Column('consented_at', api.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('created_at', api.database.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signpost')),
    sa.UniqueConstraint('batch', name=op.f('uq_signpost_batch'))
    )
    with op.batch_alter_table('signpost', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_signpost_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_signpost_created_at'), ['created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_signpost_number_hash'), ['number_hash'], unique=False)

    op.create_table('accessibility',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('location_id', sa.String(), nullable=False),
    sa.Column('description', sa.String(), nullable=False),
    sa.Column('details', sa.String(), nullable=True),
    sa.Column('url', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['location_id'], ['location.id'], name=op.f('fk_accessibility_location_id_location'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_accessibility'))
    )
    with op.batch_alter_table('accessibility', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_accessibility_location_id'), ['location_id'], unique=False)

    op.create_table('staff_session',
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('account_id', sa.String(), nullable=False),
    sa.Column('csrf', sa.String(), nullable=False),
    sa.Column('created_at', api.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('seen_at', api.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('expires_at', api.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_staff_session_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_staff_session'))
    )
    with op.batch_alter_table('staff_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_session_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_staff_session_expires_at'), ['expires_at'], unique=False)

    op.create_table('assurance',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('service_id', sa.String(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('how', sa.String(), nullable=False),
    sa.Column('at', api.database.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_assurance_service_id_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assurance'))
    )
    with op.batch_alter_table('assurance', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assurance_service_id'), ['service_id'], unique=False)

    op.create_table('cost_option',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('service_id', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('option', sa.String(), nullable=True),
    sa.Column('amount', sa.Double(), nullable=True),
    sa.Column('note', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_cost_option_service_id_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cost_option'))
    )
    with op.batch_alter_table('cost_option', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cost_option_service_id'), ['service_id'], unique=False)

    op.create_table('directory_proposal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('service_id', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('field', sa.String(), nullable=True),
    sa.Column('current', sa.JSON(), nullable=False),
    sa.Column('proposed', sa.JSON(), nullable=False),
    sa.Column('other_id', sa.String(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('origin', sa.String(), nullable=False),
    sa.Column('at', api.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('decided_at', api.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.String(), nullable=True),
    sa.Column('decision', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_directory_proposal_service_id_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_directory_proposal'))
    )
    with op.batch_alter_table('directory_proposal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_directory_proposal_service_id'), ['service_id'], unique=False)

    op.create_table('directory_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('service_id', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('detail', sa.Text(), nullable=False),
    sa.Column('reporter', sa.String(), nullable=False),
    sa.Column('at', api.database.UtcDateTime(timezone=True), nullable=False),
    sa.Column('closed_at', api.database.UtcDateTime(timezone=True), nullable=True),
    sa.Column('closed_by', sa.String(), nullable=True),
    sa.Column('outcome', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_directory_report_service_id_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_directory_report'))
    )
    with op.batch_alter_table('directory_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_directory_report_service_id'), ['service_id'], unique=False)

    op.create_table('phone',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('service_id', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('keyword', sa.String(), nullable=True),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('hours', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_phone_service_id_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_phone'))
    )
    with op.batch_alter_table('phone', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_phone_service_id'), ['service_id'], unique=False)

    op.create_table('schedule',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('service_id', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('freq', sa.String(), nullable=False),
    sa.Column('interval', sa.Integer(), nullable=False),
    sa.Column('byday', sa.String(), nullable=False),
    sa.Column('bymonthday', sa.String(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('opens_at', sa.String(), nullable=False),
    sa.Column('closes_at', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_schedule_service_id_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule'))
    )
    with op.batch_alter_table('schedule', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_schedule_service_id'), ['service_id'], unique=False)

    op.create_table('schedule_exception',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('service_id', sa.String(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('opens_at', sa.String(), nullable=True),
    sa.Column('closes_at', sa.String(), nullable=True),
    sa.Column('note', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_schedule_exception_service_id_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_exception'))
    )
    with op.batch_alter_table('schedule_exception', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_schedule_exception_service_id'), ['service_id'], unique=False)

    op.create_table('service_area',
    sa.Column('service_id', sa.String(), nullable=False),
    sa.Column('area', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_service_area_service_id_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('service_id', 'area', name=op.f('pk_service_area'))
    )
    op.create_table('service_at_location',
    sa.Column('service_id', sa.String(), nullable=False),
    sa.Column('location_id', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['location_id'], ['location.id'], name=op.f('fk_service_at_location_location_id_location')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_service_at_location_service_id_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('service_id', 'location_id', name=op.f('pk_service_at_location'))
    )
    with op.batch_alter_table('service_at_location', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_service_at_location_location_id'), ['location_id'], unique=False)

    op.create_table('service_contact',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('service_id', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=True),
    sa.Column('title', sa.String(), nullable=True),
    sa.Column('email', sa.String(), nullable=True),
    sa.Column('phone', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_service_contact_service_id_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_contact'))
    )
    with op.batch_alter_table('service_contact', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_service_contact_service_id'), ['service_id'], unique=False)

    op.create_table('service_term',
    sa.Column('service_id', sa.String(), nullable=False),
    sa.Column('taxonomy', sa.String(), nullable=False),
    sa.Column('term', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_service_term_service_id_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('service_id', 'taxonomy', 'term', name=op.f('pk_service_term'))
    )
    with op.batch_alter_table('service_term', schema=None) as batch_op:
        batch_op.create_index('ix_service_term_term', ['taxonomy', 'term'], unique=False)

    op.create_table('spoken_language',
    sa.Column('service_id', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_spoken_language_service_id_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('service_id', 'code', name=op.f('pk_spoken_language'))
    )
    with op.batch_alter_table('spoken_language', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_spoken_language_code'), ['code'], unique=False)

    with op.batch_alter_table('service_need', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_service_need_term'))

    op.drop_table('service_need')
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('last_period', sa.Date(), nullable=True))

    with op.batch_alter_table('postcode', schema=None) as batch_op:
        batch_op.add_column(sa.Column('areas', sa.String(), nullable=False))

    with op.batch_alter_table('service', schema=None) as batch_op:
        batch_op.add_column(sa.Column('uuid', sa.String(), nullable=False))
        batch_op.add_column(sa.Column('organisation_id', sa.String(), nullable=False))
        batch_op.add_column(sa.Column('listing', sa.String(), nullable=False))
        batch_op.add_column(sa.Column('alert', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('referrers', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('minimum_age', sa.Double(), nullable=True))
        batch_op.add_column(sa.Column('maximum_age', sa.Double(), nullable=True))
        batch_op.add_column(sa.Column('from_week', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('to_week', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('email', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('bank_holidays', sa.String(), nullable=False))
        batch_op.add_column(sa.Column('is_free', sa.Boolean(), nullable=False))
        batch_op.add_column(sa.Column('is_national', sa.Boolean(), nullable=False))
        batch_op.add_column(sa.Column('interpreters', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('assured_by', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('assured_how', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('origin', sa.String(), nullable=False))
        batch_op.add_column(sa.Column('is_edited', sa.Boolean(), nullable=False))
        batch_op.add_column(sa.Column('last_modified', api.database.UtcDateTime(timezone=True), nullable=False))
        batch_op.add_column(sa.Column('search_text', sa.Text(), nullable=False))
        batch_op.create_index(batch_op.f('ix_service_last_modified'), ['last_modified'], unique=False)
        batch_op.create_index('ix_service_listing', ['listing', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_service_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_service_uuid'), ['uuid'])
        batch_op.create_foreign_key(batch_op.f('fk_service_organisation_id_organisation'), 'organisation', ['organisation_id'], ['id'])
        batch_op.drop_column('organisation')
        batch_op.drop_column('locations')
        batch_op.drop_column('schedules')
        batch_op.drop_column('closed_on_bank_holidays')
        batch_op.drop_column('languages')
        batch_op.drop_column('text_number')
        batch_op.drop_column('phone')
        batch_op.drop_column('area')


def downgrade() -> None:
    for table in ('service_translation', 'service', 'postcode'):
        op.execute(f'DELETE FROM {table}')
    with op.batch_alter_table('service', schema=None) as batch_op:
        batch_op.add_column(sa.Column('area', sa.JSON(), nullable=False))
        batch_op.add_column(sa.Column('phone', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('text_number', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('languages', sa.JSON(), nullable=False))
        batch_op.add_column(sa.Column('closed_on_bank_holidays', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('schedules', sa.JSON(), nullable=False))
        batch_op.add_column(sa.Column('locations', sa.JSON(), nullable=False))
        batch_op.add_column(sa.Column('organisation', sa.String(), nullable=False))
        batch_op.drop_constraint(batch_op.f('fk_service_organisation_id_organisation'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_service_uuid'), type_='unique')
        batch_op.drop_index(batch_op.f('ix_service_organisation_id'))
        batch_op.drop_index('ix_service_listing')
        batch_op.drop_index(batch_op.f('ix_service_last_modified'))
        batch_op.drop_column('search_text')
        batch_op.drop_column('last_modified')
        batch_op.drop_column('is_edited')
        batch_op.drop_column('origin')
        batch_op.drop_column('assured_how')
        batch_op.drop_column('assured_by')
        batch_op.drop_column('interpreters')
        batch_op.drop_column('is_national')
        batch_op.drop_column('is_free')
        batch_op.drop_column('bank_holidays')
        batch_op.drop_column('email')
        batch_op.drop_column('to_week')
        batch_op.drop_column('from_week')
        batch_op.drop_column('maximum_age')
        batch_op.drop_column('minimum_age')
        batch_op.drop_column('referrers')
        batch_op.drop_column('alert')
        batch_op.drop_column('listing')
        batch_op.drop_column('organisation_id')
        batch_op.drop_column('uuid')

    with op.batch_alter_table('postcode', schema=None) as batch_op:
        batch_op.drop_column('areas')

    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.drop_column('last_period')

    op.create_table('service_need',
    sa.Column('service_id', sa.String(), nullable=False),
    sa.Column('term', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_service_need_service_id_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('service_id', 'term', name=op.f('pk_service_need'))
    )
    with op.batch_alter_table('service_need', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_service_need_term'), ['term'], unique=False)

    with op.batch_alter_table('spoken_language', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_spoken_language_code'))

    op.drop_table('spoken_language')
    with op.batch_alter_table('service_term', schema=None) as batch_op:
        batch_op.drop_index('ix_service_term_term')

    op.drop_table('service_term')
    with op.batch_alter_table('service_contact', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_service_contact_service_id'))

    op.drop_table('service_contact')
    with op.batch_alter_table('service_at_location', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_service_at_location_location_id'))

    op.drop_table('service_at_location')
    op.drop_table('service_area')
    with op.batch_alter_table('schedule_exception', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_schedule_exception_service_id'))

    op.drop_table('schedule_exception')
    with op.batch_alter_table('schedule', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_schedule_service_id'))

    op.drop_table('schedule')
    with op.batch_alter_table('phone', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_phone_service_id'))

    op.drop_table('phone')
    with op.batch_alter_table('directory_report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_directory_report_service_id'))

    op.drop_table('directory_report')
    with op.batch_alter_table('directory_proposal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_directory_proposal_service_id'))

    op.drop_table('directory_proposal')
    with op.batch_alter_table('cost_option', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cost_option_service_id'))

    op.drop_table('cost_option')
    with op.batch_alter_table('assurance', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assurance_service_id'))

    op.drop_table('assurance')
    with op.batch_alter_table('staff_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_session_expires_at'))
        batch_op.drop_index(batch_op.f('ix_staff_session_account_id'))

    op.drop_table('staff_session')
    with op.batch_alter_table('accessibility', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_accessibility_location_id'))

    op.drop_table('accessibility')
    with op.batch_alter_table('signpost', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_signpost_number_hash'))
        batch_op.drop_index(batch_op.f('ix_signpost_created_at'))
        batch_op.drop_index(batch_op.f('ix_signpost_account_id'))

    op.drop_table('signpost')
    op.drop_table('organisation')
    with op.batch_alter_table('location', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_location_latitude'))

    op.drop_table('location')
    with op.batch_alter_table('directory_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_directory_change_service_id'))

    op.drop_table('directory_change')
    op.drop_table('account')

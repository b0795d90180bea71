"""Lay the tables."""

import sqlalchemy as sa
from alembic import op

import storage.types


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('incoming_update',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('body', sa.JSON(), nullable=True),
    sa.Column('received_at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('acted', sa.Boolean(), nullable=False),
    sa.Column('handled_at', storage.types.UtcDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incoming_update'))
    )
    op.create_table('invite_try',
    sa.Column('telegram_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('since', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('telegram_id', name=op.f('pk_invite_try'))
    )
    op.create_table('office',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('locale', sa.String(), nullable=False),
    sa.Column('settings', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_office')),
    sa.UniqueConstraint('name', name=op.f('uq_office_name'))
    )
    op.create_table('process_fact',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('value', sa.String(), nullable=False),
    sa.Column('at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_process_fact'))
    )
    op.create_table('calendar_day',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('working', sa.Boolean(), nullable=False),
    sa.Column('notice', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_calendar_day_office_id_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_day')),
    sa.UniqueConstraint('office_id', 'day', name=op.f('uq_calendar_day_office_id_day'))
    )
    with op.batch_alter_table('calendar_day', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_calendar_day_office_id'), ['office_id'], unique=False)

    op.create_table('person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('telegram_id', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('locale', sa.String(), nullable=True),
    sa.Column('created_at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_person_office_id_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('office_id', 'telegram_id', name=op.f('uq_person_office_id_telegram_id'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_office_id'), ['office_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_telegram_id'), ['telegram_id'], unique=False)

    op.create_table('plan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'active', 'closed', name='state', native_enum=False, create_constraint=True, length=14), nullable=False),
    sa.Column('source_name', sa.String(), nullable=False),
    sa.Column('source_sha256', sa.String(), nullable=False),
    sa.Column('confirmation', sa.Boolean(), nullable=False),
    sa.Column('weekend', sa.Enum('none', 'forward', name='weekend', native_enum=False, create_constraint=True, length=15), nullable=False),
    sa.Column('before_counts', sa.Boolean(), nullable=False),
    sa.Column('problems', sa.JSON(), nullable=False),
    sa.Column('loaded_at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('activated_at', storage.types.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_plan_office_id_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan')),
    sa.UniqueConstraint('office_id', 'source_sha256', name=op.f('uq_plan_office_id_source_sha256'))
    )
    with op.batch_alter_table('plan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_office_id'), ['office_id'], unique=False)

    op.create_table('unit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('short', sa.String(), nullable=False),
    sa.Column('group_name', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_unit_office_id_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit')),
    sa.UniqueConstraint('office_id', 'name', name=op.f('uq_unit_office_id_name'))
    )
    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_office_id'), ['office_id'], unique=False)

    op.create_table('audit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('act', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.Column('after', sa.JSON(), nullable=True),
    sa.Column('update_id', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_audit_office_id_office')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_audit_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit'))
    )
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_office_id'), ['office_id'], unique=False)
        batch_op.create_index('ix_audit_subject_subject_id', ['subject', 'subject_id'], unique=False)

    op.create_table('chat',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('telegram_id', sa.BigInteger(), nullable=False),
    sa.Column('thread_id', sa.BigInteger(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('locale', sa.String(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('lost_reason', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_chat_office_id_office')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_chat_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chat')),
    sa.UniqueConstraint('office_id', 'telegram_id', 'thread_id', name=op.f('uq_chat_office_id_telegram_id_thread_id'))
    )
    with op.batch_alter_table('chat', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_chat_office_id'), ['office_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_chat_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_chat_telegram_id'), ['telegram_id'], unique=False)

    op.create_table('dialog',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('telegram_chat_id', sa.BigInteger(), nullable=False),
    sa.Column('thread_id', sa.BigInteger(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('value', sa.JSON(), nullable=False),
    sa.Column('asked_at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('expires_at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_dialog_office_id_office')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_dialog_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dialog')),
    sa.UniqueConstraint('telegram_chat_id', 'thread_id', 'person_id', name=op.f('uq_dialog_telegram_chat_id_thread_id_person_id'))
    )
    with op.batch_alter_table('dialog', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_dialog_office_id'), ['office_id'], unique=False)

    op.create_table('invite',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('code_hash', sa.String(), nullable=False),
    sa.Column('role', sa.Enum('admin', 'coordinator', 'leader', 'head', 'staff', name='role', native_enum=False, create_constraint=True, length=19), nullable=True),
    sa.Column('purpose', sa.Enum('unit', 'office', 'leaders', name='purpose', native_enum=False, create_constraint=True, length=15), nullable=True),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('created_at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('expires_at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('used_at', storage.types.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_invite_office_id_office')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_invite_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invite')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_invite_code_hash'))
    )
    with op.batch_alter_table('invite', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invite_office_id'), ['office_id'], unique=False)

    op.create_table('item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('section', sa.String(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('product', sa.Text(), nullable=False),
    sa.Column('deadline_text', sa.Text(), nullable=False),
    sa.Column('assignment_text', sa.Text(), nullable=False),
    sa.Column('problems', sa.JSON(), nullable=False),
    sa.Column('secret', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_item_office_id_office')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_item_plan_id_plan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item')),
    sa.UniqueConstraint('plan_id', 'code', name=op.f('uq_item_plan_id_code'))
    )
    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_office_id'), ['office_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_item_plan_id'), ['plan_id'], unique=False)

    op.create_table('role_grant',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('admin', 'coordinator', 'leader', 'head', 'staff', name='role', native_enum=False, create_constraint=True, length=19), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('stands_in_for', sa.Integer(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_role_grant_office_id_office')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_role_grant_person_id_person')),
    sa.ForeignKeyConstraint(['stands_in_for'], ['person.id'], name=op.f('fk_role_grant_stands_in_for_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_role_grant_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grant')),
    sa.UniqueConstraint('person_id', 'role', 'unit_id', name=op.f('uq_role_grant_person_id_role_unit_id'))
    )
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_grant_office_id'), ['office_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_role_grant_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_role_grant_unit_id'), ['unit_id'], unique=False)
        batch_op.create_index('uq_role_grant_person_id_role', ['person_id', 'role'], unique=True, sqlite_where=sa.text('unit_id IS NULL'), postgresql_where=sa.text('unit_id IS NULL'))

    op.create_table('unit_alias',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('alias', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_unit_alias_office_id_office')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_unit_alias_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_alias')),
    sa.UniqueConstraint('office_id', 'alias', name=op.f('uq_unit_alias_office_id_alias'))
    )
    with op.batch_alter_table('unit_alias', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_alias_office_id'), ['office_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_unit_alias_unit_id'), ['unit_id'], unique=False)

    op.create_table('chat_binding',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('chat_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Enum('unit', 'office', 'leaders', name='purpose', native_enum=False, create_constraint=True, length=15), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['chat_id'], ['chat.id'], name=op.f('fk_chat_binding_chat_id_chat')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_chat_binding_office_id_office')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_chat_binding_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chat_binding')),
    sa.UniqueConstraint('chat_id', 'purpose', 'unit_id', name=op.f('uq_chat_binding_chat_id_purpose_unit_id'))
    )
    with op.batch_alter_table('chat_binding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_chat_binding_chat_id'), ['chat_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_chat_binding_office_id'), ['office_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_chat_binding_unit_id'), ['unit_id'], unique=False)
        batch_op.create_index('uq_chat_binding_chat_id_purpose', ['chat_id', 'purpose'], unique=True, sqlite_where=sa.text('unit_id IS NULL'), postgresql_where=sa.text('unit_id IS NULL'))

    op.create_table('deadline',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('internal', sa.Boolean(), nullable=False),
    sa.Column('kind', sa.Enum('date', 'recurring', 'relative', 'ongoing', 'unspecified', name='kind', native_enum=False, create_constraint=True, length=19), nullable=False),
    sa.Column('value', sa.JSON(), nullable=False),
    sa.Column('written_units', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_deadline_item_id_item')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_deadline_office_id_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deadline'))
    )
    with op.batch_alter_table('deadline', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_deadline_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_deadline_office_id'), ['office_id'], unique=False)

    op.create_table('item_unit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('duty', sa.Enum('lead', 'cooperate', 'internal', name='duty', native_enum=False, create_constraint=True, length=17), nullable=False),
    sa.Column('written', sa.Text(), nullable=False),
    sa.Column('collective', sa.Boolean(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_item_unit_item_id_item')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_item_unit_office_id_office')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_item_unit_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item_unit'))
    )
    with op.batch_alter_table('item_unit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_unit_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_item_unit_office_id'), ['office_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_item_unit_unit_id'), ['unit_id'], unique=False)

    op.create_table('milestone',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('value', sa.JSON(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_milestone_item_id_item')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_milestone_office_id_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_milestone'))
    )
    with op.batch_alter_table('milestone', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_milestone_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_milestone_office_id'), ['office_id'], unique=False)

    op.create_table('outbox',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('chat_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('morning', 'confirm', 'decision', 'past_items', 'chat_lost', name='kind', native_enum=False, create_constraint=True, length=18), nullable=False),
    sa.Column('dedupe_key', sa.String(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=True),
    sa.Column('slot_on', sa.Date(), nullable=True),
    sa.Column('state', sa.Enum('pending', 'sending', 'sent', 'failed', 'dropped', name='state', native_enum=False, create_constraint=True, length=15), nullable=False),
    sa.Column('created_at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('not_before', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('lease_until', storage.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('message_ids', sa.JSON(), nullable=False),
    sa.Column('closed_at', storage.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['chat_id'], ['chat.id'], name=op.f('fk_outbox_chat_id_chat')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_outbox_office_id_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_outbox_dedupe_key'))
    )
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outbox_chat_id'), ['chat_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_outbox_office_id'), ['office_id'], unique=False)
        batch_op.create_index('ix_outbox_unsent', ['not_before'], unique=False, sqlite_where=sa.text("state IN ('pending', 'sending')"), postgresql_where=sa.text("state IN ('pending', 'sending')"))

    op.create_table('occurrence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('deadline_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('original_due', sa.Date(), nullable=True),
    sa.Column('start', sa.Date(), nullable=True),
    sa.Column('before', sa.Boolean(), nullable=False),
    sa.Column('event_on', sa.Date(), nullable=True),
    sa.Column('unsettled', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['deadline_id'], ['deadline.id'], name=op.f('fk_occurrence_deadline_id_deadline')),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_occurrence_item_id_item')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_occurrence_office_id_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_occurrence')),
    sa.UniqueConstraint('deadline_id', 'number', name=op.f('uq_occurrence_deadline_id_number'))
    )
    with op.batch_alter_table('occurrence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_occurrence_deadline_id'), ['deadline_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_occurrence_due'), ['due'], unique=False)
        batch_op.create_index(batch_op.f('ix_occurrence_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_occurrence_office_id'), ['office_id'], unique=False)

    op.create_table('part',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('occurrence_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('duty', sa.Enum('lead', 'cooperate', 'internal', name='duty', native_enum=False, create_constraint=True, length=17), nullable=False),
    sa.Column('progress', sa.Enum('not_started', 'in_progress', 'awaiting_confirmation', 'returned', 'extension_pending', 'waiting_event', 'done', 'dropped', name='progress', native_enum=False, create_constraint=True, length=29), nullable=False),
    sa.Column('submitted_at', storage.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('assignee_id', sa.Integer(), nullable=True),
    sa.Column('decision', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['assignee_id'], ['person.id'], name=op.f('fk_part_assignee_id_person')),
    sa.ForeignKeyConstraint(['occurrence_id'], ['occurrence.id'], name=op.f('fk_part_occurrence_id_occurrence')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_part_office_id_office')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_part_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_part')),
    sa.UniqueConstraint('occurrence_id', 'unit_id', name=op.f('uq_part_occurrence_id_unit_id'))
    )
    with op.batch_alter_table('part', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_part_occurrence_id'), ['occurrence_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_part_office_id'), ['office_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_part_progress'), ['progress'], unique=False)
        batch_op.create_index(batch_op.f('ix_part_unit_id'), ['unit_id'], unique=False)
        batch_op.create_index('uq_part_occurrence_id', ['occurrence_id'], unique=True, sqlite_where=sa.text('unit_id IS NULL'), postgresql_where=sa.text('unit_id IS NULL'))

    op.create_table('difficulty',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('part_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('raised_at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('answered_by', sa.Integer(), nullable=True),
    sa.Column('closed_at', storage.types.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['answered_by'], ['person.id'], name=op.f('fk_difficulty_answered_by_person')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_difficulty_office_id_office')),
    sa.ForeignKeyConstraint(['part_id'], ['part.id'], name=op.f('fk_difficulty_part_id_part')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_difficulty_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_difficulty'))
    )
    with op.batch_alter_table('difficulty', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_difficulty_office_id'), ['office_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_difficulty_part_id'), ['part_id'], unique=False)

    op.create_table('extension',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('part_id', sa.Integer(), nullable=False),
    sa.Column('requested_by', sa.Integer(), nullable=False),
    sa.Column('requested_at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('from_due', sa.Date(), nullable=False),
    sa.Column('to_due', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('requested', 'countered', 'approved', 'rejected', name='state', native_enum=False, create_constraint=True, length=17), nullable=False),
    sa.Column('progress_before', sa.Enum('not_started', 'in_progress', 'awaiting_confirmation', 'returned', 'extension_pending', 'waiting_event', 'done', 'dropped', name='progress_before', native_enum=False, create_constraint=True, length=29), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('decided_at', storage.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_extension_decided_by_person')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_extension_office_id_office')),
    sa.ForeignKeyConstraint(['part_id'], ['part.id'], name=op.f('fk_extension_part_id_part')),
    sa.ForeignKeyConstraint(['requested_by'], ['person.id'], name=op.f('fk_extension_requested_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_extension'))
    )
    with op.batch_alter_table('extension', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_extension_office_id'), ['office_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_extension_part_id'), ['part_id'], unique=False)
        batch_op.create_index('uq_extension_part_id_open', ['part_id'], unique=True, sqlite_where=sa.text("state IN ('requested', 'countered')"), postgresql_where=sa.text("state IN ('requested', 'countered')"))

    op.create_table('reminder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('chat_id', sa.Integer(), nullable=False),
    sa.Column('part_id', sa.Integer(), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('step', sa.String(), nullable=False),
    sa.Column('outbox_id', sa.Integer(), nullable=False),
    sa.Column('acknowledged_at', storage.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('acknowledged_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['acknowledged_by'], ['person.id'], name=op.f('fk_reminder_acknowledged_by_person')),
    sa.ForeignKeyConstraint(['chat_id'], ['chat.id'], name=op.f('fk_reminder_chat_id_chat')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_reminder_office_id_office')),
    sa.ForeignKeyConstraint(['outbox_id'], ['outbox.id'], name=op.f('fk_reminder_outbox_id_outbox')),
    sa.ForeignKeyConstraint(['part_id'], ['part.id'], name=op.f('fk_reminder_part_id_part')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder')),
    sa.UniqueConstraint('chat_id', 'part_id', 'due', 'step', name=op.f('uq_reminder_chat_id_part_id_due_step'))
    )
    with op.batch_alter_table('reminder', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reminder_chat_id'), ['chat_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reminder_office_id'), ['office_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reminder_outbox_id'), ['outbox_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reminder_part_id'), ['part_id'], unique=False)

    op.create_table('report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('part_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('on_behalf', sa.Boolean(), nullable=False),
    sa.Column('self_confirmed', sa.Boolean(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('awaiting', 'accepted', 'returned', name='state', native_enum=False, create_constraint=True, length=16), nullable=False),
    sa.Column('submitted_at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('decided_at', storage.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_report_decided_by_person')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_report_office_id_office')),
    sa.ForeignKeyConstraint(['part_id'], ['part.id'], name=op.f('fk_report_part_id_part')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_report_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report'))
    )
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_office_id'), ['office_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_report_part_id'), ['part_id'], unique=False)
        batch_op.create_index('uq_report_part_id_standing', ['part_id'], unique=True, sqlite_where=sa.text("state <> 'returned'"), postgresql_where=sa.text("state <> 'returned'"))

    op.create_table('evidence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('part_id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('link', 'document', 'file', name='kind', native_enum=False, create_constraint=True, length=16), nullable=False),
    sa.Column('url', sa.Text(), nullable=True),
    sa.Column('number', sa.String(), nullable=True),
    sa.Column('dated_on', sa.Date(), nullable=True),
    sa.Column('place', sa.String(), nullable=True),
    sa.Column('file_id', sa.String(), nullable=True),
    sa.Column('file_name', sa.String(), nullable=True),
    sa.Column('file_size', sa.BigInteger(), nullable=True),
    sa.Column('sha256', sa.String(), nullable=True),
    sa.Column('received_at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_evidence_office_id_office')),
    sa.ForeignKeyConstraint(['part_id'], ['part.id'], name=op.f('fk_evidence_part_id_part')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_evidence_person_id_person')),
    sa.ForeignKeyConstraint(['replaces_id'], ['evidence.id'], name=op.f('fk_evidence_replaces_id_evidence')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_evidence_report_id_report')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence'))
    )
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_office_id'), ['office_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_part_id'), ['part_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_report_id'), ['report_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evidence_report_id'))
        batch_op.drop_index(batch_op.f('ix_evidence_part_id'))
        batch_op.drop_index(batch_op.f('ix_evidence_office_id'))

    op.drop_table('evidence')
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.drop_index('uq_report_part_id_standing', sqlite_where=sa.text("state <> 'returned'"), postgresql_where=sa.text("state <> 'returned'"))
        batch_op.drop_index(batch_op.f('ix_report_part_id'))
        batch_op.drop_index(batch_op.f('ix_report_office_id'))

    op.drop_table('report')
    with op.batch_alter_table('reminder', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reminder_part_id'))
        batch_op.drop_index(batch_op.f('ix_reminder_outbox_id'))
        batch_op.drop_index(batch_op.f('ix_reminder_office_id'))
        batch_op.drop_index(batch_op.f('ix_reminder_chat_id'))

    op.drop_table('reminder')
    with op.batch_alter_table('extension', schema=None) as batch_op:
        batch_op.drop_index('uq_extension_part_id_open', sqlite_where=sa.text("state IN ('requested', 'countered')"), postgresql_where=sa.text("state IN ('requested', 'countered')"))
        batch_op.drop_index(batch_op.f('ix_extension_part_id'))
        batch_op.drop_index(batch_op.f('ix_extension_office_id'))

    op.drop_table('extension')
    with op.batch_alter_table('difficulty', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_difficulty_part_id'))
        batch_op.drop_index(batch_op.f('ix_difficulty_office_id'))

    op.drop_table('difficulty')
    with op.batch_alter_table('part', schema=None) as batch_op:
        batch_op.drop_index('uq_part_occurrence_id', sqlite_where=sa.text('unit_id IS NULL'), postgresql_where=sa.text('unit_id IS NULL'))
        batch_op.drop_index(batch_op.f('ix_part_unit_id'))
        batch_op.drop_index(batch_op.f('ix_part_progress'))
        batch_op.drop_index(batch_op.f('ix_part_office_id'))
        batch_op.drop_index(batch_op.f('ix_part_occurrence_id'))

    op.drop_table('part')
    with op.batch_alter_table('occurrence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_occurrence_office_id'))
        batch_op.drop_index(batch_op.f('ix_occurrence_item_id'))
        batch_op.drop_index(batch_op.f('ix_occurrence_due'))
        batch_op.drop_index(batch_op.f('ix_occurrence_deadline_id'))

    op.drop_table('occurrence')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_unsent', sqlite_where=sa.text("state IN ('pending', 'sending')"), postgresql_where=sa.text("state IN ('pending', 'sending')"))
        batch_op.drop_index(batch_op.f('ix_outbox_office_id'))
        batch_op.drop_index(batch_op.f('ix_outbox_chat_id'))

    op.drop_table('outbox')
    with op.batch_alter_table('milestone', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_milestone_office_id'))
        batch_op.drop_index(batch_op.f('ix_milestone_item_id'))

    op.drop_table('milestone')
    with op.batch_alter_table('item_unit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_item_unit_unit_id'))
        batch_op.drop_index(batch_op.f('ix_item_unit_office_id'))
        batch_op.drop_index(batch_op.f('ix_item_unit_item_id'))

    op.drop_table('item_unit')
    with op.batch_alter_table('deadline', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_deadline_office_id'))
        batch_op.drop_index(batch_op.f('ix_deadline_item_id'))

    op.drop_table('deadline')
    with op.batch_alter_table('chat_binding', schema=None) as batch_op:
        batch_op.drop_index('uq_chat_binding_chat_id_purpose', sqlite_where=sa.text('unit_id IS NULL'), postgresql_where=sa.text('unit_id IS NULL'))
        batch_op.drop_index(batch_op.f('ix_chat_binding_unit_id'))
        batch_op.drop_index(batch_op.f('ix_chat_binding_office_id'))
        batch_op.drop_index(batch_op.f('ix_chat_binding_chat_id'))

    op.drop_table('chat_binding')
    with op.batch_alter_table('unit_alias', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_unit_alias_unit_id'))
        batch_op.drop_index(batch_op.f('ix_unit_alias_office_id'))

    op.drop_table('unit_alias')
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.drop_index('uq_role_grant_person_id_role', sqlite_where=sa.text('unit_id IS NULL'), postgresql_where=sa.text('unit_id IS NULL'))
        batch_op.drop_index(batch_op.f('ix_role_grant_unit_id'))
        batch_op.drop_index(batch_op.f('ix_role_grant_person_id'))
        batch_op.drop_index(batch_op.f('ix_role_grant_office_id'))

    op.drop_table('role_grant')
    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_item_plan_id'))
        batch_op.drop_index(batch_op.f('ix_item_office_id'))

    op.drop_table('item')
    with op.batch_alter_table('invite', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invite_office_id'))

    op.drop_table('invite')
    with op.batch_alter_table('dialog', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_dialog_office_id'))

    op.drop_table('dialog')
    with op.batch_alter_table('chat', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_chat_telegram_id'))
        batch_op.drop_index(batch_op.f('ix_chat_person_id'))
        batch_op.drop_index(batch_op.f('ix_chat_office_id'))

    op.drop_table('chat')
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_subject_subject_id')
        batch_op.drop_index(batch_op.f('ix_audit_office_id'))

    op.drop_table('audit')
    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_unit_office_id'))

    op.drop_table('unit')
    with op.batch_alter_table('plan', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_office_id'))

    op.drop_table('plan')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_telegram_id'))
        batch_op.drop_index(batch_op.f('ix_person_office_id'))

    op.drop_table('person')
    with op.batch_alter_table('calendar_day', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_calendar_day_office_id'))

    op.drop_table('calendar_day')
    op.drop_table('process_fact')
    op.drop_table('office')
    op.drop_table('invite_try')
    op.drop_table('incoming_update')

"""Keep what the whole year's work needs: extensions, undoing, erasing, settings of a plan."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

COLUMNS: tuple[tuple[str, Callable[[], sa.Column[Any]]], ...] = (
    ('difficulty', lambda: sa.Column('answered_at', UtcDateTime(timezone=True), nullable=True)),
    ('extension', lambda: sa.Column('counter_due', sa.Date(), nullable=True)),
    ('extension', lambda: sa.Column('after_due', sa.Boolean(), nullable=False, server_default=sa.false())),
    ('item', lambda: sa.Column('added_at', UtcDateTime(timezone=True), nullable=True)),
    ('item', lambda: sa.Column('source_document', sa.Text(), nullable=True)),
    ('item', lambda: sa.Column('external_code', sa.Text(), nullable=True)),
    ('item', lambda: sa.Column('settings', sa.JSON(), nullable=True)),
    ('outbox', lambda: sa.Column('payload', sa.JSON(), nullable=True)),
    ('part', lambda: sa.Column('extended_due', sa.Date(), nullable=True)),
    ('person', lambda: sa.Column('erased_at', UtcDateTime(timezone=True), nullable=True)),
    ('person', lambda: sa.Column('snoozed_until', UtcDateTime(timezone=True), nullable=True)),
    ('plan', lambda: sa.Column('closed_at', UtcDateTime(timezone=True), nullable=True)),
    ('plan', lambda: sa.Column('settings', sa.JSON(), nullable=True)),
    ('report', lambda: sa.Column('products', sa.JSON(), nullable=True)),
    ('role_grant', lambda: sa.Column('director', sa.Boolean(), nullable=False, server_default=sa.false())),
)
REFERENCES = (
    ('audit', 'undoes_id', 'audit'),
    ('difficulty', 'closed_by', 'person'),
    ('invite', 'created_by', 'person'),
    ('plan', 'previous_id', 'plan'),
    ('unit', 'merged_into', 'unit'),
)
OLD_KINDS = ('morning', 'confirm', 'decision', 'past_items', 'chat_lost')
NEW_KINDS = (
    'midday', 'check_in', 'event_ask', 'risk', 'escalation', 'calendar', 'calendar_gap', 'away',
    'test', 'extension', 'extension_answer', 'difficulty', 'difficulty_answer', 'assigned',
    'prepared', 'item_changed', 'reopened', 'briefing_draft', 'briefing', 'broadcast', 'summary',
    'too_late',
)
OLD_EXTENSIONS = ('requested', 'countered', 'approved', 'rejected')
EXTENSIONS = (*OLD_EXTENSIONS, 'withdrawn')


def _allow(table: str, column: str, values: tuple[str, ...]) -> None:
    """Let `column` hold `values`."""
    listed = ', '.join(repr(value) for value in values)
    name = op.f(f'ck_{table}_{column}')
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(name, type_='check')
        batch.alter_column(column, type_=sa.String(max(map(len, values)) + 8), existing_nullable=False)
        batch.create_check_constraint(name, sa.text(f'{column} IN ({listed})'))


def upgrade() -> None:
    _allow('outbox', 'kind', (*OLD_KINDS, *NEW_KINDS))
    _allow('extension', 'state', EXTENSIONS)
    for table, make in COLUMNS:
        op.add_column(table, make())
    for table, column, target in REFERENCES:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column(column, sa.Integer(), nullable=True))
            name = op.f(f'fk_{table}_{column}_{target}')
            batch.create_foreign_key(name, target, [column], ['id'])
    op.create_index('ix_audit_undoes_id', 'audit', ['undoes_id'], unique=True)
    op.create_index('ix_part_extended_due', 'part', ['extended_due'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_part_extended_due', 'part')
    op.drop_index('ix_audit_undoes_id', 'audit')
    for table, column, target in reversed(REFERENCES):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f'fk_{table}_{column}_{target}'), type_='foreignkey')
            batch.drop_column(column)
    for table, make in reversed(COLUMNS):
        op.drop_column(table, make().name)
    op.execute("UPDATE extension SET state = 'rejected' WHERE state = 'withdrawn'")
    op.execute(
        "DELETE FROM reminder WHERE outbox_id IN (SELECT id FROM outbox WHERE kind NOT IN "
        f"({', '.join(repr(kind) for kind in OLD_KINDS)}))"
    )
    op.execute(f"DELETE FROM outbox WHERE kind NOT IN ({', '.join(repr(k) for k in OLD_KINDS)})")
    _allow('extension', 'state', OLD_EXTENSIONS)
    _allow('outbox', 'kind', OLD_KINDS)

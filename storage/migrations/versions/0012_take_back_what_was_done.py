"""Take back what was done: a report withdrawn, and a word to who was told."""

import sqlalchemy as sa
from alembic import op


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

OLD_REPORTS = ('awaiting', 'accepted', 'returned')
REPORTS = (*OLD_REPORTS, 'withdrawn')
OLD_KINDS = (
    'morning', 'confirm', 'decision', 'past_items', 'chat_lost', 'midday', 'check_in', 'event_ask',
    'risk', 'escalation', 'calendar', 'calendar_gap', 'away', 'test', 'extension',
    'extension_answer', 'difficulty', 'difficulty_answer', 'assigned', 'prepared', 'item_changed',
    'reopened', 'briefing_draft', 'briefing', 'broadcast', 'summary', 'too_late',
)
KINDS = (*OLD_KINDS, 'undone')
OLD_INDEX, INDEX = 'uq_report_part_id_standing', 'uq_report_part_id_counting'


def _allow(table: str, column: str, values: tuple[str, ...]) -> None:
    """Let `column` hold `values`."""
    listed = ', '.join(repr(value) for value in values)
    name = op.f(f'ck_{table}_{column}')
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(name, type_='check')
        batch.alter_column(column, type_=sa.String(max(map(len, values)) + 8), existing_nullable=False)
        batch.create_check_constraint(name, sa.text(f'{column} IN ({listed})'))


def _count_one(name: str, condition: str) -> None:
    """Let one report a part be of those that meet `condition`."""
    op.create_index(
        name, 'report', ['part_id'], unique=True,
        sqlite_where=sa.text(condition), postgresql_where=sa.text(condition),
    )


def upgrade() -> None:
    op.drop_index(OLD_INDEX, 'report')
    _allow('report', 'state', REPORTS)
    _count_one(INDEX, "state NOT IN ('returned', 'withdrawn')")
    _allow('outbox', 'kind', KINDS)


def downgrade() -> None:
    op.execute("UPDATE report SET state = 'returned' WHERE state = 'withdrawn'")
    op.execute("DELETE FROM outbox WHERE kind = 'undone'")
    _allow('outbox', 'kind', OLD_KINDS)
    op.drop_index(INDEX, 'report')
    _allow('report', 'state', OLD_REPORTS)
    _count_one(OLD_INDEX, "state <> 'returned'")

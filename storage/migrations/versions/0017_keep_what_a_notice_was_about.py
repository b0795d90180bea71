"""Keep which item and unit a message was about that is no reminder."""

import sqlalchemy as sa
from alembic import op


revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

# Messages sent until now whose part can be told: (kinds, table that their subject names).
OF_PARTS = (
    (('decision', 'reopened'), 'report'),
    (('extension_answer',), 'extension'),
    (('difficulty_answer',), 'difficulty'),
)


def upgrade() -> None:
    op.create_table(
        'notice',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('office_id', sa.Integer(), nullable=False),
        sa.Column('outbox_id', sa.Integer(), nullable=False),
        sa.Column('item_id', sa.Integer(), nullable=True),
        sa.Column('unit_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_notice_item_id_item')),
        sa.ForeignKeyConstraint(
            ['office_id'], ['office.id'], name=op.f('fk_notice_office_id_office')
        ),
        sa.ForeignKeyConstraint(
            ['outbox_id'], ['outbox.id'], name=op.f('fk_notice_outbox_id_outbox')
        ),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_notice_unit_id_unit')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    )
    for column in ('office_id', 'outbox_id', 'item_id', 'unit_id'):
        op.create_index(op.f(f'ix_notice_{column}'), 'notice', [column])
    for kinds, table in OF_PARTS:
        named = ', '.join(f"'{kind}'" for kind in kinds)
        op.execute(
            'INSERT INTO notice (office_id, outbox_id, item_id, unit_id) '
            'SELECT outbox.office_id, outbox.id, occurrence.item_id, part.unit_id '
            f'FROM outbox JOIN {table} ON {table}.id = outbox.subject_id '
            f'JOIN part ON part.id = {table}.part_id '
            'JOIN occurrence ON occurrence.id = part.occurrence_id '
            f'WHERE outbox.kind IN ({named})'
        )


def downgrade() -> None:
    op.drop_table('notice')

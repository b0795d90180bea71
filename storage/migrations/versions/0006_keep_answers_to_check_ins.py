"""Keep what units answer about ongoing duties when a quarter ends."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('check_in',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('part_id', sa.Integer(), nullable=False),
    sa.Column('quarter_on', sa.Date(), nullable=False),
    sa.Column('answer', sa.Enum('going', 'stuck', name='answer', native_enum=False, create_constraint=True, length=13), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('answered_at', UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_check_in_office_id_office')),
    sa.ForeignKeyConstraint(['part_id'], ['part.id'], name=op.f('fk_check_in_part_id_part')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_check_in_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_check_in')),
    sa.UniqueConstraint('part_id', 'quarter_on', name=op.f('uq_check_in_part_id_quarter_on'))
    )
    op.create_index('ix_check_in_office_id', 'check_in', ['office_id'], unique=False)
    op.create_index('ix_check_in_part_id', 'check_in', ['part_id'], unique=False)


def downgrade() -> None:
    op.drop_table('check_in')

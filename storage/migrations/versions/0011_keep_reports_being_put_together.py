"""Keep reports that are being put together, and what was said of the province's software."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('report', sa.Column('outside_done', sa.Boolean(), nullable=True))
    op.create_table('report_draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('part_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('products', sa.JSON(), nullable=False),
    sa.Column('proofs', sa.JSON(), nullable=False),
    sa.Column('outside_done', sa.Boolean(), nullable=True),
    sa.Column('doubtful', sa.Boolean(), nullable=False),
    sa.Column('prepared_at', UtcDateTime(timezone=True), nullable=True),
    sa.Column('panel', sa.JSON(), nullable=True),
    sa.Column('updated_at', UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_report_draft_office_id_office')),
    sa.ForeignKeyConstraint(['part_id'], ['part.id'], name=op.f('fk_report_draft_part_id_part')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_report_draft_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_draft')),
    sa.UniqueConstraint('part_id', 'person_id', name=op.f('uq_report_draft_part_id_person_id'))
    )
    op.create_index('ix_report_draft_office_id', 'report_draft', ['office_id'], unique=False)
    op.create_index('ix_report_draft_part_id', 'report_draft', ['part_id'], unique=False)
    op.create_index('ix_report_draft_person_id', 'report_draft', ['person_id'], unique=False)


def downgrade() -> None:
    op.drop_table('report_draft')
    op.drop_column('report', 'outside_done')

"""Keep versions of a plan, and mark what is no longer carried out."""

import sqlalchemy as sa
from alembic import op

import storage.types


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('plan_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('source_name', sa.String(), nullable=False),
    sa.Column('source_sha256', sa.String(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=True),
    sa.Column('choices', sa.JSON(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.Column('after', sa.JSON(), nullable=True),
    sa.Column('loaded_at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('applied_at', storage.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('undone_at', storage.types.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['draft_id'], ['plan.id'], name=op.f('fk_plan_version_draft_id_plan')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_plan_version_office_id_office')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_plan_version_plan_id_plan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_version')),
    sa.UniqueConstraint('plan_id', 'number', name=op.f('uq_plan_version_plan_id_number'))
    )
    with op.batch_alter_table('plan_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_version_draft_id'), ['draft_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_version_office_id'), ['office_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_version_plan_id'), ['plan_id'], unique=False)

    # Added in place: SQLite would have to copy a table that others point to.
    op.add_column('item', sa.Column('removed_at', storage.types.UtcDateTime(timezone=True), nullable=True))
    op.add_column('deadline', sa.Column('removed_at', storage.types.UtcDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column('deadline', 'removed_at')
    op.drop_column('item', 'removed_at')
    with op.batch_alter_table('plan_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_version_plan_id'))
        batch_op.drop_index(batch_op.f('ix_plan_version_office_id'))
        batch_op.drop_index(batch_op.f('ix_plan_version_draft_id'))

    op.drop_table('plan_version')

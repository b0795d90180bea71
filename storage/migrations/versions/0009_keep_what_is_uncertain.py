"""Keep how often nobody knows whether a message arrived, and find what was sent lately."""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('outbox') as batch:
        batch.add_column(sa.Column('uncertain', sa.Integer(), server_default='0', nullable=False))
        batch.create_index('ix_outbox_closed_at', ['closed_at'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('outbox') as batch:
        batch.drop_index('ix_outbox_closed_at')
        batch.drop_column('uncertain')

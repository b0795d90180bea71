"""Keep when a week's draft was owed to Văn phòng: opening it earlier is not that."""

import sqlalchemy as sa
from alembic import op


revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('briefing', sa.Column('draft_at', sa.DateTime(timezone=True), nullable=True))
    # What was opened until now was owed then, or is older than its week.
    op.execute('UPDATE briefing SET draft_at = created_at')


def downgrade() -> None:
    with op.batch_alter_table('briefing') as batch:
        batch.drop_column('draft_at')

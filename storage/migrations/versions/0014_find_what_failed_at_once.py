"""Find what failed at once: the tick looks every minute, and the outbox grows for years."""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

INDEX, FAILED = 'ix_outbox_failed', "state = 'failed'"


def upgrade() -> None:
    op.create_index(
        INDEX, 'outbox', ['office_id'],
        sqlite_where=sa.text(FAILED), postgresql_where=sa.text(FAILED),
    )


def downgrade() -> None:
    op.drop_index(INDEX, 'outbox')

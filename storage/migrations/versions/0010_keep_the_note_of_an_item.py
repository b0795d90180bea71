"""Keep the note of an item."""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('item', sa.Column('note', sa.Text(), nullable=False, server_default=''))


def downgrade() -> None:
    op.drop_column('item', 'note')

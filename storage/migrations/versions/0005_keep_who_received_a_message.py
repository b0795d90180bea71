"""Keep who acknowledged a message, whatever it was about."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('outbox') as batch:
        batch.add_column(
            sa.Column('acknowledged_at', storage.types.UtcDateTime(timezone=True), nullable=True)
        )
        batch.add_column(sa.Column('acknowledged_by', sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f('fk_outbox_acknowledged_by_person'), 'person', ['acknowledged_by'], ['id']
        )


def downgrade() -> None:
    with op.batch_alter_table('outbox') as batch:
        batch.drop_constraint(op.f('fk_outbox_acknowledged_by_person'), type_='foreignkey')
        batch.drop_column('acknowledged_by')
        batch.drop_column('acknowledged_at')

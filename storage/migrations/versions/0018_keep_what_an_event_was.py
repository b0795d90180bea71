"""Keep with an occurrence what happened on its event's day, so that two of a day differ."""

import json

import sqlalchemy as sa
from alembic import op


revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('occurrence') as batch:
        batch.add_column(sa.Column('event', sa.Text(), nullable=True))
    # Until now only the record of changes knew it. Items with secret documents say nothing there.
    found = op.get_bind().execute(
        sa.text("SELECT subject_id, after FROM audit WHERE act = 'occurrence.event'")
    )
    for occurrence_id, after in found.all():
        values = json.loads(after) if isinstance(after, str) else after
        event = (values or {}).get('event')
        if event:
            op.get_bind().execute(
                sa.text('UPDATE occurrence SET event = :event WHERE id = :id'),
                {'event': event, 'id': occurrence_id},
            )


def downgrade() -> None:
    with op.batch_alter_table('occurrence') as batch:
        batch.drop_column('event')

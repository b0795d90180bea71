"""Keep what becomes of a proof: taken out, added for a unit, a photo; drafts that add or correct."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

PURPOSES = ('report', 'add', 'correct')
OLD_KEY = 'uq_report_draft_part_id_person_id'
KEY = 'uq_report_draft_part_id_person_id_purpose'
NEWER = 'uq_evidence_replaces_id'
CHECK, REPLACES = 'ck_report_draft_purpose', 'fk_report_draft_replaces_id_evidence'


def upgrade() -> None:
    with op.batch_alter_table('evidence') as batch:
        batch.add_column(sa.Column('photo', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.add_column(
            sa.Column('on_behalf', sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch.add_column(sa.Column('removed_at', UtcDateTime(timezone=True), nullable=True))
        # Of two who correct one proof at once, the second is refused.
        batch.create_unique_constraint(op.f(NEWER), ['replaces_id'])
    # So photos were named when they came in.
    op.execute("UPDATE evidence SET photo = true WHERE file_name LIKE 'photo-%.jpg'")
    listed = ', '.join(map(repr, PURPOSES))
    with op.batch_alter_table('report_draft') as batch:
        batch.add_column(
            sa.Column('purpose', sa.String(15), server_default='report', nullable=False)
        )
        batch.add_column(sa.Column('replaces_id', sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f(REPLACES), 'evidence', ['replaces_id'], ['id'])
        batch.create_check_constraint(op.f(CHECK), sa.text(f'purpose IN ({listed})'))
        batch.drop_constraint(op.f(OLD_KEY), type_='unique')
        batch.create_unique_constraint(op.f(KEY), ['part_id', 'person_id', 'purpose'])


def downgrade() -> None:
    op.execute("DELETE FROM report_draft WHERE purpose <> 'report'")
    with op.batch_alter_table('report_draft') as batch:
        batch.drop_constraint(op.f(KEY), type_='unique')
        batch.create_unique_constraint(op.f(OLD_KEY), ['part_id', 'person_id'])
        batch.drop_constraint(op.f(CHECK), type_='check')
        batch.drop_constraint(op.f(REPLACES), type_='foreignkey')
        batch.drop_column('replaces_id')
        batch.drop_column('purpose')
    with op.batch_alter_table('evidence') as batch:
        batch.drop_constraint(op.f(NEWER), type_='unique')
        batch.drop_column('removed_at')
        batch.drop_column('on_behalf')
        batch.drop_column('photo')

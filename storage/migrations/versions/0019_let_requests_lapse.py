"""Let a request for another date lapse when its part is not owed any more."""

import sqlalchemy as sa
from alembic import op


revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

OLD_STATES = ('requested', 'countered', 'approved', 'rejected', 'withdrawn')
STATES = (*OLD_STATES, 'lapsed')
INDEX, OPEN = 'uq_extension_part_id_open', "state IN ('requested', 'countered')"


def _allow(values: tuple[str, ...]) -> None:
    """Let the column hold `values`; one request a part stays open."""
    listed = ', '.join(repr(value) for value in values)
    name = op.f('ck_extension_state')
    op.drop_index(INDEX, 'extension')
    with op.batch_alter_table('extension') as batch:
        batch.drop_constraint(name, type_='check')
        batch.create_check_constraint(name, sa.text(f'state IN ({listed})'))
    op.create_index(
        INDEX, 'extension', ['part_id'], unique=True,
        sqlite_where=sa.text(OPEN), postgresql_where=sa.text(OPEN),
    )


def upgrade() -> None:
    _allow(STATES)


def downgrade() -> None:
    op.execute("UPDATE extension SET state = 'rejected' WHERE state = 'lapsed'")
    _allow(OLD_STATES)

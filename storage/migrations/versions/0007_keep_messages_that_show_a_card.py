"""Keep which messages show a card, and the words by which items are searched for."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('item_search',
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_item_search_item_id_item'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_item_search_office_id_office')),
    sa.PrimaryKeyConstraint('item_id', name=op.f('pk_item_search'))
    )
    with op.batch_alter_table('item_search', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_search_office_id'), ['office_id'], unique=False)

    op.create_table('card_message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('telegram_chat_id', sa.BigInteger(), nullable=False),
    sa.Column('thread_id', sa.BigInteger(), nullable=False),
    sa.Column('message_id', sa.BigInteger(), nullable=False),
    sa.Column('telegram_id', sa.BigInteger(), nullable=False),
    sa.Column('private', sa.Boolean(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('origin', sa.String(), nullable=False),
    sa.Column('live', sa.Boolean(), nullable=False),
    sa.Column('audit_id', sa.Integer(), nullable=False),
    sa.Column('shown_at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_card_message_item_id_item'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_card_message_office_id_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card_message')),
    sa.UniqueConstraint('telegram_chat_id', 'message_id', name=op.f('uq_card_message_telegram_chat_id_message_id'))
    )
    with op.batch_alter_table('card_message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_card_message_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_card_message_office_id'), ['office_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('card_message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_card_message_office_id'))
        batch_op.drop_index(batch_op.f('ix_card_message_item_id'))

    op.drop_table('card_message')
    with op.batch_alter_table('item_search', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_item_search_office_id'))

    op.drop_table('item_search')

"""Alembic's entry: uses the connection it is given, else the URL from the settings."""

import os

from alembic import context
from sqlalchemy import Connection, create_engine

from storage.models import metadata


def run(connection: Connection) -> None:
    """Run the migrations over one connection."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    url = os.environ.get("DATABASE_URL", "sqlite:///data/nhacviec.db").replace("+aiosqlite", "")
    with create_engine(url).connect() as opened:
        run(opened)

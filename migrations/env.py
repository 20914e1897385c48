"""Runs migrations on the connection that `app/server/migration.py` hands over."""

from alembic import context
from sqlalchemy.sql.elements import False_

from app.models import Base
from app.models.base import Moment


def render(kind: str, item, rendering):
    """Write our own column types as what the database sees, so that a revision outlives the models."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime()"
    if kind == "server_default" and isinstance(getattr(item, "arg", None), False_):
        return "sa.false()"
    return False


def migrate() -> None:
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


migrate()

"""The revisions in this folder, and Alembic's settings to apply them to an open connection."""

from pathlib import Path

from sqlalchemy import Connection

FOLDER = Path(__file__).parent


def known_revisions() -> list[str]:
    """Every revision, oldest first, read from the file names: a start without work stays fast."""
    return sorted(path.name.split("_")[0] for path in (FOLDER / "versions").glob("[0-9]*.py"))


def alembic_settings(connection: Connection):
    """An `alembic.config.Config` for this folder and that connection."""
    # Alembic is slow to import, and nearly every start finds nothing to do.
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings

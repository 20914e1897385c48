"""Writes the next revision from the models: `python -m migrations "What it changes."`"""

import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command

from app.database import Database
from migrations.revisions import alembic_settings, known_revisions


def write_revision(message: str) -> Path:
    """Compare the models with a scratch database at the newest revision, and write the difference down."""
    number = f"{len(known_revisions()) + 1:04}"
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/scratch.db")
        with database.engine.begin() as connection:
            settings = alembic_settings(connection)
            command.upgrade(settings, "head")
            script = command.revision(settings, message, autogenerate=True, rev_id=number)
    return tidied(Path(script.path))


def tidied(path: Path) -> Path:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "# ### " not in line), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", path], check=True)
    return path


if __name__ == "__main__":
    print(write_revision(" ".join(sys.argv[1:]) or "What this changes."))

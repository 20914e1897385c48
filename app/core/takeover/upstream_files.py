"""The names of the databases of an existing Posterizarr."""

from app.core.paths import Paths

HISTORY_FILE = "runtime_stats.db"
CHOICES_FILE = "imagechoices.db"
EXPORTS_FILE = "media_export.db"
KEYS_FILE = "config.db"
LIBRARIES_FILE = "server_libraries.db"
QUEUE_FILE = "queue.db"
UPSTREAM_FILES = (HISTORY_FILE, CHOICES_FILE, EXPORTS_FILE, KEYS_FILE, LIBRARIES_FILE, QUEUE_FILE)


def present_files(paths: Paths) -> list[str]:
    """Those of the databases that the data folder has."""
    return [name for name in UPSTREAM_FILES if (paths.database / name).is_file()]

"""The revision of what is drawn in a design, by which browsers keep drawings."""

from hashlib import sha256
from pathlib import Path

from app.core.designs.design_record import DesignRecord
from app.core.designs.shelf import design_of_id, revision_of_design
from app.core.paths import Paths

# In place of the id of a design: the settings as they are saved.
PRESENT_SETTINGS = "present"


def drawn_in(paths: Paths, name: str) -> DesignRecord | None:
    """The design of that id, None for the present settings; `NotFound` where there is none."""
    return None if name == PRESENT_SETTINGS else design_of_id(paths, name)


def drawn_revision(paths: Paths, design: DesignRecord | None) -> str:
    """What changes with the design, and with the settings, rules and overlays that it stands over."""
    files = (paths.config, paths.engine_config, paths.rules, paths.overlays)
    own = revision_of_design(design) if design else ""
    return sha256(" ".join([own, *map(state_of_file, files)]).encode()).hexdigest()[:16]


def state_of_file(path: Path) -> str:
    """What changes when the file does; an empty text where there is none."""
    try:
        status = path.stat()
    except OSError:
        return ""
    return f"{status.st_size}-{status.st_mtime_ns}"

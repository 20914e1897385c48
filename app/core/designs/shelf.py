"""The designs that there are: those of the package, and the user's own in the data folder."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from app.core.designs.design_record import DESIGN_ID, FILE, DesignRecord
from app.core.designs.reading import parse_design
from app.core.errors import Invalid, NotFound
from app.core.modes import PACKAGE_HOME
from app.core.paths import Paths

PACKAGED = PACKAGE_HOME / "app" / "poster" / "designs"
ORDER = (
    *("classic", "textless-logo", "minimal", "streaming"),
    *("cinema", "typographic", "title-cards", "anime", "gallery"),
)


def all_designs(paths: Paths) -> list[DesignRecord]:
    """The packaged designs in their order, then the user's own by name; what cannot be read is no design."""
    own = sorted(own_designs(paths.designs), key=lambda record: next(iter(record.names.values())).casefold())
    return [*packaged_designs(), *own]


def design_of_id(paths: Paths, name: str) -> DesignRecord:
    """One design; `NotFound` where there is none of that id."""
    for record in packaged_designs():
        if record.id == name:
            return record
    found = read_folder(paths.designs / name, is_own=True) if DESIGN_ID.fullmatch(name) else None
    if found is None:
        raise NotFound(f"There is no design {name[:64]!r}.")
    return found


@lru_cache(maxsize=1)
def packaged_designs() -> tuple[DesignRecord, ...]:
    """The designs of the package, which do not change while it runs."""
    found = (read_folder(PACKAGED / name, is_own=False) for name in ORDER)
    return tuple(record for record in found if record)


def own_designs(folder: Path) -> list[DesignRecord]:
    try:
        names = [entry.name for entry in folder.iterdir() if DESIGN_ID.fullmatch(entry.name)]
    except OSError:
        return []
    found = (read_folder(folder / name, is_own=True) for name in names)
    return [record for record in found if record]


def read_folder(folder: Path, is_own: bool) -> DesignRecord | None:
    """The design in the folder, under the folder's name; None where there is none to be read."""
    try:
        record, _ = parse_design((folder / FILE).read_bytes(), folder, is_own)
    except (OSError, Invalid):
        return None
    return record if record.id == folder.name else None


def revision_of_design(record: DesignRecord) -> str:
    """What changes with the design or one of its files."""
    digest = sha256()
    for name in (FILE, *record.files):
        try:
            status = (record.folder / name).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns} ".encode())
        except OSError:
            digest.update(f"{name} missing ".encode())
    return digest.hexdigest()[:16]

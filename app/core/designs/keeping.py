"""The user's own designs: kept under an id of their own, deleted, and brought back."""

import json
import os
import re
import shutil
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path

from app.core.designs.design_record import DESIGN_ID, FILE, DesignRecord
from app.core.designs.shelf import ORDER, design_of_id, own_designs
from app.core.errors import Conflict, NotFound, Unavailable, reason_of
from app.core.file_lock import held
from app.core.paths import Paths

MOST_OWN = 200
LONGEST_ID = 48
# Where deleted designs wait to be brought back, and how many of them.
DELETED, MOST_DELETED = ".deleted", 10
NOT_OF_IDS = re.compile(r"[^a-z0-9]+")


def keep_design(paths: Paths, record: DesignRecord, files: Mapping[str, bytes]) -> DesignRecord:
    """Keep the design under a new id, whole or not at all; `files` has the content of each of its files."""
    with designs_held(paths):
        if len(own_designs(paths.designs)) >= MOST_OWN:
            raise Conflict(f"There are {MOST_OWN} designs of your own already: delete some first.")
        name = free_id(paths, next(iter(record.names.values())))
        kept = replace(record, id=name, folder=paths.designs / name, is_own=True)
        beside = paths.designs / f".new-{os.getpid()}-{os.urandom(4).hex()}"
        try_on_disk(lambda: write_design(beside, kept, files), kept.id)
    return kept


def write_design(beside: Path, record: DesignRecord, files: Mapping[str, bytes]) -> None:
    try:
        beside.mkdir(parents=True)
        for name in (*record.files, *record.licence_files):
            (beside / name).write_bytes(files[name])
        document = json.dumps(record.document(), indent=2, ensure_ascii=False) + "\n"
        (beside / FILE).write_text(document, "utf-8")
        beside.replace(record.folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def delete_design(paths: Paths, name: str) -> DesignRecord:
    """Put an own design aside, from where it can be brought back; `Conflict` for one of the package."""
    record = design_of_id(paths, name)
    if not record.is_own:
        raise Conflict("The designs of the package cannot be deleted.")
    with designs_held(paths):
        aside = paths.designs / DELETED / name
        try_on_disk(lambda: move_design(record.folder, aside), name)
        for path in deleted_ones(paths)[MOST_DELETED:]:
            shutil.rmtree(path, ignore_errors=True)
    return record


def restore_design(paths: Paths, name: str) -> DesignRecord:
    """Bring back a design that was deleted; `NotFound` where there is none any more."""
    aside = paths.designs / DELETED / name
    if not DESIGN_ID.fullmatch(name) or not (aside / FILE).is_file():
        raise NotFound(f"There is no deleted design {name[:64]!r}.")
    with designs_held(paths):
        if (paths.designs / name).exists():
            raise Conflict(f"There is a design {name} already.")
        try_on_disk(lambda: move_design(aside, paths.designs / name), name)
    return design_of_id(paths, name)


def move_design(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        shutil.rmtree(target)
    source.replace(target)
    os.utime(target)


def deleted_ones(paths: Paths) -> list[Path]:
    """The deleted designs, the newest first."""
    folder = paths.designs / DELETED
    return sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)


def try_on_disk(act: Callable[[], None], name: str) -> None:
    try:
        act()
    except OSError as error:
        raise Unavailable(f"The design {name} cannot be kept: {reason_of(error)}.") from error


def designs_held(paths: Paths):
    return held(paths.database / "designs.lock", "The folder of designs")


def free_id(paths: Paths, name: str) -> str:
    """An id made of the name that neither a design nor a deleted one has."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = NOT_OF_IDS.sub("-", plain).strip("-")[:LONGEST_ID].strip("-") or "design"
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(one for one in names if is_free_id(paths, one))


def is_free_id(paths: Paths, name: str) -> bool:
    taken = (paths.designs / name, paths.designs / DELETED / name)
    return name not in ORDER and not any(path.exists() for path in taken)

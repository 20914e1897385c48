"""Former states of config.json and rules.json: one dated file each, some of older days are kept too."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from app.core.errors import NotFound, Unavailable, reason_of
from app.core.paths import Paths, file_inside, remove_leftovers, replacing

CONFIG, RULES = "config_backup", "rules_backup"
NAME = re.compile(r"(config_backup|rules_backup)_(\d{8}_\d{6})(?:_(\d{1,6}))?\.json")
MOMENT = "%Y%m%d_%H%M%S"
MOST_RECENT = 10
MOST_DAYS = 10


class ConfigBackup(NamedTuple):
    """One backup; those of the same second are numbered."""

    moment: datetime
    number: int
    path: Path


def source_of(paths: Paths, stem: str) -> Path:
    """The file whose backups begin with the stem."""
    return {CONFIG: paths.config, RULES: paths.rules}[stem]


def make_backup(paths: Paths, stem: str = CONFIG) -> Path | None:
    """Copy the file as it is, readable or not; None where there is no file. May raise OSError."""
    try:
        content = source_of(paths, stem).read_bytes()
    except FileNotFoundError:
        return None
    paths.config_backups.mkdir(mode=0o700, exist_ok=True)
    remove_leftovers(paths.config_backups, f"{stem}_*.json")
    target = free_path(paths.config_backups, datetime.now().replace(microsecond=0), stem)
    with replacing(target, mode=0o600) as file:
        file.write(content)
    thin_out(paths.config_backups, stem)
    return target


def free_path(folder: Path, moment: datetime, stem: str) -> Path:
    """A name that sorts behind every backup of the same second."""
    numbers = (backup.number + 1 for backup in find_backups(folder, stem) if backup.moment == moment)
    number = max(numbers, default=0)
    return folder / f"{stem}_{moment:{MOMENT}}{f'_{number}' if number else ''}.json"


def find_backups(folder: Path, stem: str = CONFIG) -> list[ConfigBackup]:
    """Every backup of that stem, newest first."""
    files = folder.iterdir() if folder.is_dir() else ()
    return sorted((backup for path in files if (backup := read_name(path, stem))), reverse=True)


def read_name(path: Path, stem: str) -> ConfigBackup | None:
    match = NAME.fullmatch(path.name)
    if not match or match[1] != stem:
        return None
    try:
        return ConfigBackup(datetime.strptime(match[2], MOMENT), int(match[3] or 0), path)
    except ValueError:
        return None


def thin_out(folder: Path, stem: str) -> None:
    for backup in surplus_backups(find_backups(folder, stem)):
        backup.path.unlink(missing_ok=True)


def surplus_backups(newest_first: list[ConfigBackup]) -> list[ConfigBackup]:
    """The backups to delete: all but the newest few and the newest of each of the last days."""
    older = newest_first[MOST_RECENT:]
    newest_of_day: dict[date, ConfigBackup] = {}
    for backup in older:
        newest_of_day.setdefault(backup.moment.date(), backup)
    kept = list(newest_of_day.values())[:MOST_DAYS]
    return [backup for backup in older if backup not in kept]


def list_backups(paths: Paths, stem: str = CONFIG) -> list[dict[str, Any]]:
    """Name, size in bytes and local time of every backup, newest first."""
    return [
        entry for backup in find_backups(paths.config_backups, stem) if (entry := describe_backup(backup))
    ]


def describe_backup(backup: ConfigBackup) -> dict[str, Any] | None:
    try:
        size = backup.path.stat().st_size
    except FileNotFoundError:
        return None
    return {"file": backup.path.name, "size": size, "created_at": backup.moment.isoformat()}


def content_of(paths: Paths, name: str, stem: str = CONFIG) -> bytes:
    """The bytes of a backup; `NotFound` for every other name."""
    match = NAME.fullmatch(name)
    if not match or match[1] != stem:
        raise NotFound(f"There is no backup {name[:60]!r}.")
    try:
        return file_inside(paths.config_backups, name).read_bytes()
    except OSError as error:
        raise Unavailable(f"{name} cannot be read: {reason_of(error)}.") from error

"""Writes config.json after it was created: whole, under a lock, with a backup first."""

import hashlib
import json
from collections.abc import Collection
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple

from app.core.config_file import ConfigFile, parse_config
from app.core.errors import ConfigUnreadable, Conflict, Invalid, Unavailable, reason_of
from app.core.json_file import JsonFile
from app.core.paths import Paths
from app.core.settings import backups
from app.core.settings.own_settings import own_content, own_file, with_own_settings

LARGEST_FILE = 1_000_000
REVISION_LENGTH = 32
ANY_REVISION = "*"

Revisions = Collection[str] | None


class Snapshot(NamedTuple):
    """One state of the settings; the revision changes whenever the content of a file does.

    `content` is that of config.json; `values` holds its sections and our own.
    """

    content: bytes
    values: dict[str, Any]
    revision: str


def snapshot(paths: Paths) -> Snapshot:
    """The present settings; `Conflict` where a file cannot be read, and so not be edited."""
    return snapshot_of(current_content(paths), own_content(paths))


def snapshot_of(content: bytes, own: bytes = b"") -> Snapshot:
    try:
        values = with_own_settings(parse_config(content), own)
    except ConfigUnreadable as error:
        raise Conflict(f"{error}. Correct the file, or restore a backup.") from error
    return Snapshot(content, values, revision_of(content, own))


def current_content(paths: Paths) -> bytes:
    try:
        return ConfigFile(paths.config).content()
    except OSError as error:
        raise Conflict(f"config.json cannot be opened: {reason_of(error)}.") from error


def revision_of(content: bytes, own: bytes) -> str:
    return hashlib.sha256(content + own).hexdigest()[:REVISION_LENGTH]


def refuse_stale(revision: str, expected: Revisions, name: str = "config.json") -> None:
    """Refuse a caller who names the state that it has seen, where that is not the present one."""
    if expected is None or revision in expected or ANY_REVISION in expected:
        return
    raise Conflict(f"{name} was changed by another edit in the meantime. Load it again, then save.")


def locked(paths: Paths) -> AbstractContextManager[None]:
    """Hold the lock of config.json against other threads and processes."""
    return ConfigFile(paths.config).held()


def back_up_file(paths: Paths, stem: str = backups.CONFIG) -> Path | None:
    """Copy the present file, if there is one."""
    try:
        return backups.make_backup(paths, stem)
    except OSError as error:
        raise Unavailable(
            f"{backups.source_of(paths, stem).name} cannot be backed up: {reason_of(error)}."
        ) from error


def replace_config(paths: Paths, content: bytes) -> Path | None:
    """Back up the present file, if there is one, and replace its content."""
    backup = back_up_file(paths)
    replace_file(ConfigFile(paths.config), content)
    return backup


def replace_own_settings(paths: Paths, values: dict[str, Any]) -> None:
    """Write engine.json, `Unavailable` where it cannot be saved."""
    replace_file(own_file(paths), serialise_config(values))


def replace_file(file: JsonFile, content: bytes) -> None:
    try:
        file.replace(content)
    except OSError as error:
        raise Unavailable(f"{file.path.name} cannot be saved: {reason_of(error)}.") from error


def serialise_config(values: dict[str, Any]) -> bytes:
    """The bytes to write; `Invalid` for values that could not be read again as they were."""
    try:
        content = json.dumps(values, indent=2, ensure_ascii=False, allow_nan=False).encode() + b"\n"
        parse_config(content)
    except (ConfigUnreadable, ValueError, RecursionError) as error:
        raise Invalid("A value cannot be kept in config.json: it is no proper text or number.") from error
    if len(content) > LARGEST_FILE:
        raise Invalid(f"config.json would be larger than {LARGEST_FILE} bytes.")
    return content

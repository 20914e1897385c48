"""Every log that is kept: those that are written, and the rotated ones of server and script."""

import os
import re
from collections.abc import Iterable
from datetime import tzinfo
from pathlib import Path

from app.core.errors import NotFound
from app.core.log_entries import LineReader
from app.core.log_lines import decode_line
from app.core.log_slices import SliceQuery, log_slice
from app.core.logs import describe_log, file_identity, found_in, log_folders
from app.core.paths import Paths

# "Scriptlog.log", and "BackendServer.log.1" as the server rotates its own.
LOG_NAME = re.compile(r"[^/\\\0]+\.log(\.[0-9]{1,3})?")
LONGEST_LOG_NAME = 300


def kept_logs(paths: Paths) -> list[dict]:
    """[{name, size, modified, directory}] of every log, newest first; rotated ones may be "folder/file"."""
    folders = [(folder, "", folder.name) for folder in log_folders(paths)]
    folders += [
        (folder, f"{folder.name}/", paths.rotated_logs.name)
        for folder in log_folders_below(paths.rotated_logs)
    ]
    found = [entry for folder, prefix, place in folders for entry in kept_in(folder, prefix, place)]
    return sorted(found, key=lambda entry: entry["modified"], reverse=True)


def log_folders_below(root: Path) -> list[Path]:
    try:
        with os.scandir(root) as entries:
            return [Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []


def kept_in(folder: Path, prefix: str, place: str) -> list[dict]:
    try:
        with os.scandir(folder) as entries:
            files = [entry for entry in entries if is_kept_log(entry)]
            described = [entry for file in files if (entry := describe_log(file, place))]
    except OSError:
        return []
    return [entry | {"name": f"{decode_line(os.fsencode(prefix))}{entry['name']}"} for entry in described]


def is_kept_log(entry: os.DirEntry) -> bool:
    return LOG_NAME.fullmatch(entry.name) is not None and entry.is_file(follow_symlinks=False)


def kept_log(paths: Paths, name: str) -> Path:
    """The log of a name of `kept_logs`; `NotFound` for any other file, `Forbidden` for one outside."""
    folder, _, file = name.rpartition("/")
    is_named = len(name) <= LONGEST_LOG_NAME and LOG_NAME.fullmatch(file) and "/" not in folder
    roots = (paths.rotated_logs,) if folder else log_folders(paths)
    if is_named and folder not in (".", ".."):
        for root in roots:
            if path := found_in(root, name):
                return path
    raise NotFound(f"There is no log {name[:LONGEST_LOG_NAME]!r}.")


def log_of_identity(paths: Paths, name: str, identity: str | None) -> tuple[str, Path, bool]:
    """(name, path, is_current) of a log, which is not current and has another name after it was rotated.

    Where no file has the identity any more, or none is given, it is the one that has the name now.
    """
    path = found_or_none(paths, name)
    if path and identity in (None, log_identity(path)):
        return name, path, True
    for entry in kept_logs(paths) if identity else ():
        other = found_or_none(paths, entry["name"])
        if other and log_identity(other) == identity:
            return entry["name"], other, False
    return name, kept_log(paths, name), True


def found_or_none(paths: Paths, name: str) -> Path | None:
    try:
        return kept_log(paths, name)
    except NotFound:  # rotated at this moment, or its name is no UTF-8
        return None


def log_identity(path: Path) -> str | None:
    try:
        return file_identity(path.stat())
    except OSError:
        return None


def kept_slice(
    paths: Paths,
    name: str,
    query: SliceQuery,
    identity: str | None,
    zone: tzinfo | None,
    hidden: Iterable[str] = (),
) -> dict:
    """A slice of the log of that name and identity, as `log_slice` returns it, with {name, is_current}."""
    name, path, is_current = log_of_identity(paths, name, identity)
    reader = LineReader(zone, tuple(hidden), query.text, query.level)
    return {"name": name, "is_current": is_current, **log_slice(path, query, reader, identity)}

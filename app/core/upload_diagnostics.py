"""What a person needs to see where uploads fail: the folders, the rights on them, and whose they are."""

import grp
import os
import platform
import pwd
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.core.paths import Paths


def upload_diagnostics(
    paths: Paths, assets: Path | None, environment: Mapping[str, str], in_container: bool
) -> dict[str, Any]:
    """Platform, folders by name, variables and user; nothing is written."""
    folders = {
        "BASE_DIR": paths.data,
        "UPLOADS_DIR": paths.uploads,
        "OVERLAYFILES_DIR": paths.overlays,
        "ASSETS_DIR": assets,
        "LOGS_DIR": paths.logs,
        "TEMP_DIR": paths.running_file.parent,
    }
    where = {"platform": platform.system(), "is_docker": in_container}
    return {
        **where,
        "python_version": platform.python_version(),
        "directories": {name: folder_rights(name, path) | where for name, path in folders.items()},
        "environment": dict(environment),
        "user": user_facts(),
    }


def folder_rights(name: str, path: Path | None) -> dict[str, Any]:
    """What this process may do in a folder."""
    exists = path is not None and path.is_dir()
    readable = exists and os.access(path, os.R_OK | os.X_OK)
    writable = exists and os.access(path, os.W_OK | os.X_OK)
    error = missing_right(path, exists, readable, writable)
    return {
        "path": str(path or ""),
        "name": name,
        "exists": exists,
        "readable": readable,
        "writable": writable,
        "error": error,
    }


def missing_right(path: Path | None, exists: bool, readable: bool, writable: bool) -> str | None:
    if exists:
        return None if readable and writable else "The server's user may not read and write there."
    return "The folder does not exist." if path else "No folder is set."


def user_facts() -> dict[str, Any]:
    uid, gid = os.getuid(), os.getgid()
    return {
        "uid": uid,
        "gid": gid,
        "username": name_of_id(lambda: pwd.getpwuid(uid).pw_name, uid),
        "groupname": name_of_id(lambda: grp.getgrgid(gid).gr_name, gid),
    }


def name_of_id(look_up: Callable[[], str], number: int) -> str:
    """The name, or the number of who has none, as in many containers."""
    try:
        return look_up()
    except KeyError:
        return str(number)

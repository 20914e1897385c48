"""Settings that are dangerous although each value is valid: they lock everybody out or expose files."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from app.core.access.credentials import clear_no
from app.core.errors import Forbidden
from app.core.settings.config_check import Finding
from app.core.settings.masking import is_same_value

ARTWORK_FOLDERS = ("AssetPath", "ManualAssetPath", "BackupPath")
PRIVATE_FOLDERS = ("database", "runs", "config_backups", "Logs", "UILogs", "RotatedLogs")


class LoginAndFolderChecks(NamedTuple):
    """The context of an edit: the data folder, the caller's right, and whether APP_ADMIN_PASSWORD is set."""

    data: Path
    may_change_login: bool = True
    has_admin_password: bool = False


def dangers(values: dict[str, Any], checks: LoginAndFolderChecks) -> list[Finding]:
    """The settings that lock everybody out, or expose the data folder as artwork."""
    return [*login_dangers(settings_section(values, "WebUI"), checks), *folder_dangers(values, checks.data)]


def refuse_strangers(before: dict[str, Any], after: dict[str, Any], checks: LoginAndFolderChecks) -> None:
    """Refuse a change of the login by a caller without "admin", who would gain every scope by it."""
    if not checks.may_change_login and not is_same_value(
        settings_section(before, "WebUI"), settings_section(after, "WebUI")
    ):
        raise Forbidden("Changing the login in WebUI needs the scope 'admin': use a key that has it.")


def settings_section(values: dict[str, Any], name: str) -> dict[str, Any]:
    settings = values.get(name)
    return settings if isinstance(settings, dict) else {}


def login_dangers(login: dict[str, Any], checks: LoginAndFolderChecks) -> Iterator[Finding]:
    if ":" in str(login.get("basicAuthUsername", "")):
        yield Finding("WebUI", "basicAuthUsername", "must not hold a colon, since no user could log in")
    is_open = clear_no(login.get("basicAuthEnabled", True))
    if not (is_open or login.get("basicAuthPassword") or checks.has_admin_password):
        message = "must not be empty while basicAuthEnabled is on, since no user could log in"
        yield Finding("WebUI", "basicAuthPassword", message)


def folder_dangers(values: dict[str, Any], data: Path) -> Iterator[Finding]:
    folders = settings_section(values, "PrerequisitePart")
    message = "must not be a folder that holds the server's own files: they would be shown as artwork"
    exposing = [name for name in ARTWORK_FOLDERS if exposes(data, folders.get(name))]
    yield from (Finding("PrerequisitePart", name, message) for name in exposing)


def exposes(data: Path, folder: Any) -> bool:
    """Whether a folder of artwork holds config.json, the database or the logs."""
    if not isinstance(folder, str) or not folder.strip() or "\0" in folder:
        return False
    root, target = Path(os.path.realpath(data)), Path(os.path.realpath(data / folder))
    private = [root / name for name in PRIVATE_FOLDERS]
    return target == root or target in root.parents or any(target.is_relative_to(path) for path in private)

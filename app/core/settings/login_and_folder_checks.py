"""Settings that are dangerous although each value is valid: they lock everybody out or expose files."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from app.core.access.credentials import clear_no
from app.core.errors import Forbidden
from app.core.servers.configured import KINDS
from app.core.settings.config_check import SettingFinding
from app.core.settings.mapping import SettingPlace
from app.core.settings.masking import is_same_value

ARTWORK_FOLDERS = ("AssetPath", "ManualAssetPath", "BackupPath")
# The address of each media server, and the token that is sent there.
SERVERS = tuple((SettingPlace(kind[0], kind[2]), SettingPlace("ApiPart", kind[3])) for kind in KINDS)
PRIVATE_FOLDERS = ("database", "runs", "config_backups", "Logs", "UILogs", "RotatedLogs")


class LoginAndFolderChecks(NamedTuple):
    """The context of an edit: the data folder, the caller's right, and whether APP_ADMIN_PASSWORD is set."""

    data: Path
    may_change_login: bool = True
    has_admin_password: bool = False


def dangers(values: dict[str, Any], checks: LoginAndFolderChecks) -> list[SettingFinding]:
    """The settings that lock everybody out, or expose the data folder as artwork."""
    return [*login_dangers(settings_section(values, "WebUI"), checks), *folder_dangers(values, checks.data)]


def refuse_strangers(before: dict[str, Any], after: dict[str, Any], checks: LoginAndFolderChecks) -> None:
    """Refuse what lets a caller without "admin" gain every scope, or have a stored token sent elsewhere."""
    if checks.may_change_login:
        return
    if not is_same_value(settings_section(before, "WebUI"), settings_section(after, "WebUI")):
        raise Forbidden(
            "Changing the login in WebUI needs the scope 'admin': sign in, or use a key that has it."
        )
    if moved := [address for address, token in SERVERS if sends_elsewhere(before, after, address, token)]:
        addresses = ", ".join(address.key for address in moved)
        raise Forbidden(f"{addresses}: the stored token would go to another address. Send the token as well.")


def sends_elsewhere(
    before: dict[str, Any], after: dict[str, Any], address: SettingPlace, token: SettingPlace
) -> bool:
    """Whether the address changes while the token, which no caller is shown, stays."""
    old, new = setting_at(before, address), setting_at(after, address)
    secret = setting_at(before, token)
    return bool(secret) and not is_same_value(old, new) and is_same_value(secret, setting_at(after, token))


def setting_at(values: dict[str, Any], place: SettingPlace) -> Any:
    return settings_section(values, place.section).get(place.key)


def settings_section(values: dict[str, Any], name: str) -> dict[str, Any]:
    settings = values.get(name)
    return settings if isinstance(settings, dict) else {}


def login_dangers(login: dict[str, Any], checks: LoginAndFolderChecks) -> Iterator[SettingFinding]:
    if ":" in str(login.get("basicAuthUsername", "")):
        yield SettingFinding(
            "WebUI", "basicAuthUsername", "must not hold a colon, since no user could log in"
        )
    is_open = clear_no(login.get("basicAuthEnabled", True))
    if not (is_open or login.get("basicAuthPassword") or checks.has_admin_password):
        message = "must not be empty while basicAuthEnabled is on, since no user could log in"
        yield SettingFinding("WebUI", "basicAuthPassword", message)


def folder_dangers(values: dict[str, Any], data: Path) -> Iterator[SettingFinding]:
    folders = settings_section(values, "PrerequisitePart")
    message = "must not be a folder that holds the server's own files: they would be shown as artwork"
    exposing = [name for name in ARTWORK_FOLDERS if exposes(data, folders.get(name))]
    yield from (SettingFinding("PrerequisitePart", name, message) for name in exposing)


def exposes(data: Path, folder: Any) -> bool:
    """Whether a folder of artwork holds config.json, the database or the logs."""
    if not isinstance(folder, str) or not folder.strip() or "\0" in folder:
        return False
    root, target = Path(os.path.realpath(data)), Path(os.path.realpath(data / folder))
    private = [root / name for name in PRIVATE_FOLDERS]
    return target == root or target in root.parents or any(target.is_relative_to(path) for path in private)

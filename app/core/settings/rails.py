"""Edits that are refused although each value is a proper one: they would shut or open the wrong door."""

import os
from pathlib import Path
from typing import Any, NamedTuple

from app.core.credentials import clear_no
from app.core.errors import Forbidden
from app.core.settings.masking import is_same
from app.core.settings.mistakes import refuse

ARTWORK_FOLDERS = ("AssetPath", "ManualAssetPath", "BackupPath")
PRIVATE_FOLDERS = ("database", "runs", "config_backups", "Logs", "UILogs", "RotatedLogs")


class Rails(NamedTuple):
    """What an edit has to heed: the data folder, who asks, and whether a password is set from outside."""

    data: Path
    may_change_login: bool = True
    has_admin_password: bool = False


def refuse_dangerous(before: dict[str, Any], after: dict[str, Any], rails: Rails) -> None:
    """Refuse what locks everybody out, lets a caller rise, or shows the data folder as artwork."""
    if not is_same(section(before, "WebUI"), section(after, "WebUI")):
        refuse_strangers(rails)
        refuse(login_errors(section(after, "WebUI"), rails))
    refuse(folder_errors(section(before, "PrerequisitePart"), section(after, "PrerequisitePart"), rails.data))


def section(values: dict[str, Any], name: str) -> dict[str, Any]:
    settings = values.get(name)
    return settings if isinstance(settings, dict) else {}


def refuse_strangers(rails: Rails) -> None:
    # Whoever sets the password may log in with it, and then has every scope.
    if not rails.may_change_login:
        raise Forbidden("Changing the login, which opens everything, needs the scope 'admin'.")


def login_errors(login: dict[str, Any], rails: Rails) -> dict[str, str]:
    if ":" in str(login.get("basicAuthUsername", "")):
        return {"basicAuthUsername": "must not hold a colon: nobody could log in"}
    is_open = clear_no(login.get("basicAuthEnabled", True))
    if is_open or login.get("basicAuthPassword") or rails.has_admin_password:
        return {}
    return {"basicAuthPassword": "must not be empty while basicAuthEnabled is on: nobody could log in"}


def folder_errors(before: dict[str, Any], after: dict[str, Any], data: Path) -> dict[str, str]:
    changed = [name for name in ARTWORK_FOLDERS if after.get(name) != before.get(name)]
    message = "must not be a folder that holds the server's own files: they would be shown as artwork"
    return {name: message for name in changed if exposes(data, after.get(name))}


def exposes(data: Path, folder: Any) -> bool:
    """Whether a folder of artwork holds config.json, the database or the logs."""
    if not isinstance(folder, str) or not folder.strip():
        return False
    root, target = Path(os.path.realpath(data)), Path(os.path.realpath(data / folder))
    private = [root / name for name in PRIVATE_FOLDERS]
    return target == root or target in root.parents or any(target.is_relative_to(path) for path in private)

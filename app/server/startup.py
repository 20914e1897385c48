"""Prepares a data folder for the server: folders, config.json, tables, credentials."""

import os
import secrets
import sys
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from string import ascii_letters, digits

import structlog
from filelock import Timeout
from sqlalchemy.exc import SQLAlchemyError

from app.config import Settings, demo_folder, in_container
from app.core.access.callers import SCOPES
from app.core.access.credentials import hash_password
from app.core.config_file import create_config
from app.core.errors import ApplicationError, reason_of
from app.core.execution.run_offers import missing_source
from app.core.first_start.draft import change_draft
from app.core.modes import FULL_RUN
from app.core.paths import DATA_FOLDERS
from app.core.runs import request_run
from app.core.settings.own_settings import own_media_folder
from app.core.settings.store import locked
from app.core.takeover.upstream_files import present_files
from app.database import Database
from app.extensions import Machine
from app.log import logs
from app.models import Origin
from app.server.migration import DatabaseTooNew, migrate
from app.services.keys import create_key

# Where the container of our image mounts folders, and what they are called below the data folder elsewhere.
ASSET_FOLDERS = {
    "AssetPath": ("asset_path", "/assets", "assets"),
    "ManualAssetPath": ("manual_asset_path", "/manualassets", "manualassets"),
    "BackupPath": ("backup_path", "/assetsbackup", "assetsbackup"),
}
PASSWORD_LENGTH = 16
ROOM_TRIED = 256 * 1024

log = structlog.get_logger(__name__)


class StartupError(Exception):
    """The server cannot start; the text is one line for the person who starts it."""


@dataclass(frozen=True)
class FirstStart:
    """Credentials made on the first start; they are shown once, and only their hashes are kept.

    `has_demo` says that the data folder was empty and gets a demo library.
    """

    password: str | None = field(repr=False)
    key: str | None = field(repr=False)
    has_demo: bool = False


def open_machine(settings: Settings) -> Machine:
    try:
        return Machine(settings)
    except ModuleNotFoundError as error:
        advice = f"{sys.executable} -m pip install '.[postgresql]'"
        raise StartupError(
            f"DATABASE_URL needs the package {error.name}: {advice} in the folder of this project"
        ) from error


def prepare_machine(machine: Machine, least_shown: str = "NOTSET") -> FirstStart | None:
    """Prepare everything that a start needs; on the very first start, return the credentials to show once."""
    logs.configure(machine.settings, machine.paths, least_shown)
    for setting in machine.roots.overridden():
        log.info("folder_of_config_overridden", setting=setting, by="the environment")
    try:
        return make_ready(machine)
    except OSError as error:
        raise StartupError(cannot_write(error.filename or machine.paths.data, error)) from error
    except SQLAlchemyError as error:
        raise StartupError(cannot_use(machine.database, error)) from error
    except ApplicationError as error:
        raise StartupError(error.detail) from error
    except Timeout as error:
        raise StartupError("Another process has been changing the database for 10 minutes.") from error
    except DatabaseTooNew as error:
        raise StartupError(too_new(machine, str(error))) from error


def make_ready(machine: Machine) -> FirstStart | None:
    make_folders(machine)
    fresh = migrate(machine.database, machine.paths.database / "migrate.lock")
    has_demo = fresh and gets_demo(machine)
    password = make_config(machine, has_demo)
    take_over_databases(machine)
    if fresh:
        open_first_start(machine)
    key = make_first_key(machine) if fresh else None
    return FirstStart(password, key, has_demo) if password or key else None


def open_first_start(machine: Machine) -> None:
    """Have Home lead to the pages of the first start where nothing says which library is meant."""
    settings = machine.settings
    has_folder = bool(settings.media_path or own_media_folder(machine.paths))
    if settings.poster_script or missing_source(machine.config, has_folder, FULL_RUN) is None:
        return
    change_draft(machine.paths, lambda draft: replace(draft, leads=True))


def take_over_databases(machine: Machine) -> None:
    """Take over the databases of an existing Posterizarr, where the folder has any."""
    if present_files(machine.paths):
        # It imports much, and most folders have none.
        from app.services.takeover import take_over_once

        take_over_once(machine)


def make_folders(machine: Machine) -> None:
    machine.paths.create()
    for name in DATA_FOLDERS:
        try_to_write(machine.paths.data / name)
    if machine.database.is_sqlite and machine.database.url.database:
        Path(machine.database.url.database).parent.mkdir(parents=True, exist_ok=True)


def try_to_write(folder: Path) -> None:
    """Write a little, since only that detects permissions, a read-only mount and a full disk."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(ROOM_TRIED))
            file.flush()
    except OSError as error:
        raise StartupError(cannot_write(folder, error)) from error


def cannot_write(path: Path | str, error: OSError) -> str:
    return f"{path} cannot be written: {reason_of(error)}."


def cannot_use(database: Database, error: SQLAlchemyError) -> str:
    """The reason, and the file where the database is one: its rights or its disk are what mostly fails."""
    file = f" {database.url.database}" if database.is_sqlite else ""
    return f"The database{file} cannot be used: {reason_of(error)}."


def too_new(machine: Machine, revision: str) -> str:
    return (
        f"The database is at revision {revision}, which this version does not know:"
        f" start the newer version again, or put back a copy from {machine.paths.database}."
    )


def gets_demo(machine: Machine) -> bool:
    """Whether a data folder without config.json gets a demo library: nothing else is a source of media."""
    settings = machine.settings
    has_source = settings.media_path or settings.poster_script or present_files(machine.paths)
    return settings.demo and not has_source and not os.path.lexists(machine.paths.config)


def start_demo(machine: Machine) -> None:
    """Make the folder that the script fills, and queue its first run."""
    demo_folder(machine.settings).mkdir(exist_ok=True)
    with machine.database.writing() as session:
        request_run(session, "normal", Origin.START, reason="the first run, over the demo library")


def make_config(machine: Machine, has_demo: bool = False) -> str | None:
    """Write config.json where there is none; the answer is a password, if one had to be made for it."""
    if os.path.lexists(machine.paths.config):
        return None
    password = None if machine.settings.app_admin_password else new_password()
    shown = {"BackgroundPosters": "true", "TitleCards": "true"} if has_demo else {}
    # The example address of the packaged defaults is nobody's Plex.
    overrides = {
        "PlexPart": {"UsePlex": "false"},
        "PrerequisitePart": default_asset_folders(machine.settings) | shown,
    }
    if password:
        overrides["WebUI"] = {"basicAuthPassword": hash_password(password)}
    # Of two that start at once, one would print the password of a file that the other has replaced.
    with locked(machine.paths):
        return password if create_config(machine.paths.config, overrides) else None


def new_password() -> str:
    """A random password of ASCII alphanumerics, since people copy it by hand and into shells."""
    return "".join(secrets.choice(ascii_letters + digits) for _ in range(PASSWORD_LENGTH))


def default_asset_folders(settings: Settings) -> dict[str, str]:
    """Where artwork goes by default; folders below the data folder are made here."""
    return {key: str(asset_folder(settings, *places)) for key, places in ASSET_FOLDERS.items()}


def asset_folder(settings: Settings, setting: str, mounted: str, below: str) -> Path:
    if chosen := getattr(settings, setting):
        return chosen
    if in_container() and Path(mounted).is_dir():
        return Path(mounted)
    folder = settings.app_data / below
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def make_first_key(machine: Machine) -> str:
    return create_key(machine, "first key", SCOPES)[1]


def introduction(first: FirstStart, data: Path) -> str:
    """The text that is printed once, on the first start, with the data folder and the credentials."""
    lines = [f"First start in {data}", "Keep these: they are shown once.", ""]
    if first.password:
        lines += ["user      admin", f"password  {first.password}"]
    if first.key:
        lines += [f"API key   {first.key}"]
    width = max(map(len, lines))
    edge = "+" + "-" * (width + 4) + "+"
    return "\n".join([edge, *(f"|  {line:<{width}}  |" for line in lines), edge])

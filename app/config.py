"""The one table of settings, and the only reader of the environment."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from app.config_parsers import (
    LOG_LEVELS,
    base_path,
    certificate,
    choice_or_none,
    clock_times,
    database_address,
    holds,
    host,
    host_names,
    log_level,
    networks,
    number_between,
    optional_folder,
    page_folder,
    parse_folder,
    parse_text,
    parse_web_address,
    scheduler_address,
    script,
    switch,
    zone,
)

RELEASES = "https://api.github.com/repos/fscorrupt/posterizarr/releases"
# What the script reads too; it finds the values that the server read.
HANDED_ON = (
    *("APP_ROOT", "APP_DATA", "ASSET_PATH", "MANUAL_ASSET_PATH", "BACKUP_PATH", "TZ"),
    *("MEDIA_PATH", "GENERATE_MISSING", "MEDIA_SERVER_CERTIFICATE", "CLUSTER"),
)


class SettingsError(ValueError):
    """A variable holds a value that the server cannot start with; the text is one line."""


def in_container() -> bool:
    """Whether DOCKER_ENV is true, as in our image; a development container need not set it."""
    return os.environ.get("DOCKER_ENV", "").strip().lower() == "true"


def share_metrics(folder: Path) -> None:
    """Set the folder in which processes share their counters; the metrics library reads it on import."""
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def shared_metrics() -> Path | None:
    """The folder in which processes share their counters, or None in a process that counts for itself."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    return Path(folder) if folder else None


@dataclass(frozen=True)
class Variable:
    """One environment variable: how to read it, what it is when absent, and what a person should know."""

    name: str
    default: str
    parse: Callable[[str], Any]
    allowed: str
    help: str
    secret: bool = False


VARIABLES = (
    Variable("APP_ROOT", "", optional_folder, "a folder", "Folder of Posterizarr.ps1, where that is used."),
    Variable("APP_DATA", "./data", parse_folder, "a folder", "Everything the server and the script keep."),
    Variable(
        "APP_HOST",
        "127.0.0.1",
        host,
        "an address",
        "Address to listen on; 0.0.0.0 where DOCKER_ENV is true.",
    ),
    Variable("APP_PORT", "8000", number_between(1, 65535), "1 to 65535", "Port to listen on."),
    Variable(
        "APP_BASE_PATH", "", base_path, "a path such as /posterizarr", "Path below which all is served."
    ),
    Variable("APP_API_KEY", "", parse_text, "any text", "A bootstrap API key with every scope.", secret=True),
    Variable("APP_ADMIN_PASSWORD", "", parse_text, "any text", "Password of the admin user.", secret=True),
    Variable(
        "DATABASE_URL",
        "",
        database_address,
        "an SQLAlchemy URL of SQLite or PostgreSQL",
        "SQLite below APP_DATA unless set; PostgreSQL works.",
        secret=True,
    ),
    Variable(
        "POSTER_SCRIPT", "", script, "a file", "A .ps1, .py or executable in place of the built-in script."
    ),
    Variable("ASSET_PATH", "", optional_folder, "a folder", "Where artwork goes; overrides config.json."),
    Variable(
        "MANUAL_ASSET_PATH", "", optional_folder, "a folder", "Your own artwork; overrides config.json."
    ),
    Variable("BACKUP_PATH", "", optional_folder, "a folder", "Backups of artwork; overrides config.json."),
    Variable(
        "MEDIA_PATH",
        "",
        optional_folder,
        "a folder",
        "Folder whose sub-folders are libraries; used where no media server is.",
    ),
    Variable(
        "GENERATE_MISSING",
        "",
        choice_or_none("auto", "on", "off"),
        "auto, on or off",
        "Draw posters from the title alone: auto (while no provider has a key), on or off.",
    ),
    Variable(
        "MEDIA_SERVER_CERTIFICATE",
        "",
        certificate,
        "a file or a SHA-256 fingerprint",
        "Certificate of your media server that is trusted: a PEM file, or the SHA-256 fingerprint.",
    ),
    Variable(
        "CLUSTER",
        "",
        scheduler_address,
        "an address such as tcp://scheduler:8786",
        "Scheduler of the machines that draw the pictures, see docs/cluster.md.",
    ),
    Variable(
        "UI_PATH",
        "",
        page_folder,
        "a folder with an index.html",
        "A built web UI that is served in place of our page.",
    ),
    Variable("DEMO", "on", switch, "on or off", "A demo library on the very first start."),
    Variable("TZ", "", zone, "an IANA zone such as Europe/Berlin", "Time zone of schedules and shown times."),
    Variable(
        "RUN_TIME",
        "disabled",
        clock_times,
        "times such as 01:30,13:30 or disabled",
        "Daily runs, added as schedules.",
    ),
    Variable(
        "RUN_TIMEOUT", "0", number_between(0, 604800), "0 to 604800", "Seconds that end a run; 0 is never."
    ),
    Variable(
        "ARR_WAIT_TIME",
        "300",
        number_between(0, 86400),
        "0 to 86400",
        "Seconds that an item of Sonarr or Radarr waits after its last event.",
    ),
    Variable("TRIGGER_CONSUMER", "on", switch, "on or off", "Off leaves the files in watcher/ to Start.ps1."),
    Variable(
        "TRUSTED_PROXIES", "", networks, "addresses or networks", "Proxies whose X-Forwarded-* is believed."
    ),
    Variable(
        "ALLOWED_HOSTS",
        "",
        host_names,
        "names such as nas.example.org",
        "Public names of the server, needed where the login is off.",
    ),
    Variable("WEB_CONCURRENCY", "1", number_between(1, 32), "1 to 32", "Worker processes."),
    Variable("LOG_LEVEL", "INFO", log_level, ", ".join(LOG_LEVELS), "Least level that is logged."),
    Variable(
        "EXPORT_RETENTION", "30", number_between(1, 1000), "1 to 1000", "Exports of each kind that are kept."
    ),
    Variable(
        "THUMBNAIL_MEGABYTES",
        "1000",
        number_between(16, 1_000_000),
        "16 to 1000000",
        "Megabytes that thumbnails take at most.",
    ),
    Variable("UPDATE_CHECK", "true", switch, "true or false", "Ask for new releases, every 6 hours at most."),
    Variable("RELEASES_URL", RELEASES, parse_web_address, "an http(s) address", "Where releases are listed."),
)


@dataclass(frozen=True)
class Settings:
    """The parsed table, one attribute a variable in lower case."""

    app_root: Path | None
    app_data: Path
    app_host: str
    app_port: int
    app_base_path: str
    app_api_key: str = field(repr=False)
    app_admin_password: str = field(repr=False)
    database_url: str = field(repr=False)
    poster_script: str
    asset_path: Path | None
    manual_asset_path: Path | None
    backup_path: Path | None
    media_path: Path | None
    generate_missing: str
    media_server_certificate: str
    cluster: str
    ui_path: Path | None
    demo: bool
    tz: str
    run_time: tuple[str, ...]
    run_timeout: int
    arr_wait_time: int
    trigger_consumer: bool
    trusted_proxies: tuple
    allowed_hosts: frozenset[str]
    web_concurrency: int
    log_level: str
    export_retention: int
    thumbnail_megabytes: int
    update_check: bool
    releases_url: str


def load_settings(environ: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """Read the environment; overrides by variable name win, and a bad value raises SettingsError."""
    environ = os.environ if environ is None else environ
    known = {variable.name for variable in VARIABLES}
    if unknown := set(overrides) - known:
        raise SettingsError(f"There is no setting {', '.join(sorted(unknown))}.")
    given = {name: str(value) for name, value in overrides.items()}
    values = {variable.name.lower(): read_variable(variable, environ, given) for variable in VARIABLES}
    values["database_url"] = values["database_url"] or default_database(values["app_data"])
    if holds(values["ui_path"], values["app_data"]):
        raise SettingsError("UI_PATH holds APP_DATA, which everybody could then read; use another folder.")
    return Settings(**{item.name: values[item.name] for item in fields(Settings)})


def read_variable(variable: Variable, environ: Mapping[str, str], given: Mapping[str, str]) -> Any:
    raw = given.get(variable.name, environ.get(variable.name, "")).strip()
    raw = raw or (from_file(variable, environ) if variable.secret else "") or default(variable)
    try:
        return variable.parse(raw)
    except (ValueError, KeyError, OSError) as error:
        shown = "<REDACTED>" if variable.secret else repr(raw)
        raise SettingsError(
            f"{variable.name}={shown} cannot be used; allowed: {variable.allowed}."
        ) from error


def default(variable: Variable) -> str:
    if variable.name == "APP_HOST" and in_container():
        return "0.0.0.0"  # noqa: S104 - a container is reached from outside of it or not at all
    return variable.default


def from_file(variable: Variable, environ: Mapping[str, str]) -> str:
    """Read NAME_FILE, as container secrets are handed over."""
    name = environ.get(f"{variable.name}_FILE", "")
    if not name:
        return ""
    try:
        return Path(name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{variable.name}_FILE={name!r} cannot be read; allowed: a text file.") from error


def child_environment(settings: Settings) -> dict[str, str]:
    """Everything that a script may know: our environment without the secrets, the settings that it reads."""
    hidden = {variable.name for variable in VARIABLES if variable.secret}
    hidden |= {f"{name}_FILE" for name in hidden}
    shown = {name: value for name, value in os.environ.items() if name not in hidden}
    shown |= handed_on(settings)
    if folder := media_folder(settings):
        shown["MEDIA_PATH"] = str(folder)
    return shown


def handed_on(settings: Settings) -> dict[str, str]:
    """The variables that the script reads too, as far as they are set; none of them is secret."""
    values = {name: getattr(settings, name.lower()) for name in HANDED_ON}
    return {name: str(value) for name, value in values.items() if value}


def media_folder(settings: Settings) -> Path | None:
    """The folder of libraries: the one that is set, else the demo library where there is one."""
    demo = demo_folder(settings)
    return settings.media_path or (demo if settings.demo and demo.is_dir() else None)


def demo_folder(settings: Settings) -> Path:
    """The demo library, which the script fills, and removes when there is another source."""
    return settings.app_data / "demo"


def default_database(data: Path) -> str:
    return f"sqlite:///{data / 'database' / 'posterizarr.db'}"

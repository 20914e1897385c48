"""The one table of settings, and the only reader of the environment."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

RELEASES = "https://api.github.com/repos/fscorrupt/posterizarr/releases"
HOST_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
DATABASE_DRIVERS = {
    "sqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
# What the script reads too; it finds the values that the server read.
HANDED_ON = (
    *("APP_ROOT", "APP_DATA", "ASSET_PATH", "MANUAL_ASSET_PATH", "BACKUP_PATH", "TZ"),
    *("MEDIA_PATH", "GENERATE_MISSING", "MEDIA_SERVER_CERTIFICATE"),
)
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


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


def parse_text(value: str) -> str:
    return value


def host(value: str) -> str:
    """Read a name or an address, an IPv6 one with or without its brackets."""
    bare = value.removeprefix("[").removesuffix("]")
    if not HOST_NAME.fullmatch(bare):
        ip_address(bare)
    return bare


def database_address(value: str) -> str:
    """Read an SQLAlchemy URL; without a driver in it, the one that we install is used."""
    if not value:
        return ""
    # Imported where it is needed: the server's first process has no database.
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    scheme, _, rest = value.partition("://")
    address = f"{DATABASE_DRIVERS[scheme]}://{rest}"
    try:
        make_url(address)
    except ArgumentError as error:
        raise ValueError from error
    return address


def parse_folder(value: str) -> Path:
    return Path(value).expanduser().absolute()


def optional_folder(value: str) -> Path | None:
    return parse_folder(value) if value else None


def script(value: str) -> str:
    """Read a file, absolute since scripts start elsewhere, or the bare name of a command."""
    if os.sep in value or Path(value).is_file():
        return str(parse_folder(value))
    return value


def certificate(value: str) -> str:
    """Read the fingerprint of a certificate, or a file with certificates."""
    if not value or re.fullmatch(r"(?:[0-9A-Fa-f]{2}:?){32}", value):
        return value
    path = parse_folder(value)
    if not path.is_file():
        raise ValueError
    return str(path)


def number_between(low: int, high: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        number = int(value)
        if not low <= number <= high:
            raise ValueError
        return number

    return parse


def switch(value: str) -> bool:
    words = {"true": True, "1": True, "yes": True, "on": True}
    words |= {"false": False, "0": False, "no": False, "off": False}
    return words[value.lower()]


def choice_of(*words: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value.lower() not in words:
            raise ValueError
        return value.lower()

    return parse


def base_path(value: str) -> str:
    trimmed = value.strip("/")
    if any(character in trimmed for character in "?#\\ %") or ".." in trimmed.split("/"):
        raise ValueError
    return f"/{trimmed}" if trimmed else ""


def clock_times(value: str) -> tuple[str, ...]:
    """Read "01:30,04:30"; the words "disabled" and "" mean none."""
    if value.lower() in ("", "disabled"):
        return ()
    return tuple(parse_clock_time(part) for part in value.split(","))


def parse_clock_time(value: str) -> str:
    hour, minute = value.strip().split(":")
    if not (hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60):
        raise ValueError
    return f"{int(hour):02}:{int(minute):02}"


def networks(value: str) -> tuple:
    return tuple(ip_network(part.strip(), strict=False) for part in value.split(",") if part.strip())


def zone(value: str) -> str:
    if value and value not in available_timezones():
        ZoneInfo(value)  # also accepts a zone that only this machine has
    return value


def parse_web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError
    return value


def log_level(value: str) -> str:
    if value.upper() not in LOG_LEVELS:
        raise ValueError
    return value.upper()


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
        "auto",
        choice_of("auto", "on", "off"),
        "auto, on or off",
        "Draw posters from the title alone where no picture is found; auto: only without provider keys.",
    ),
    Variable(
        "MEDIA_SERVER_CERTIFICATE",
        "",
        certificate,
        "a file or a SHA-256 fingerprint",
        "Certificate of your media server that is trusted: a PEM file, or the SHA-256 fingerprint.",
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
    Variable("WEB_CONCURRENCY", "1", number_between(1, 32), "1 to 32", "Worker processes."),
    Variable("LOG_LEVEL", "INFO", log_level, ", ".join(LOG_LEVELS), "Least level that is logged."),
    Variable(
        "EXPORT_RETENTION", "30", number_between(1, 1000), "1 to 1000", "Exports of each kind that are kept."
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
    demo: bool
    tz: str
    run_time: tuple[str, ...]
    run_timeout: int
    arr_wait_time: int
    trigger_consumer: bool
    trusted_proxies: tuple
    web_concurrency: int
    log_level: str
    export_retention: int
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
    for name in HANDED_ON:
        if value := getattr(settings, name.lower()):
            shown[name] = str(value)
    if settings.demo and not settings.media_path and demo_folder(settings).is_dir():
        shown["MEDIA_PATH"] = str(demo_folder(settings))
    return shown


def demo_folder(settings: Settings) -> Path:
    """The demo library, which the script fills, and removes when there is another source."""
    return settings.app_data / "demo"


def default_database(data: Path) -> str:
    return f"sqlite:///{data / 'database' / 'posterizarr.db'}"

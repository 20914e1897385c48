"""Readers of the values of environment variables; a bad value raises ValueError or KeyError."""

import os
import re
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

HOST_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
DATABASE_DRIVERS = {
    "sqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


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


def page_folder(value: str) -> Path | None:
    """Read a folder that has a page."""
    folder = optional_folder(value)
    if folder and not (folder / "index.html").is_file():
        raise ValueError
    return folder


def holds(folder: Path | None, inner: Path) -> bool:
    """Whether the inner folder is the folder or lies in it."""
    return folder is not None and inner.resolve().is_relative_to(folder.resolve())


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


def scheduler_address(value: str) -> str:
    """Read the address of a cluster's scheduler: tcp or tls, a name and a port."""
    parts = urlsplit(value)
    if value and not (parts.scheme in ("tcp", "tls") and parts.hostname and parts.port):
        raise ValueError
    if parts.username or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError
    return value.rstrip("/")


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


def choice_or_none(*words: str) -> Callable[[str], str]:
    """Read one of the words in any case; an empty value is none of them."""

    def parse(value: str) -> str:
        if value and value.lower() not in words:
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


def host_names(value: str) -> frozenset[str]:
    """Read names such as "nas.example.org, posters.example.org", without ports."""
    return frozenset(host(part.strip()).lower() for part in value.split(",") if part.strip())


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

"""What the engine takes from its environment, read once by the program's entry."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from app.poster.kinds import Kind
from app.poster.records.own_settings import BadEnvironment, read_own_settings
from app.poster.records.ruling import Unwatched


class Generate(Enum):
    """When posters are drawn from words alone: without provider keys, where nothing else serves, never."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


class KometaOverlay(Enum):
    """What becomes of art whose item has Kometa's label "Overlay" on the server."""

    KEEP = "keep"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class StoreLimits:
    """How much the store of replaced pictures may hold, in MiB, and for how many days; 0 is no limit."""

    megabytes: int = 2048
    days: int = 90


@dataclass(frozen=True, slots=True)
class Addresses:
    """Base addresses of providers and of their image hosts, without a slash at the end."""

    tmdb: str = "https://api.themoviedb.org"
    tmdb_images: str = "https://image.tmdb.org"
    tvdb: str = "https://api4.thetvdb.com"
    tvdb_images: str = "https://artworks.thetvdb.com"
    fanart: str = "https://webservice.fanart.tv"
    fanart_images: str = "https://assets.fanart.tv"


Choice = TypeVar("Choice", bound=Enum)


class Switch(Enum):
    """A setting that is off unless it is set."""

    OFF = "false"
    ON = "true"


OWN_KINDS = {"CollectionArt": Kind.COLLECTION, "SquareArt": Kind.SQUARE}
FINGERPRINT = re.compile(r"[0-9a-f]{64}")
CLUSTER = re.compile(r"(tcp|tls)://([^\s/@:]+|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}/?")
WHOLE_NUMBER = re.compile(r"[0-9]{1,6}")
RUN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
SERVERS = ("Plex", "Jellyfin", "Emby")
NOTHING: Mapping[str, Any] = MappingProxyType({})
# Below the data folder; the server names it where no other source is set.
DEMO = "demo"
VARIABLES = {
    "tmdb": "TMDB_URL",
    "tmdb_images": "TMDB_IMAGE_URL",
    "tvdb": "TVDB_URL",
    "tvdb_images": "TVDB_IMAGE_URL",
    "fanart": "FANART_URL",
    "fanart_images": "FANART_IMAGE_URL",
}


@dataclass(frozen=True, slots=True)
class Environment:
    """`media` is the folder whose sub-folders are libraries, None where none is set; `run` names the run.

    `media_excluded` are the names of sub-folders that are left out.

    `cluster` is the address of a scheduler whose workers draw, "" where this machine does.

    `certificates` holds by the name of a media server what makes its certificate trusted: a SHA-256
    fingerprint, or the path of a file with certificates; a server without an entry is left to the system.
    `unwatched` is how title cards look until their episodes are watched, `own_kinds` are the kinds of
    pictures that engine.json switches on. `cache_megabytes` and `plans_megabytes` are the most MiB of answers
    of providers and of plans, 0 for no limit.
    """

    media: Path | None = None
    media_excluded: tuple[str, ...] = ()
    generate: Generate = Generate.AUTO
    run: str = ""
    addresses: Addresses = Addresses()
    certificates: Mapping[str, str] = field(default_factory=dict)
    kometa_overlay: KometaOverlay = KometaOverlay.KEEP
    unwatched: Unwatched = Unwatched.SHOW
    own_kinds: frozenset[Kind] = frozenset()
    cluster: str = ""
    store: StoreLimits = StoreLimits()
    cache_megabytes: int = 256
    plans_megabytes: int = 1024


def read_environment(
    variables: Mapping[str, str], data: Path, changed: Mapping[str, Any] = NOTHING
) -> Environment:
    """The typed values; BadEnvironment for one that cannot be used. Relative paths count from `data`.

    What no variable says is taken from engine.json, the settings that the old script would delete; `changed`
    stand in place of those of the file.
    """
    own = read_own_settings(data) | {name: str(value).strip() for name, value in changed.items()}
    generate = variables.get("GENERATE_MISSING", "").strip() or own.get("GenerateMissing", "")
    return Environment(
        media=read_media(variables.get("MEDIA_PATH", "").strip(), own.get("MediaPath", ""), data),
        media_excluded=folder_names(own.get("MediaExclude", "")),
        generate=choice_of_word("GENERATE_MISSING", generate, Generate),
        run=run_of_mark(variables.get("POSTERIZARR_RUN", "").strip()),
        addresses=read_addresses(variables),
        certificates=read_certificates(variables, own, data),
        kometa_overlay=choice_of_word("KometaOverlay", own.get("KometaOverlay", ""), KometaOverlay),
        unwatched=choice_of_word("UnwatchedCards", own.get("UnwatchedCards", ""), Unwatched),
        store=read_store_limits(own),
        cache_megabytes=number_or_default("CacheMegabytes", own.get("CacheMegabytes", ""), 256),
        plans_megabytes=number_or_default("PlansMegabytes", own.get("PlansMegabytes", ""), 1024),
        own_kinds=read_kinds(own),
        cluster=read_cluster(variables.get("CLUSTER", "").strip()),
    )


def read_media(given: str, own: str, data: Path) -> Path | None:
    """The folder of the variable, else that of the settings, which is stronger than the demo library."""
    is_demo = given and data / given == data / DEMO
    chosen = own if own and (is_demo or not given) else given
    return data / chosen if chosen else None


def folder_names(text: str) -> tuple[str, ...]:
    """Names that are parted by slashes, which no name holds."""
    return tuple(filter(None, (name.strip() for name in text.split("/"))))


def read_certificates(variables: Mapping[str, str], own: Mapping[str, str], data: Path) -> dict[str, str]:
    """The certificate of each server by its name; a variable is meant for whichever is used."""
    given = variables.get("MEDIA_SERVER_CERTIFICATE", "").strip()
    names = {server: "MEDIA_SERVER_CERTIFICATE" if given else f"{server}Certificate" for server in SERVERS}
    texts = {server: given or own.get(f"{server}Certificate", "") for server in SERVERS}
    return {server: read_certificate(names[server], text, data) for server, text in texts.items() if text}


def read_certificate(name: str, text: str, data: Path) -> str:
    """The fingerprint in hex without colons, or the file's path; BadEnvironment where neither is there."""
    digits = text.replace(":", "").lower()
    if FINGERPRINT.fullmatch(digits):
        return digits
    if not (data / text).is_file():
        raise BadEnvironment(
            f"{name} is {text!r:.200}; set it to a file with certificates (PEM) "
            "or to the SHA-256 fingerprint of the server's certificate"
        )
    return str(data / text)


def choice_of_word(name: str, text: str, choices: type[Choice]) -> Choice:
    """The member that the word names, the first one for no word; BadEnvironment for any other word."""
    usual, *others = (choice.value for choice in choices)
    word = text.strip().lower() or usual
    if word not in (usual, *others):
        *first, last = (usual, *others)
        raise BadEnvironment(f"{name} is {text.strip()!r}; set it to {', '.join(first)} or {last}")
    return choices(word)


def read_store_limits(own: Mapping[str, str]) -> StoreLimits:
    defaults = StoreLimits()
    return StoreLimits(
        megabytes=number_or_default("StoreMegabytes", own.get("StoreMegabytes", ""), defaults.megabytes),
        days=number_or_default("StoreDays", own.get("StoreDays", ""), defaults.days),
    )


def number_or_default(name: str, text: str, default: int) -> int:
    if text and not WHOLE_NUMBER.fullmatch(text):
        raise BadEnvironment(f"{name} is {text!r:.80}; set it to a whole number, 0 for no limit")
    return int(text) if text else default


def read_kinds(own: Mapping[str, str]) -> frozenset[Kind]:
    return frozenset(
        kind
        for name, kind in OWN_KINDS.items()
        if choice_of_word(name, own.get(name, ""), Switch) is Switch.ON
    )


def run_of_mark(mark: str) -> str:
    """The name before the "@": behind it servers say whose run it is."""
    name = mark.partition("@")[0]
    if name and not RUN_NAME.fullmatch(name):
        raise BadEnvironment(f"POSTERIZARR_RUN is {name!r:.80}; set it to at most 64 letters and digits")
    return name


def read_cluster(address: str) -> str:
    if address and not CLUSTER.fullmatch(address):
        raise BadEnvironment(
            f"CLUSTER is {address!r:.200}; set it to the scheduler's address, such as tcp://scheduler:8786"
        )
    return address.removesuffix("/")


def read_addresses(variables: Mapping[str, str]) -> Addresses:
    given = {host: variables.get(name, "").strip().rstrip("/") for host, name in VARIABLES.items()}
    for host, address in given.items():
        if address and not address.lower().startswith(("http://", "https://")):
            raise BadEnvironment(f"{VARIABLES[host]} is {address!r}; set it to an http or https address")
    return Addresses(**{host: address for host, address in given.items() if address})

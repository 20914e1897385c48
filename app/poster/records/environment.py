"""What the engine takes from its environment, read once by the program's entry."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class Generate(Enum):
    """When posters are drawn from words alone: without provider keys, where nothing else serves, never."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


class BadEnvironment(ValueError):
    """A value in the environment that cannot be used; its text is one sentence that says what to set."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Base addresses of providers and of their image hosts, without a slash at the end."""

    tmdb: str = "https://api.themoviedb.org"
    tmdb_images: str = "https://image.tmdb.org"
    tvdb: str = "https://api4.thetvdb.com"
    tvdb_images: str = "https://artworks.thetvdb.com"
    fanart: str = "https://webservice.fanart.tv"
    fanart_images: str = "https://assets.fanart.tv"


FINGERPRINT = re.compile(r"[0-9a-f]{64}")
RUN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
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

    `certificate` is what makes the media server's certificate trusted: a SHA-256 fingerprint, or the path of
    a file with certificates; "" leaves it to the system.
    """

    media: Path | None = None
    generate: Generate = Generate.AUTO
    run: str = ""
    addresses: Addresses = Addresses()
    certificate: str = ""


def read_environment(variables: Mapping[str, str], data: Path) -> Environment:
    """The typed values; BadEnvironment for one that cannot be used. Relative paths count from `data`."""
    media = variables.get("MEDIA_PATH", "").strip()
    return Environment(
        media=(data / media) if media else None,
        generate=read_generate(variables.get("GENERATE_MISSING", "")),
        run=read_run(variables.get("POSTERIZARR_RUN", "").strip()),
        addresses=read_addresses(variables),
        certificate=read_certificate(variables.get("MEDIA_SERVER_CERTIFICATE", "").strip(), data),
    )


def read_certificate(text: str, data: Path) -> str:
    """The fingerprint in hex without colons, or the file's path; BadEnvironment where neither is there."""
    digits = text.replace(":", "").lower()
    if not text or FINGERPRINT.fullmatch(digits):
        return digits
    if not (data / text).is_file():
        raise BadEnvironment(
            f"MEDIA_SERVER_CERTIFICATE is {text!r:.200}; set it to a file with certificates (PEM) "
            "or to the SHA-256 fingerprint of the server's certificate"
        )
    return str(data / text)


def read_generate(text: str) -> Generate:
    word = text.strip().lower() or Generate.AUTO.value
    if word not in {choice.value for choice in Generate}:
        raise BadEnvironment(f"GENERATE_MISSING is {text.strip()!r}; set it to auto, on or off")
    return Generate(word)


def read_run(mark: str) -> str:
    """The name before the "@": behind it servers say whose run it is."""
    name = mark.partition("@")[0]
    if name and not RUN_NAME.fullmatch(name):
        raise BadEnvironment(f"POSTERIZARR_RUN is {name!r:.80}; set it to at most 64 letters and digits")
    return name


def read_addresses(variables: Mapping[str, str]) -> Addresses:
    given = {field: variables.get(name, "").strip().rstrip("/") for field, name in VARIABLES.items()}
    for field, address in given.items():
        if address and not address.lower().startswith(("http://", "https://")):
            raise BadEnvironment(f"{VARIABLES[field]} is {address!r}; set it to an http or https address")
    return Addresses(**{field: address for field, address in given.items() if address})

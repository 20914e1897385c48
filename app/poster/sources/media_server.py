"""What the sources Plex, Jellyfin and Emby have in common: the address, the session, and how calls fail."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from app.poster.records.candidate import CandidateRefused
from app.poster.records.environment import FINGERPRINT
from app.poster.records.library import Episode, Library, Season, SourceArt, SourceName
from app.poster.settings import Settings
from app.poster.sources.comparison import comparable_name
from app.poster.sources.source import Note, SourceTrouble
from app.poster.web.endpoint import Endpoint, Limits, Trust
from app.poster.web.picture_check import require_picture
from app.poster.web.session import WebSession
from app.poster.web.trouble import Trouble, WebTrouble

# A page of a thousand items takes a slow server a while.
SERVER_LIMITS = Limits(connect=5, read=60, whole=180)
NO_TRUST = Trust()
TRUST_SETTING = "MEDIA_SERVER_CERTIFICATE"
DOUBLED_PATH = re.compile(r"(/emby)+$", re.IGNORECASE)

KEYS = {SourceName.PLEX: "PlexToken", SourceName.JELLYFIN: "JellyfinAPIKey", SourceName.EMBY: "EmbyAPIKey"}
ADDRESSES = {SourceName.PLEX: "PlexUrl", SourceName.JELLYFIN: "JellyfinUrl", SourceName.EMBY: "EmbyUrl"}


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """Where one media server is and what is left out of it; `section` is its part of config.json."""

    name: SourceName
    section: str
    address: str
    key: str
    key_setting: str
    excluded: tuple[str, ...] = ()
    trust: Trust = NO_TRUST

    @property
    def address_setting(self) -> str:
        return f"{self.section}.{ADDRESSES[self.name]}"

    def excludes(self, library: str) -> bool:
        return comparable_name(library.strip()) in {comparable_name(name.strip()) for name in self.excluded}


def read_server_settings(settings: Settings, name: SourceName, trust: Trust) -> ServerSettings:
    """SourceTrouble where the address is none, or the key cannot travel in a header."""
    section = f"{name.value}Part"
    found = ServerSettings(
        name,
        section,
        base_address(settings.text(section, ADDRESSES[name])),
        settings.text("ApiPart", KEYS[name]).strip(),
        f"ApiPart.{KEYS[name]}",
        settings.words(section, "LibstoExclude"),
        trust,
    )
    if not is_server_address(found.address):
        raise SourceTrouble(
            f"{found.address_setting} is no http or https address of {name.value}; set it in config.json",
            stops_run=True,
        )
    if not (found.key.isascii() and found.key.isprintable()):
        raise SourceTrouble(f"{found.key_setting} has characters that no key has; set it", stops_run=True)
    return found


def read_trust(certificate: str) -> Trust:
    """The trust that `Environment.certificate` stands for."""
    if FINGERPRINT.fullmatch(certificate):
        return Trust(fingerprint=certificate, setting=TRUST_SETTING)
    return Trust(authority=Path(certificate) if certificate else None, setting=TRUST_SETTING)


def base_address(text: str) -> str:
    """The address without blanks and closing slashes; a path stays, "/emby/emby" becomes "/emby"."""
    return DOUBLED_PATH.sub("/emby", "".join(text.split()).rstrip("/"))


def is_server_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


def open_web_session(server: ServerSettings, headers: Mapping[str, str], limits: Limits) -> WebSession:
    secrets = (server.key,) if server.key else ()
    endpoint = Endpoint(server.name.value, server.address, headers, secrets, server.trust)
    return WebSession(endpoint, limits)


@contextmanager
def explained(server: ServerSettings, what: str = "", stops_run: bool = False) -> Iterator[None]:
    """Turn WebTrouble into SourceTrouble with a sentence that says what to set.

    `what` begins the sentence, such as "The listing of Movies is incomplete".
    """
    try:
        yield
    except WebTrouble as trouble:
        sentence = sentence_for(server, trouble)
        raise SourceTrouble(f"{what}: {sentence}" if what else sentence, stops_run) from trouble


def sentence_for(server: ServerSettings, trouble: WebTrouble) -> str:
    name = server.name.value
    if trouble.trouble is Trouble.KEY_REFUSED:
        return f"{name} refused the key; set {server.key_setting} to a key that may read all libraries"
    if trouble.trouble is Trouble.NOT_FOUND:
        return f"{name} does not know what was asked for; check {server.address_setting}"
    if trouble.trouble is Trouble.CERTIFICATE:
        return f"{trouble}, because {server.address_setting} has a certificate of another name or authority"
    join = ", or correct" if "check" in str(trouble) else "; check"
    return f"{trouble}{join} {server.address_setting}"


def read_picture(session: WebSession, art: SourceArt) -> bytes:
    """The bytes of a picture on the server; CandidateRefused where they are none."""
    try:
        if art.where.startswith(("http://", "https://")):
            content = session.picture(art.where).content
            return content if isinstance(content, bytes) else b""
        content, headers = session.content(art.where)
    except WebTrouble as trouble:
        raise CandidateRefused(str(trouble), is_lasting=trouble.is_final) from trouble
    require_picture(content, headers.get("Content-Type", ""))
    return content


def require_libraries(server: ServerSettings, libraries: Sequence[Library]) -> Sequence[Library]:
    """The libraries; SourceTrouble where there is none."""
    if libraries:
        return libraries
    name, setting = server.name.value, f"{server.section}.LibstoExclude"
    raise SourceTrouble(
        f"{name} has no library of films or shows that is not in {setting}; "
        f"take one out of that list, or add one in {name}",
        stops_run=True,
    )


def seasons_with(rows: Sequence[Episode], seasons: Mapping[int, Season]) -> tuple[Season, ...]:
    """The seasons that have rows, by number, each with its rows in order and each number once."""
    kept: dict[int, dict[int, Episode]] = {}
    for row in rows:
        kept.setdefault(row.season, {}).setdefault(row.numbers[0], row)
    return tuple(
        with_rows(seasons[number], tuple(row for _, row in sorted(kept[number].items())))
        for number in sorted(kept)
        if number in seasons
    )


def with_rows(season: Season, rows: tuple[Episode, ...]) -> Season:
    return Season(season.key, season.number, season.name, season.ids, rows, season.art)


def note_unnumbered(note: Note, title: str, seasons: int, episodes: int) -> None:
    """One line for all rows of a show that have no numbers."""
    parts = [f"{count} {word}" for count, word in ((seasons, "season(s)"), (episodes, "episode(s)")) if count]
    if parts:
        note(f"{title}: {' and '.join(parts)} without a number on the server; nothing is made of them")

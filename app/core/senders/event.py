"""What a sender has told, free of the sender's own format."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Event:
    """Something was imported: which item, and the lines that its trigger file holds."""

    sender: str  # "Sonarr", "Radarr", "Tautulli"; "" where a file of others does not tell
    kind: str  # "arr" or "tautulli"
    name: str  # eventType, or media_type
    identity: str  # what is merged: "Sonarr:tvdb:123:season:1", "Radarr:tmdb:348", "Tautulli:season:777"
    title: str
    year: int | None
    ids: dict[str, str]  # of "tvdb", "tmdb", "imdb" those that are known
    season: int | None
    episodes: tuple[int, ...]  # sorted and distinct; none for films and Tautulli
    folder: str | None
    fields: tuple[tuple[str, str], ...]  # the lines of the trigger file, in their order, harmless


@dataclass(frozen=True)
class Ignored:
    """Well-formed, and nothing to do."""

    message: str


@dataclass(frozen=True)
class ConnectionTest:
    """Somebody has pressed the sender's Test button."""

    sender: str


# A pack of several seasons is one event a season.
Reading = tuple[Event, ...] | Ignored | ConnectionTest

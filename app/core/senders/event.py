"""Events of senders, independent of the sender's format."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Event:
    """An import: the item, and the lines of its trigger file."""

    sender: str  # "Sonarr", "Radarr", "Tautulli"; "" where a file of another program does not name it
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
    """A well-formed payload that needs no run."""

    message: str


@dataclass(frozen=True)
class ConnectionTest:
    """The payload of the sender's Test button."""

    sender: str


# A pack of several seasons is one event a season.
Reading = tuple[Event, ...] | Ignored | ConnectionTest

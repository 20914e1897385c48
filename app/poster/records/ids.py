"""Ids of films and shows at the providers, typed by what they name."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Medium(Enum):
    """What an id or an item stands for."""

    FILM = "movie"
    SHOW = "show"
    SEASON = "season"
    EPISODE = "episode"
    COLLECTION = "collection"


class Authority(Enum):
    """Who gives the ids out."""

    TMDB = "tmdb"
    TVDB = "tvdb"
    IMDB = "imdb"
    ANIDB = "anidb"


@dataclass(frozen=True, slots=True)
class ProviderId:
    """One id: number 348 of a film and number 348 of a show at one provider are two different ids.

    `value` is what the provider writes: digits, for IMDb "tt" and digits.
    """

    authority: Authority
    medium: Medium
    value: str

    def __str__(self) -> str:
        return f"{self.authority.value}:{self.medium.value}:{self.value}"


def id_values(ids: Iterable[ProviderId], authority: Authority, medium: Medium) -> tuple[str, ...]:
    """The values for that authority and medium in the order of trust; several where the sources disagree."""
    return tuple(one.value for one in ids if one.authority is authority and one.medium is medium)


def first_value(ids: Iterable[ProviderId], authority: Authority, medium: Medium) -> str:
    """The most trusted value, "" where there is none."""
    return next(iter(id_values(ids, authority, medium)), "")

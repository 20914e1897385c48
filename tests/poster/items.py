"""Items as sources give them, for tests of the engine's rooms."""

from dataclasses import replace
from typing import Any

from app.poster.records.ids import Authority, Medium, ProviderId
from app.poster.records.library import Episode, Item, Library, LibraryContent, Season, SourceName

MOVIES = Library(SourceName.FOLDER, "Movies", "Movies", LibraryContent.FILMS, "en")
SHOWS = Library(SourceName.FOLDER, "TV", "TV", LibraryContent.SHOWS, "en")


def film(title: str = "Alien", year: int | None = 1979, **facts: Any) -> Item:
    """A film whose root folder is its title and year; `facts` replace fields of Item."""
    root = f"{title} ({year})" if year else title
    item = Item(MOVIES, title, Medium.FILM, title, year=year, root_folder=root)
    return replace(item, **{"ids": (ProviderId(Authority.TMDB, Medium.FILM, "348"),), **facts})


def show(
    title: str = "Dark", year: int | None = 2017, seasons: tuple[Season, ...] = (), **facts: Any
) -> Item:
    """A show with the given seasons; `facts` replace fields of Item."""
    item = Item(SHOWS, title, Medium.SHOW, title, year=year, root_folder=f"{title} ({year})", seasons=seasons)
    return replace(item, **{"ids": (ProviderId(Authority.TVDB, Medium.SHOW, "334824"),), **facts})


def season(number: int, *episodes: Episode, name: str = "") -> Season:
    return Season(f"s{number}", number, name or f"Season {number}", episodes=episodes)


def episode(of_season: int, *numbers: int, title: str = "Secrets") -> Episode:
    return Episode(f"e{of_season}-{numbers[0]}", of_season, numbers, (title,))

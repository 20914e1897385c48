"""A Plex of films and shows, in the shapes that its real one answers."""

from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from tests.doubles.loopback import Loopback

TOKEN = "token-of-plex"


@dataclass
class Film:
    key: int
    title: str
    year: int
    guids: tuple[str, ...] = ()
    original_title: str = ""


@dataclass
class Show(Film):
    """`seasons` holds the numbers of the episodes by the number of the season."""

    seasons: dict[int, list[int]] = field(default_factory=dict)


class FakePlex(Loopback):
    def __init__(self):
        super().__init__()
        self.films: list[Film] = []
        self.shows: list[Show] = []

    def answer(self, path, query, headers):
        if headers.get("X-Plex-Token") != TOKEN:
            return 401, "<html><head><title>Unauthorized</title></head></html>"
        steps = path.strip("/").split("/")
        if steps == ["library", "sections"]:
            return 200, container(
                section(1, "movie", "Movies"), section(2, "show", "Shows"), section(3, "artist", "M")
            )
        if steps[:2] == ["library", "sections"]:
            return 200, self.listing(int(steps[2]), query, headers)
        return self.children(int(steps[2]))

    def listing(self, number, query, headers):
        items = {1: self.films, 2: self.shows}[number]
        found = [
            item for item in items if query["title"].lower() in f"{item.title}|{item.original_title}".lower()
        ]
        return container(
            *(entry(item, "Video" if number == 1 else "Directory") for item in page(found, headers))
        )

    def children(self, key):
        """Of a show its seasons, of a season, whose key is the show's times 100 and more, its episodes."""
        for show in self.shows:
            if show.key == key:
                seasons = (
                    f'<Directory ratingKey="{key * 100 + number}" type="season" index="{number}"/>'
                    for number in show.seasons
                )
                return 200, container('<Directory title="All episodes"/>', *seasons)
            if key // 100 == show.key and key % 100 in show.seasons:
                episodes = show.seasons[key % 100]
                return 200, container(*(f'<Video type="episode" index="{number}"/>' for number in episodes))
        return 404, ""


def page(items, headers):
    """Those of a list that are asked for; without such headers all of them."""
    start = int(headers.get("X-Plex-Container-Start", 0))
    return items[start:][: int(headers.get("X-Plex-Container-Size", len(items)))]


def container(*entries):
    body = f'<MediaContainer size="{len(entries)}">{"".join(entries)}</MediaContainer>'
    return f'<?xml version="1.0" encoding="UTF-8"?>{body}'


def section(key, kind, title):
    place = f'<Location id="{key}" path="/{title}"/>'
    return f'<Directory key="{key}" type="{kind}" title="{title}">{place}</Directory>'


def entry(item, tag):
    guids = "".join(f"<Guid id={quoteattr(guid)}/>" for guid in item.guids)
    titles = f"title={quoteattr(item.title)} originalTitle={quoteattr(item.original_title)}"
    return f'<{tag} ratingKey="{item.key}" {titles} year="{item.year}">{guids}</{tag}>'

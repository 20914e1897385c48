"""Whether Plex has an item yet."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from app.core.servers.asking import Unanswered, ask_xml
from app.core.servers.wanted import Wanted, number_or_none

# A short title is part of many others, and Plex answers them all.
PAGE_SIZE = 100
MOST_ITEMS = 2000


@dataclass(frozen=True)
class Plex:
    """One server; its token travels in a header, never in an address."""

    url: str
    token: str = field(repr=False)
    name: str = "Plex"
    certificate: str = ""

    def knows(self, wanted: Wanted) -> bool:
        """Whether item, season and all episodes are there; `Unanswered` where it does not respond."""
        return any(self.has_parts(wanted, key) for key in self.candidates(wanted))

    def candidates(self, wanted: Wanted) -> Iterator[str]:
        """The rating keys of the items that may be meant."""
        kind = "movie" if wanted.is_film else "show"
        sections = [entry for entry in self.ask("/library/sections") if entry.get("type") == kind]
        found = (entry for section in sections for entry in self.named(section, wanted.name))
        return (entry.get("ratingKey", "") for entry in found if is_element_meant(entry, wanted))

    def named(self, section: Element, name: str) -> Iterator[Element]:
        """The items with that in their title, read page by page on demand."""
        path = f"/library/sections/{attribute_key(section, 'key')}/all"
        for start in range(0, MOST_ITEMS, PAGE_SIZE):
            page = list(self.ask(path, {"title": name, "includeGuids": "1"}, start))
            yield from page
            if len(page) != PAGE_SIZE:
                return

    def has_parts(self, wanted: Wanted, show: str) -> bool:
        if wanted.season is None:
            return True
        seasons = [
            entry for entry in self.children(show) if number_or_none(entry.get("index")) == wanted.season
        ]
        known = {
            number_or_none(entry.get("index")) for season in seasons for entry in self.children_of(season)
        }
        return bool(seasons) and set(wanted.episodes) <= known

    def children_of(self, entry: Element) -> list[Element]:
        return self.children(attribute_key(entry, "ratingKey"))

    def children(self, key: str) -> list[Element]:
        return list(self.ask(f"/library/metadata/{key}/children"))

    def ask(self, path: str, parameters: dict[str, str] | None = None, start: int = 0) -> Element:
        page = {"X-Plex-Container-Start": str(start), "X-Plex-Container-Size": str(PAGE_SIZE)}
        headers = {"X-Plex-Token": self.token, **(page if parameters else {})}
        return ask_xml(self.url.rstrip("/") + path, headers, parameters, self.certificate)


def attribute_key(entry: Element, name: str) -> str:
    key = entry.get(name, "")
    if not key.isalnum():
        raise Unanswered("answered an item without a key")
    return key


def is_element_meant(entry: Element, wanted: Wanted) -> bool:
    titles = [title for title in (entry.get("title"), entry.get("originalTitle")) if title]
    facts = number_or_none(entry.get("year")), guid_ids(entry)
    return any(wanted.is_meant(title, *facts) for title in titles)


def guid_ids(entry: Element) -> dict[str, str]:
    """The ids among its Guid elements, which look like "tmdb://348"."""
    pairs = (guid.get("id", "").partition("://") for guid in entry.iter("Guid"))
    return {kind: value for kind, _, value in pairs if kind in ("imdb", "tmdb", "tvdb") and value}

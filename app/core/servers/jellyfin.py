"""Whether Jellyfin or Emby has an item yet."""

from dataclasses import dataclass, field
from typing import Any

from app.core.servers.asking import Unanswered, ask_json
from app.core.servers.wanted import Wanted, number_or_none

FIELDS = "ProviderIds,OriginalTitle,ProductionYear"
MOST_ITEMS = "100"


@dataclass(frozen=True)
class Jellyfin:
    """One server of either kind; the address of Emby ends in /emby."""

    url: str
    token: str = field(repr=False)
    name: str = "Jellyfin"
    certificate: str = ""

    def knows(self, wanted: Wanted) -> bool:
        """Whether item, season and all episodes are there; `Unanswered` where it does not respond."""
        return any(
            self.has_parts(wanted, entry) for entry in self.named(wanted) if is_item_meant(entry, wanted)
        )

    def named(self, wanted: Wanted) -> list[dict[str, Any]]:
        kind = "Movie" if wanted.is_film else "Series"
        return self.items(
            IncludeItemTypes=kind, SearchTerm=wanted.name, Recursive="true", Fields=FIELDS, Limit=MOST_ITEMS
        )

    def has_parts(self, wanted: Wanted, series: dict[str, Any]) -> bool:
        if wanted.season is None:
            return True
        episodes = self.items(ParentId=str(series.get("Id")), Recursive="true", IncludeItemTypes="Episode")
        own = [entry for entry in episodes if is_of_season(entry, wanted.season)]
        # A date in a file's name can end up as the number of its last episode.
        spans = [indexes(entry) for entry in own]
        return bool(own) and all(any(index in span for span in spans) for index in wanted.episodes)

    def items(self, **parameters: str) -> list[dict[str, Any]]:
        headers = {"Authorization": f'MediaBrowser Token="{self.token}"', "Accept": "application/json"}
        address = f"{self.url.rstrip('/')}/Items"
        found = ask_json(address, headers, parameters, self.certificate).get("Items")
        if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
            raise Unanswered("answered something unexpected")
        return found


def is_of_season(entry: dict[str, Any], season: int) -> bool:
    """Whether there is a file of that season; episodes that a server knows of and lacks are virtual."""
    return entry.get("ParentIndexNumber") == season and entry.get("LocationType") != "Virtual"


def indexes(entry: dict[str, Any]) -> range:
    """The numbers of the episodes in one file."""
    first, last = number_or_none(entry.get("IndexNumber")), number_or_none(entry.get("IndexNumberEnd"))
    return range(0) if first is None else range(first, (last or first) + 1)


def is_item_meant(entry: dict[str, Any], wanted: Wanted) -> bool:
    titles = [title for name in ("Name", "OriginalTitle") if isinstance(title := entry.get(name), str)]
    facts = number_or_none(entry.get("ProductionYear")), provider_ids(entry)
    return any(wanted.is_meant(title, *facts) for title in titles)


def provider_ids(entry: dict[str, Any]) -> dict[str, str]:
    ids = entry.get("ProviderIds")
    pairs = ids.items() if isinstance(ids, dict) else ()
    known = {kind.lower(): str(value) for kind, value in pairs if value}
    return {kind: known[kind] for kind in ("imdb", "tmdb", "tvdb") if kind in known}

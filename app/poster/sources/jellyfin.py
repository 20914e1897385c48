"""Jellyfin as a source: JSON in pages, the key in a header. Emby answers in the same way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from app.poster.kinds import Kind
from app.poster.records.ids import Medium
from app.poster.records.import_event import ImportEvent
from app.poster.records.library import Item, Library, LibraryContent, SourceArt
from app.poster.sources.event_match import BestMatch, cut_to_event
from app.poster.sources.jellyfin_collections import (
    COLLECTION_QUERY,
    collection_library,
    jellyfin_collection,
)
from app.poster.sources.jellyfin_rows import jellyfin_item, jellyfin_library, library_language, listed_show
from app.poster.sources.json_rows import Row, row_number, row_objects, row_text
from app.poster.sources.media_server import (
    SERVER_LIMITS,
    ServerSettings,
    explained,
    note_unnumbered,
    open_web_session,
    read_picture,
    require_libraries,
    seasons_with,
    with_rows,
)
from app.poster.sources.source import Note, SourceTrouble, ignore_note
from app.poster.web.endpoint import Limits
from app.poster.web.trouble import Trouble, WebTrouble

PAGE_SIZE = 500
ITEM_FIELDS = (
    "ProviderIds,OriginalTitle,Path,ProductionYear,Tags,TagItems,Width,Height,MediaStreams,MediaSourceCount,"
    "DisplayOrder"
)
EPISODE_FIELDS = "ProviderIds,Path,Width,Height,MediaStreams"
FOLDERS = ("/Library/VirtualFolders", "/Library/VirtualFolders/Query")
TYPES = {
    LibraryContent.FILMS: ("Movie",),
    LibraryContent.SHOWS: ("Series",),
    LibraryContent.MIXED: ("Movie", "Series"),
}


class JellyfinSource:
    """One Jellyfin server, or one Emby server by its name in the settings."""

    def __init__(self, server: ServerSettings, limits: Limits = SERVER_LIMITS, note: Note = ignore_note):
        self.name = server.name
        self._server = server
        headers = {"Authorization": f'MediaBrowser Token="{server.key}"'}
        self._session = open_web_session(server, headers, limits)
        self._note = note

    def libraries(self) -> Sequence[Library]:
        with explained(self._server, stops_run=True):
            language = self._usual_language()
            found = [library for row in self._folders() if (library := self._library(row, language))]
            sized = [replace(library, size=self._size(library)) for library in found]
        return require_libraries(self._server, sized)

    def items(self, library: Library, kinds: frozenset[Kind]) -> Iterator[Item]:
        with explained(self._server, f"The listing of {library.name} is incomplete"):
            for item in self._items(library, {}):
                yield self._with_seasons(item, kinds)

    def collections(self, libraries: Sequence[Library]) -> Iterator[Item]:
        """All box sets of the server, which belong to no library of films or shows."""
        what = "The listing of the collections"
        with explained(self._server, f"{what} is incomplete"):
            library = collection_library(self._folders(), self.name, self._usual_language())
            if not self._server.excludes(library.name):
                rows = self._rows(COLLECTION_QUERY, what)
                yield from filter(None, (jellyfin_collection(row, library) for row in rows))

    def files_gone(self, library: Library) -> int:
        return 0

    def find(self, event: ImportEvent, kinds: frozenset[Kind]) -> Iterator[Item]:
        kind = LibraryContent.FILMS if event.medium is Medium.FILM else LibraryContent.SHOWS
        fitting = [one for one in self.libraries() if one.content in (kind, LibraryContent.MIXED)]
        with explained(self._server, "The item of the event cannot be looked up"):
            for item in self._by_facts(event, fitting):
                yield cut_to_event(self._with_seasons(item, kinds), event)

    def read_art(self, art: SourceArt) -> bytes:
        return read_picture(self._session, art)

    def close(self) -> None:
        self._session.close()

    def _folders(self) -> list[Row]:
        """The rows of all libraries, a list or, from newer servers of Emby, a page."""
        try:
            found = self._session.json(FOLDERS[0])
        except WebTrouble as trouble:
            if trouble.trouble is not Trouble.NOT_FOUND:
                raise
            found = self._session.json(FOLDERS[1])
        return row_objects(found if isinstance(found, dict) else {"Items": found}, "Items")

    def _library(self, row: Row, language: str) -> Library | None:
        name = row_text(row, "Name")
        if self._server.excludes(name):
            return None
        library = jellyfin_library(row, self.name, language)
        if library is None:
            kind = row_text(row, "CollectionType") or "no id"
            self._note(f"Library {name} holds neither films nor shows ({kind}) and is left out")
        return library

    def _usual_language(self) -> str:
        """The language of libraries that set none; a key may not be allowed to ask for it."""
        try:
            found = self._session.json("/System/Configuration")
        except WebTrouble as trouble:
            if trouble.trouble in (Trouble.NOT_FOUND, Trouble.REFUSED, Trouble.KEY_REFUSED):
                return ""
            raise
        return library_language(found) if isinstance(found, dict) else ""

    def _size(self, library: Library) -> int | None:
        """How many films and shows a library has, None where the server does not say."""
        counts = [
            row_number(self._page(query_for(library, kind, {}), 0, 1), "TotalRecordCount")
            for kind in TYPES[library.content]
        ]
        return None if None in counts else sum(count or 0 for count in counts)

    def _items(self, library: Library, query: Mapping[str, str]) -> Iterator[Item]:
        for kind in TYPES[library.content]:
            for row in self._rows(query_for(library, kind, query), f"The listing of {library.name}"):
                item = jellyfin_item(row, library)
                if item:
                    yield item

    def _with_seasons(self, item: Item, kinds: frozenset[Kind]) -> Item:
        if item.medium is Medium.FILM or not kinds & {Kind.SEASON, Kind.TITLE_CARD}:
            return item
        what = f"The list of episodes of {item.title}"
        seasons = list(self._rows(query_below(item, "Season"), what))
        rows = self._rows(query_below(item, "Episode"), what)
        own = [row for row in rows if row_text(row, "SeriesId") in ("", item.key)]
        found = listed_show(seasons, own)
        note_unnumbered(self._note, item.title, found.nameless_seasons, found.unnumbered)
        complete = seasons_with(found.episodes, found.seasons)
        if Kind.TITLE_CARD not in kinds:
            complete = tuple(with_rows(season, ()) for season in complete)
        return replace(item, seasons=complete)

    def _by_facts(self, event: ImportEvent, libraries: Sequence[Library]) -> Iterator[Item]:
        """Search by title first; where neither ids nor path are found, look through whole libraries."""
        best = BestMatch(event)
        searches: list[dict[str, str]] = [{"Ids": event.key}] if event.key else []
        searches += [{"SearchTerm": event.title}] if event.title else []
        for query in [*searches, {}]:
            for item in chain.from_iterable(self._items(library, query) for library in libraries):
                best.offer(item)
            if best.is_sure:
                break
        yield from best.found(self._note)

    def _rows(self, query: Mapping[str, str], what: str) -> Iterator[Row]:
        """The rows of a query page by page, each once also where the library changes meanwhile."""
        seen: set[str] = set()
        start, total = 0, None
        while total is None or start < total:
            page = self._page(query, start, PAGE_SIZE)
            found = row_objects(page, "Items")
            total = row_number(page, "TotalRecordCount") or (
                start + len(found) if len(found) < PAGE_SIZE else None
            )
            if not found and start < (total or 0):
                raise SourceTrouble(
                    f"{what} is incomplete: {self.name.value} gave {start} of {total} rows; "
                    f"start the run again when {self.name.value} has finished scanning"
                )
            fresh = [row for row in found if row_text(row, "Id") not in seen]
            seen.update(row_text(row, "Id") for row in fresh)
            if not fresh:
                return
            start += len(found)
            yield from fresh

    def _page(self, query: Mapping[str, str], start: int, size: int) -> Row:
        page = self._session.json("/Items", {**query, "StartIndex": str(start), "Limit": str(size)})
        if not isinstance(page, dict) or not isinstance(page.get("Items"), list):
            raise WebTrouble(Trouble.BROKEN, f"{self.name.value}: the answer holds no list of items")
        return page


def query_for(library: Library, kind: str, query: Mapping[str, str]) -> dict[str, str]:
    return {
        "ParentId": library.key,
        "IncludeItemTypes": kind,
        "Fields": ITEM_FIELDS,
        "CollapseBoxSetItems": "false",
        **listing_order("SortName,ProductionYear"),
        **query,
    }


def query_below(show: Item, kind: str) -> dict[str, str]:
    order = "IndexNumber" if kind == "Season" else "ParentIndexNumber,IndexNumber"
    return {
        "ParentId": show.key,
        "IncludeItemTypes": kind,
        "Fields": EPISODE_FIELDS,
        "IsMissing": "false",
        **listing_order(order),
    }


def listing_order(name: str) -> dict[str, str]:
    return {
        "Recursive": "true",
        "SortBy": name,
        "SortOrder": "Ascending",
        "ExcludeLocationTypes": "Virtual",
        "EnableTotalRecordCount": "true",
    }

"""Plex as a source: XML in pages, the token in a header."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain
from xml.etree.ElementTree import Element

from app.poster.kinds import Kind
from app.poster.records.ids import Medium
from app.poster.records.import_event import ImportEvent
from app.poster.records.library import Item, Library, LibraryContent, SourceArt, SourceName
from app.poster.sources.event_match import BestMatch, cut_to_event
from app.poster.sources.media_server import (
    SERVER_LIMITS,
    ServerSettings,
    explained,
    note_unnumbered,
    open_web_session,
    read_picture,
    require_libraries,
    seasons_with,
)
from app.poster.sources.plex_collections import COLLECTION_TYPE, plex_collection
from app.poster.sources.plex_rows import is_file_gone, plex_episodes, plex_item, plex_season
from app.poster.sources.plex_xml import NoContainer, number_of, read_container
from app.poster.sources.source import Note, SourceTrouble, ignore_note
from app.poster.web.endpoint import Limits
from app.poster.web.trouble import Trouble, WebTrouble

PAGE_SIZE = 1000
DETAILS_AT_ONCE = 50
CALLS_AT_ONCE = 4
CONTENTS = {"movie": (LibraryContent.FILMS, "1"), "show": (LibraryContent.SHOWS, "2")}
NO_LANGUAGE = ("xn", "")
KEYS_OF_SHOW = ("grandparentRatingKey", "parentRatingKey")


class PlexSource:
    """One Plex server."""

    name = SourceName.PLEX

    def __init__(self, server: ServerSettings, limits: Limits = SERVER_LIMITS, note: Note = ignore_note):
        self._server = server
        self._session = open_web_session(server, {"X-Plex-Token": server.key} if server.key else {}, limits)
        self._note = note
        self._takes_batches = True
        self._files_gone: Counter[str] = Counter()
        self._callers = ThreadPoolExecutor(CALLS_AT_ONCE)

    def libraries(self) -> Sequence[Library]:
        with explained(self._server, stops_run=True):
            found = [self._library(entry) for entry in self._ask("/library/sections")]
        return require_libraries(self._server, [library for library in found if library])

    def items(self, library: Library, kinds: frozenset[Kind]) -> Iterator[Item]:
        self._files_gone[library.key] = 0
        with explained(self._server, f"The listing of {library.name} is incomplete"):
            for item in self._items(library, {}):
                yield self._with_seasons(item, kinds)

    def collections(self, libraries: Sequence[Library]) -> Iterator[Item]:
        for library in libraries:
            with explained(self._server, f"The listing of the collections of {library.name} is incomplete"):
                entries = self._details(library, {"type": COLLECTION_TYPE})
                yield from filter(None, (plex_collection(entry, library) for entry in entries))

    def files_gone(self, library: Library) -> int:
        return self._files_gone[library.key]

    def find(self, event: ImportEvent, kinds: frozenset[Kind]) -> Iterator[Item]:
        libraries = self.libraries()
        with explained(self._server, "The item of the event cannot be looked up"):
            found = self._by_key(event, libraries) if event.key else self._by_facts(event, libraries)
            for item in found:
                yield cut_to_event(self._with_seasons(item, kinds), event)

    def read_art(self, art: SourceArt) -> bytes:
        return read_picture(self._session, art)

    def close(self) -> None:
        self._callers.shutdown(wait=False, cancel_futures=True)
        self._session.close()

    def _library(self, entry: Element) -> Library | None:
        """The library of an element, None for one that is excluded or of another kind."""
        name, kind, key = entry.get("title", ""), entry.get("type", ""), entry.get("key", "")
        if self._server.excludes(name) or not key:
            return None
        if kind not in CONTENTS:
            self._note(f"Library {name} holds neither films nor shows ({kind or 'no kind'}) and is left out")
            return None
        language = entry.get("language", "")
        content, _ = CONTENTS[kind]
        roots = tuple(filter(None, (place.get("path", "") for place in entry.findall("Location"))))
        return Library(
            SourceName.PLEX,
            key,
            name,
            content,
            "" if language in NO_LANGUAGE else language,
            roots,
            self._size(key, kind),
        )

    def _size(self, key: str, kind: str) -> int | None:
        """How many items a library has, None where the answer has no total."""
        try:
            page = self._page(key, {"type": CONTENTS[kind][1]}, 0, 0)
        except WebTrouble:
            return None
        return number_of(page, "totalSize")

    def _with_seasons(self, item: Item, kinds: frozenset[Kind]) -> Item:
        if item.medium is Medium.FILM or not kinds & {Kind.SEASON, Kind.TITLE_CARD}:
            return item
        entries = [entry for entry in self._children(item.key) if entry.get("type") == "season"]
        seasons = {season.number: season for entry in entries if (season := plex_season(entry))}
        nameless = sum(number_of(entry, "index") is None for entry in entries)
        if Kind.TITLE_CARD not in kinds:
            note_unnumbered(self._note, item.title, nameless, 0)
            return replace(item, seasons=tuple(season for _, season in sorted(seasons.items())))
        rows, unnumbered = [], 0
        children = self._callers.map(self._children, [season.key for season in seasons.values()])
        for number, entries in zip(seasons, children, strict=True):
            found, missing = plex_episodes(entries, number)
            self._files_gone[item.library.key] += sum(map(is_file_gone, entries))
            rows.extend(found)
            unnumbered += missing
        note_unnumbered(self._note, item.title, nameless, unnumbered)
        return replace(item, seasons=seasons_with(rows, seasons))

    def _by_key(self, event: ImportEvent, libraries: Sequence[Library]) -> Iterator[Item]:
        """The film or show of a rating key, which may be that of a season or an episode."""
        entry = self._detail(event.key)
        above = next((key for name in KEYS_OF_SHOW if entry is not None and (key := entry.get(name))), None)
        if entry is not None and above and entry.get("type") in ("season", "episode"):
            entry = self._detail(above)
        section = entry.get("librarySectionID", "") if entry is not None else ""
        library = next((one for one in libraries if one.key == section), None)
        item = plex_item(entry, library or libraries[0]) if entry is not None else None
        if item is None:
            self._note(f"Plex has no film or show with the rating key {event.key}; nothing is made")
        elif library is None and section:
            self._note(f"{item.title} lies in a library that is left out; nothing is made")
        else:
            yield item

    def _by_facts(self, event: ImportEvent, libraries: Sequence[Library]) -> Iterator[Item]:
        """Search by title first; where neither ids nor path are found, look through whole libraries."""
        kind = LibraryContent.FILMS if event.medium is Medium.FILM else LibraryContent.SHOWS
        fitting = [library for library in libraries if library.content is kind]
        best = BestMatch(event)
        searches = [{"title": event.title}, {}] if event.title else [{}]
        for query in searches:
            for item in chain.from_iterable(self._items(library, query) for library in fitting):
                best.offer(item)
            if best.is_sure:
                break
        yield from best.found(self._note)

    def _items(self, library: Library, query: Mapping[str, str]) -> Iterator[Item]:
        """The items of a library that fit the query, without their seasons."""
        for entry in self._details(library, query):
            if is_file_gone(entry):
                self._files_gone[library.key] += 1
            elif item := plex_item(entry, library):
                yield item

    def _details(self, library: Library, query: Mapping[str, str]) -> Iterator[Element]:
        """The detailed elements of all items of a library that fit the query, in the library's order."""
        for page in self._pages(library, query):
            for start in range(0, len(page), DETAILS_AT_ONCE):
                keys = [entry.get("ratingKey", "") for entry in page[start : start + DETAILS_AT_ONCE]]
                yield from self._detailed([key for key in keys if key.isalnum()])

    def _detailed(self, keys: Sequence[str]) -> Iterator[Element]:
        """The elements of the keys; those of items that are gone meanwhile are missing."""
        found = self._batch(keys) if self._takes_batches and len(keys) > 1 else {}
        missing = [key for key in keys if key not in found]
        if missing:
            found.update(zip(missing, self._callers.map(self._detail, missing), strict=True))
        for key in keys:
            entry = found[key]
            if entry is not None:
                yield entry

    def _batch(self, keys: Sequence[str]) -> dict[str, Element | None]:
        """Elements by key, as far as this server answers several keys at once."""
        try:
            rows = list(self._ask(f"/library/metadata/{','.join(keys)}", {"includeGuids": "1"}))
        except WebTrouble:
            rows = []
        self._takes_batches = len(rows) > 1
        return {row.get("ratingKey", ""): row for row in rows}

    def _detail(self, key: str) -> Element | None:
        """The element of one key, None where Plex does not know it any more."""
        try:
            rows = list(self._ask(f"/library/metadata/{key}", {"includeGuids": "1"}))
        except WebTrouble as trouble:
            if trouble.trouble is Trouble.NOT_FOUND:
                return None
            raise
        return rows[0] if rows else None

    def _children(self, key: str) -> list[Element]:
        return list(self._ask(f"/library/metadata/{key}/children", {"includeGuids": "1"}))

    def _pages(self, library: Library, query: Mapping[str, str]) -> Iterator[list[Element]]:
        """The rows of a library page by page, each row once also where the library changes meanwhile."""
        kind = next(kind for kind, (content, _) in CONTENTS.items() if content is library.content)
        parameters = {"type": CONTENTS[kind][1], "includeGuids": "1", **query}
        seen: set[str] = set()
        start, total = 0, None
        while total is None or start < total:
            page = self._page(library.key, parameters, start, PAGE_SIZE)
            rows = list(page)
            total = number_of(page, "totalSize") or (start + len(rows) if len(rows) != PAGE_SIZE else None)
            fresh = [row for row in rows if row.get("ratingKey") not in seen]
            seen.update(row.get("ratingKey", "") for row in fresh)
            if not rows and start < (total or 0):
                raise SourceTrouble(
                    f"The listing of {library.name} is incomplete: Plex gave {start} of {total} items; "
                    "start the run again when Plex has finished scanning"
                )
            if not fresh:
                return
            start += len(rows)
            yield fresh

    def _page(self, key: str, query: Mapping[str, str], start: int, size: int) -> Element:
        headers = {"X-Plex-Container-Start": str(start), "X-Plex-Container-Size": str(size)}
        return self._ask(f"/library/sections/{key}/all", query, headers)

    def _ask(
        self, path: str, query: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Element:
        content, _ = self._session.content(path, query or {}, headers or {})
        try:
            return read_container(content)
        except NoContainer as error:
            raise WebTrouble(Trouble.BROKEN, f"Plex: {error}") from error

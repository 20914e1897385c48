"""Collections (box sets) in the JSON of Jellyfin and Emby."""

from collections.abc import Iterable

from app.poster.kinds import Kind
from app.poster.records.ids import Medium
from app.poster.records.library import Item, Library, LibraryContent, SourceName
from app.poster.sources.jellyfin_rows import backdrops_of, labels_of, primary_of, provider_ids_of
from app.poster.sources.json_rows import Row, row_text
from app.poster.sources.written_ids import distinct

BOX_SETS = "boxsets"
USUAL_NAME = "Collections"
COLLECTION_QUERY = {
    "IncludeItemTypes": "BoxSet",
    "Fields": "ProviderIds,Tags,TagItems",
    "Recursive": "true",
    "SortBy": "SortName",
    "SortOrder": "Ascending",
    "EnableTotalRecordCount": "true",
}


def collection_library(folders: Iterable[Row], source: SourceName, language: str) -> Library:
    """The library that holds all box sets of the server; one of the usual name where none is listed."""
    found = next((row for row in folders if row_text(row, "CollectionType").lower() == BOX_SETS), {})
    key = row_text(found, "ItemId") or row_text(found, "Id") or BOX_SETS
    return Library(source, key, row_text(found, "Name") or USUAL_NAME, LibraryContent.MIXED, language)


def jellyfin_collection(row: Row, library: Library) -> Item | None:
    """The collection of a row; None for rows of another kind."""
    key, title = row_text(row, "Id"), row_text(row, "Name").strip()
    if row_text(row, "Type").lower() != "boxset" or not key or not title:
        return None
    return Item(
        library=library,
        key=key,
        medium=Medium.COLLECTION,
        title=title,
        ids=distinct(provider_ids_of(row, Medium.COLLECTION)),
        root_folder=title,
        labels=labels_of(row),
        art=(*primary_of(row, Kind.COLLECTION), *backdrops_of(row)),
    )

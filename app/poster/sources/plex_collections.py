"""Collections in the XML elements of Plex."""

from xml.etree.ElementTree import Element

from app.poster.kinds import Kind
from app.poster.records.ids import Medium
from app.poster.records.library import Item, Library, SourceArt
from app.poster.sources.plex_rows import element_art, guids_of

# How Plex numbers collections among the types of its listings.
COLLECTION_TYPE = "18"
# The address of a mosaic that Plex makes itself of the posters of a collection.
MOSAIC = "/composite/"


def plex_collection(entry: Element, library: Library) -> Item | None:
    """The collection of an element; None for other elements."""
    key, title = entry.get("ratingKey", ""), entry.get("title", "").strip()
    if entry.get("type") != "collection" or not key or not title:
        return None
    return Item(
        library=library,
        key=key,
        medium=Medium.COLLECTION,
        title=title,
        ids=guids_of(entry, Medium.COLLECTION),
        root_folder=title,
        labels=tuple(filter(None, (label.get("tag", "") for label in entry.findall("Label")))),
        art=(*poster_of(entry), *element_art(entry, "art", Kind.BACKGROUND)),
    )


def poster_of(entry: Element) -> tuple[SourceArt, ...]:
    found = element_art(entry, "thumb", Kind.COLLECTION)
    return tuple(art for art in found if MOSAIC not in art.where)

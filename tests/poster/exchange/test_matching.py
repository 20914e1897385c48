"""The same film on another server: ids first, then title and year; what is not sure is no match."""

from dataclasses import replace

import pytest

from app.poster.exchange.matching import Shelf
from app.poster.kinds import Kind
from app.poster.records.ids import Authority, Medium, ProviderId
from app.poster.records.library import Item, Library, LibraryContent, SourceArt, SourceName


def tmdb(value, medium=Medium.FILM):
    return ProviderId(Authority.TMDB, medium, value)


def imdb(value):
    return ProviderId(Authority.IMDB, Medium.FILM, value)


def film(title, year=1979, *ids, library="Movies", key="", **facts):
    place = Library(SourceName.PLEX, "1", library, LibraryContent.FILMS)
    key = key or f"{library} {title} {year}"
    art = (SourceArt(Kind.POSTER, key),)
    return Item(place, key, Medium.FILM, title, year=year, ids=ids, art=art, **facts)


ALIEN = film("Alien", 1979, tmdb("348"), imdb("tt0078748"))


@pytest.mark.parametrize(
    ("shelved", "sought", "found"),
    [
        ([ALIEN], film("Le huitième passager", 1980, tmdb("348")), ALIEN),
        ([ALIEN], film("Alien", 1979), ALIEN),
        ([film("Alien")], ALIEN, film("Alien")),
        ([film("ALIÉN")], film("alien"), film("ALIÉN")),
        ([film("X", original_title="Alien")], film("Alien"), film("X", original_title="Alien")),
        ([ALIEN], film("Alien", 2003), None),
        ([ALIEN], film("Alien", None), None),
        ([ALIEN], film("Alien", 1979, tmdb("999")), None),
        ([ALIEN], film("Aliens", 1979), None),
        ([ALIEN], replace(film("Alien"), medium=Medium.SHOW), None),
        ([ALIEN], film("X", 1, tmdb("348", Medium.SHOW)), None),
        ([film("Alien", key="a"), film("Alien", key="b")], film("Alien"), None),
        ([], ALIEN, None),
        (
            [film("Alien", 1979, tmdb("348"), library="4K"), ALIEN],
            film("Alien", 1979, tmdb("348"), library="movies"),
            ALIEN,
        ),
        (
            [film("Alien", library="4K"), film("Alien")],
            film("Alien", library="4K"),
            film("Alien", library="4K"),
        ),
    ],
)
def test_an_item_is_found_where_it_is_sure(shelved, sought, found):
    shelf = Shelf()
    for item in shelved:
        shelf.add(item)
    matched = shelf.match(sought)
    keys = [picture.place.item_key for picture in matched.pictures.values()] if matched else []
    assert keys == ([found.key] if found else [])

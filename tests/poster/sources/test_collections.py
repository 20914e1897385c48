"""The collections that media servers list."""

import pytest

from app.poster.kinds import Kind
from app.poster.records.ids import Medium
from app.poster.records.library import SourceName
from app.poster.sources.emby import EmbySource
from app.poster.sources.folder import FolderSource
from app.poster.sources.jellyfin import JellyfinSource
from app.poster.sources.media_server import ServerSettings
from app.poster.sources.plex import PlexSource
from app.poster.sources.source import SourceTrouble
from tests.doubles.loopback import serving
from tests.doubles.media_jellyfin import TOKEN as KEY
from tests.doubles.media_jellyfin import MediaJellyfin
from tests.doubles.media_plex import TOKEN, MediaPlex
from tests.doubles.media_world import COLLECTION, FILM, MediaItem, MediaLibrary, MediaWorld, alien
from tests.doubles.scripted import answering


def world(name):
    films = [alien()]
    found = [
        MediaItem(
            COLLECTION,
            "Alien Collection",
            labels=("x",),
            poster="a-poster.jpg",
            background="a-background.jpg",
        ),
        MediaItem(COLLECTION, "Bare", ids={"tmdb": "8091"}),
    ]
    libraries = [MediaLibrary("Movies", FILM, ("/movies",), films)]
    if name is SourceName.PLEX:
        films += found
    else:
        libraries.append(MediaLibrary("Box Sets", "boxsets", (), found))
    return MediaWorld(libraries)


KINDS = {
    SourceName.PLEX: (PlexSource, MediaPlex, TOKEN),
    SourceName.JELLYFIN: (JellyfinSource, MediaJellyfin, KEY),
    SourceName.EMBY: (EmbySource, lambda known: MediaJellyfin(known, "/emby"), KEY),
}


@pytest.fixture(params=KINDS, ids=lambda name: name.value)
def server(request):
    kind, make, key = KINDS[request.param]
    with serving(make(world(request.param))) as double:

        def opened(*excluded):
            return kind(ServerSettings(request.param, "Part", double.url, key, "Key", excluded))

        yield request.param, double, opened


def test_collections_are_no_films_and_have_names_ids_labels_and_art(server):
    name, _, opened = server
    source = opened()
    (movies,) = source.libraries()
    assert [item.title for item in source.items(movies, frozenset({Kind.POSTER}))] == ["Alien"]
    first, bare = source.collections([movies])
    assert {first.medium, bare.medium} == {Medium.COLLECTION}
    assert (first.root_folder, first.labels) == ("Alien Collection", ("x",))
    assert [art.kind for art in first.art] == [Kind.COLLECTION, Kind.BACKGROUND] and bare.art == ()
    assert first.library.name == ("Movies" if name is SourceName.PLEX else "Box Sets")
    assert [str(one) for one in bare.ids] == ["tmdb:collection:8091"]
    assert source.read_art(first.art[0])


def test_an_excluded_library_keeps_its_collections_to_itself(server):
    name, _, opened = server
    if name is not SourceName.PLEX:
        source = opened("Box Sets")
        assert list(source.collections(source.libraries())) == []


def test_a_listing_that_fails_says_so(server):
    name, double, opened = server
    source = opened()
    libraries = source.libraries()
    path = (
        f"/library/sections/{libraries[0].key}/all"
        if name is SourceName.PLEX
        else f"{getattr(double, 'root', '')}/Items"
    )
    double.misbehave(path, answering(500), always=True)
    with pytest.raises(SourceTrouble, match="The listing of the collections"):
        list(source.collections(libraries))


def test_a_mosaic_that_plex_makes_itself_is_no_poster():
    known = world(SourceName.PLEX)
    known.items()[1].facts["thumb"] = "/library/collections/5/composite/17"
    with serving(MediaPlex(known)) as double:
        source = PlexSource(ServerSettings(SourceName.PLEX, "Part", double.url, TOKEN, "Key"))
        first, _ = source.collections(source.libraries())
    assert [art.kind for art in first.art] == [Kind.BACKGROUND]


def test_a_folder_has_none(tmp_path):
    assert list(FolderSource(tmp_path).collections([])) == []

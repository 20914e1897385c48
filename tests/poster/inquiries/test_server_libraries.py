"""Libraries, items and actions of a media server, asked at an address that is given."""

import pytest

from app.poster.inquiries.inquiry import BadInquiry
from app.poster.inquiries.table import respond
from tests.doubles.acting_servers import ActingJellyfin, ActingPlex
from tests.doubles.loopback import breaking, serving
from tests.doubles.media_jellyfin import TOKEN as JELLYFIN_KEY
from tests.doubles.media_plex import TOKEN as PLEX_TOKEN
from tests.doubles.media_world import MediaLibrary, many_films, small_media
from tests.poster.inquiries.asking import make_inquiry


@pytest.fixture
def plex():
    with serving(ActingPlex(small_media())) as server:
        yield server


def asked_of(double, name, **given):
    key = PLEX_TOKEN if isinstance(double, ActingPlex) else JELLYFIN_KEY
    return respond(name, make_inquiry(**{"url": double.url, "key": key, **given}))


def test_the_libraries_of_plex_have_keys_and_those_of_the_others_ids(plex):
    found = asked_of(plex, "libraries", server="plex")
    assert found == {
        "libraries": [
            {"name": "Movies", "type": "movie", "key": "1"},
            {"name": "TV Shows", "type": "show", "key": "3"},
        ]
    }
    for server, root in (("jellyfin", ""), ("emby", "/emby")):
        with serving(ActingJellyfin(small_media(), root)) as double:
            double.world.libraries.append(MediaLibrary("All", None, ("/all",)))
            found = asked_of(double, "libraries", server=server)
        assert [(row["name"], row["type"]) for row in found["libraries"]] == [
            *(("Movies", "movies"), ("TV Shows", "tvshows"), ("All", "mixed"))
        ]
        assert all(row["id"] for row in found["libraries"])


def test_a_newer_emby_answers_its_libraries_as_a_page():
    with serving(ActingJellyfin(small_media(), "/emby")) as emby:
        emby.misbehave("/emby/Library/VirtualFolders", lambda handler: handler.send(404))
        rows = b'{"Items": [{"Name": "Films", "CollectionType": "movies", "ItemId": "7"}, 3]}'
        emby.misbehave("/emby/Library/VirtualFolders/Query", lambda handler: handler.send(200, rows))
        found = asked_of(emby, "libraries", server="emby")
    assert found == {"libraries": [{"name": "Films", "type": "movies", "id": "7"}]}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"key": "wrong"}, "refused the key (401);"),
        ({"key": ""}, "key of Plex is missing."),
        ({"url": "nas:32400"}, "try http://nas:32400."),
    ],
)
def test_what_goes_wrong_is_a_sentence(plex, given, said):
    assert said in asked_of(plex, "libraries", server="plex", **given)["error"]
    assert said in asked_of(plex, "plex-items", library_key="1", **given)["error"]


def test_another_kind_of_server_is_named(plex):
    found = asked_of(plex, "libraries", server="jellyfin")
    assert "is Plex, not Jellyfin" in found["error"]


def test_items_have_the_folder_that_holds_them(plex):
    (film,) = asked_of(plex, "plex-items", library_key="1")["items"]
    assert film == {
        **{"title": "Alien", "year": 1979, "type": "movie"},
        **{"folderName": "Alien (1979)", "ratingKey": str(plex.world.items()[0].key)},
    }
    (show,) = asked_of(plex, "plex-items", library_key="3")["items"]
    assert (show["type"], show["folderName"]) == ("show", "Dark (2017)")
    assert "(404)" in asked_of(plex, "plex-items", library_key="99")["error"]


def test_a_large_library_comes_in_pages_and_each_item_once():
    with serving(ActingPlex(many_films(2100))) as plex:
        found = asked_of(plex, "plex-items", library_key="1")["items"]
        assert len(plex.paths("/all")) == 3
    assert len({item["ratingKey"] for item in found}) == len(found) == 2100


@pytest.mark.parametrize(
    ("given", "method", "path"),
    [
        ({"action": "refresh_item", "key_of_item": "3"}, "PUT", "/library/metadata/3/refresh"),
        ({"action": "analyze_item", "key_of_item": "3"}, "PUT", "/library/metadata/3/analyze"),
        ({"action": "scan_library", "library": "tv shows"}, "GET", "/library/sections/3/refresh"),
        ({"action": "empty_trash", "library": "Movies"}, "PUT", "/library/sections/1/emptyTrash"),
    ],
)
def test_plex_does_what_it_is_told(plex, given, method, path):
    plex.world.items()[0].key = 3
    assert "Plex" in asked_of(plex, "server-action", server="plex", **given)["message"]
    assert plex.acted == [(method, path, {})]


def test_what_plex_does_not_have_is_not_found(plex):
    unknown = {"action": "refresh_item", "key_of_item": "9"}
    for given in ({"action": "scan_library", "library": "Films"}, unknown):
        found = asked_of(plex, "server-action", server="plex", **given)
        assert (found["status_code"], plex.acted) == (404, []) and found["error"]
    plex.misbehave("/library/metadata", breaking, always=True)
    found = asked_of(plex, "server-action", server="plex", **unknown)
    assert found["status_code"] == 500


@pytest.mark.parametrize("root", ["", "/emby"])
@pytest.mark.parametrize(
    ("action", "modes"),
    [("refresh_item", ("FullRefresh", "Default")), ("refresh_images", ("ValidationOnly", "FullRefresh"))],
)
def test_jellyfin_and_emby_replace_nothing_when_they_refresh(root, action, modes):
    with serving(ActingJellyfin(small_media(), root)) as double:
        given = {"action": action, "key_of_item": str(double.world.items()[0].key)}
        asked_of(double, "server-action", server="emby" if root else "jellyfin", **given)
        ((_, _, query),) = double.acted
    assert (query["MetadataRefreshMode"], query["ImageRefreshMode"]) == modes
    assert (query["ReplaceAllImages"], query["ReplaceAllMetadata"]) == ("false", "false")


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("libraries", {"server": "kodi"}),
        ("plex-items", {"library_key": "../1"}),
        ("server-action", {"server": "kodi", "action": "refresh_item"}),
        ("server-action", {"server": "plex", "action": "refresh_images"}),
        ("server-action", {"server": "plex", "action": "refresh_item", "key_of_item": "3/x"}),
        ("server-action", {"server": "jellyfin", "action": "refresh_item", "key_of_item": "3?x"}),
    ],
)
def test_what_no_server_has_is_refused_before_anybody_is_asked(name, given):
    with pytest.raises(BadInquiry):
        respond(name, make_inquiry(url="http://127.0.0.1:9", key="k", **given))

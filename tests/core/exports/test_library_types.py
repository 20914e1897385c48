"""A library's type is what the latest export of any media server tells."""

import pytest

from app.core.exports.library_types import LibraryTypes
from app.core.exports.sheets import OTHER, OTHER_LIBRARY
from tests import exported
from tests.trees import index, make_tree


@pytest.fixture
def export(client, machine):
    """Answers a function that imports libraries with their types, from Plex unless told otherwise."""

    def imported(kind="plex", **types):
        sheet = OTHER_LIBRARY if kind == OTHER else None
        make = exported.make_film if sheet is None else lambda **facts: exported.make_row(sheet, **facts)
        rows = [make(library_name=name, library_type=told) for name, told in types.items()]
        exported.write_pair(machine.paths.logs, kind, rows)
        address = "plex-export" if kind == "plex" else "other-media-export"
        assert client.post(f"/api/{address}/import").json["success"]

    return imported


def told(machine, *libraries):
    with machine.database.reading() as session:
        types = LibraryTypes(session)
        return [types.holds_shows(library) for library in libraries]


@pytest.mark.parametrize(
    ("word", "known"),
    [("show", True), ("Series", True), ("tvshows", True), ("movie", False), ("music", None)],
)
def test_the_word_of_the_export_is_understood(machine, export, word, known):
    export(Anime=word)
    assert told(machine, "Anime") == [known]


def test_both_kinds_of_media_servers_are_asked(machine, export):
    export(Anime="show")
    export(OTHER, Kids="movie")
    assert told(machine, "Anime", "Kids", "Elsewhere", "", "Collections") == [True, False, None, None, None]


def test_only_the_latest_export_counts(machine, export):
    export(Anime="show", Gone="show")
    export(Anime="movie")
    assert told(machine, "Anime", "Gone") == [False, None]


def test_an_image_is_called_after_the_type_of_its_library_wherever_it_is_told(client, machine, export):
    (machine.paths.data / "assets").mkdir()
    machine.paths.config.write_text('{"PrerequisitePart": {"AssetPath": "assets"}}')
    make_tree(machine.paths.data / "assets", "Anime/Bleach/poster.jpg", "Anime/Bleach/background.jpg")
    index(machine)
    assert kinds(client) == {"Movie", "Movie Background"}
    export(Anime="show")
    assert kinds(client) == {"Show", "Show Background"}


def kinds(client):
    browsed = client.get("/api/folder-view/browse?path=Anime/Bleach").json["items"]
    recent = client.get("/api/recent-assets").json["assets"]
    poster = client.get("/api/gallery").json["images"][0]["type"]
    background = client.get("/api/assets-folder-images/backgrounds/Anime").json["images"][0]["type"]
    found = {item["full_type"] for item in browsed}
    assert {asset["type"] for asset in recent} == found == {poster, background}
    return found


def test_the_type_of_a_library_can_be_asked_for(client, export, anonymous):
    export(**{"TV & more #1": "show"})
    found = client.get("/api/asset-type-lookup?library_name=TV%20%26%20more%20%231").json
    assert found == {"success": True, "library_name": "TV & more #1", "media_type": "show"}
    missing = client.get("/api/asset-type-lookup?library_name=nowhere").json
    assert (missing["success"], missing["media_type"], bool(missing["error"])) == (False, None, True)
    for query in ("", "library_name=", "library_name=a%00"):
        assert client.get(f"/api/asset-type-lookup?{query}").status_code == 400
    assert anonymous.get("/api/asset-type-lookup?library_name=x").status_code == 401

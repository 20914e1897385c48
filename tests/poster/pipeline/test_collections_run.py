"""Collections of media servers get posters and backgrounds, of TMDB or of the user's own."""

import json
from contextlib import closing

import pytest

from app.poster.records.library import SourceName
from app.poster.records.server_art import Place, Slot
from app.poster.script.exits import ExitCode
from app.poster.sources.media_server import ServerSettings
from app.poster.uploading.plex import PlexReceiver
from tests.doubles.coded_pictures import code_of, read_code
from tests.doubles.loopback import serving
from tests.doubles.media_jellyfin import TOKEN as KEY
from tests.doubles.media_jellyfin import MediaJellyfin
from tests.doubles.media_plex import TOKEN, MediaPlex
from tests.doubles.media_world import COLLECTION, FILM, MediaItem, MediaLibrary, MediaWorld, alien
from tests.doubles.provider_doubles import serving_providers
from tests.doubles.scripted import answering
from tests.doubles.world import BACKGROUND, POSTER, TMDB, Art, Collection, World
from tests.poster.pipeline.media import choices, contents, made, two_colored
from tests.poster.program import read_log, read_outcome, run_script, write_config

KEYS = {"Plex": ("PlexToken", TOKEN), "Jellyfin": ("JellyfinAPIKey", KEY), "Emby": ("EmbyAPIKey", KEY)}
SERVERS = ("Plex", "Jellyfin", pytest.param("Emby", marks=pytest.mark.slow))
FOUND = [
    Art(TMDB, POSTER, "aliens-tmdb-textless.jpg"),
    Art(TMDB, BACKGROUND, "aliens-tmdb-background.jpg", size=(3840, 2160)),
]


class Site:
    """One server with a film, a collection that TMDB has and one that only the server has."""

    def __init__(self, name, data):
        self.name, self.data = name, data
        ids = {} if name == "Plex" else {"tmdb": "8091"}
        title = "Alien Collection" if name == "Plex" else "Aliens and others"
        self.known = MediaItem(COLLECTION, title, ids=ids)
        self.own = MediaItem(COLLECTION, "Mine: own?", poster="mine-server-poster.jpg")
        movies = MediaLibrary("Movies", FILM, ("/movies",), [alien()])
        libraries = [movies]
        if name == "Plex":
            movies.items += [self.known, self.own]
        else:
            libraries.append(
                MediaLibrary("Box Sets", "boxsets", ("/config/collections",), [self.known, self.own])
            )
        self.folder = f"Collections/{libraries[-1].name}"
        world = MediaWorld(libraries)
        self.double = (
            MediaPlex(world) if name == "Plex" else MediaJellyfin(world, "/emby" if name == "Emby" else "")
        )

    def run(self, *arguments, own=None, **common):
        parts = {f"{name}Part": {f"Use{name}": "false"} for name in KEYS}
        key, value = KEYS[self.name]
        server = {f"Use{self.name}": "true", f"{self.name}Url": self.double.url, "LibstoExclude": []}
        api = {**self.providers.keys, "WidthHeightFilter": "false", key: value}
        parts |= {f"{self.name}Part": server, "ApiPart": api}
        write_config(self.data, PrerequisitePart={"BackgroundPosters": "true", **common}, **parts)
        (self.data / "engine.json").write_text(json.dumps({"CollectionArt": "true", **(own or {})}))
        manual = str(self.data / "manual")
        return run_script(self.data, *arguments, MANUAL_ASSET_PATH=manual, **self.providers.environment)


def opened(name, data):
    site = Site(name, data)
    world = World(
        collections=[Collection("Alien Collection", 8091, FOUND), Collection("Alien Nation", 9, [])]
    )
    return site, serving(site.double), serving_providers(world)


@pytest.fixture(params=SERVERS)
def site(request, tmp_path):
    site, server, providers = opened(request.param, tmp_path / "data")
    with server, providers as site.providers:
        yield site


@pytest.fixture
def plex(tmp_path):
    site, server, providers = opened("Plex", tmp_path / "data")
    with server, providers as site.providers:
        yield site


def of_collections(data):
    return {path: read_code(content) for path, content in contents(data).items() if "Collections/" in path}


def test_collections_are_found_by_id_or_name_and_lie_in_a_folder_of_their_own(site):
    site.run()
    assert of_collections(site.data) == {
        f"{site.folder}/{site.known.title}/poster.jpg": code_of("aliens-tmdb-textless.jpg"),
        f"{site.folder}/{site.known.title}/background.jpg": code_of("aliens-tmdb-background.jpg"),
        f"{site.folder}/Mine_ own_/poster.jpg": code_of("mine-server-poster.jpg"),
    }
    rows = {(row["Title"], row["Type"]) for row in choices(site.data) if row["Title"] != "Alien"}
    assert (site.known.title, "Collection") in rows and (site.known.title, "Background") in rows
    assert read_outcome(site.data, "normal.json")["Collections"] == 2
    exported = "".join(path.read_text("utf-8") for path in (site.data / "Logs").glob("*xport.csv"))
    assert "Alien" in exported and site.own.title not in exported


@pytest.mark.slow
def test_own_pictures_come_first_then_the_template_of_the_library(plex):
    manual = plex.data / "manual" / "Collections" / "Movies"
    (manual / "Alien Collection").mkdir(parents=True)
    two_colored(manual / "Alien Collection" / "poster.png", "navy")
    two_colored(manual / "CollectionTemplate.jpg", "maroon")
    plex.run(BackgroundPosters="false")
    sources = {row["Title"]: row["Download Source"] for row in choices(plex.data)}
    assert sources["Alien Collection"].endswith("Alien Collection/poster.png")
    assert sources["Mine: own?"].endswith("CollectionTemplate.jpg")


@pytest.mark.slow
def test_flat_folders_a_label_and_the_setting_are_kept(plex):
    plex.own.labels = ("skip_posterizarr",)
    plex.run(own={"CollectionArt": "false"}, LibraryFolders="false")
    assert of_collections(plex.data) == {}
    plex.run(LibraryFolders="false")
    assert list(of_collections(plex.data)) == [
        "Collections/Alien Collection_background.jpg",
        "Collections/Alien Collection_poster.jpg",
    ]


@pytest.mark.slow
def test_collections_that_cannot_be_listed_fail_alone_and_nothing_is_cleaned_up_for_them(plex):
    plex.run()
    before = made(plex.data)
    path = f"/library/metadata/{plex.known.key},{plex.own.key}"
    plex.double.misbehave(path, answering(500), always=True)
    plex.double.misbehave(f"/library/metadata/{plex.known.key}", answering(500), always=True)
    assert plex.run(AssetCleanup="true").returncode == ExitCode.FAILED
    assert "The listing of the collections of Movies is incomplete" in read_log(plex.data, "Scriptlog.log")
    assert made(plex.data) == before


@pytest.mark.slow
def test_posters_of_collections_and_square_pictures_go_up_like_others(plex):
    plex.run(own={"SquareArt": "true"}, PlexUpload="true")
    server = ServerSettings(SourceName.PLEX, "Part", plex.double.url, TOKEN, "Key")
    with closing(PlexReceiver(server)) as receiver:
        for slot, name in (
            (Slot.POSTER, "poster"),
            (Slot.BACKGROUND, "background"),
            (Slot.SQUARE, "square"),
        ):
            place = Place(SourceName.PLEX, str(plex.known.key), slot)
            shown = receiver.read(place, receiver.shown(place))
            assert shown == contents(plex.data)[f"Collections/Movies/Alien Collection/{name}.jpg"]

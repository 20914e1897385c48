"""The settings choose one source, or say what to set."""

import json

import pytest

from app.poster.records.environment import Environment, read_environment
from app.poster.records.library import SourceName
from app.poster.settings import read_settings
from app.poster.sources.source import SourceTrouble
from app.poster.sources.table import open_source
from tests.doubles.loopback import serving
from tests.doubles.media_jellyfin import TOKEN as KEY
from tests.doubles.media_jellyfin import MediaJellyfin
from tests.doubles.media_plex import TOKEN, MediaPlex
from tests.doubles.media_world import small_media

OFF = {
    "PlexPart": {"UsePlex": "false"},
    "JellyfinPart": {"UseJellyfin": "false"},
    "EmbyPart": {"UseEmby": "false"},
}


@pytest.fixture
def settings(tmp_path):
    def write(**parts):
        path = tmp_path / "config.json"
        merged = {name: {**OFF.get(name, {}), **parts.get(name, {})} for name in {**OFF, **parts}}
        path.write_text(json.dumps(merged))
        return read_settings(path)

    return write


def test_a_folder_is_the_source_where_no_server_is_used(settings, tmp_path):
    media = small_media().lay_out(tmp_path / "media")
    source = open_source(settings(), Environment(media=media), tmp_path / "cache")
    assert source.name is SourceName.FOLDER
    assert [library.name for library in source.libraries()] == ["Movies", "TV Shows"]


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [("Plex", "PlexToken", TOKEN), ("Jellyfin", "JellyfinAPIKey", KEY), ("Emby", "EmbyAPIKey", KEY)],
)
def test_the_server_that_is_used_is_the_source(settings, name, key, value):
    world = small_media()
    double = MediaPlex(world) if name == "Plex" else MediaJellyfin(world, "/emby" if name == "Emby" else "")
    with serving(double):
        address = double.url.removesuffix("/emby")
        part = {f"Use{name}": "true", f"{name}Url": f" {address}/", "LibstoExclude": ["tv shows"]}
        configured = settings(**{f"{name}Part": part, "ApiPart": {key: f"{value} "}})
        source = open_source(configured, Environment())
        assert source.name.value == name
        assert [library.name for library in source.libraries()] == ["Movies"]
        source.close()


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({}, "set UsePlex, UseJellyfin or UseEmby to true.* or set MEDIA_PATH"),
        (
            {"PlexPart": {"UsePlex": "true"}, "EmbyPart": {"UseEmby": "true"}},
            "UsePlex and UseEmby are all true in config.json; set all but one to false",
        ),
        ({"PlexPart": {"UsePlex": "true", "PlexUrl": "plex:32400"}}, "PlexPart.PlexUrl is no http or https"),
        ({"PlexPart": {"UsePlex": "true", "PlexUrl": "http://x:0x"}}, "PlexPart.PlexUrl is no http or https"),
        (
            {"PlexPart": {"UsePlex": "true", "PlexUrl": "http://x"}, "ApiPart": {"PlexToken": "a\nb"}},
            "ApiPart.PlexToken has characters that no key has",
        ),
    ],
)
def test_what_cannot_work_is_said_with_what_to_set(settings, parts, words):
    with pytest.raises(SourceTrouble, match=words) as raised:
        open_source(settings(**parts), Environment())
    assert raised.value.stops_run


def test_a_media_path_that_is_no_folder_is_named(settings, tmp_path):
    with pytest.raises(SourceTrouble, match="MEDIA_PATH names .*, which is no folder"):
        open_source(settings(), Environment(media=tmp_path / "missing"))


def over_tls(settings, server, tmp_path, **variables):
    configured = settings(PlexPart={"UsePlex": "true", "PlexUrl": server.url}, ApiPart={"PlexToken": TOKEN})
    return open_source(configured, read_environment(variables, tmp_path))


def test_an_untrusted_certificate_names_the_setting(settings, tls_server, tmp_path):
    with pytest.raises(SourceTrouble, match="certificate.*MEDIA_SERVER_CERTIFICATE") as raised:
        over_tls(settings, tls_server, tmp_path).libraries()
    assert raised.value.stops_run


@pytest.mark.parametrize("by", ["authority", "fingerprint"])
def test_a_certificate_of_the_setting_is_trusted_for_lists_and_pictures(settings, tls_server, tmp_path, by):
    certificate = tls_server.authority.name if by == "authority" else tls_server.fingerprint
    source = over_tls(settings, tls_server, tmp_path, MEDIA_SERVER_CERTIFICATE=certificate)
    (film,) = source.items(source.libraries()[0], frozenset())
    assert source.read_art(film.art[0])


def test_a_certificate_for_another_name_is_trusted_by_fingerprint_only(
    settings, renamed_tls_server, tmp_path
):
    server = renamed_tls_server
    with pytest.raises(SourceTrouble, match="certificate.*MEDIA_SERVER_CERTIFICATE"):
        over_tls(settings, server, tmp_path, MEDIA_SERVER_CERTIFICATE=str(server.authority)).libraries()
    colons = ":".join(server.fingerprint[place : place + 2].upper() for place in range(0, 64, 2))
    assert len(over_tls(settings, server, tmp_path, MEDIA_SERVER_CERTIFICATE=colons).libraries()) == 2

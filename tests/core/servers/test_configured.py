"""Which media server config.json names."""

import json

import pytest

from app.core.config_file import ConfigFile
from app.core.servers.configured import configured_server


@pytest.fixture
def named(tmp_path):
    """The server that a config.json with these sections names."""

    def read(**sections):
        path = tmp_path / "config.json"
        path.write_text(json.dumps(sections))
        return configured_server(ConfigFile(path))

    return read


PLEX = {"UsePlex": "true", "PlexUrl": "http://plex:32400"}


@pytest.mark.parametrize(
    ("section", "settings", "token", "name"),
    [
        ("PlexPart", PLEX, "PlexToken", "Plex"),
        ("JellyfinPart", {"UseJellyfin": True, "JellyfinUrl": "https://j"}, "JellyfinAPIKey", "Jellyfin"),
        ("EmbyPart", {"UseEmby": "True", "EmbyUrl": "http://e/emby"}, "EmbyAPIKey", "Emby"),
    ],
)
def test_each_kind_is_found(named, section, settings, token, name):
    server = named(**{section: settings, "ApiPart": {token: "secret"}})
    assert (server.name, server.token) == (name, "secret")


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("http://e:8096", "http://e:8096/emby"),
        ("http://e:8096/", "http://e:8096/emby"),
        ("http://e:8096/emby", "http://e:8096/emby"),
        ("https://home/media/emby/", "https://home/media/emby/"),
    ],
)
def test_emby_answers_below_a_path_of_its_own(named, told, asked):
    part = {"UseEmby": "true", "EmbyUrl": told}
    assert named(EmbyPart=part, ApiPart={"EmbyAPIKey": "secret"}).url == asked


@pytest.mark.parametrize(
    ("settings", "token"),
    [
        ({**PLEX, "UsePlex": "false"}, "secret"),
        ({**PLEX, "PlexUrl": "plex:32400"}, "secret"),
        ({**PLEX, "PlexUrl": "http://[half"}, "secret"),
        ({**PLEX, "PlexUrl": 5}, "secret"),
        (PLEX, ""),
        (PLEX, "line\nbreak"),
        (PLEX, "gehe\u00efm"),
        (PLEX, None),
    ],
)
def test_what_cannot_be_asked_is_none(named, settings, token):
    assert named(PlexPart=settings, ApiPart={"PlexToken": token}) is None


def test_without_a_readable_file_there_is_none(tmp_path):
    assert configured_server(ConfigFile(tmp_path / "config.json")) is None

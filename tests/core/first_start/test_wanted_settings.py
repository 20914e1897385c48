"""Entries become settings, and settings become entries."""

import pytest

from app.core.config_file import default_config
from app.core.first_start.draft import Draft, with_entries
from app.core.first_start.wanted_settings import entries_of_settings, saved_secrets, wanted_settings

OFF = {"PlexPart": {"UsePlex": "false"}, "JellyfinPart": {"UseJellyfin": "false"}}


def wanted(left_out=None, design=None, **entries):
    return wanted_settings(with_entries(Draft(left_out=left_out or {}), entries), design or {})


def test_a_server_is_switched_on_alone_with_its_libraries_key_and_certificate():
    found = wanted(
        {"jellyfin": ["Home"], "plex": ["Other"]},
        source="jellyfin",
        jellyfin_url="http://nas:8096",
        jellyfin_key="k",
        jellyfin_certificate="ab" * 32,
        plex_url="http://other",
        plex_key="of another source",
        tmdb="token",
    )
    assert found == {
        "PlexPart": {"UsePlex": "false"},
        "JellyfinPart": {
            "UseJellyfin": "true",
            "JellyfinUrl": "http://nas:8096",
            "LibstoExclude": ["Home"],
        },
        "EmbyPart": {"UseEmby": "false"},
        "EnginePart": {"JellyfinCertificate": "ab" * 32},
        "ApiPart": {"JellyfinAPIKey": "k", "tmdbtoken": "token"},
    }


def test_a_server_that_was_not_listed_keeps_what_it_leaves_out_and_a_key_that_is_not_entered_stays():
    found = wanted(source="plex", plex_url="http://nas", upload="true")
    assert found["PlexPart"] == {"UsePlex": "true", "PlexUrl": "http://nas"}
    assert found["PrerequisitePart"] == {"PlexUpload": "true"} and "ApiPart" not in found


def test_a_folder_and_the_demo_switch_every_server_off():
    folder = wanted({"folder": ["a", "b"]}, source="folder", folder="/media")
    assert folder["EnginePart"] == {"MediaPath": "/media", "MediaExclude": "a/b"}
    demo = wanted(source="demo", folder="/media")
    assert demo["EnginePart"] == {"MediaPath": "", "MediaExclude": ""}
    for found in (folder, demo):
        assert {name: found[name] for name in OFF} == OFF


def test_the_settings_of_a_design_are_merged_with_the_others():
    design = {"PrerequisitePart": {"font": "x.ttf"}, "PosterOverlayPart": {"AddBorder": "true"}}
    found = wanted(design=design, source="plex", plex_url="u")
    assert found["PrerequisitePart"] == {"font": "x.ttf", "PlexUpload": "false"}
    assert found["PosterOverlayPart"] == {"AddBorder": "true"}


@pytest.mark.parametrize(
    ("changes", "media", "entries"),
    [
        ({}, "", {}),
        ({}, "/media", {"source": "folder", "folder": "/media"}),
        ({"EmbyPart": {"UseEmby": "true", "EmbyUrl": "u"}}, "/m", {"source": "emby", "emby_url": "u"}),
        ({"EmbyPart": 7, "PrerequisitePart": {"PlexUpload": "true"}}, "", {"upload": "true"}),
    ],
)
def test_settings_are_the_entries_where_none_are_made_yet(changes, media, entries):
    assert entries_of_settings({**default_config(), **changes}, media) == entries


def test_secrets_that_are_saved_are_named_and_not_shown():
    keys = {"PlexToken": "a", "tmdbtoken": "b", "EmbyAPIKey": ""}
    assert saved_secrets({"ApiPart": keys}) == {"plex_key", "tmdb"}
    assert saved_secrets({"ApiPart": None}) == frozenset()

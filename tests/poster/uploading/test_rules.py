"""Which pictures go up, by the settings of each server."""

import pytest

from app.poster.records.environment import Environment, KometaOverlay
from app.poster.records.library import SourceName
from app.poster.uploading.rules import UploadRules, read_upload_rules
from tests.poster.offers import settings_with

PLEX, JELLYFIN, EMBY, FOLDER = SourceName.PLEX, SourceName.JELLYFIN, SourceName.EMBY, SourceName.FOLDER
ON, OFF = {"PlexUpload": "true"}, {}


def existing(server: SourceName) -> dict:
    return {f"{server.value}Part__UploadExistingAssets": "true"}


@pytest.mark.parametrize(
    ("server", "stored", "is_triggered", "made", "found"),
    [
        (FOLDER, ON, True, False, False),
        (PLEX, OFF, False, False, False),
        (PLEX, OFF, True, False, False),
        (PLEX, ON, False, True, False),
        (PLEX, ON, True, True, True),
        (PLEX, existing(PLEX), False, False, True),
        (JELLYFIN, OFF, False, True, False),
        (EMBY, OFF, True, True, True),
        (EMBY, existing(EMBY), False, True, True),
        (EMBY, existing(JELLYFIN), False, True, False),
    ],
)
def test_new_and_existing_pictures_go_up_as_the_settings_say(server, stored, is_triggered, made, found):
    rules = read_upload_rules(settings_with(**stored), Environment(), server, is_triggered)
    assert (rules.sends_made, rules.sends_existing, rules.is_on) == (made, found, made or found)


def test_the_other_switches_have_their_own_places():
    assert read_upload_rules(settings_with(), Environment(), PLEX) == UploadRules()
    settings = settings_with(EmbyPart__ReplaceThumbwithBackdrop="true", DisableHashValidation="true")
    environment = Environment(kometa_overlay=KometaOverlay.REPLACE)
    rules = read_upload_rules(settings, environment, EMBY, taken=frozenset("a"))
    assert rules == UploadRules(
        sends_made=True, with_thumb=True, always=True, replaces_overlay=True, taken=frozenset("a")
    )

"""Which receiver the settings open."""

import json

import pytest

from app.poster.records.environment import Environment
from app.poster.records.library import SourceName
from app.poster.settings import DEFAULTS, Settings
from app.poster.sources.source import SourceTrouble
from app.poster.uploading.emby import EmbyReceiver
from app.poster.uploading.jellyfin import JellyfinReceiver
from app.poster.uploading.plex import PlexReceiver
from app.poster.uploading.table import open_receiver

PACKAGED = json.loads(DEFAULTS.read_text("utf-8"))


@pytest.mark.parametrize(
    ("switched", "name", "opened"),
    [
        ({}, None, None),
        ({"PlexPart": {"UsePlex": "true"}}, None, PlexReceiver),
        ({"JellyfinPart": {"UseJellyfin": "true"}}, None, JellyfinReceiver),
        ({"EmbyPart": {"UseEmby": "true"}}, None, EmbyReceiver),
        ({"EmbyPart": {"UseEmby": "true"}}, SourceName.PLEX, PlexReceiver),
        ({}, SourceName.FOLDER, None),
    ],
)
def test_the_receiver_is_the_source_that_is_switched_on_or_the_one_that_is_named(switched, name, opened):
    addresses = {"PlexUrl": "http://p", "JellyfinUrl": "http://j", "EmbyUrl": "http://e"}
    parts = {f"{one.removesuffix('Url')}Part": {one: address} for one, address in addresses.items()}
    config = {part: {**facts, **switched.get(part, {})} for part, facts in parts.items()}
    receiver = open_receiver(Settings(config, PACKAGED), Environment(), name)
    assert type(receiver) is (opened or type(None))


def test_settings_that_cannot_be_used_are_said():
    both = {"PlexPart": {"UsePlex": "true"}, "EmbyPart": {"UseEmby": "true"}}
    for config in (both, {"PlexPart": {"UsePlex": "true", "PlexUrl": "nowhere"}}):
        with pytest.raises(SourceTrouble, match="UsePlex|PlexUrl"):
            open_receiver(Settings(config, PACKAGED), Environment())

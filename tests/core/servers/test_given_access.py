"""A saved key is sent to the saved address, and elsewhere for administrators only."""

import json

import pytest

from app.core.config_file import ConfigFile
from app.core.errors import Forbidden
from app.core.servers.given_access import Access, given_access
from app.core.servers.libraries import libraries_left_out
from app.core.settings.masking import MASK

SAVED = "http://plex:32400"


def config_with(tmp_path, excluded=(), url=SAVED, key="saved"):
    path = tmp_path / "config.json"
    part = {"PlexUrl": url, "LibstoExclude": excluded}
    path.write_text(json.dumps({"PlexPart": part, "ApiPart": {"PlexToken": key}}))
    return ConfigFile(path)


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ({}, Access(SAVED, "saved")),
        ({"url": None, "key": None}, Access(SAVED, "saved")),
        ({"url": " ", "key": MASK}, Access(SAVED, "saved")),
        ({"url": "HTTP://plex:32400/path/", "key": MASK}, Access("HTTP://plex:32400/path/", "saved")),
        ({"url": "http://other", "key": "own"}, Access("http://other", "own")),
        ({"url": MASK, "key": MASK}, Access(SAVED, "saved")),
        ({"key": "own"}, Access(SAVED, "own")),
    ],
)
def test_what_is_not_sent_is_the_saved_one(tmp_path, sent, found):
    assert given_access(config_with(tmp_path), "plex", sent, may_send_anywhere=False) == found


@pytest.mark.parametrize(
    "url", ["http://other:32400", "https://plex:32400", "http://plex", "http://[", "plex:32400"]
)
@pytest.mark.parametrize("key", [None, "", MASK])
def test_the_saved_key_goes_to_another_address_for_administrators_only(tmp_path, url, key):
    config, sent = config_with(tmp_path), {"url": url, "key": key}
    with pytest.raises(Forbidden, match="would go to another address"):
        given_access(config, "plex", sent, may_send_anywhere=False)
    assert given_access(config, "plex", sent, may_send_anywhere=True) == Access(url, "saved")
    nothing_saved = config_with(tmp_path, key="")
    assert given_access(nothing_saved, "plex", sent, may_send_anywhere=False) == Access(url, "")


def test_libraries_left_out_are_spelled_as_the_server_spells_them(tmp_path):
    config = config_with(tmp_path, excluded=["movies ", "Gone", 7, "MOVIES"])
    libraries = [{"name": "Movies"}, {"name": "TV"}]
    assert libraries_left_out(config, "plex", libraries) == ["Movies", "Gone"]
    assert libraries_left_out(config_with(tmp_path, excluded="Movies"), "plex", libraries) == []

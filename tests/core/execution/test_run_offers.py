"""What a caller may start is what the configured script and its source can do."""

import json

import pytest

from app.core.config_file import ConfigFile
from app.core.errors import Conflict
from app.core.execution.run_offers import NO_SERVER, NO_SOURCE, library_offers, require_mode, run_offers


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "config.json"
    path.write_text(json.dumps({"PlexPart": {"UsePlex": "false"}}))
    return ConfigFile(path)


def available(offers) -> set[str]:
    return {offer.mode for offer in offers if offer.available}


def test_the_built_in_script_is_offered_with_what_its_help_lists(config):
    config.path.write_text(json.dumps({"PlexPart": {"UsePlex": "true"}}))
    offers = run_offers("", config, has_folder=True)
    assert {"normal", "testing", "plan"} <= available(offers)
    for offer in offers:
        assert offer.available != bool(offer.reason)
        if not offer.available:
            with pytest.raises(Conflict, match="has no -"):
                require_mode("", offer.mode)


def test_without_a_source_only_what_needs_none_is_offered_and_the_rest_says_what_to_set(config):
    offers = {offer.mode: offer for offer in run_offers("", config, has_folder=False)}
    assert available(offers.values()) == {"testing", "undo", "version"}
    assert offers["normal"].reason == NO_SOURCE


def test_a_folder_of_media_is_not_offered_what_needs_a_media_server(config):
    found = [*run_offers("", config, has_folder=True), *library_offers("", config, has_folder=True)]
    offers = {offer.mode: offer for offer in found}
    assert {"normal", "plan", "testing", "preflight"} <= available(found)
    for mode in ("backup", "restore", "sync", "syncjelly", "syncemby", "reset", "logoupdater", "logorevert"):
        assert (offers[mode].available, offers[mode].reason) == (False, NO_SERVER)


def test_a_media_server_is_a_source(config):
    config.path.write_text(json.dumps({"JellyfinPart": {"UseJellyfin": "true"}}))
    assert "normal" in available(run_offers("", config, has_folder=False))


@pytest.mark.parametrize(
    ("name", "text", "modes"),
    [
        ("Posterizarr.ps1", "param ([switch]$Testing, [switch]$Backup)", {"normal", "testing", "backup"}),
        ("own.py", "", {"normal", "testing", "backup", "restore", "syncjelly", "syncemby"}),
    ],
)
def test_another_script_is_offered_with_the_modes_that_it_may_have(tmp_path, config, name, text, modes):
    (tmp_path / name).write_text(text)
    assert available(run_offers(str(tmp_path / name), config, has_folder=False)) == modes


def test_a_missing_script_is_offered_with_nothing(tmp_path, config):
    offers = run_offers(str(tmp_path / "gone.ps1"), config, has_folder=True)
    assert available(offers) == set()
    assert {offer.reason for offer in offers} == {
        "The file that POSTER_SCRIPT names cannot be found: correct it, or leave it out."
    }

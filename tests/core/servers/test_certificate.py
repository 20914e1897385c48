"""A look-up trusts the certificate that the setting names, for the media server alone."""

import json

import pytest

from app.core.config_file import ConfigFile
from app.core.servers.asking import Unanswered
from app.core.servers.configured import configured_server
from app.core.servers.wanted import Wanted
from tests.doubles.loopback import serving
from tests.doubles.media_plex import TOKEN
from tests.doubles.tls_plex import TlsPlex

ALIEN = Wanted(True, "Alien", 1979)


@pytest.fixture
def plex(tmp_path):
    with serving(TlsPlex(tmp_path, "127.0.0.1")) as server:
        yield server


def knows_alien(plex, tmp_path, certificate):
    path = tmp_path / "config.json"
    part = {"UsePlex": "true", "PlexUrl": plex.url}
    path.write_text(json.dumps({"PlexPart": part, "ApiPart": {"PlexToken": TOKEN}}))
    return configured_server(ConfigFile(path), certificate).knows(ALIEN)


def test_a_file_or_a_fingerprint_makes_it_trusted(plex, tmp_path):
    assert knows_alien(plex, tmp_path, str(plex.authority))
    assert knows_alien(plex, tmp_path, plex.fingerprint)


@pytest.mark.parametrize("certificate", ["", "ab" * 32])
def test_without_it_or_with_another_one_the_setting_is_named(plex, tmp_path, certificate):
    with pytest.raises(Unanswered, match="set MEDIA_SERVER_CERTIFICATE"):
        knows_alien(plex, tmp_path, certificate)

"""Servers behind TLS, whose certificates no system trusts."""

import pytest

from tests.doubles.loopback import serving
from tests.doubles.tls_plex import TlsPlex


@pytest.fixture
def tls_server(tmp_path):
    with serving(TlsPlex(tmp_path, "127.0.0.1")) as server:
        yield server


@pytest.fixture
def renamed_tls_server(tmp_path):
    """Its certificate is for another name, as that of a Plex that is asked by its address."""
    with serving(TlsPlex(tmp_path, "192-168-1-2.abc.plex.direct")) as server:
        yield server

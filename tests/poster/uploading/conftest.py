"""A server of each kind, and those that have piles of backdrops."""

import pytest

from app.poster.records.library import SourceName
from tests.doubles.loopback import serving
from tests.poster.uploading.receivers import SERVERS, Served


def started(name):
    return serving(SERVERS[name][0]())


@pytest.fixture(params=SERVERS, ids=lambda name: name.value)
def served(request):
    with started(request.param) as double:
        yield Served(double, request.param)


@pytest.fixture
def plex():
    with started(SourceName.PLEX) as double:
        yield Served(double, SourceName.PLEX)


@pytest.fixture(params=[SourceName.JELLYFIN, SourceName.EMBY], ids=lambda name: name.value)
def piled(request):
    with started(request.param) as double:
        yield Served(double, request.param)

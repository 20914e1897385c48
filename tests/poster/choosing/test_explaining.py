"""The sentence that says why a picture is used."""

from dataclasses import replace

import pytest

from app.poster.kinds import Kind
from app.poster.records.candidate import ProviderName
from app.poster.records.environment import Generate
from app.poster.records.library import SourceName
from app.poster.records.wanted import WantedAsset
from tests.poster.items import MOVIES, film
from tests.poster.offers import BESIDE, FANART, MANUAL, SERVER, TMDB, book_with, choose, picture

NO_KEY = book_with(online=frozenset(), generate=Generate.AUTO)
SWITCHED_OFF = book_with(has_keys=True, DisableOnlineAssetFetch=True)
ONLINE = book_with()
NOTHING_BEFORE = "because nothing that the settings put before it was found"


@pytest.mark.parametrize(
    ("book", "source", "provider", "expected"),
    [
        (ONLINE, SourceName.PLEX, MANUAL, "your own picture is used, because it comes before any search"),
        (
            NO_KEY,
            SourceName.FOLDER,
            BESIDE,
            "the poster beside the media is used, because no provider key is set",
        ),
        (
            SWITCHED_OFF,
            SourceName.FOLDER,
            BESIDE,
            "the poster beside the media is used, because online search is switched off",
        ),
        (
            NO_KEY,
            SourceName.FOLDER,
            ProviderName.TYPOGRAPHIC,
            f"a picture drawn from the title is used, {NOTHING_BEFORE}",
        ),
        (
            ONLINE,
            SourceName.PLEX,
            TMDB,
            "a textless poster of TMDB is used, because the settings put it first",
        ),
        (ONLINE, SourceName.PLEX, FANART, f"a textless poster of Fanart is used, {NOTHING_BEFORE}"),
        (ONLINE, SourceName.PLEX, SERVER, f"the media server's poster is used, {NOTHING_BEFORE}"),
    ],
)
def test_the_first_note_says_which_picture_is_used_and_why_it_came_first(book, source, provider, expected):
    item = film(library=replace(MOVIES, source=source))
    wanted = WantedAsset(Kind.POSTER, item, "Movies/Alien (1979)/poster.jpg")
    assert choose(wanted, book, picture(provider)).notes[0] == expected

"""Which place of the server a picture goes to."""

from dataclasses import replace

import pytest

from app.poster.kinds import Kind
from app.poster.records.ids import Medium
from app.poster.records.library import SourceArt, SourceName
from app.poster.records.server_art import Place, Slot
from app.poster.records.wanted import WantedAsset
from app.poster.uploading.places import ListedPlace, listed_places
from app.poster.uploading.rules import UploadRules
from tests.poster.items import episode, film, season, show

ON = UploadRules(sends_made=True)
ART = (SourceArt(Kind.POSTER, "/p", "vp"), SourceArt(Kind.BACKGROUND, "/b", "vb"))
STILL = (SourceArt(Kind.TITLE_CARD, "/s", "vs"),)
FILM = film(key="10", art=ART)
COLLECTION = film(key="40", medium=Medium.COLLECTION, art=(SourceArt(Kind.COLLECTION, "/c", "vc"),))
ROW = replace(episode(1, 1, 2), key="31", further_keys=("32",), art=STILL)
SEASON = replace(season(1, ROW), key="21")
ASSETS = {
    Kind.POSTER: WantedAsset(Kind.POSTER, FILM, "a"),
    Kind.BACKGROUND: WantedAsset(Kind.BACKGROUND, FILM, "b"),
    Kind.SQUARE: WantedAsset(Kind.SQUARE, FILM, "q"),
    Kind.COLLECTION: WantedAsset(Kind.COLLECTION, COLLECTION, "Collections/Movies/Alien/poster.jpg"),
    Kind.SEASON: WantedAsset(Kind.SEASON, show(key="20"), "c", SEASON),
    Kind.TITLE_CARD: WantedAsset(Kind.TITLE_CARD, show(key="20"), "d", SEASON, ROW),
}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Kind.POSTER, [("10", Slot.POSTER, "vp")]),
        (Kind.BACKGROUND, [("10", Slot.BACKGROUND, "vb")]),
        (Kind.SQUARE, [("10", Slot.SQUARE, None)]),
        (Kind.COLLECTION, [("40", Slot.POSTER, "vc")]),
        (Kind.SEASON, [("21", Slot.POSTER, "")]),
        (Kind.TITLE_CARD, [("31", Slot.POSTER, "vs"), ("32", Slot.POSTER, None)]),
    ],
)
def test_each_kind_goes_to_its_item_with_the_validator_that_was_listed(kind, expected):
    found = listed_places(ASSETS[kind], ON, SourceName.PLEX)
    assert found == tuple(
        ListedPlace(Place(SourceName.PLEX, key, slot), validator) for key, slot, validator in expected
    )


def test_a_background_is_the_thumb_too_where_the_setting_says_so():
    with_thumb = replace(ON, with_thumb=True)
    found = listed_places(ASSETS[Kind.BACKGROUND], with_thumb, SourceName.EMBY)
    assert [one.place.slot for one in found] == [Slot.BACKGROUND, Slot.THUMB]
    assert len(listed_places(ASSETS[Kind.POSTER], with_thumb, SourceName.EMBY)) == 1


@pytest.mark.parametrize("server", [SourceName.JELLYFIN, SourceName.EMBY])
def test_only_plex_has_a_place_for_square_pictures(server):
    assert listed_places(ASSETS[Kind.SQUARE], ON, server) == ()


def test_without_uploads_or_without_a_key_there_is_no_place():
    assert listed_places(ASSETS[Kind.POSTER], UploadRules(), SourceName.PLEX) == ()
    nameless = replace(ASSETS[Kind.SEASON], season=replace(SEASON, key=""))
    assert listed_places(nameless, ON, SourceName.JELLYFIN) == ()

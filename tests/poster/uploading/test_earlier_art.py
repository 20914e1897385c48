"""Decisions are made from the server's pictures as they were before ours took their places."""

from dataclasses import replace

import pytest

from app.poster.kinds import Kind
from app.poster.records.journal_entry import UploadRecord
from app.poster.records.library import SourceArt, SourceName
from app.poster.records.reasons import Owner
from app.poster.records.server_art import Place, Shown, Slot, UploadState
from app.poster.uploading.earlier_art import EarlierArt, before_ours
from tests.poster.items import film
from tests.poster.journal.steps import record
from tests.poster.offers import ASSETS

PLEX, JELLYFIN = SourceName.PLEX, SourceName.JELLYFIN
OURS = Shown("art-ours", "v-ours", "sha-ours", owner=Owner.OURS)
BEFORE = Shown("art-before", "v-before", "sha-before", owner=Owner.SERVER)


def art(validator: str, where: str = "", kind: Kind = Kind.POSTER, index: int = 0) -> SourceArt:
    return SourceArt(kind, where or f"/thumb/{validator}", validator, index)


def listed_before(listed, server=PLEX, slot=Slot.POSTER, **known):
    """(art of the film as it was before the upload, origins), where the listing has `listed` now."""
    wanted = replace(ASSETS[Kind.POSTER], item=film(key="10", art=tuple(listed)))
    facts = {"state": UploadState.APPLIED, "shown": OURS, "before": BEFORE, **known}
    upload = UploadRecord(Place(server, "10", slot), **facts)
    (found,), origins = before_ours([wanted], [record(uploads=(upload,))])
    return found.item.art, dict(origins)


def test_our_picture_is_listed_as_the_one_before_whose_bytes_are_in_the_store():
    found, origins = listed_before([art("v-ours")])
    assert found == (art("v-before"),)
    assert origins == {("/thumb/v-before", "v-before"): EarlierArt(sha256="sha-before")}


def test_an_address_without_the_validator_stays():
    found, origins = listed_before([art("v-ours", "/Items/10/Images/Primary")])
    assert found == (art("v-before", "/Items/10/Images/Primary"),)
    assert list(origins) == [("/Items/10/Images/Primary", "v-before")]


def test_where_the_server_had_nothing_before_the_listing_has_nothing():
    assert listed_before([art("v-ours")], before=Shown()) == ((), {})


@pytest.mark.parametrize(
    ("known", "listed"),
    [
        ({}, "v-another"),
        (
            {"state": UploadState.KEPT, "shown": replace(BEFORE, validator="v-ours"), "before": Shown()},
            "v-ours",
        ),
        ({"slot": Slot.BACKGROUND}, "v-ours"),
    ],
)
def test_a_picture_that_is_not_ours_is_listed_as_it_is(known, listed):
    assert listed_before([art(listed)], **known) == ((art(listed),), {})


@pytest.mark.parametrize("state", [UploadState.TAKEN_BACK, UploadState.OVERWRITTEN])
def test_what_was_put_back_or_over_ours_counts_as_the_picture_before(state):
    shown = Shown("art-again", "v-again", "sha-again", owner=Owner.SERVER)
    found, origins = listed_before([art("v-again")], state=state, shown=shown)
    assert found == (art("v-before"),)
    assert origins["/thumb/v-before", "v-before"] == EarlierArt(sha256="sha-before")


def pile(*validators: str) -> list[SourceArt]:
    return [
        art(validator, f"/Backdrop/{number}", Kind.BACKGROUND, number)
        for number, validator in enumerate(validators)
    ]


@pytest.mark.parametrize("server", [JELLYFIN, SourceName.EMBY])
def test_pictures_of_a_pile_move_up_to_where_they_were_before_ours_was_put_first(server):
    found, origins = listed_before(pile("v-ours", "v1", "v2"), server, Slot.BACKGROUND)
    assert found == tuple(pile("v1", "v2"))
    assert origins == {
        ("/Backdrop/0", "v1"): EarlierArt(where="/Backdrop/1"),
        ("/Backdrop/1", "v2"): EarlierArt(where="/Backdrop/2"),
    }


def test_a_pile_that_had_only_ours_is_empty_and_the_one_background_of_plex_is_restored():
    assert listed_before(pile("v-ours"), JELLYFIN, Slot.BACKGROUND) == ((), {})
    found, _ = listed_before(pile("v-ours"), PLEX, Slot.BACKGROUND)
    assert found == tuple(pile("v-before"))


def test_other_kinds_of_the_item_are_untouched():
    other = art("v-logo", kind=Kind.LOGO)
    found, _ = listed_before([art("v-ours"), other])
    assert found == (art("v-before"), other)


def test_without_uploads_nothing_is_looked_at():
    wanted = ASSETS[Kind.POSTER]
    assert before_ours([wanted], [record()]) == ((wanted,), {})

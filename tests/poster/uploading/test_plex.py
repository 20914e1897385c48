"""Plex as a receiver: lists of pictures, of which one is selected."""

import pytest

from app.poster.records.reasons import Owner
from app.poster.records.server_art import Slot
from app.poster.uploading.receiver import TooLarge, UploadTrouble
from tests.doubles.shown_pictures import HAND, SERVER, foreign_picture
from tests.poster.uploading.receivers import OTHER, OURS


def test_bytes_that_plex_has_already_are_selected_and_not_sent_again(plex):
    first = plex.receiver.put(plex.place(), OURS)
    plex.receiver.put(plex.place(), OTHER)
    again = plex.receiver.put(plex.place(), OURS)
    assert again.art_id == first.art_id and plex.shown_bytes(plex.place()) == OURS
    assert len(plex.double.uploads) == 2 and plex.double.counts()["select"] == 1


def test_an_upload_that_plex_does_not_show_by_itself_is_selected(plex):
    plex.double.selects = False
    plex.receiver.put(plex.place(), OURS)
    assert plex.shown_bytes(plex.place()) == OURS


def test_square_art_has_a_list_of_its_own(plex):
    place = plex.place(slot=Slot.SQUARE)
    plex.receiver.put(place, OURS)
    assert plex.shown_bytes(place) == OURS == plex.receiver.read(place, plex.receiver.shown(place))
    assert plex.shown_bytes(plex.place()) not in (OURS, b"")


def test_earlier_art_is_selected_as_long_as_plex_has_it(plex):
    for slot in (Slot.POSTER, Slot.BACKGROUND):
        place = plex.place(slot=slot)
        before, content = plex.receiver.shown(place), plex.shown_bytes(place)
        plex.receiver.put(place, OURS)
        assert plex.receiver.select(place, before.art_id) and plex.shown_bytes(place) == content
        assert not plex.receiver.select(place, "upload://posters/gone")


def test_the_lock_that_an_upload_leaves_is_taken_away_again(plex):
    place = plex.place()
    assert not plex.receiver.shown(place).is_locked
    assert plex.receiver.put(place, OURS).is_locked
    plex.receiver.set_locked(place, False)
    assert not plex.receiver.shown(place).is_locked
    plex.double.forget_requests()
    plex.receiver.set_locked(place, False)
    assert not plex.double.counts()["edit"]
    plex.receiver.set_locked(place, True)
    assert plex.receiver.shown(place).is_locked


def test_agent_art_that_is_locked_was_chosen_by_a_person(plex):
    assert plex.receiver.shown(plex.place()).owner is Owner.SERVER
    plex.double.locked.add((plex.film, "poster"))
    assert plex.receiver.shown(plex.place()).owner is Owner.HAND


def test_the_label_of_kometa_says_nothing_of_backgrounds(plex):
    plex.double.set_labels(plex.film, ("OVERLAY",))
    assert plex.receiver.shown(plex.place()).owner is Owner.TOOL
    assert plex.receiver.shown(plex.place(slot=Slot.BACKGROUND)).owner is Owner.SERVER


def test_a_list_in_which_nothing_is_selected_does_not_mean_that_nothing_is_shown(plex):
    plex.double.show(plex.film, Slot.POSTER, OTHER, by=HAND)
    plex.double.selects_nothing = True
    shown = plex.receiver.shown(plex.place())
    assert shown.art_id and shown.owner is Owner.HAND
    assert plex.receiver.read(plex.place(), shown) == OTHER
    assert not plex.receiver.select(plex.place(), shown.art_id)
    with pytest.raises(UploadTrouble, match="does not show it"):
        plex.receiver.put(plex.place(), OURS)


def test_a_picture_above_the_limit_of_plex_is_not_sent(plex):
    with pytest.raises(TooLarge, match="10,480,001 bytes") as raised:
        plex.receiver.put(plex.place(), OURS + b"\0" * (10_480_001 - len(OURS)))
    assert raised.value.most == plex.receiver.most_bytes == 10_480_000
    assert not plex.double.requests


def test_an_upload_takes_four_requests_and_a_look_two(plex):
    plex.receiver.put(plex.place(), OURS)
    assert plex.double.counts() == {"list": 2, "upload": 1, "detail": 1}
    plex.double.forget_requests()
    plex.receiver.shown(plex.place())
    assert plex.double.counts() == {"list": 1, "detail": 1}


def test_a_selection_that_plex_does_not_make_is_said(plex):
    plex.double.selects = False
    plex.double.select = lambda key, slot, art_id: (200, "")
    with pytest.raises(UploadTrouble, match="does not show it"):
        plex.receiver.put(plex.place(), OURS)
    before = plex.double.show(plex.film, Slot.POSTER, foreign_picture("agent", SERVER), by=SERVER)
    assert plex.shown_bytes(plex.place()) == before


def test_labels_of_seasons_and_episodes_are_their_own(plex):
    for key in (plex.season, plex.episode):
        plex.receiver.set_label(str(key), "Overlay", present=True)
        assert plex.double.labels_of(key) == ("Overlay",) and not plex.double.labels_of(plex.show)
        plex.receiver.set_label(str(key), "Overlay", present=False)
        assert not plex.double.labels_of(key)

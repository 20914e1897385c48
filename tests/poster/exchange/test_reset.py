"""A server shows its own pictures again in place of ours."""

import json

import pytest

from app.poster.records.server_art import Slot
from app.poster.script.exits import ExitCode
from tests.doubles.shown_pictures import HAND

ALL = ("-Kinds", "poster,season,background,titlecard")


@pytest.fixture(
    params=[("Jellyfin", "Plex"), ("Plex", "Jellyfin"), ("Plex", "Emby")], ids=lambda pair: pair[1]
)
def pair(request, open_pair):
    """The target shows pictures of ours everywhere; `own` are those that it showed before."""
    pair = open_pair(*request.param)
    pair.own = pair.shown(pair.target)
    pair.sync()
    pair.ours = pair.shown(pair.target)
    pair.forget()
    return pair


def posters(shown, pair) -> dict:
    keys = [item.key for item in pair.target.world.items()]
    return {
        place: content for place, content in shown.items() if place[0] in keys and place[1] is Slot.POSTER
    }


def test_posters_are_reset_alone_unless_other_kinds_are_named(pair):
    assert pair.reset() == ExitCode.DONE, pair.log()
    assert pair.shown(pair.target) == {**pair.ours, **posters(pair.own, pair)}
    assert pair.outcome("reset")["Posters"] == 2 and not pair.target.uploads
    assert pair.reset(*ALL) == ExitCode.DONE
    assert pair.shown(pair.target) == pair.own
    pair.forget()
    assert pair.reset(*ALL) == ExitCode.DONE
    assert not {"select", "fetch", "delete", "move"} & {*pair.target.counts()}


def test_a_reset_can_be_undone_and_done_again(pair):
    pair.reset(*ALL)
    for expected in (pair.ours, pair.own):
        assert pair.undo() == ExitCode.DONE
        assert pair.shown(pair.target) == expected


def test_a_plan_changes_nothing(pair):
    assert pair.reset("-Plan") == ExitCode.DONE
    assert pair.shown(pair.target) == pair.ours
    assert pair.plan()[-1]["totals"] == {"restore": 2}


def test_a_server_that_fails_is_an_error_of_each_picture_and_the_next_reset_goes_on(pair):
    film, show = pair.target.world.items()
    for kind in ("select", "fetch"):
        pair.target.fail(kind, 404, key=film.key)
        pair.target.fail(kind, 503, key=show.key)
    assert pair.reset() == ExitCode.SOME_PICTURES_FAILED
    assert pair.target.shown_bytes(show.key, Slot.POSTER) == pair.own[show.key, Slot.POSTER]
    assert pair.target.shown_bytes(film.key, Slot.POSTER) == pair.ours[film.key, Slot.POSTER]
    assert pair.reset() == ExitCode.DONE
    assert posters(pair.shown(pair.target), pair) == posters(pair.own, pair)


def test_what_the_server_cannot_reset_is_left_and_named(pair):
    film, _ = pair.target.world.items()
    if pair.names[1] == "Plex":
        shelf = pair.target.shelf(film.key, "poster")
        shelf.entries[:] = [entry for entry in shelf.entries if entry.art_id == shelf.selected]
        pair.target.lists_remote = False
    else:
        pair.target.offers_remote = False
    pair.run("-PosterReset", "-LibraryToReset", "Movies", used=pair.names[1])
    assert pair.shown(pair.target) == pair.ours
    assert [line["reason"] for line in pair.plan()[:-1]] == ["nothing_offered"]


@pytest.mark.parametrize(("switch", "is_left"), [((), True), (("-ForceReplace",), False)])
def test_art_by_hand_is_left_unless_all_is_to_go(open_pair, switch, is_left):
    pair = open_pair("Jellyfin", "Plex")
    film = pair.target.world.items()[0]
    own, hand = (
        pair.target.shown_bytes(film.key, Slot.POSTER),
        pair.target.show(film.key, Slot.POSTER, by=HAND),
    )
    pair.reset(*switch)
    assert pair.target.shown_bytes(film.key, Slot.POSTER) == (hand if is_left else own)
    pair.undo()
    assert pair.target.shown_bytes(film.key, Slot.POSTER) == hand


def test_a_reset_needs_a_library(open_pair):
    pair = open_pair("Jellyfin", "Plex")
    assert pair.run("-PosterReset") == ExitCode.BAD_ARGUMENTS
    assert json.loads(json.dumps(pair.origin.asked)) == []

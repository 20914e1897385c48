"""Several backdrops on Jellyfin and Emby: ours is number 0, the others keep their order, none comes twice."""

from itertools import product

import pytest

from app.poster.records.server_art import Slot
from app.poster.uploading.receiver import UploadTrouble
from tests.doubles.shown_pictures import HAND, RESET_AFTER, RESET_BEFORE, SERVER, foreign_picture
from tests.poster.uploading.receivers import OTHER, OURS

A, B, C = (foreign_picture(name, SERVER) for name in "abc")


@pytest.fixture
def three(piled):
    piled.double.set_pile(piled.film, [A, B, C])
    piled.backdrop = piled.place(slot=Slot.BACKGROUND)
    return piled


def pile_of(served):
    return served.double.pile_bytes(served.film)


MOVES = list(product(["swap", "insert"], [False, True]))


@pytest.mark.parametrize(("moves", "renames"), MOVES)
def test_ours_becomes_number_0_and_the_rest_keeps_its_order(three, moves, renames):
    three.double.moves, three.double.renames_on_move = moves, renames
    first = three.receiver.put(three.backdrop, OURS)
    assert pile_of(three) == [OURS, A, B, C] and len(first.pile) == 4 and first.pile[0] == first.art_id
    second = three.receiver.put(three.backdrop, OTHER, first.art_id)
    assert pile_of(three) == [OTHER, A, B, C] and second.pile[0] == second.art_id
    three.receiver.clear(three.backdrop, second.art_id)
    assert pile_of(three) == [A, B, C]


@pytest.mark.parametrize("kind", ["upload", "delete", "move", "list", "detail"])
@pytest.mark.parametrize("outcome", [RESET_BEFORE, RESET_AFTER, 500, 503, 429])
def test_one_failure_at_any_call_changes_nothing_of_the_outcome(three, kind, outcome):
    three.double.renames_on_move = outcome in (RESET_AFTER, 503)
    ours = three.receiver.put(three.backdrop, OURS).art_id
    three.double.forget_requests()
    three.double.fail(kind, outcome, times=2)
    three.receiver.put(three.backdrop, OTHER, ours)
    assert pile_of(three) == [OTHER, A, B, C]
    assert [one.content for one in three.double.uploads] == [OTHER]


class Killed(BaseException):
    """The end of the process in the middle of a call."""


@pytest.mark.parametrize("after", range(1, 14))
@pytest.mark.parametrize("renames", [False, True])
def test_a_run_that_is_killed_anywhere_is_completed_by_the_next_one(three, after, renames, monkeypatch):
    three.double.renames_on_move = renames
    ours = three.receiver.put(three.backdrop, OURS)
    kill_after(three, after, monkeypatch)
    try:
        three.receiver.put(three.backdrop, OTHER, ours.art_id)
    except Killed:
        monkeypatch.undo()
        three.receiver.put(three.backdrop, OTHER, ours.art_id)
    assert pile_of(three) == [OTHER, A, B, C]
    assert len(three.double.uploads) == 2


def kill_after(three, number, monkeypatch):
    """The process ends behind that many calls, whose answers nobody reads any more."""
    session = three.receiver._calls._session
    left = [number]

    def counting(call):
        def counted(*arguments, **facts):
            answer = call(*arguments, **facts)
            left[0] -= 1
            if left[0] == 0:
                raise Killed
            return answer

        return counted

    monkeypatch.setattr(session, "fresh", counting(session.fresh))
    monkeypatch.setattr(session, "send", counting(session.send))


@pytest.mark.parametrize("moves", ["refuse", "nothing"])
def test_a_server_that_cannot_reorder_keeps_its_pile_and_says_so(three, moves):
    three.double.moves = moves
    for _ in range(2):
        with pytest.raises(UploadTrouble, match="order of the backdrops"):
            three.receiver.put(three.backdrop, OURS)
        assert pile_of(three) == [A, B, C]


def test_pictures_that_are_still_remote_are_fetched_before_they_are_moved(three):
    three.double.moves = "nothing"
    served = three.double.served

    def fetched(*arguments):
        three.double.moves = "swap"
        return served(*arguments)

    three.double.served = fetched
    three.receiver.put(three.backdrop, OURS)
    assert pile_of(three) == [OURS, A, B, C]


def test_what_somebody_put_first_meanwhile_is_kept(three):
    ours = three.receiver.put(three.backdrop, OURS).art_id
    mine = three.double.show(three.film, Slot.BACKGROUND, by=HAND)
    three.receiver.put(three.backdrop, OTHER, ours)
    assert pile_of(three) == [OTHER, mine, A, B, C]


def test_two_pictures_with_the_same_tag_are_never_confused_with_ours(three):
    """Tags come of the time of a file, which several files may share."""
    ours = three.receiver.put(three.backdrop, OURS).art_id
    three.double.shelf(three.film, "background").entries[2].art_id = ours
    three.receiver.put(three.backdrop, OTHER, ours)
    assert pile_of(three) == [OTHER, OURS, A, B, C]


def test_ours_that_was_moved_back_by_the_server_is_moved_to_the_front_without_an_upload(three):
    three.receiver.put(three.backdrop, OURS)
    entries = three.double.shelf(three.film, "background").entries
    entries.append(entries.pop(0))
    three.receiver.put(three.backdrop, OURS)
    assert pile_of(three) == [OURS, A, B, C] and len(three.double.uploads) == 1


@pytest.mark.parametrize("renames", [False, True])
def test_the_order_of_a_pile_is_brought_back(three, renames):
    three.double.renames_on_move = renames
    before = three.receiver.shown(three.backdrop).pile
    shelf = three.double.shelf(three.film, "background")
    shelf.entries.reverse()
    three.receiver.arrange(three.backdrop, before)
    assert pile_of(three) == [A, B, C]
    shelf.entries.reverse()
    three.receiver.arrange(three.backdrop, ("gone", *three.receiver.shown(three.backdrop).pile[::2][::-1]))
    assert pile_of(three) == [A, B, C]


def test_a_picture_of_the_pile_is_selected_by_its_tag(three):
    tags = three.receiver.shown(three.backdrop).pile
    assert three.receiver.select(three.backdrop, tags[2]) and pile_of(three) == [C, A, B]
    assert not three.receiver.select(three.backdrop, "gone")
    assert not three.receiver.select(three.place(), "gone")
    assert three.receiver.select(three.place(), three.receiver.shown(three.place()).art_id)


def test_one_backdrop_costs_few_requests(piled):
    place = piled.place(slot=Slot.BACKGROUND)
    first = piled.receiver.put(place, OURS)
    piled.double.forget_requests()
    piled.receiver.put(place, OTHER, first.art_id)
    assert sum(piled.double.counts().values()) <= 9


def test_a_thumb_is_a_place_of_its_own(piled):
    piled.receiver.put(piled.place(slot=Slot.THUMB), OURS)
    assert piled.shown_bytes(piled.place(slot=Slot.THUMB)) == OURS != piled.shown_bytes(piled.place())


def test_tags_that_the_server_names_in_another_member_are_read(piled):
    piled.double.tag_items = piled.double.nulls = True
    piled.double.set_labels(piled.film, ("Overlay",))
    assert piled.receiver.shown(piled.place()).labels == ("Overlay",)
    piled.double.shelves[piled.film, "poster"] = type(piled.double.shelf(piled.film, "poster"))()
    assert piled.receiver.shown(piled.place()).art_id == ""

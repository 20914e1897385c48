"""What each client takes from a text, against figures that were worked out by hand from the geometry."""

import pytest

from app.core.viewing.clients import (
    CLIENTS,
    COUNT,
    DEVICES,
    EMBY,
    JELLYFIN,
    PLEX,
    PROGRESS,
    SHAPE_OF_KIND,
    UNWATCHED,
    VIEWS,
    WATCHED,
    ScreenTile,
    view_of,
)
from app.core.viewing.losses import COVERED, CUT, SMALL, ShownText, losses_of, share_within, visible_part
from app.core.viewing.screens import PHONE, SCREENS, TELEVISION, minutes_of_arc

LARGE = 0.1
FOOT, TOP, MIDDLE = (0.1, 0.8, 0.9, 0.9), (0.1, 0.01, 0.98, 0.12), (0.1, 0.4, 0.9, 0.6)


def found(text, client, device):
    return {(loss.name, loss.mark): loss.amount for loss in losses_of(text, [view_of(client, device)])}


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("kind", SHAPE_OF_KIND)
def test_a_large_title_in_the_middle_loses_nothing_anywhere(kind, client, device):
    assert found(ShownText(kind, MIDDLE, LARGE), client, device) == {}


@pytest.mark.parametrize(
    ("kind", "box", "client", "device", "losses"),
    [
        # Its corner is a triangle of 45 x 45 and a count of 51 x 39 pixels on 244 x 361.
        (
            *("poster", TOP, PLEX, TELEVISION),
            {(COVERED, UNWATCHED): 0.187, (COVERED, COUNT): 0.202},
        ),
        # Circles of 24 dp on 100 x 150, 4 dp from the corner.
        (*("poster", TOP, JELLYFIN, TELEVISION), {(COVERED, WATCHED): 0.232, (COVERED, COUNT): 0.232}),
        (*("poster", TOP, JELLYFIN, PHONE), {(COVERED, WATCHED): 0.179, (COVERED, COUNT): 0.197}),
        (*("season", TOP, EMBY, TELEVISION), {(COVERED, WATCHED): 0.097, (COVERED, COUNT): 0.118}),
        # The bar of the television lies 8 dp above the edge: from 138 to 142 of 150 dp.
        (*("poster", (0.1, 0.9, 0.9, 0.96), JELLYFIN, TELEVISION), {(COVERED, PROGRESS): 0.444}),
        (*("poster", (0.1, 0.9, 0.9, 0.97), JELLYFIN, PHONE), {}),
        (*("title_card", (0.1, 0.9, 0.9, 0.99), PLEX, TELEVISION), {(COVERED, PROGRESS): 0.265}),
        # 244 x 361 is a little wider than a poster, so that the edges above and below are cut.
        (
            *("poster", (0.1, 0.97, 0.9, 1.0), PLEX, TELEVISION),
            {(COVERED, PROGRESS): 0.772, (CUT, ""): 0.228},
        ),
        # The border of a text may touch the bar, as here by one hundredth.
        (*("poster", (0.1, 0.7, 0.9, 0.969), PLEX, TELEVISION), {}),
    ],
)
def test_what_lies_beneath_a_mark_or_beyond_the_edge_is_measured(kind, box, client, device, losses):
    assert found(ShownText(kind, box, LARGE), client, device) == pytest.approx(losses, abs=0.001)


@pytest.mark.parametrize(
    ("client", "device", "size", "amount"),
    [
        # 0.03 of 366 pixels, of which 0.7 are the capital: 7.69 of 1920 pixels of 1217.6 mm, from 2.5 m.
        (PLEX, TELEVISION, 0.03, 6.70),
        (PLEX, TELEVISION, 0.046, None),
        (JELLYFIN, TELEVISION, 0.03, 5.49),
        (EMBY, TELEVISION, 0.03, 7.31),
        # 0.03 of 208.1 pixels: 4.37 of 390 pixels of 64.6 mm.
        (JELLYFIN, PHONE, 0.03, 0.724),
        (EMBY, PHONE, 0.03, 0.616),
        (EMBY, PHONE, 0.05, None),
    ],
)
def test_a_title_is_too_small_by_its_angle_on_a_television_and_by_its_height_on_a_phone(
    client, device, size, amount
):
    losses = found(ShownText("poster", MIDDLE, size), client, device)
    assert losses == ({(SMALL, ""): pytest.approx(amount, abs=0.01)} if amount else {})


def test_a_text_without_ink_loses_nothing():
    assert losses_of(ShownText("poster", (0.5, 0.9, 0.5, 0.9), 0)) == []


def test_a_wide_tile_of_another_shape_cuts_the_sides():
    assert visible_part(16 / 9, ScreenTile(100, 100)) == pytest.approx((0.21875, 0, 0.78125, 1))
    assert share_within((0, 0, 1, 1), (0.5, -1, 2, 0.5)) == 0.25


def test_there_is_one_view_of_each_client_on_each_device_and_its_marks_lie_on_the_tiles():
    assert {(view.client, view.device) for view in VIEWS} == {(c, d) for c in CLIENTS for d in DEVICES}
    for view in VIEWS:
        for mark in view.marks:
            for tile in (view.tall, view.wide):
                left, top, right, bottom = mark.box(tile)
                assert 0 <= left < right <= 1 and 0 <= top < bottom <= 1, (view.name, mark)


def test_the_screens_are_as_large_as_they_are_sold():
    assert SCREENS[TELEVISION].width == pytest.approx(1217.6, abs=0.1)
    assert minutes_of_arc(7.27, 2500) == pytest.approx(10, abs=0.01)
    assert SCREENS[PHONE].judged(1.5) == 1.5

"""Square pictures are cut from backgrounds and posters that stay whole without their edges."""

import pytest

from app.poster.drawing.design import SQUARE_SIZE
from app.poster.drawing.designs import StyleBook
from app.poster.kinds import Kind
from app.poster.records.candidate import ProviderName
from app.poster.records.environment import Generate
from app.poster.records.wanted import WantedAsset
from app.poster.worklist.layout import Layout
from app.poster.worklist.wanted import WorkRules, wanted_assets
from tests.poster.items import episode, film, season, show
from tests.poster.offers import BESIDE, FANART, MANUAL, TMDB, book_with, choose, picture, settings_with

BACKGROUND, POSTER, SQUARE = Kind.BACKGROUND, Kind.POSTER, Kind.SQUARE
WANTED = WantedAsset(SQUARE, film(), "Movies/Alien (1979)/square.jpg")
OWN = picture(MANUAL, kind=SQUARE, address="/manual/square.png")
BARE, WITH_TEXT = picture(FANART, kind=BACKGROUND), picture(TMDB, "en", BACKGROUND)
SHOWN = picture(BESIDE, kind=BACKGROUND)
CASES = {
    "own pictures first": ([OWN, BARE], OWN),
    "textless backgrounds before textless posters": ([picture(), BARE], BARE),
    "textless posters before a background with text": ([picture(), WITH_TEXT], picture()),
    "a background with text before nothing": ([WITH_TEXT], WITH_TEXT),
    "the background beside the media": ([SHOWN], SHOWN),
    "never a poster with a title": ([picture(language="en")], None),
}


@pytest.mark.parametrize(("offers", "chosen"), CASES.values(), ids=CASES)
def test_what_a_square_picture_is_made_of(offers, chosen):
    assert choose(WANTED, book_with(), *offers).chosen == chosen


def test_words_alone_serve_where_the_setting_allows_it():
    words = picture(ProviderName.TYPOGRAPHIC, kind=SQUARE)
    assert choose(WANTED, book_with(generate=Generate.ON), words).chosen == words


def test_it_is_the_picture_alone(tmp_path):
    design = StyleBook(settings_with(), tmp_path).style(SQUARE).design("Alien", "1979", "en", b"logo")
    assert (design.size, design.quality) == (SQUARE_SIZE, 92) and design.comment
    assert (design.overlay, design.border_width, design.letterings, design.logo) == (None, 0, (), None)


@pytest.mark.parametrize(
    ("by_library", "path"), [(True, "TV/Dark (2017)/square.jpg"), (False, "Dark (2017)_square.jpg")]
)
def test_each_film_and_show_has_one_and_no_season_or_episode(by_library, path):
    dark = show(seasons=(season(1, episode(1, 1)),))
    found = wanted_assets(dark, WorkRules(frozenset({SQUARE}), Layout(by_library)))
    assert [one.path for one in found] == [path]

"""The picture that breaks a set, by tables of sets."""

import pytest

from app.core.catalogue.oddity import MOST_ODD, PictureFacts, odd_ones

TMDB, TVDB = PictureFacts(provider="TMDB"), PictureFacts(provider="TVDB")
BARE, TITLED = PictureFacts(text="textless"), PictureFacts(text="titled")
RED, BLUE, DARK = PictureFacts(color=0xA02020), PictureFacts(color=0x2020FF), PictureFacts(color=0x902828)
BLACK = PictureFacts(color=0)


def sized(*sizes):
    return [PictureFacts(title_size=size) for size in sizes]


@pytest.mark.parametrize(
    ("pictures", "found"),
    [
        ([], {}),
        ([TMDB] * 5, {}),
        ([TMDB, TMDB, TVDB], {}),
        ([TMDB, TMDB, TVDB, TMDB], {2: ["provider"]}),
        ([TMDB, TMDB, TVDB, TVDB], {}),
        ([TMDB] * 6 + [TVDB] * 6, {}),
        ([PictureFacts(provider=name) for name in "ABCDEF"], {}),
        ([TMDB] * 3 + [PictureFacts()] * 9 + [TVDB], {12: ["provider"]}),
        ([TMDB] * 2 + [PictureFacts()] * 9 + [TVDB], {}),
        ([TITLED] * 5 + [BARE], {5: ["textless"]}),
        ([BARE] * 5 + [TITLED], {5: ["titled"]}),
        ([BARE] * 3 + [TITLED] * 3, {}),
        ([PictureFacts(doubled=True), *[PictureFacts()] * 4], {0: ["doubled"]}),
        ([PictureFacts(doubled=True)] * 3, {}),
        ([PictureFacts(doubled=True)] * 4 + [PictureFacts()] * 2, {}),
        (sized(60, 62, 58, 61, 20), {4: ["smaller"]}),
        (sized(60, 62, 58, 61, 120), {4: ["larger"]}),
        (sized(60, 62, 58, 61, 70), {}),
        (sized(20, 45, 80, 120, 200), {}),
        (sized(60, 60, 20), {}),
        ([RED, DARK, RED, DARK, BLUE], {4: ["color"]}),
        ([RED, DARK, RED, DARK, RED], {}),
        ([RED, RED, BLUE, BLUE], {}),
        ([RED] * 5 + [BLACK], {5: ["color"]}),
        ([RED] * 50 + [BLACK], {}),
        ([BLUE, RED, PictureFacts(color=0x20FF20), PictureFacts(color=0xFFFFFF), BLACK], {}),
        ([TMDB] * 100 + [TVDB] * MOST_ODD, {100 + n: ["provider"] for n in range(MOST_ODD)}),
        ([TMDB] * 100 + [TVDB] * (MOST_ODD + 1), {}),
    ],
)
def test_what_stands_out_of_a_set(pictures, found):
    assert {one.index: [reason.code for reason in one.reasons] for one in odd_ones(pictures)} == found


def test_the_oddest_comes_first_with_its_weightiest_reason_first_and_both_values():
    usual = PictureFacts("TMDB", "titled", title_size=60)
    pictures = [usual] * 8 + [usual._replace(title_size=20), PictureFacts("TVDB", "titled", True, 130)]
    first, second = odd_ones(pictures)
    assert (first.index, [reason.code for reason in first.reasons]) == (9, ["doubled", "provider", "larger"])
    assert first.reasons[1][1:] == ("TVDB", "TMDB")
    assert (second.index, second.reasons[0][1:]) == (8, ("20", "60"))

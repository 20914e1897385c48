"""Which pictures an item gets, where they lie, and which are left out."""

from dataclasses import replace

import pytest

from app.poster.kinds import Kind
from app.poster.names import BadName
from app.poster.records.ids import Medium
from app.poster.records.library import EpisodeOrder
from app.poster.records.reasons import Reason
from app.poster.worklist.claims import Claim, Claims
from app.poster.worklist.layout import Layout, shortened
from app.poster.worklist.wanted import WorkRules, wanted_assets
from tests.poster.items import MOVIES, episode, film, season, show
from tests.poster.rule_files import item_rules, rule

ALL = frozenset((Kind.POSTER, Kind.BACKGROUND, Kind.SEASON, Kind.TITLE_CARD))
DARK = show(seasons=(season(0), season(1, episode(1, 1, 2), episode(1, 100))))


def paths(item, **rules) -> list[str]:
    return [wanted.path for wanted in wanted_assets(item, WorkRules(ALL, **rules))]


@pytest.mark.parametrize(
    ("item", "by_library", "expected"),
    [
        (film(), True, ["Movies/Alien (1979)/poster.jpg", "Movies/Alien (1979)/background.jpg"]),
        (film(), False, ["Alien (1979).jpg", "Alien (1979)_background.jpg"]),
        (
            film(extra_folder="A/B"),
            True,
            ["Movies/A/B/Alien (1979)/poster.jpg", "Movies/A/B/Alien (1979)/background.jpg"],
        ),
        (film(extra_folder="A"), False, ["A/Alien (1979).jpg", "A/Alien (1979)_background.jpg"]),
        (
            DARK,
            True,
            [
                f"TV/Dark (2017)/{name}.jpg"
                for name in ("poster", "background", "Season00", "Season01", "S01E01", "S01E100")
            ],
        ),
    ],
)
def test_files_lie_where_the_contract_says(item, by_library, expected):
    assert paths(item, layout=Layout(by_library)) == expected


@pytest.mark.parametrize(
    ("name", "by_library", "expected"),
    [
        ("Alien Collection", True, "Collections/Movies/Alien Collection/poster.jpg"),
        ("Alien Collection", False, "Collections/Alien Collection_poster.jpg"),
        ('A/B: "C"? [1] ..', True, "Collections/Movies/A_B_ _C__ _1_/poster.jpg"),
        ("poster", False, "Collections/poster_poster.jpg"),
    ],
)
def test_collections_lie_in_a_folder_of_their_own(name, by_library, expected):
    collection = film(name, medium=Medium.COLLECTION, root_folder=name)
    rules = WorkRules(frozenset((Kind.COLLECTION, Kind.BACKGROUND)), Layout(by_library))
    poster, background = wanted_assets(collection, rules)
    assert (poster.kind, poster.path) == (Kind.COLLECTION, expected)
    assert (background.kind, background.path) == (
        Kind.BACKGROUND,
        expected.replace("poster.jpg", "background.jpg"),
    )


def test_a_rule_leaves_kinds_out_and_names_the_order_of_episodes(tmp_path):
    rules = item_rules(tmp_path, rule("a", {"show": "Dark"}, skip=["season"], episode_order="absolute"))
    found = wanted_assets(DARK, WorkRules(ALL, item_rules=rules))
    assert {one.kind for one in found if one.skip is Reason.RULED_OUT} == {Kind.SEASON}
    assert {one.item.order for one in found} == {EpisodeOrder.ABSOLUTE}


def test_names_stay_as_the_media_has_them_but_never_leave_their_folder():
    assert paths(film(root_folder="../x"))[0] == "Movies/.._x/poster.jpg"
    assert paths(film(root_folder="Wall·E: $(x) 'q'"))[0] == "Movies/Wall·E: $(x) 'q'/poster.jpg"
    with pytest.raises(BadName):
        shortened("..")


def test_long_names_are_cut_by_bytes_and_stay_different():
    first, second = (shortened("映" * 200 + end) for end in "ab")
    assert first != second
    assert max(len(first.encode()), len(second.encode())) <= 240
    flat = paths(film(root_folder="映" * 80), layout=Layout(False))
    assert all(len(path.encode()) <= 240 for path in flat)


def test_only_the_kinds_that_are_switched_on_are_wanted():
    kinds = {wanted.kind for wanted in wanted_assets(DARK, WorkRules(frozenset((Kind.SEASON,))))}
    assert kinds == {Kind.SEASON}


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (film(labels=("Kids", "Skip_Posterizarr")), Reason.LABELLED),
        (film(root_folder=""), Reason.NO_FOLDER),
        (film(root_folder="..."), Reason.BAD_PATH),
        (film(library=replace(MOVIES, name="//")), Reason.BAD_PATH),
    ],
)
def test_an_item_that_is_left_out_says_why(item, reason):
    assert {wanted.skip for wanted in wanted_assets(item, WorkRules(ALL))} == {reason}


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("TBA", Reason.PLACEHOLDER_TITLE),
        ("tba", Reason.PLACEHOLDER_TITLE),
        ("TBA (2)", Reason.PLACEHOLDER_TITLE),
        ("Tbanaki", None),
        ("千と千尋", Reason.JAPANESE_TITLE),
        ("สวัสดี", Reason.JAPANESE_TITLE),
        ("Ирония", None),
    ],
)
def test_placeholders_and_titles_in_other_scripts_are_left_out_where_asked(title, reason):
    rules = WorkRules(frozenset((Kind.TITLE_CARD,)), placeholders=("TBA",), skip_unreadable=True)
    (card,) = wanted_assets(show(seasons=(season(1, episode(1, 1, title=title)),)), rules)
    assert card.skip is reason


def test_two_rows_of_one_episode_have_one_file_and_rows_without_numbers_none():
    numberless = replace(episode(1, 9), numbers=())
    rows = (episode(1, 1, title="First"), episode(1, 1, title="Second"), numberless)
    cards = wanted_assets(show(seasons=(season(1, *rows),)), WorkRules(frozenset((Kind.TITLE_CARD,))))
    assert [(card.path, card.episode.titles) for card in cards] == [("TV/Dark (2017)/S01E01.jpg", ("First",))]


def test_two_items_with_one_folder_have_one_owner():
    claims = Claims()
    assert claims.claim("Movies/Amélie", "1") is Claim.OWNED
    assert claims.claim("Movies/Ame\u0301lie", "2") is Claim.SHARED
    assert claims.claim("Movies/Amélie", "1") is Claim.OWNED


def test_the_owner_of_an_earlier_run_keeps_its_folder():
    claims = Claims()
    assert claims.claim("Movies/Alien", "2", remembered="1") is Claim.OPEN
    assert claims.claim("Movies/Alien", "1", remembered="1") is Claim.OWNED
    assert claims.claim("Movies/Alien", "2", remembered="1") is Claim.SHARED

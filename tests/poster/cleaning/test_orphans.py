"""Which files a clean-up may take: ours, wanted by nobody, of libraries that are known whole."""

import pytest

from app.poster.cleaning import census
from app.poster.cleaning.orphans import UNKNOWN_LIBRARY
from app.poster.kinds import Kind
from app.poster.records.ids import Medium
from app.poster.records.library import Item
from app.poster.records.reasons import Action, Reason
from tests.poster.cleaning.yard import ALL_KINDS, Yard, film_in, library
from tests.poster.items import episode, season

MOVIES, KIDS, TV = library("Movies"), library("Kids"), library("TV")
ALIEN = film_in(MOVIES, "Alien (1979)")
GONE = "Movies/Gone (1980)/poster.jpg"


def dark(*seasons, **facts):
    return Item(TV, "dark", Medium.SHOW, "Dark", root_folder="Dark (2017)", seasons=seasons, **facts)


@pytest.fixture
def yard(tmp_path):
    return Yard(tmp_path)


def test_what_the_journal_or_our_mark_names_goes_and_what_others_made_stays(yard):
    yard.lists(MOVIES, ALIEN)
    yard.marked(GONE, "Movies/Alien (1979)/poster.jpg")
    yard.marked("Movies/Old (1970)/poster.jpg", mark="Created with PPM")
    yard.recorded("Movies", "Movies/Noted (1990)/poster.jpg", "Movies/Alien (1979)/background.jpg")
    yard.marked("Movies/Hand (1960)/poster.jpg", mark="")
    yard.marked("Movies/Kometa (1961)/poster.jpg", mark="overlay")
    yard.marked("Movies/Card (1961)/poster.jpg", mark="titlecard")
    assert yard.orphans() == [GONE, "Movies/Noted (1990)/poster.jpg", "Movies/Old (1970)/poster.jpg"]


def test_a_recorded_file_that_a_person_replaced_stays(yard):
    yard.lists(MOVIES, ALIEN)
    yard.recorded("Movies", GONE)
    yard.marked(GONE, mark="by a person")
    assert yard.orphans() == []


def test_seasons_and_cards_go_with_their_season_or_episode_and_shows_with_all_they_have(yard):
    yard.lists(TV, dark(season(1, episode(1, 1))))
    kept = ("poster", "background", "Season01", "S01E01")
    yard.marked(*(f"TV/Dark (2017)/{name}.jpg" for name in (*kept, "Season02", "S01E02", "S02E01")))
    yard.marked("TV/Gone (2000)/poster.jpg", "TV/Gone (2000)/S01E01.jpg")
    assert yard.orphans() == [
        *(f"TV/Dark (2017)/{name}.jpg" for name in ("S01E02", "S02E01", "Season02")),
        "TV/Gone (2000)/S01E01.jpg",
        "TV/Gone (2000)/poster.jpg",
    ]


@pytest.mark.parametrize("by_library", [True, False])
def test_a_kind_that_is_switched_off_is_no_reason_to_delete_while_the_item_is_listed(tmp_path, by_library):
    yard = Yard(tmp_path, by_library, kinds=ALL_KINDS - {Kind.TITLE_CARD, Kind.BACKGROUND})
    yard.lists(TV, dark(season(1)))
    head = "TV/{}/" if by_library else "{}_"
    names = [f"{head}{name}.jpg" for name in ("S01E01", "background", "Season02")]
    yard.marked(*(name.format("Dark (2017)") for name in names))
    yard.marked(*(name.format("Gone (2000)") for name in names))
    gone = [name.format("Gone (2000)") for name in names]
    assert yard.orphans() == sorted([names[2].format("Dark (2017)"), *gone])


def test_a_name_that_was_cut_for_the_disk_is_left_where_its_kind_is_off(tmp_path):
    yard = Yard(tmp_path, by_library=False, kinds=frozenset((Kind.POSTER,)))
    name = "A" * 250
    yard.lists(MOVIES, film_in(MOVIES, name))
    on = Yard(tmp_path, by_library=False)
    on.lists(MOVIES, film_in(MOVIES, "Other"))
    card = on.rules.layout.path(film_in(MOVIES, name), "S01E01")
    yard.marked(card)
    assert (yard.orphans(), on.orphans()) == ([], [card])


def test_items_that_settings_leave_out_keep_their_files(yard):
    labelled = Item(MOVIES, "2", Medium.FILM, "B", root_folder="B", labels=("skip_posterizarr",))
    yard.lists(MOVIES, ALIEN, labelled)
    yard.marked("Movies/B/poster.jpg")
    assert yard.orphans() == []


LISTINGS = {
    "cut": (lambda yard: yard.lists(MOVIES, ALIEN, is_whole=False), census.CUT_SHORT),
    "never ended": (lambda yard: yard.census.begin(MOVIES), census.CUT_SHORT),
    "nothing in it": (lambda yard: yard.lists(MOVIES), census.EMPTY),
    "an item without a folder": (
        lambda yard: yard.lists(MOVIES, ALIEN, film_in(MOVIES, "")),
        census.NO_FOLDER,
    ),
    "files in the trash": (lambda yard: yard.lists(MOVIES, ALIEN, files_gone=True), census.FILES_GONE),
    "gone from the server": (lambda yard: None, census.NOT_LISTED),
}


@pytest.mark.parametrize("by_library", [True, False])
@pytest.mark.parametrize("case", LISTINGS)
def test_a_library_that_is_not_known_whole_keeps_its_files(tmp_path, case, by_library):
    prepare, reason = LISTINGS[case]
    yard = Yard(tmp_path, by_library)
    prepare(yard)
    yard.lists(TV, dark())
    movies, shows = (GONE, "TV/Gone/poster.jpg") if by_library else ("Gone (1980).jpg", "Gone.jpg")
    yard.recorded("Movies", movies)
    yard.recorded("TV", shows)
    assert yard.reasons() == {reason}
    # Without folders for libraries, the one that is not known may want a picture of any name.
    is_alone = by_library or reason == census.NOT_LISTED
    assert yard.orphans() == ([shows] if is_alone else [])


@pytest.mark.parametrize("by_library", [True, False])
def test_an_excluded_library_keeps_its_files(tmp_path, by_library):
    yard = Yard(tmp_path, by_library, excluded=["kids"])
    yard.lists(MOVIES, ALIEN)
    paths = ("Kids/Up/poster.jpg", GONE) if by_library else ("Up.jpg", "Gone (1980).jpg")
    yard.recorded("Kids", paths[0])
    yard.recorded("Movies", paths[1])
    assert (yard.orphans(), yard.reasons()) == ([paths[1]], {census.EXCLUDED})


def test_a_flat_file_whose_library_nobody_knows_goes_only_where_all_libraries_are_listed(tmp_path):
    both = [Yard(tmp_path, by_library=False, excluded=names) for names in ((), ("Music",))]
    both[0].marked("Gone (1980).jpg")
    for yard in both:
        yard.lists(MOVIES, ALIEN)
    assert [yard.orphans() for yard in both] == [["Gone (1980).jpg"], []]
    assert both[1].reasons() == {UNKNOWN_LIBRARY}


@pytest.mark.parametrize(
    "names", [("Movies", "Movies"), ("Movies", "movies"), ("A/B", "A_B"), ("Été", "e\u0301te\u0301")]
)
@pytest.mark.parametrize("is_whole", [True, False])
def test_libraries_that_share_a_folder_are_judged_together(tmp_path, names, is_whole):
    yard = Yard(tmp_path)
    one, other = (library(name, key) for name, key in zip(names, "12", strict=True))
    yard.lists(one, film_in(one, "Alien"))
    yard.lists(other, film_in(other, "Up"), is_whole=is_whole)
    folders = {name.replace("/", "_") for name in names}
    yard.marked(*(f"{folder}/{film}/poster.jpg" for folder in folders for film in ("Alien", "Up", "Gone")))
    assert yard.orphans() == sorted(f"{folder}/Gone/poster.jpg" for folder in folders if is_whole)


def test_letter_case_and_unicode_form_of_a_name_are_no_reason_to_delete(yard):
    yard.lists(MOVIES, ALIEN, film_in(MOVIES, "Amélie (2001)"))
    yard.marked("movies/ALIEN (1979)/poster.jpg", "Movies/Ame\u0301lie (2001)/poster.jpg")
    assert yard.orphans() == []


def test_files_of_the_other_layout_go_only_where_the_journal_has_them(yard):
    yard.lists(MOVIES, ALIEN)
    yard.recorded("Movies", "Alien (1979).jpg")
    yard.marked("Alien (1979)_background.jpg", "Movies/Alien (1979)/poster - my copy.jpg")
    assert yard.orphans() == ["Alien (1979).jpg"]


def test_what_a_person_had_put_back_stays(yard):
    yard.lists(MOVIES, ALIEN)
    yard.recorded("Movies", GONE, action=Action.RESTORE, reason=Reason.UNDOING)
    assert yard.orphans() == []


def test_an_extra_folder_belongs_to_its_item(yard):
    yard.lists(MOVIES, film_in(MOVIES, "Alien (1979)", extra="A/B"))
    yard.marked("Movies/A/B/Alien (1979)/poster.jpg", "Movies/A/Alien (1979)/poster.jpg")
    assert yard.orphans() == ["Movies/A/Alien (1979)/poster.jpg"]


def test_the_record_of_a_deletion_keeps_what_was_known_and_an_unknown_file_is_described_by_its_path(yard):
    yard.lists(TV, dark())
    yard.recorded("TV", "TV/Gone/poster.jpg")
    yard.marked("TV/Old/S02E03.jpg")
    one, other = yard.judged()
    assert one.record.decision.title == "Alien" and one.record.file is None
    assert one.step.before.sha256 and other.step.before.sha256
    decision = other.record.decision
    assert (decision.library, decision.title, decision.season, decision.episodes) == ("TV", "Old", 2, (3,))
    assert {found.step.action for found in (one, other)} == {Action.DELETE}


@pytest.mark.slow
def test_five_thousand_files_are_judged_and_exactly_the_orphans_found(yard):
    films = [film_in(MOVIES, f"Film {number}") for number in range(2500)]
    yard.lists(MOVIES, *(film for number, film in enumerate(films) if number % 10))
    source = yard.assets / "source.jpg"
    yard.marked("source.jpg")
    for film in films:
        folder = yard.assets / "Movies" / film.root_folder
        folder.mkdir(parents=True)
        for name in ("poster.jpg", "background.jpg"):
            (folder / name).hardlink_to(source)
    expected = {
        f"Movies/Film {n}/{name}.jpg" for n in range(0, 2500, 10) for name in ("poster", "background")
    }
    assert set(yard.orphans()) == expected

import pytest

from app.core.assets.register import marks
from app.core.choices.artwork import Tree, artwork_file_name, described_artwork, find_artwork
from app.core.choices.editing import choice_list
from app.core.errors import NotFound
from tests.choices import make_row, take
from tests.trees import described, index, make_image

EPISODE = make_row(Title="S01E02 | Lies", Type="Episode", Rootfolder="Dark (2017)", LibraryName="TV")
SEASON = make_row(Title="Dark | Season 2", Type="Season", Rootfolder="Dark (2017)", LibraryName="TV")


@pytest.fixture
def root(machine):
    folder = machine.paths.data / "pictures"
    folder.mkdir()
    machine.config.path.write_text('{"PrerequisitePart": {"AssetPath": "pictures"}}')
    return folder


def found(machine, flat=False):
    """The paths of the images that are found, by the titles of their choices."""
    index(machine)
    with machine.database.reading() as session:
        rows = choice_list(session, None, 0)
        images = find_artwork(session, tree(machine, flat), rows)
    return {row.title: images[row.id].path for row in rows if row.id in images}


def tree(machine, flat=False):
    with machine.database.reading() as session:
        return Tree(marks(session)["assets"].id, flat)


@pytest.mark.parametrize(
    ("choice_type", "title", "expected"),
    [
        ("Movie", "Alien", "poster.jpg"),
        ("Show", "Dark", "poster.jpg"),
        ("Movie Background", "Alien", "background.jpg"),
        ("Show Background", "Season 1 of it", "background.jpg"),
        ("Season", "Dark | Season 2", "Season02.jpg"),
        ("Season", "Dark | season 0", "Season00.jpg"),
        ("Season", "Dark | Season 2021", "Season2021.jpg"),
        ("Season", "Dark | Specials", None),
        ("Season", "Season 99999999", None),
        ("Episode", "S01E02 | Lies", "S01E02.jpg"),
        ("TitleCard", "s01e102 | Lies", "S01E102.jpg"),
        ("Episode", "Lies", None),
    ],
)
def test_type_and_title_tell_the_file(choice_type, title, expected):
    assert artwork_file_name(choice_type, title) == expected


def test_each_kind_is_found_in_the_folder_of_its_item(machine, root):
    for path in (
        "Movies/Alien (1979)/poster.jpg",
        "TV/Dark (2017)/S01E02.jpg",
        "TV/Dark (2017)/Season02.jpg",
    ):
        make_image(root, path)
    take(machine, make_row(), EPISODE, SEASON)
    assert found(machine) == {
        "Alien": "Movies/Alien (1979)/poster.jpg",
        "S01E02 | Lies": "TV/Dark (2017)/S01E02.jpg",
        "Dark | Season 2": "TV/Dark (2017)/Season02.jpg",
    }


def test_an_extra_folder_and_a_collection_are_seen_through(machine, root):
    make_image(root, "Movies/4K/Alien (1979)/poster.jpg")
    make_image(root, "Collections/Movies/Alien Collection/poster.jpg")
    take(machine, make_row(), make_row(Title="All Aliens", Rootfolder="Alien Collection"))
    assert found(machine) == {
        "Alien": "Movies/4K/Alien (1979)/poster.jpg",
        "All Aliens": "Collections/Movies/Alien Collection/poster.jpg",
    }


def test_the_folder_right_below_the_library_stands_above_a_deeper_one(machine, root):
    make_image(root, "Movies/4K/Alien (1979)/poster.jpg")
    make_image(root, "Movies/Alien (1979)/poster.jpg")
    take(machine, make_row())
    assert found(machine) == {"Alien": "Movies/Alien (1979)/poster.jpg"}


def test_a_folder_of_the_same_name_in_another_library_is_another(machine, root):
    make_image(root, "TV/Alien (1979)/poster.jpg")
    take(machine, make_row())
    assert found(machine) == {}


def test_a_flat_tree_is_searched_by_the_names_of_files(machine, root):
    make_image(root, "Alien (1979).jpg")
    make_image(root, "Alien (1979)_background.jpg")
    make_image(root, "Dark (2017)_S01E02.jpg")
    make_image(root, "4K/Dark (2017)_Season02.jpg")
    make_image(root, "Collections/Alien Collection_poster.jpg")
    background = make_row(Title="Behind", Type="Movie Background")
    collection = make_row(Title="All Aliens", Type="Collection", Rootfolder="Alien Collection")
    take(machine, make_row(), background, collection, EPISODE, SEASON)
    assert found(machine, flat=True) == {
        "Alien": "Alien (1979).jpg",
        "Behind": "Alien (1979)_background.jpg",
        "All Aliens": "Collections/Alien Collection_poster.jpg",
        "S01E02 | Lies": "Dark (2017)_S01E02.jpg",
        "Dark | Season 2": "4K/Dark (2017)_Season02.jpg",
    }


@pytest.mark.parametrize("flat", [False, True])
@pytest.mark.parametrize("folder", ["../secret", "..", "", "a/../b", "/etc", "\\"])
def test_a_folder_that_leads_elsewhere_leads_nowhere(machine, root, folder, flat):
    make_image(root.parent, "secret/poster.jpg")
    make_image(root, "Movies/poster.jpg")
    take(machine, make_row(Rootfolder=folder))
    assert found(machine, flat) == {}


def test_before_the_tree_is_indexed_nothing_is_found(machine):
    take(machine, make_row())
    with machine.database.reading() as session:
        assert find_artwork(session, Tree(None, False), choice_list(session, None, 0)) == {}


def test_many_choices_are_looked_up_in_parts(machine, root):
    rows = [make_row(Title=f"F{number}", Rootfolder=f"F{number}") for number in range(700)]
    for number in (0, 350, 699):
        make_image(root, f"Movies/F{number}/poster.jpg")
    take(machine, *rows)
    assert sorted(found(machine)) == ["F0", "F350", "F699"]


def test_one_image_is_described(machine, root):
    make_image(root, "Movies/Alien (1979)/poster.jpg")
    take(machine, make_row())
    index(machine)
    with machine.database.reading() as session:
        [row] = choice_list(session, None, 0)
        assert described(described_artwork(session, tree(machine), row)) == {
            "name": "poster.jpg",
            "path": "Movies/Alien (1979)/poster.jpg",
            "url": "/poster_assets/Movies/Alien%20%281979%29/poster.jpg",
            "type": "poster",
            "library": "Movies",
        }


def test_an_image_that_is_not_there_is_not_described(machine, root):
    take(machine, make_row())
    index(machine)
    with machine.database.reading() as session, pytest.raises(NotFound):
        described_artwork(session, tree(machine), choice_list(session, None, 0)[0])

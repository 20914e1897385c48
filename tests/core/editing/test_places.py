"""Names of clients lead to images of the tree, and to nothing else."""

import pytest

from app.core.editing.places import by_root, editable_path, journal_path, new_path
from app.core.errors import ApplicationError, Forbidden, Invalid, NotFound
from tests.trees import make_image, make_tree

FILM = "Movies/Alien (1979)/poster.jpg"
SLASHED = "Movies/back\\slash/poster.jpg"
COMBINED = "Movies/a\N{COMBINING DIAERESIS}#?%41/poster.PNG"


@pytest.fixture
def tree(tmp_path):
    folder = make_tree(tmp_path / "assets", FILM, SLASHED, COMBINED, "notes.txt", "Movies/back/twin.jpg")
    (folder / "folder.jpg").mkdir()
    (folder / "dead.jpg").symlink_to("nowhere.jpg")
    make_image(tmp_path, "outside.jpg")
    (folder / "away.jpg").symlink_to(tmp_path / "outside.jpg")
    return folder


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        (FILM, FILM),
        (f"/{FILM}", FILM),
        (FILM.replace("/", "\\"), FILM),
        (f"Movies/./x/..//{FILM}", f"Movies/{FILM}"),
        ("TV/../Movies/Alien (1979)/./poster.jpg", FILM),
        (COMBINED, COMBINED),
        # The name as it is comes before the one with other separators.
        (SLASHED, SLASHED),
        ("Movies\\back\\twin.jpg", "Movies/back/twin.jpg"),
    ],
)
def test_an_image_is_found_in_whichever_way_its_path_is_written(tree, sent, found):
    make_image(tree, "Movies/back/slash/poster.jpg")
    make_image(tree, f"Movies/{FILM}")
    assert editable_path(tree, sent) == found


@pytest.mark.parametrize(
    ("sent", "error", "words"),
    [
        ("", Invalid, "no image"),
        ("notes.txt", Invalid, "no image"),
        ("gone.jpg", NotFound, "no file"),
        (f"{FILM}/poster.jpg", NotFound, "no file"),
        ("x" * 300 + ".jpg", NotFound, "no file"),
        ("\ud800.jpg", NotFound, "no"),
        ("folder.jpg", Invalid, "is no file"),
        ("dead.jpg", Invalid, "is no file"),
        ("away.jpg", Forbidden, "outside"),
        ("../outside.jpg", Forbidden, "outside"),
        ("..\\outside.jpg", Forbidden, "outside"),
        ("a\0.jpg", Invalid, "NUL"),
        ("x/" * 2100 + "a.jpg", Invalid, "4096 characters"),
    ],
)
def test_what_is_no_image_of_the_tree_is_refused_with_the_reason(tree, sent, error, words):
    with pytest.raises(error, match=words):
        editable_path(tree, sent)


def test_a_link_leads_outside_only_where_links_are_followed(tree):
    assert editable_path(tree, "away.jpg", follow_links=True) == "away.jpg"
    for sent, error in {"dead.jpg": Invalid, "\ud800.jpg": NotFound, "../outside.jpg": Forbidden}.items():
        with pytest.raises(error):
            editable_path(tree, sent, follow_links=True)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("Films\\Dune\\poster.jpg", "Films/Dune/poster.jpg"), ("/a//b/../poster.WEBP", "a/poster.WEBP")],
)
def test_a_new_image_needs_no_file(sent, kept):
    assert new_path(sent) == kept


@pytest.mark.parametrize(
    "sent", ["", "Films/", "notes.txt", "a\n.jpg", "\ud800.jpg", "a\0.jpg", "../a.jpg", "x" * 4096 + ".jpg"]
)
def test_a_new_image_has_a_path_that_any_disk_and_log_can_hold(sent):
    with pytest.raises(ApplicationError) as caught:
        new_path(sent)
    assert isinstance(caught.value, (Invalid, Forbidden))


def test_the_journal_names_a_file_of_each_tree_in_one_way_and_back():
    named = {root: journal_path(root, FILM) for root in ("assets", "manual", "backup")}
    assert named == {
        "assets": FILM,
        "manual": f"/manual_poster_assets/{FILM}",
        "backup": f"/backup_assets/{FILM}",
    }
    # A library may have the name of a tree.
    twin = f"backup_assets/{FILM}"
    assert by_root([*named.values(), twin]) == {
        "assets": {FILM: FILM, twin: twin},
        "manual": {named["manual"]: FILM},
        "backup": {named["backup"]: FILM},
    }

import pytest

from app.core.assets.walk import Amount, count_assets
from app.core.errors import NotFound
from tests import trees


def make_image(folder, name, size=3):
    return trees.make_image(folder, name, bytes(size))


def test_images_are_counted_by_kind_with_their_size(tmp_path):
    make_image(tmp_path, "Movies/Alien (1979)/poster.jpg", 10)
    make_image(tmp_path, "Movies/Alien (1979)/background.jpg", 20)
    make_image(tmp_path, "TV/Dark (2017)/Season01.jpg", 30)
    make_image(tmp_path, "TV/Dark (2017)/S01E01.jpg", 40)
    make_image(tmp_path, "TV/Dark (2017)/S01E02.jpg", 2)
    make_image(tmp_path, "TV/Dark (2017)/logo.png", 5)
    assert count_assets(tmp_path) == {
        "poster": Amount(1, 10),
        "background": Amount(1, 20),
        "season": Amount(1, 30),
        "titlecard": Amount(2, 42),
        "other": Amount(1, 5),
    }


def test_thumbnails_of_a_synology_and_other_files_do_not_count(tmp_path):
    make_image(tmp_path, "Movies/@eaDir/poster.jpg")
    make_image(tmp_path, "Movies/readme.txt")
    assert count_assets(tmp_path)["poster"] == Amount()


def test_a_link_that_leads_nowhere_does_not_count(tmp_path):
    (tmp_path / "poster.jpg").symlink_to(tmp_path / "gone.jpg")
    assert count_assets(tmp_path)["poster"] == Amount()


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(NotFound, match="nowhere"):
        count_assets(tmp_path / "nowhere")

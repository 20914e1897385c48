"""Which files of the asset folder are looked at at all."""

import os

from app.poster.cleaning.asset_folder import AssetWalk, reserved_folders
from app.poster.folders import Folders
from tests.poster.cleaning.yard import draw


def files(assets, reserved=()):
    folder = AssetWalk(assets, reserved)
    return folder.files(lambda path: True)


def test_only_pictures_are_looked_at_and_neither_collections_nor_what_disks_keep(tmp_path):
    for name in (
        "M/A/poster.jpg",
        "Collections/M/A/poster.jpg",
        "M/#recycle/poster.jpg",
        "M/.trash/poster.jpg",
    ):
        draw(tmp_path / name)
    for name in ("M/A/poster.png", "M/A/.poster.jpg.part", "M/A/.poster.jpg"):
        (tmp_path / name).touch()
    os.close(os.open(os.fsencode(tmp_path / "M") + b"/\xff.jpg", os.O_CREAT))
    assert files(tmp_path) == ["M/A/poster.jpg"]
    assert files(tmp_path / "missing") == []


def test_nothing_is_looked_at_beyond_a_link_and_what_a_link_leads_to_is_left(tmp_path):
    assets, outside = tmp_path / "assets", tmp_path / "outside"
    draw(outside / "A" / "poster.jpg")
    for name in ("M/A/poster.jpg", "M/B/poster.jpg", "N/C/poster.jpg", "N/C/background.jpg"):
        draw(assets / name)
    (assets / "Out").symlink_to(outside)
    (assets / "M" / "Other name").symlink_to(assets / "M" / "A")
    (assets / "M" / "linked.jpg").symlink_to(assets / "N" / "C" / "poster.jpg")
    (assets / "M" / "broken").symlink_to("nowhere")
    assert files(assets) == ["M/B/poster.jpg", "N/C/background.jpg"]
    (assets / "Root").symlink_to(assets)
    assert files(assets) == []


def test_folders_with_other_pictures_are_left_where_they_lie_below_the_assets(tmp_path):
    folders = Folders(tmp_path, tmp_path, tmp_path / "manual", tmp_path / "backup")
    for name in ("M/A/poster.jpg", "manual/M/A/poster.jpg", "backup/M/A/poster.jpg", "test/poster.jpg"):
        draw(tmp_path / name)
    assert files(tmp_path, reserved_folders(folders)) == ["M/A/poster.jpg"]


def test_a_folder_that_cannot_be_read_is_named(tmp_path):
    draw(tmp_path / "M" / "poster.jpg")
    folder = AssetWalk(tmp_path / "M" / "poster.jpg")
    assert folder.files(lambda path: True) == [] and "poster.jpg" in folder.unread[0]

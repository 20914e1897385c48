import os

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.core.assets.naming import address, asset_kind, full_type, is_passed_over, is_storable


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("poster.jpg", "poster"),
        ("Alien (1979).jpg", "poster"),
        ("holiday.webp", "poster"),
        ("background.jpg", "background"),
        ("Alien (1979)_background.PNG", "background"),
        ("Season01.jpg", "season"),
        ("Dark_Season00.jpeg", "season"),
        ("S01E01.jpg", "titlecard"),
        ("Dark_s01e12.jpg", "titlecard"),
        ("S01E100.jpg", "titlecard"),
        ("seasons.jpg", "poster"),
        ("mybackground.jpg", "poster"),
        ("a_b_background.jpg", "background"),
        ("art.jpg", "background"),
        ("Modern Art.jpg", "poster"),
        ("Pop-Art.jpg", "poster"),
        ("Fanart.JPG", "background"),
        ("fanart2.jpg", "background"),
        ("Backdrop.jpg", "background"),
        ("Alien (1979)-fanart.jpg", "background"),
        ("Season01_background.jpg", "background"),
        ("season01-fanart.jpg", "background"),
        ("S01E01_background.jpg", "background"),
        ("Season 3.jpg", "season"),
        ("season03-poster.png", "season"),
        ("season-specials-poster.jpg", "season"),
        ("SEASON-all.webp", "season"),
        ("S01E01-E02.jpg", "titlecard"),
        ("Dark_S01E01E02.jpg", "titlecard"),
        ("S2023E105.jpg", "titlecard"),
        ("Dark - S01E01 - Secrets-thumb.jpg", "titlecard"),
        ("News 2024-01-05-thumb.jpg", "titlecard"),
        ("logo.png", "other"),
        ("ClearLogo.png", "other"),
        ("Alien (1979)-banner.jpg", "other"),
        ("season03-banner.jpg", "other"),
        ("clearart.png", "other"),
        ("landscape.jpg", "other"),
        ("thumb.jpg", "other"),
        ("square.jpg", "other"),
        ("Banners of War.jpg", "poster"),
        ("movie-poster.jpg", "poster"),
        ("cover.jpg", "poster"),
        ("poster.tbn", None),
        ("poster.jpg.tmp", None),
        ("notes.txt", None),
        ("jpg", None),
        (".jpg", None),
    ],
)
def test_a_name_tells_the_kind(name, kind):
    assert asset_kind(name) == kind


@given(some.text(max_size=30), some.integers(0, 999))
def test_a_suffix_after_any_root_folder_tells_the_kind(title, number):
    assert asset_kind(f"{title}_Season{number:02}.jpg") == "season"


@pytest.mark.parametrize(
    ("kind", "library", "told"),
    [
        ("poster", "TV Shows", "Show"),
        ("poster", "Serien", "Show"),
        ("poster", "4K Movies", "Movie"),
        ("poster", "Kino", "Movie"),
        ("poster", "Sonstiges", "Movie"),
        ("background", "Anime Series", "Show Background"),
        ("background", "Filme", "Movie Background"),
        ("season", "TV", "Season"),
        ("titlecard", "TV", "Episode"),
    ],
)
def test_an_image_is_called_as_clients_know_it(kind, library, told):
    assert full_type(kind, library) == told


@pytest.mark.parametrize(
    ("name", "passed"),
    [("@eaDir", True), ("lost+found", True), (".hidden", True), (".poster.jpg", True), ("eaDir", False)],
)
def test_hidden_and_foreign_names_are_passed_over(name, passed):
    assert is_passed_over(name) is passed


def test_bytes_that_are_no_utf8_cannot_be_stored():
    assert not is_storable(os.fsdecode(b"caf\xe9.jpg"))
    assert is_storable("Ünder Wäter.jpg") and is_storable("poster.jpg")


def test_an_address_holds_nothing_that_ends_a_path():
    assert address("poster_assets", "TV/100% #1?.jpg") == "/poster_assets/TV/100%25%20%231%3F.jpg"

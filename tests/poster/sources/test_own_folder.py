"""The root folder and what lies between it and the library, for every layout that is in use."""

import pytest

from app.poster.records.ids import Medium
from app.poster.sources.own_folder import item_folder, parts_of

FILMS = {
    "/movies/Alien (1979)/Alien.mkv": ("Alien (1979)", ""),
    "/movies/A/Alien (1979)/Alien.mkv": ("Alien (1979)", "A"),
    "/movies/A/B/Alien (1979)/Alien.mkv": ("Alien (1979)", "A/B"),
    "/movies/Alien.mkv": ("Alien.mkv", ""),
    "/movies/Alien (1979)/VIDEO_TS/VIDEO_TS.IFO": ("Alien (1979)", ""),
    "/movies/Alien (1979)/BDMV/STREAM/00001.m2ts": ("Alien (1979)", ""),
    "/movies/Alien (1979)/CD1/alien.avi": ("Alien (1979)", ""),
    "/movies/kids/Up (2009)/Up.mkv": ("Up (2009)", ""),
    "/moviesandmore/Alien (1979)/Alien.mkv": ("", ""),
    "/elsewhere/Alien.mkv": ("", ""),
    "": ("", ""),
}


@pytest.mark.parametrize(("path", "expected"), FILMS.items())
def test_a_film_lies_in_the_folder_of_its_file(path, expected):
    found = item_folder(path, ("/movies", "/movies/kids/"), Medium.FILM)
    assert (found.root_folder, found.extra_folder) == expected


SHOWS = {
    "/tv/Dark (2017)": ("Dark (2017)", ""),
    "/tv/Anime/Dark (2017)": ("Dark (2017)", "Anime"),
    "/tv/A/B/Dark (2017)/": ("Dark (2017)", "A/B"),
    "/tv": ("tv", ""),
    "/other/Dark (2017)": ("", ""),
}


@pytest.mark.parametrize(("path", "expected"), SHOWS.items())
def test_a_show_has_its_own_folder_also_below_a_sub_folder(path, expected):
    found = item_folder(path, ("/tv",), Medium.SHOW)
    assert (found.root_folder, found.extra_folder) == expected


@pytest.mark.parametrize(
    ("path", "root"),
    [
        (r"D:\Movies\A\Alien (1979)\Alien.mkv", r"D:\Movies"),
        (r"d:\movies\A\Alien (1979)\Alien.mkv", "D:\\Movies\\"),
        (r"\\?\D:\Movies\A\Alien (1979)\Alien.mkv", r"D:\Movies"),
        (r"\\nas\media\A\Alien (1979)\Alien.mkv", r"\\nas\media"),
        (r"\\?\UNC\nas\media\A\Alien (1979)\Alien.mkv", r"\\nas\media"),
        ("//nas/media/A/Alien (1979)/Alien.mkv", "//nas/media"),
        ("D:/Movies/A/Alien (1979)/Alien.mkv", r"D:\Movies"),
    ],
)
def test_paths_of_windows_and_of_shares(path, root):
    found = item_folder(path, (root,), Medium.FILM)
    assert (found.root_folder, found.extra_folder) == ("Alien (1979)", "A")


def test_a_backslash_is_a_part_of_a_name_elsewhere():
    assert parts_of("/movies/AC\\DC (1980)/x.mkv") == ("movies", "AC\\DC (1980)", "x.mkv")


def test_roots_are_compared_unicode_normalised_and_names_stay_as_the_media_has_them():
    decomposed = "/Pelíkula/Amélie (2001)/a.mkv"
    assert item_folder(decomposed, ("/Pelíkula",), Medium.FILM).root_folder == "Amélie (2001)"


def test_the_folder_of_a_disc_is_the_films_own():
    assert (
        item_folder("/movies/Alien (1979)", ("/movies",), Medium.FILM, is_folder=True).root_folder
        == "Alien (1979)"
    )

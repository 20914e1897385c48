"""Artwork beside the media serves as its kind, the exact names before numbered ones."""

from pathlib import Path

import pytest

from app.poster.kinds import Kind
from app.poster.sources.beside import episode_art, film_art, season_art, show_art
from app.poster.sources.media_folder import read_media_folder
from tests.poster.sources.media import lay_out


def names(art, kind):
    return [Path(one.where).name for one in art if one.kind is kind]


def folder_with(root, *files):
    return read_media_folder(lay_out(root, *files))


@pytest.mark.parametrize(
    "name",
    ["poster.jpg", "FOLDER.JPG", "Cover.png", "default.jpeg", "movie.webp", "alien.tbn", "Alien-Poster.PNG"],
)
def test_posters_of_a_film(tmp_path, name):
    folder = folder_with(tmp_path, "Alien.mkv", name)
    assert names(film_art(folder, "Alien", owns_folder=True), Kind.POSTER) == [name]


@pytest.mark.parametrize(
    "name", ["fanart.jpg", "Backdrop.jpg", "background.png", "art.webp", "Alien-fanart.jpg"]
)
def test_backgrounds_of_a_film(tmp_path, name):
    folder = folder_with(tmp_path, "Alien.mkv", name)
    assert names(film_art(folder, "Alien", owns_folder=True), Kind.BACKGROUND) == [name]


@pytest.mark.parametrize(
    "name",
    ["banner.jpg", "logo.png", "clearlogo.png", "clearart.png", "disc.png", "discart.png", "landscape.jpg"]
    + ["thumb.jpg", "Alien-banner.jpg", "Alien-logo.png", "poster.psd", "season01-poster.jpg"],
)
def test_other_artwork_is_no_poster_and_no_background(tmp_path, name):
    folder = folder_with(tmp_path, "Alien.mkv", name)
    assert film_art(folder, "Alien", owns_folder=True) == ()


def test_exact_names_come_before_numbered_ones_and_the_films_own_first(tmp_path):
    files = ["poster-2.jpg", "poster10.jpg", "cover.jpg", "poster.png", "poster.jpg", "Alien-poster.jpg"]
    art = film_art(folder_with(tmp_path, "Alien.mkv", *files), "Alien", owns_folder=True)
    assert names(art, Kind.POSTER) == [
        "Alien-poster.jpg",
        "poster.jpg",
        "poster.png",
        "cover.jpg",
        "poster-2.jpg",
        "poster10.jpg",
    ]
    assert [one.index for one in art] == list(range(6))


def test_a_show_has_posters_of_its_own_names(tmp_path):
    art = show_art(folder_with(tmp_path, "show.jpg", "movie.jpg", "fanart1.jpg", "backdrop.jpg"))
    assert names(art, Kind.POSTER) == ["show.jpg"]
    assert names(art, Kind.BACKGROUND) == ["backdrop.jpg", "fanart1.jpg"]


def test_posters_of_seasons_lie_in_either_folder(tmp_path):
    lay_out(tmp_path, "season01-poster.jpg", "Season02.png", "season-specials-poster.tbn", "poster.jpg")
    lay_out(tmp_path, "Season 01/poster.jpg", "Season 01/Dark-thumb.jpg", "Season 03/Folder.jpg")
    show = read_media_folder(tmp_path)
    found = {
        number: names(season_art(show, season, number), Kind.SEASON)
        for number, season in {
            0: None,
            1: read_media_folder(tmp_path / "Season 01"),
            2: show,
            3: read_media_folder(tmp_path / "Season 03"),
            4: None,
        }.items()
    }
    assert found == {
        0: ["season-specials-poster.tbn"],
        1: ["season01-poster.jpg", "poster.jpg"],
        2: ["Season02.png"],
        3: ["Folder.jpg"],
        4: [],
    }


def test_stills_of_episodes_are_named_after_the_file(tmp_path):
    folder = folder_with(
        tmp_path, "Dark S01E01.mkv", "Dark S01E01-thumb.jpg", "dark s01e01.JPG", "Dark S01E02.jpg"
    )
    assert names(episode_art(folder, "Dark S01E01"), Kind.TITLE_CARD) == [
        "Dark S01E01-thumb.jpg",
        "dark s01e01.JPG",
    ]


def test_the_validator_changes_with_the_picture_and_empty_files_are_none(tmp_path):
    folder = folder_with(tmp_path, "Alien.mkv", "poster.jpg", "cover.jpg")
    (tmp_path / "cover.jpg").write_bytes(b"")
    (before,) = film_art(folder, "Alien", owns_folder=True)
    (tmp_path / "poster.jpg").write_bytes(b"other bytes")
    (after,) = film_art(folder, "Alien", owns_folder=True)
    assert before.where == after.where and before.validator != after.validator

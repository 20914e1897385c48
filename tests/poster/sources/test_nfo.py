"""NFO files of every kind that is found in the wild give their ids, and never more than that."""

import codecs
import time

import pytest

from app.poster.records.ids import Medium
from app.poster.sources.nfo import read_nfo

ALIEN = b"<movie><title>Alien</title><uniqueid type='tmdb' default='true'>348</uniqueid></movie>"
FILMS = {
    "clean": (b'<?xml version="1.0" encoding="UTF-8"?>\n' + ALIEN, ["tmdb:movie:348"]),
    "address after the closing tag": (
        b"<movie><title>Alien</title></movie>\nhttps://www.themoviedb.org/movie/348-alien",
        ["tmdb:movie:348"],
    ),
    "several addresses after it": (
        ALIEN + b"\nhttps://www.imdb.com/title/tt0078748/\nhttps://www.themoviedb.org/movie/348",
        ["tmdb:movie:348", "imdb:movie:tt0078748"],
    ),
    "only a TMDB address": (b"https://www.themoviedb.org/movie/348", ["tmdb:movie:348"]),
    "only an IMDb address": (b"  https://www.imdb.com/title/tt0078748\n", ["imdb:movie:tt0078748"]),
    "plain_title ampersand in the title": (
        b"<movie><title>Lilo & Stitch</title><tmdbid>11544</tmdbid></movie>",
        ["tmdb:movie:11544"],
    ),
    "plain_title ampersand in an address": (
        b"<movie><thumb>http://x/?a=1&b=2&copy;</thumb><tmdbid>348</tmdbid></movie>",
        ["tmdb:movie:348"],
    ),
    "byte order mark": (codecs.BOM_UTF8 + ALIEN, ["tmdb:movie:348"]),
    "UTF-16 with mark": ("﻿".encode("utf-16-le") + ALIEN.decode().encode("utf-16-le"), ["tmdb:movie:348"]),
    "UTF-16 without mark": (ALIEN.decode().encode("utf-16-le"), ["tmdb:movie:348"]),
    "UTF-16, big end first": (codecs.BOM_UTF16_BE + ALIEN.decode().encode("utf-16-be"), ["tmdb:movie:348"]),
    "Latin-1 bytes declared as UTF-8": (
        b'<?xml version="1.0" encoding="UTF-8"?><movie><title>Am\xe9lie</title><tmdbid>194</tmdbid></movie>',
        ["tmdb:movie:194"],
    ),
    "only id": (b"<movie><id>tt0078748</id></movie>", ["imdb:movie:tt0078748"]),
    "only id, of TMDB": (b"<movie><id>348</id></movie>", ["tmdb:movie:348"]),
    "only id, by attribute": (
        b'<movie><id TMDB="348">tt0078748</id></movie>',
        ["tmdb:movie:348", "imdb:movie:tt0078748"],
    ),
    "only tmdbid": (b"<movie><tmdbid>348</tmdbid></movie>", ["tmdb:movie:348"]),
    "never closed": (b"<movie><title>Alien</title><tmdbid>348</tmdbid>", ["tmdb:movie:348"]),
    "overlapping tags": (b"<movie><b><i>x</b></i><tmdbid>348</tmdbid></movie>", ["tmdb:movie:348"]),
    "control characters": (
        b"<movie><plot>a\x04b&#4;c</plot><tmdbid>348</tmdbid></movie>",
        ["tmdb:movie:348"],
    ),
    "a name of no encoding": (b'<?xml version="1.0" encoding="wat"?>' + ALIEN, ["tmdb:movie:348"]),
    "empty": (b"", []),
    "blank": (b"\n  \n", []),
    "without any id": (b"<movie></movie>", []),
    "of a show": (b"<tvshow><tmdbid>70523</tmdbid></tvshow>", []),
    "of a show, never closed": (b"<tvshow><tmdbid>70523</tmdbid>", []),
    "address of a show": (b"https://www.themoviedb.org/tv/70523", []),
}


@pytest.fixture
def nfo(tmp_path):
    def read(content, medium=Medium.FILM):
        path = tmp_path / "movie.nfo"
        path.write_bytes(content)
        return read_nfo(path, medium)

    return read


@pytest.mark.parametrize(("content", "ids"), FILMS.values(), ids=FILMS)
def test_the_ids_are_found(nfo, content, ids):
    assert [str(one) for entry in nfo(content) for one in entry.ids] == ids


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (FILMS["plain_title ampersand in the title"][0], "Lilo & Stitch"),
        (FILMS["Latin-1 bytes declared as UTF-8"][0], "Amélie"),
        (FILMS["UTF-16 with mark"][0], "Alien"),
        (FILMS["control characters"][0].replace(b"plot", b"title"), "abc"),
    ],
)
def test_the_title_survives_the_repair(nfo, content, title):
    assert nfo(content)[0].title == title


def test_a_document_type_is_never_expanded_and_nothing_external_is_read(nfo, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret-words")
    content = f"""<?xml version="1.0"?>
    <!DOCTYPE movie [<!ENTITY e SYSTEM "file://{secret}"><!ENTITY b "lol"><!ENTITY c "&b;&b;&b;">]>
    <movie><title>A &e; &c; Z</title><tmdbid>348</tmdbid></movie>"""
    (entry,) = nfo(content.encode())
    assert [str(one) for one in entry.ids] == ["tmdb:movie:348"]
    assert "secret-words" not in entry.title and "lol" not in entry.title


def test_entities_do_not_multiply(nfo):
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 30))
    content = (
        f'<!DOCTYPE m [<!ENTITY a0 "x">{entities}]><movie><title>&a29;</title><id>tt0078748</id></movie>'
    )
    assert len(nfo(content.encode())[0].title) < 20


def test_a_show_tells_its_order_and_tags(nfo):
    content = b"""<tvshow><title>Dark</title><originaltitle>Dunkel</originaltitle>
    <premiered>2017-12-01</premiered>
    <id>334824</id><episodeguide>{"tmdb":"70523","imdb":"tt5753856"}</episodeguide>
    <displayorder>dvd</displayorder><tag>Skip_Posterizarr</tag><tag/></tvshow>"""
    (show,) = nfo(content, Medium.SHOW)
    assert (show.title, show.original_title, show.year, show.order) == ("Dark", "Dunkel", 2017, "dvd")
    assert [str(one) for one in show.ids] == ["tmdb:show:70523", "imdb:show:tt5753856", "tvdb:show:334824"]
    assert show.tags == ("Skip_Posterizarr",)


def test_a_file_of_two_episodes_has_two_entries(nfo):
    part = "<episodedetails><title>{}</title><season>1</season><episode>{}</episode></episodedetails>"
    content = (part.format("Secrets", 1) + "\n" + part.format("Lies", 2)).encode()
    entries = nfo(content, Medium.EPISODE)
    assert [(entry.title, entry.season, entry.episode) for entry in entries] == [
        ("Secrets", 1, 1),
        ("Lies", 1, 2),
    ]


@pytest.mark.parametrize(
    ("content", "watched"),
    [
        ("<watched>true</watched>", True),
        ("<playcount>0</playcount>", False),
        ("<playcount>3</playcount>", True),
        ("", None),
    ],
)
def test_whether_an_episode_was_watched(nfo, content, watched):
    text = f"<episodedetails><episode>1</episode>{content}</episodedetails>"
    assert nfo(text.encode(), Medium.EPISODE)[0].watched is watched


def test_a_missing_file_and_a_folder_are_no_nfo(tmp_path):
    assert read_nfo(tmp_path / "movie.nfo", Medium.FILM) == read_nfo(tmp_path, Medium.FILM) == ()


@pytest.mark.parametrize(
    "word", ["<movie>", "</movie>", "<!DOCTYPE [", "<uniqueid ", "&", "<movie></tvshow>", "[{("]
)
def test_a_hostile_file_takes_no_time(nfo, word):
    start = time.monotonic()
    nfo(word.encode() * (1024 * 1024 // len(word)))
    assert time.monotonic() - start < 30

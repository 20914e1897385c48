"""The doubles' own state: what they show after somebody changed it, and how they misbehave."""

import base64

import pytest
import requests

from app.poster.records.server_art import Slot
from tests.doubles import media_jellyfin, media_plex
from tests.doubles.loopback import serving
from tests.doubles.media_world import picture_named, small_media
from tests.doubles.shown_pictures import HAND, RESET_AFTER, RESET_BEFORE, SERVER, TOOL, foreign_picture

JPEG = foreign_picture("ours", HAND)
PLEX = {"X-Plex-Token": media_plex.TOKEN}
JELLYFIN = {"Authorization": f'MediaBrowser Token="{media_jellyfin.TOKEN}"', "Content-Type": "image/jpeg"}


@pytest.fixture
def plex():
    with serving(media_plex.MediaPlex(small_media())) as double:
        yield double


@pytest.fixture
def jellyfin():
    with serving(media_jellyfin.MediaJellyfin(small_media())) as double:
        yield double


def keys_of(double):
    film, show = double.world.items()
    return film.key, show.key, show.season_key(1), show.episodes[1].key


def send(double, key, slot, content=JPEG):
    if isinstance(double, media_plex.MediaPlex):
        name = {"poster": "posters", "background": "arts"}[slot]
        return requests.post(f"{double.url}/library/metadata/{key}/{name}", content, headers=PLEX, timeout=30)
    name = {"poster": "Primary", "background": "Backdrop"}[slot]
    body = base64.b64encode(content)
    return requests.post(f"{double.url}/Items/{key}/Images/{name}", body, headers=JELLYFIN, timeout=30)


@pytest.mark.parametrize("name", ["plex", "jellyfin"])
def test_an_upload_is_shown_on_films_shows_seasons_and_episodes(request, name):
    double = request.getfixturevalue(name)
    assert double.shown_bytes(keys_of(double)[0], Slot.POSTER) == picture_named("alien-server-poster.jpg")
    for number, key in enumerate(keys_of(double), 1):
        assert send(double, key, "poster").ok
        assert double.shown_bytes(key, "poster") == JPEG
        assert len(double.uploads) == double.counts()["upload"] == number
    assert double.bytes_in > 0 and double.uploads[0].content == JPEG


@pytest.mark.parametrize("name", ["plex", "jellyfin"])
def test_what_fails_does_so_as_often_as_it_was_told(request, name):
    double = request.getfixturevalue(name)
    key = keys_of(double)[0]
    double.fail("upload", 429, times=2, Retry_After="7")
    assert [send(double, key, "poster").status_code for _ in range(2)] == [429, 429]
    double.fail("upload", RESET_BEFORE)
    with pytest.raises(requests.ConnectionError):
        send(double, key, "poster")
    assert not double.uploads
    double.fail("upload", RESET_AFTER, key=key)
    with pytest.raises(requests.ConnectionError):
        send(double, key, "poster")
    assert double.shown_bytes(key, "poster") == JPEG
    double.limit = 1000
    assert send(double, key, "poster").status_code == 413
    double.limit_cuts = True
    with pytest.raises(requests.ConnectionError):
        send(double, key, "poster", JPEG * 100)


@pytest.mark.parametrize("name", ["plex", "jellyfin"])
def test_others_overwrite_and_the_server_encodes_anew(request, name):
    double = request.getfixturevalue(name)
    key = keys_of(double)[0]
    shown = [double.show(key, "poster", by=by) for by in (HAND, TOOL, SERVER)]
    assert double.shown_bytes(key, "poster") == shown[-1] and len(set(shown)) == 3
    assert double.labels_of(key) == ("Overlay",)
    double.re_encodes = "loses mark"
    send(double, key, "poster")
    assert double.shown_bytes(key, "poster") not in (JPEG, b"")


def test_plex_lists_what_it_has_and_selects(plex):
    film = keys_of(plex)[0]
    send(plex, film, "poster")
    posters = requests.get(f"{plex.url}/library/metadata/{film}/posters", headers=PLEX, timeout=30).text
    assert "upload://posters/" in posters and "metadata://posters/" in posters
    first = plex.shelf(film, "poster").entries[-1].art_id
    address = f"{plex.url}/library/metadata/{film}/poster"
    assert requests.put(address, params={"url": first}, headers=PLEX, timeout=30).ok
    assert plex.shown_bytes(film, "poster") == picture_named("alien-server-poster.jpg")
    assert (film, "poster") in plex.locked


def test_a_pile_of_backdrops_grows_at_its_end_and_swaps(jellyfin):
    film = keys_of(jellyfin)[0]
    pile = [foreign_picture(name, SERVER) for name in "abc"]
    jellyfin.set_pile(film, pile)
    send(jellyfin, film, "background")
    assert jellyfin.pile_bytes(film) == [*pile, JPEG]
    address = f"{jellyfin.url}/Items/{film}/Images/Backdrop"
    requests.post(f"{address}/3/Index", params={"newIndex": 0}, headers=JELLYFIN, timeout=30)
    assert jellyfin.pile_bytes(film) == [JPEG, pile[1], pile[2], pile[0]]
    requests.delete(f"{address}/0", headers=JELLYFIN, timeout=30)
    assert jellyfin.pile_bytes(film) == [pile[1], pile[2], pile[0]]

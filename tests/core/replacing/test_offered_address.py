"""Only the server seals an address, and a small picture is asked for where its provider has one."""

import pytest

from app.core.errors import Forbidden
from app.core.replacing.offered_address import address_seal, require_offered, smaller_address
from app.poster.offering.document import PREVIEWS
from tests.candidates import FANART, TMDB, TVDB

SECRET = bytes(32)


@pytest.mark.parametrize("address", [f"{TMDB}a.jpg", "https://host/\ud800.jpg", ""])
def test_a_seal_holds_for_its_address_and_its_secret_alone(address):
    seal = address_seal(SECRET, address)
    require_offered(SECRET, address, seal)
    for other in ((bytes([1]) * 32, address, seal), (SECRET, f"{address}?", seal), (SECRET, address, "é")):
        with pytest.raises(Forbidden, match="search for them again"):
            require_offered(*other)


@pytest.mark.parametrize(
    ("address", "small"),
    [
        (f"{TMDB}a.jpg", "https://image.tmdb.org/t/p/w342/a.jpg"),
        (
            f"{FANART}movies/348/movieposter/a.jpg",
            "https://assets.fanart.tv/preview/movies/348/movieposter/a.jpg",
        ),
        (f"{TVDB}a.jpg", f"{TVDB}a.jpg"),
        (f"https://elsewhere.example/?of={TMDB}a.jpg", f"https://elsewhere.example/?of={TMDB}a.jpg"),
    ],
)
def test_the_small_size_of_a_picture(address, small):
    assert smaller_address(address) == small


def test_the_folders_of_small_pictures_are_those_that_the_engine_knows():
    for whole, _ in PREVIEWS.values():
        assert any(
            smaller_address(f"{base}a.jpg") != f"{base}a.jpg" for base in (TMDB, FANART) if whole in base
        )

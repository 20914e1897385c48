"""The doubles of the providers have the shapes of the real ones, and their pictures can be told apart."""

from io import BytesIO

import pytest
import requests
from PIL import Image, ImageDraw

from tests.doubles.coded_pictures import code_of, draw_coded, read_code
from tests.doubles.provider_doubles import FANART_KEY, TMDB_TOKEN, TVDB_KEY, serving_providers
from tests.doubles.scripted import answering
from tests.doubles.world import small_world
from tests.poster.pictures import make_bytes, make_picture

BEARER = {"Authorization": f"Bearer {TMDB_TOKEN}"}


@pytest.fixture
def doubles():
    with serving_providers() as running:
        yield running


def test_each_art_of_the_world_has_a_code_of_its_own():
    names = small_world().all_art()
    assert len({code_of(name) for name in names}) == len(names) > 20


@pytest.mark.parametrize("size", [(200, 300), (384, 216), (64, 96)])
@pytest.mark.parametrize("code", [0, 1, 0xABCDEF, 0xFFFFFF])
def test_a_code_survives_scaling_compression_a_border_an_overlay_and_text(code, size):
    drawn = Image.open(BytesIO(draw_coded(code, size))).resize(
        (2000, 3000) if size[0] < size[1] else (1920, 1080)
    )
    shade = Image.new("RGB", drawn.size, (0, 0, 0))
    drawn = Image.blend(drawn.convert("RGB"), shade, 0.3)
    pen = ImageDraw.Draw(drawn)
    width, height = drawn.size
    pen.rectangle((0, height * 0.6, width, height * 0.9), (255, 255, 255))
    pen.rectangle((0, 0, width - 1, height - 1), outline=(0, 0, 0), width=30)
    assert read_code(make_bytes(drawn, "JPEG", quality=60)) == code


def test_a_picture_without_a_code_has_none():
    assert read_code(make_picture()) is None
    assert read_code(Image.radial_gradient("L")) is None


def test_the_name_of_the_art_is_found_in_a_picture(doubles):
    content = requests.get(f"{doubles.images.url}/t/p/original/alien-tmdb-en.jpg", timeout=30).content
    assert doubles.world.art_in(content) == "alien-tmdb-en.jpg"


def test_tmdb_lists_only_the_languages_that_are_named(doubles):
    address = f"{doubles.tmdb.url}/3/movie/348?append_to_response=images&include_image_language=null"
    posters = requests.get(address, headers=BEARER, timeout=30).json()["images"]["posters"]
    assert [poster["file_path"] for poster in posters] == ["/alien-tmdb-textless.jpg"]
    assert requests.get(address, timeout=30).status_code == 401


def test_tvdb_wants_a_login_and_forgets_it(doubles):
    answer = requests.post(f"{doubles.tvdb.url}/v4/login", json={"apikey": TVDB_KEY}, timeout=30).json()
    headers = {"Authorization": f"Bearer {answer['data']['token']}"}
    address = f"{doubles.tvdb.url}/v4/series/334824/artworks"
    assert requests.get(address, headers=headers, timeout=30).json()["data"]["slug"] == "dark"
    doubles.tvdb.expire()
    assert requests.get(address, headers=headers, timeout=30).status_code == 401


def test_fanart_leaves_out_kinds_without_images(doubles):
    address = f"{doubles.fanart.url}/v3/movies/348"
    assert "hdmovielogo" not in requests.get(address, headers={"api-key": FANART_KEY}, timeout=30).json()
    assert requests.get(address, params={"api_key": FANART_KEY}, timeout=30).status_code == 200


def test_a_double_misbehaves_as_often_as_it_is_asked_to(doubles):
    doubles.fanart.misbehave("/v3", answering(500))
    address = f"{doubles.fanart.url}/v3/movies/348?api_key={FANART_KEY}"
    assert [requests.get(address, timeout=30).status_code for _ in range(2)] == [500, 200]
    doubles.fanart.misbehave("/v3", answering(429), always=True)
    assert [requests.get(address, timeout=30).status_code for _ in range(2)] == [429, 429]

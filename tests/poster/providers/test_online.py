"""What all online providers do about keys, addresses, troubles and pictures."""

import json
import logging
import re

import pytest

from app.poster.kinds import Kind
from app.poster.providers.online import ImageSource
from app.poster.providers.table import given_keys
from app.poster.records.candidate import CandidateRefused, ProviderName
from app.poster.settings import DEFAULTS, Settings
from tests.doubles.image_host import FAULTS
from tests.doubles.loopback import babbling
from tests.doubles.provider_doubles import FANART_KEY, TMDB_TOKEN, TVDB_KEY, serving_providers
from tests.doubles.scripted import answering, resetting
from tests.doubles.world import POSTER, TMDB, Art
from tests.poster.providers.opened import ask, film_wanted, names, opened, season_wanted, show_wanted

EVERYONE = (ProviderName.TMDB, ProviderName.TVDB, ProviderName.FANART)
KEYS = (TMDB_TOKEN, TVDB_KEY, FANART_KEY)


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch):
    monkeypatch.setattr("app.poster.web.adapter.FIRST_PAUSE", 0.01)


@pytest.fixture
def doubles():
    with serving_providers() as running:
        yield running


def double_of(doubles, name):
    return {
        ProviderName.TMDB: doubles.tmdb,
        ProviderName.TVDB: doubles.tvdb,
        ProviderName.FANART: doubles.fanart,
    }[name]


def test_packaged_words_and_blanks_are_no_keys():
    packaged = Settings({}, json.loads(DEFAULTS.read_text("utf-8")))
    assert given_keys(packaged) == {}
    stored = {"ApiPart": {"tmdbtoken": " real ", "tvdbapi": "  ", "FanartTvAPIKey": "FANARTAPIKEY"}}
    assert given_keys(Settings(stored, packaged._defaults)) == {ProviderName.TMDB: "real"}


def test_without_a_key_nothing_is_opened_and_nothing_is_made(doubles, tmp_path):
    with opened(doubles, tmp_path / "cache", keys={}) as providers:
        assert providers == {}
    assert not (tmp_path / "cache").exists()


def test_good_keys_have_nothing_to_say(doubles, tmp_path):
    with opened(doubles, tmp_path) as providers:
        assert [providers[name].check() for name in EVERYONE] == ["", "", ""]


@pytest.mark.parametrize(
    ("name", "key", "sentence"),
    [
        (
            ProviderName.TMDB,
            "tmdbtoken",
            "TMDB refuses its key .401.: set tmdbtoken of ApiPart.* not to the shorter",
        ),
        (ProviderName.TVDB, "tvdbapi", "TVDB refuses its key .401.: set tvdbapi of ApiPart in config.json"),
        (
            ProviderName.FANART,
            "FanartTvAPIKey",
            "Fanart refuses its key .401.: set FanartTvAPIKey of ApiPart",
        ),
    ],
)
def test_a_wrong_key_is_one_sentence_that_says_what_to_set(doubles, tmp_path, name, key, sentence):
    with opened(doubles, tmp_path, keys={key: "wrong-key"}) as providers:
        said = providers[name].check()
        answers = [ask(providers[name], film_wanted(tmdb=str(number), tvdb="1")) for number in range(20)]
    assert re.match(sentence, said)
    assert "wrong-key" not in said + str(answers)
    assert all(answer.trouble and not answer.is_final for answer in answers)
    assert len(double_of(doubles, name).asked) <= 4


def test_whether_a_key_is_accepted_is_asked_in_every_run_whatever_the_cache_has(doubles, tmp_path):
    with opened(doubles, tmp_path) as providers:
        assert [providers[name].check() for name in EVERYONE] == ["", "", ""]
    wrong = {"tmdbtoken": "wrong", "tvdbapi": "wrong", "FanartTvAPIKey": "wrong"}
    with opened(doubles, tmp_path, keys=wrong) as providers:
        assert all(providers[name].check() for name in EVERYONE)


@pytest.mark.parametrize("name", EVERYONE)
def test_an_address_of_somebody_else_is_one_sentence_that_says_what_to_set(doubles, tmp_path, name):
    double_of(doubles, name).misbehave("/", babbling, always=True)
    with opened(doubles, tmp_path) as providers:
        assert f"set {name.value.upper()}_URL" in providers[name].check()


@pytest.mark.parametrize("name", EVERYONE)
@pytest.mark.parametrize("behaviour", [answering(500), answering(429, Retry_After="3600"), resetting])
def test_a_provider_that_is_down_is_no_fault_of_the_settings_and_gets_few_requests(
    doubles, tmp_path, name, behaviour
):
    double_of(doubles, name).misbehave("/", behaviour, always=True)
    with opened(doubles, tmp_path) as providers:
        assert providers[name].check() == ""
        answers = [ask(providers[name], film_wanted(tmdb=str(number), tvdb="1")) for number in range(20)]
    assert all(answer.trouble and not answer.is_final for answer in answers)
    assert len(double_of(doubles, name).asked) <= 15


@pytest.mark.parametrize("name", EVERYONE)
def test_what_passes_is_got_over(doubles, tmp_path, name):
    double_of(doubles, name).misbehave("/", answering(429, Retry_After="0"), resetting)
    with opened(doubles, tmp_path) as providers:
        answer = ask(providers[name], film_wanted(tmdb="348", tvdb="31"))
    assert names(answer) and not answer.trouble


def test_keys_are_in_no_address_log_message_file_and_never_at_an_image_host(doubles, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    with opened(doubles, tmp_path) as providers:
        for provider in providers.values():
            provider.check()
            for wanted in (film_wanted(tmdb="348", tvdb="31"), show_wanted(), season_wanted(1)):
                answer = ask(provider, wanted)
                assert not any(key in repr(answer) for key in KEYS)
                for candidate in answer.candidates:
                    provider.fetch(candidate)
    assert doubles.counts()["images"] > 8
    assert not any(key in str(doubles.images.asked) for key in KEYS)
    assert not any(
        key in str([(path, query) for path, query, _ in double.asked])
        for key in KEYS
        for double in (doubles.tmdb, doubles.tvdb, doubles.fanart)
    )
    assert not any(key in caplog.text for key in KEYS)
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert not any(key.encode() in written for key in KEYS)


@pytest.mark.parametrize("name", EVERYONE)
def test_each_picture_is_the_one_that_was_listed(doubles, tmp_path, name):
    with opened(doubles, tmp_path) as providers:
        for candidate in ask(providers[name], film_wanted(tmdb="348", tvdb="31")).candidates:
            content = providers[name].fetch(candidate).content
            assert doubles.world.art_in(content) == candidate.address.rsplit("/", 1)[-1]


@pytest.mark.parametrize("fault", sorted(set(FAULTS) - {"flat", "placeholder", "hang", "PNG named jpg"}))
def test_a_picture_of_no_use_is_refused_with_one_sentence(doubles, tmp_path, fault):
    doubles.world.films[0].art = [Art(TMDB, POSTER, "one.jpg", fault=fault)]
    with opened(doubles, tmp_path) as providers:
        tmdb = providers[ProviderName.TMDB]
        (candidate,) = ask(tmdb, film_wanted()).candidates
        with pytest.raises(CandidateRefused) as caught:
            tmdb.fetch(candidate)
    assert str(caught.value) and "\n" not in str(caught.value)


def test_a_placeholder_for_many_addresses_is_refused(doubles, tmp_path):
    doubles.world.films[0].art = [
        Art(TMDB, POSTER, f"{number}.jpg", fault="placeholder") for number in range(4)
    ]
    with opened(doubles, tmp_path) as providers:
        tmdb = providers[ProviderName.TMDB]
        *first, last = ask(tmdb, film_wanted()).candidates
        for candidate in first[:2]:
            tmdb.fetch(candidate)
        with pytest.raises(CandidateRefused, match="same picture"):
            tmdb.fetch(last)


def test_a_second_run_asks_only_what_the_cache_cannot_answer_and_loads_no_picture(doubles, tmp_path):
    wanted = [film_wanted(tmdb="348", tvdb="31"), show_wanted(), season_wanted(1)]
    kinds = (Kind.POSTER, Kind.BACKGROUND)

    def run():
        with opened(doubles, tmp_path) as providers:
            return [
                ask(provider, one, kind)
                for provider in providers.values()
                for one in wanted
                for kind in kinds
            ]

    first = run()
    before = doubles.counts()
    assert run() == first
    after = doubles.counts()
    assert {name: after[name] - before[name] for name in after} == {
        "tmdb": 0,
        "tvdb": 1,
        "fanart": 0,
        "images": 0,
    }
    assert doubles.tvdb.paths()[-1] == "/v4/login"


@pytest.mark.parametrize(
    ("given", "canonical", "resolved"),
    [
        ("https://artworks.thetvdb.com/banners/a.jpg", None, "http://127.0.0.1:9/mirror/banners/a.jpg"),
        ("http://ARTWORKS.thetvdb.com:443/a.jpg", None, "http://ARTWORKS.thetvdb.com:443/a.jpg"),
        (
            "/banners/a.jpg",
            "https://artworks.thetvdb.com/banners/a.jpg",
            "http://127.0.0.1:9/mirror/banners/a.jpg",
        ),
        (
            "banners/a.jpg",
            "https://artworks.thetvdb.com/banners/a.jpg",
            "http://127.0.0.1:9/mirror/banners/a.jpg",
        ),
        (
            "//artworks.thetvdb.com/a.jpg",
            "https://artworks.thetvdb.com/a.jpg",
            "http://127.0.0.1:9/mirror/a.jpg",
        ),
        ("https://elsewhere.example/a.jpg", None, "https://elsewhere.example/a.jpg"),
    ],
)
def test_addresses_of_the_own_image_host_go_to_the_mirror(given, canonical, resolved):
    images = ImageSource("https://artworks.thetvdb.com", "http://127.0.0.1:9/mirror")
    assert images.canonical(given) == (canonical or given)
    assert images.resolve(images.canonical(given)) == resolved


@pytest.mark.parametrize(
    "given", ["file:///etc/passwd", "data:image/png;base64,AA", "ftp://x/a.jpg", "https://[x/a.jpg"]
)
def test_what_is_no_address_of_the_web_is_left_out(given):
    assert ImageSource("https://artworks.thetvdb.com", "http://127.0.0.1:9").canonical(given) == ""

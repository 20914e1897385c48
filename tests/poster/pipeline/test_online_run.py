"""A library gets its pictures from the doubles of the providers, end to end through the script."""

from io import BytesIO

import pytest
from PIL import Image

from app.poster.script.exits import ExitCode
from tests.doubles.coded_pictures import code_of, read_code
from tests.doubles.image_host import FAULTS
from tests.doubles.loopback import babbling, dripping, flooding, hanging, refusing
from tests.doubles.provider_doubles import serving_providers
from tests.doubles.scripted import answering, resetting
from tests.doubles.world import LOGO, POSTER, TMDB, TVDB, Art
from tests.poster.pipeline.media import add_film, add_show, choices, contents, run_over, two_colored
from tests.poster.program import read_log, write_config

BOX = 3000 - 430 - 500, 3000 - 430  # upper and lower edge of a poster's title
POSTERS = {"BackgroundPosters": "false"}
EVERYTHING = {"BackgroundPosters": "true", "TitleCards": "true", "SeasonPosters": "true"}


@pytest.fixture
def doubles():
    with serving_providers() as running:
        yield running


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def media(tmp_path):
    folder = tmp_path / "media"
    add_film(folder, "Alien (1979) {tmdb-348}")
    add_show(
        folder, "Dark (2017) {tvdb-334824}", {"S00E01": "Making of", "S01E01": "Secrets", "S01E02": "Lies"}
    )
    return folder


@pytest.fixture
def one_film(tmp_path):
    add_film(tmp_path / "film", "Alien (1979) {tmdb-348}")
    return tmp_path / "film"


def run(data, media, doubles, keys=None, common=None, **api):
    api = {"WidthHeightFilter": "false", **api}
    given = doubles.keys if keys is None else keys
    common = {**EVERYTHING, **(common or {})}
    write_config(data, PlexPart={"UsePlex": "false"}, ApiPart={**given, **api}, PrerequisitePart=common)
    return run_over(data, media, **doubles.environment)


def art_by_file(data, world):
    """Which art of the world each made file shows, by the end of its path."""
    return {name.split("/", 1)[1]: world.art_in(content) for name, content in contents(data).items()}


FILM, SHOW = "Alien (1979) {tmdb-348}", "Dark (2017) {tvdb-334824}"
MADE = {
    f"{FILM}/poster.jpg": "alien-tmdb-textless.jpg",
    f"{FILM}/background.jpg": "alien-tmdb-background.jpg",
    f"{SHOW}/poster.jpg": "dark-tmdb-textless.jpg",
    f"{SHOW}/background.jpg": "dark-tmdb-background.jpg",
    f"{SHOW}/Season00.jpg": "dark-tmdb-season-0.jpg",
    f"{SHOW}/Season01.jpg": "dark-tmdb-season-1.jpg",
    f"{SHOW}/S01E01.jpg": "dark-tmdb-s1e1.jpg",
    f"{SHOW}/S01E02.jpg": "dark-tmdb-s1e2.jpg",
}


def test_each_file_shows_the_art_that_the_rules_choose(data, media, doubles):
    result = run(data, media, doubles)
    assert result.returncode == ExitCode.DONE, result.stdout + result.stderr
    made = art_by_file(data, doubles.world)
    assert {name: made.get(name) for name in MADE} == MADE
    assert not any(
        key in read_log(data, "Scriptlog.log") + result.stdout + str(choices(data))
        for key in doubles.keys.values()
    )


def logo_of(poster: bytes) -> int | None:
    """The number of the logo that fills the height of the title's box."""
    with Image.open(BytesIO(poster)) as opened:
        width = BOX[1] - BOX[0]
        return read_code(
            opened.crop(
                ((opened.width - width * 8 // 3) // 2, BOX[0], (opened.width + width * 8 // 3) // 2, BOX[1])
            )
        )


def test_a_logo_stands_in_place_of_the_title_and_the_next_one_for_one_of_no_use(data, media, doubles):
    art = doubles.world.films[0].art
    art.append(Art(TMDB, LOGO, "flat-logo.png", "en", votes=9, fault="page"))
    common = {"UseLogo": "true", "LogoTextFallback": "true"}
    run(data, media, doubles, common=common)
    poster = contents(data)[f"Movies/{FILM}/poster.jpg"]
    assert doubles.world.art_in(poster) == MADE[f"{FILM}/poster.jpg"]
    assert logo_of(poster) == code_of("alien-tmdb-logo.png")


def test_where_online_search_is_off_only_own_pictures_are_used_and_none_are_made_up(data, media, doubles):
    two_colored(media / "Movies" / FILM / "poster.jpg", "navy")
    result = run(data, media, doubles, common={"DisableOnlineAssetFetch": "true"})
    assert result.returncode == ExitCode.DONE
    assert list(contents(data)) == [f"Movies/{FILM}/poster.jpg"]
    assert sum(doubles.counts().values()) == 0
    assert "online search is switched off and no own picture was found" in read_log(data, "Scriptlog.log")


def test_an_unchanged_second_run_loads_no_picture_and_asks_for_its_keys_only(data, media, doubles):
    run(data, media, doubles)
    before, files = doubles.counts(), contents(data)
    run(data, media, doubles)
    asked = {name: count - before[name] for name, count in doubles.counts().items()}
    assert asked["images"] == 0
    # One question to each whether it accepts the key; only the special without any still is looked for again.
    assert asked["tmdb"] <= 2 and asked["tvdb"] <= 2 and asked["fanart"] <= 1
    assert contents(data) == files


def test_a_picture_of_no_use_gives_way_to_the_next_and_is_not_asked_for_again(data, one_film, doubles):
    doubles.world.films[0].art = [
        Art(TMDB, POSTER, f"{fault}.jpg", votes=9 - number, fault=fault)
        for number, fault in enumerate(("page", "cut", "flat", "tiny", "missing", "empty"))
    ] + [Art(TVDB, POSTER, "good.jpg", includes_text=False)]
    run(data, one_film, doubles, common=POSTERS, tmdb_vote_sorting="vote_average")
    assert art_by_file(data, doubles.world)[f"{FILM}/poster.jpg"] == "good.jpg"
    before = len(doubles.images.paths("page.jpg"))
    run(data, one_film, doubles, common=POSTERS)
    assert before == len(doubles.images.paths("page.jpg")) == 1


def test_a_picture_that_could_only_not_be_had_is_taken_by_the_next_run(
    data, one_film, doubles, common=POSTERS
):
    doubles.images.misbehave("/t/p/original/alien-tmdb-textless", *[answering(503)] * 3)
    run(data, one_film, doubles, common=POSTERS)
    assert art_by_file(data, doubles.world)[f"{FILM}/poster.jpg"] == "alien-fanart-textless.jpg"
    run(data, one_film, doubles, common=POSTERS)
    assert art_by_file(data, doubles.world)[f"{FILM}/poster.jpg"] == "alien-tmdb-textless.jpg"


def test_the_next_provider_serves_where_one_is_dead_and_the_dead_one_is_asked_again_later(
    data, media, doubles
):
    doubles.tmdb.misbehave("/", *[resetting] * 200)
    assert run(data, media, doubles).returncode == ExitCode.DONE
    made = art_by_file(data, doubles.world)
    assert made[f"{FILM}/poster.jpg"] == "alien-fanart-textless.jpg"
    assert made[f"{SHOW}/S01E01.jpg"] == "dark-tvdb-s1e1.jpg"
    assert doubles.counts()["tmdb"] < 20
    doubles.tmdb.faults.clear()
    run(data, media, doubles)
    assert art_by_file(data, doubles.world)[f"{FILM}/poster.jpg"] == "alien-tmdb-textless.jpg"


def test_the_key_of_the_favourite_is_refused_and_the_run_says_what_to_set(data, one_film, doubles):
    result = run(data, one_film, doubles, common=POSTERS, keys={"tmdbtoken": "wrong-token"})
    assert result.returncode == ExitCode.BAD_CONFIGURATION
    assert "set tmdbtoken of ApiPart" in read_log(data, "Scriptlog.log")
    assert "wrong-token" not in read_log(data, "Scriptlog.log")


def test_no_key_is_in_any_file_that_a_run_writes(data, one_film, doubles):
    run(data, one_film, doubles)
    run_over(data, one_film, "plan", **doubles.environment)
    files = [path for path in data.rglob("*") if path.is_file() and path.name != "config.json"]
    assert len(files) > 10
    found = [path for path in files for key in doubles.keys.values() if key.encode() in path.read_bytes()]
    assert not found
    assert not any(key in str(doubles.images.asked) for key in doubles.keys.values())


@pytest.mark.slow
@pytest.mark.parametrize("fault", [hanging, dripping, flooding, refusing, babbling])
def test_a_run_ends_in_time_with_the_pictures_of_the_others_whatever_one_provider_does(
    data, media, doubles, fault
):
    doubles.tmdb.misbehave("/3/", fault, always=True)
    result = run(data, media, doubles, FavProvider="tvdb")
    assert result.returncode in (ExitCode.DONE, ExitCode.SOME_PICTURES_FAILED), result.stdout
    made = art_by_file(data, doubles.world)
    assert made[f"{SHOW}/poster.jpg"] == "dark-tvdb-textless.jpg"
    assert made[f"{FILM}/poster.jpg"] == "alien-fanart-textless.jpg"
    assert made[f"{SHOW}/Season01.jpg"] == "dark-fanart-season-1.jpg"


@pytest.mark.slow
@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_every_fault_of_an_image_host_costs_one_candidate_and_no_asset(data, one_film, doubles, fault):
    film = doubles.world.films[0]
    film.art = [Art(TMDB, POSTER, "bad.jpg", votes=9, fault=fault), Art(TMDB, POSTER, "good.jpg", votes=1)]
    run(data, one_film, doubles, common=POSTERS)
    # One placeholder alone cannot be told from a picture, and a PNG is one whatever it is called.
    expected = {"placeholder": None, "PNG named jpg": "bad.jpg"}.get(fault, "good.jpg")
    assert art_by_file(data, doubles.world)[f"{FILM}/poster.jpg"] == expected

"""Rules in whole runs: what they touch is drawn again, and nothing else."""

import json

import pytest

from app.core.decisions.record import decision_of
from app.poster.script.exits import ExitCode
from tests.doubles.loopback import serving
from tests.doubles.media_jellyfin import TOKEN, MediaJellyfin
from tests.doubles.media_world import small_media
from tests.poster.pipeline.media import add_film, add_show, configure, contents, lines, made, plan, run_over
from tests.poster.program import read_log, run_script, write_config
from tests.poster.rule_files import rule, write_rules

ALIEN, METROPOLIS = "Movies/Alien (1979)/poster.jpg", "Movies/Metropolis (1927)/poster.jpg"


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def media(tmp_path):
    folder = tmp_path / "media"
    add_film(folder, "Alien (1979)", poster="navy")
    add_film(folder, "Metropolis (1927)", poster="maroon")
    return folder


def changed(before, after):
    return [name for name in after if before.get(name) != after[name]]


def record_of(data, path):
    return decision_of(data / "engine", path)


DESIGN = rule("Red", {"title": "Alien"}, design={"PosterOverlayPart": {"fontcolor": "red"}})
ONLY_ALIEN = {
    "design": (DESIGN, "settings changed"),
    "size of title": (rule("Small", {"title": "Alien (1979)"}, title_size=50), "settings changed"),
    "line break": (
        rule("Lines", {"title": "Alien"}, correct={"poster": {"text": "Ali\nen"}}),
        "text changed",
    ),
    "darker ground": (
        rule("Dark", {"title": "Alien"}, correct={"poster": {"shade": 40}}),
        "settings changed",
    ),
    "no text": (rule("Bare", {"title": "Alien"}, text=False), "text changed"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("ruled", "why"), ONLY_ALIEN.values(), ids=ONLY_ALIEN)
def test_a_new_rule_draws_its_items_again_and_plan_and_record_name_it(data, media, ruled, why):
    configure(data)
    run_over(data, media)
    first = contents(data)
    write_rules(data, ruled)
    run_over(data, media, "-Plan")
    named = {step["path"]: step["rules"] for step in plan(data) if "path" in step}
    assert {path: len(rules) for path, rules in named.items()} == {ALIEN: 1, METROPOLIS: 0}
    assert f'"{ruled["name"]}" (title Alien' in named[ALIEN][0]
    run_over(data, media)
    second = contents(data)
    assert changed(first, second) == [ALIEN]
    assert f"({why};" in lines(data, "Added")[0]
    assert record_of(data, ALIEN)["decision"]["rules"] == named[ALIEN]
    run_over(data, media)
    assert contents(data) == second and lines(data, "Added") == []
    write_rules(data)
    run_over(data, media)
    assert contents(data) == first and record_of(data, ALIEN)["decision"]["rules"] == []


def test_a_rule_skips_kinds_of_a_library_and_contradictions_are_named(data, media):
    add_show(media, "Dark (2017)", {"S01E01": "Secrets"})
    configure(data, TitleCards="true")
    write_rules(
        data,
        rule("No cards", {"library": "TV"}, skip=["title card"]),
        rule("No films", {"library": "movies"}, skip=True),
        rule("One", text=False),
        rule("Two", text=True),
    )
    run_over(data, media)
    assert made(data) == ["TV/Dark (2017)/Season01.jpg", "TV/Dark (2017)/poster.jpg"]
    assert "TV/Dark (2017)/S01E01.jpg (a rule leaves it out)" in "".join(lines(data, "Left"))
    (note,) = [line for line in read_log(data, "Scriptlog.log").splitlines() if "differently" in line]
    assert "'One' (everything)" in note and "the later one, 'Two', counts" in note


def test_a_file_of_rules_that_cannot_be_used_ends_the_run_before_anything_is_made(data, media):
    configure(data)
    write_rules(data, rule("Typo", {"library": "Movies"}, langauge=["fr"]))
    result = run_over(data, media)
    assert result.returncode == ExitCode.BAD_CONFIGURATION
    assert "rules.json cannot be used: Object contains unknown field `langauge`" in result.stderr
    assert made(data) == []


@pytest.mark.slow
@pytest.mark.parametrize("cover", ["blur", "typographic"])
def test_a_card_hides_its_still_until_its_episode_is_watched(data, cover):
    world = small_media()
    show = world.libraries[1].items[0]
    cards = [f"TV Shows/Dark (2017)/{name}.jpg" for name in ("S00E01", "S01E01", "S01E02", "S02E01")]
    with serving(MediaJellyfin(world)) as double:
        server = {"UseJellyfin": "true", "JellyfinUrl": double.url, "LibstoExclude": []}
        write_config(
            data,
            PlexPart={"UsePlex": "false"},
            JellyfinPart=server,
            ApiPart={"JellyfinAPIKey": TOKEN},
            PrerequisitePart={"TitleCards": "true", "Posters": "false", "SeasonPosters": "false"},
        )
        (data / "engine.json").write_text(json.dumps({"UnwatchedCards": cover}))
        run_script(data, GENERATE_MISSING="off")
        hidden = contents(data)
        assert list(hidden) == cards
        show.episodes[1].watched = True
        run_script(data, GENERATE_MISSING="off")
        assert changed(hidden, contents(data)) == [cards[1]]
        (data / "engine.json").unlink()
        run_script(data, GENERATE_MISSING="off")
        assert changed(hidden, contents(data)) == cards

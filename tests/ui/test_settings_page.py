"""The page of the settings, as the server renders it."""

import json
import re
from pathlib import Path

import pytest

import app as package
from app.core.settings.mapping import Naming, known_places
from app.ui.settings_arrangement import settings_sections
from app.ui.settings_rows import TESTED_AT, UNUSED

DOCUMENT = Path(__file__).parents[2] / "docs" / "settings.md"
STATIC = Path(package.__file__).parent / "ui" / "static"


def save_config(machine, **sections):
    machine.config.path.write_text(json.dumps(sections))


def page_of(client, language="en"):
    answer = client.get("/server/settings", headers={"Accept-Language": language})
    assert answer.status_code == 200
    return answer.text.partition("<main")[2]


def setting_of(page, name):
    return re.search(
        rf'<div class="setting" id="[^"]*" data-name="{name}".*?(?=<div class="setting"|</section>)',
        page,
        re.DOTALL,
    )[0]


def test_every_setting_stands_in_one_section_with_a_control_and_words(client):
    page = page_of(client)
    names = re.findall(r'<div class="setting" id="[^"]*" data-name="([^"]*)"', page)
    assert sorted(names) == sorted(known_places())
    for name in names:
        setting = setting_of(page, name)
        assert re.search(r"<input|<select|class=\"rows\"", setting), name
        assert len(re.search(r'class="help"[^>]*>([^<]*)<', setting)[1]) > 20, name


def test_words_of_both_languages_are_there_to_be_searched(client):
    english, german = (setting_of(page_of(client, each), "PosterBordercolor") for each in ("en", "de"))
    assert ">Border colour</label>" in english and "Farbe des Randes" in english
    assert ">Farbe des Randes</label>" in german and "Border colour" in german


def test_a_changed_setting_says_its_default(client, machine):
    save_config(machine, PosterOverlayPart={"fontcolor": "gold", "AddBorder": True, "borderwidth": 30})
    page = page_of(client)
    assert 'class="changed">Changed. Default: <span>white</span>' in setting_of(page, "PosterFontcolor")
    assert "Changed." not in setting_of(page, "PosterAddBorder") + setting_of(page, "PosterBorderwidth")


def test_no_secret_is_in_the_page(client, machine):
    secrets = {"tmdbtoken": "seven-secrets", "PlexToken": "eight-secrets"}
    save_config(
        machine,
        ApiPart=secrets,
        PlexPart={"PlexUrl": "http://me:nine-secrets@plex:1"},
        Notification={"Discord": "https://discord.example/ten-secrets"},
        WebUI={"basicAuthPassword": "eleven-secrets"},
    )
    page = client.get("/server/settings").text
    assert "-secrets" not in page
    assert 'placeholder="set"' in setting_of(page, "tmdbtoken")
    assert 'placeholder="not set"' in setting_of(page, "EmbyAPIKey")


def test_hostile_names_and_values_stay_text(client, machine):
    evil = "\"'><script>alert(1)</script>"
    save_config(
        machine, PosterOverlayPart={"fontcolor": evil, evil: evil}, **{evil: {evil: [evil]}, "x": {"y": None}}
    )
    machine.paths.overlays.mkdir(parents=True, exist_ok=True)
    (machine.paths.overlays / "<b>.png").write_bytes(b"")
    page = client.get("/server/settings").text
    assert "<script>alert" not in page and "<b>.png" not in page
    assert page.count("does not know the setting") >= 3


@pytest.fixture
def artwork(overrides, tmp_path):
    overrides["ASSET_PATH"] = tmp_path / "artwork"


def test_the_variable_that_wins_is_named(artwork, client, machine):
    page = page_of(client)
    setting = setting_of(page, "AssetPath")
    assert "The variable ASSET_PATH decides this" in setting and " disabled" in setting
    assert str(machine.settings.asset_path) in setting


def test_what_is_not_used_says_why_as_the_document_does(client):
    page = page_of(client)
    told = re.findall(r"`(\w+)` \| not used: ([^|;]*)", DOCUMENT.read_text(encoding="utf-8"))
    assert {name for name, _ in told} == set(UNUSED)
    for name, reason in told:
        assert f"Not used: {reason.split(',')[0].strip()}" in setting_of(page, name), name


def test_each_connection_has_a_test_beside_it(client):
    page = page_of(client)
    for name, service in TESTED_AT.items():
        assert f'data-test="{service}"' in setting_of(page, name)
    assert len(re.findall("data-test=", page)) == 9


def test_settings_that_nobody_knows_come_last(machine):
    naming = Naming({"Mine": {"own": "1"}, "PosterOverlayPart": {"new": "2"}})
    sections = settings_sections(naming)
    assert sections[-1].name == "others" and sections[-1].settings() == ["own", "PosterNew"]
    names = [name for section in sections for name in section.settings()]
    assert sorted(names) == sorted(naming.places)


def test_a_file_that_cannot_be_read_says_so(client, machine):
    machine.config.path.write_text("{")
    page = page_of(client)
    assert "Correct the file, or restore a backup." in page and "<form id=" not in page


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_page_is_no_larger_than_a_browser_likes(client, language):
    assert len(re.findall(r"<[a-z]", page_of(client, language))) < 2_700


def refused(client, **config):
    answer = client.post("/api/config", json={"config": config})
    assert answer.status_code == 400
    return answer.json["errors"]


def test_the_sentences_of_refusals_are_those_that_the_page_translates(client, machine):
    script = (STATIC / "settings-mistakes.js").read_text(encoding="utf-8")
    patterns = [
        re.compile(found.replace(r"\/", "/"))
        for found in re.findall(r"^  \[/(.*)/, \(", script, re.MULTILINE)
    ]
    save_config(machine, WebUI={"basicAuthPassword": "set"}, PosterOverlayPart={"maxPointSize": "300"})
    told = [
        *refused(client, PosterMinPointSize="900").values(),
        *refused(client, UsePlex="true", UseEmby="true").values(),
        *refused(client, PlexUrl="nowhere", AssetPath=" ", PlexCertificate="x", MediaPath="/none").values(),
        *refused(client, basicAuthUsername="a:b", basicAuthPassword="").values(),
        *refused(client, AssetPath=str(machine.paths.data)).values(),
    ]
    assert len(patterns) == 9
    for pattern in patterns:
        assert any(pattern.search(sentence) for sentence in told), pattern.pattern
    assert all(any(pattern.search(sentence) for pattern in patterns) for sentence in told)

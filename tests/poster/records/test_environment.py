"""What the engine takes from its environment."""

import json
from pathlib import Path

import pytest

from app.poster.kinds import Kind
from app.poster.records.environment import (
    Addresses,
    BadEnvironment,
    Environment,
    Generate,
    KometaOverlay,
    StoreLimits,
    read_environment,
)
from app.poster.records.ruling import Unwatched

DATA = Path("/data")


def test_nothing_set_means_the_defaults():
    assert read_environment({}, DATA) == Environment()


def test_set_values_are_typed_and_relative_folders_count_from_the_data_folder():
    read = read_environment(
        {
            "MEDIA_PATH": "media",
            "GENERATE_MISSING": " ON ",
            "TMDB_URL": "http://127.0.0.1:9/",
            "POSTERIZARR_RUN": "12-1@/data",
        },
        DATA,
    )
    assert read.run == "12-1"
    assert read.media == DATA / "media"
    assert read.generate is Generate.ON
    assert read.addresses == Addresses(tmdb="http://127.0.0.1:9")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("GENERATE_MISSING", "maybe"),
        ("TMDB_URL", "api.example.org"),
        ("FANART_IMAGE_URL", "ftp://x"),
        ("POSTERIZARR_RUN", "../x"),
        ("MEDIA_SERVER_CERTIFICATE", "missing.pem"),
        ("MEDIA_SERVER_CERTIFICATE", "ab:cd"),
    ],
)
def test_an_unusable_value_is_refused_with_the_name_of_the_variable(variable, value):
    with pytest.raises(BadEnvironment, match=variable):
        read_environment({variable: value}, DATA)


def write_own_settings(folder, **settings):
    (folder / "engine.json").write_text(json.dumps(settings))


def test_settings_of_ours_count_where_no_variable_is_set(tmp_path):
    authority = tmp_path / "authority.pem"
    authority.touch()
    write_own_settings(
        tmp_path,
        MediaPath="media",
        GenerateMissing="off",
        PlexCertificate=authority.name,
        UnwatchedCards="Blur",
    )
    read = read_environment({"GENERATE_MISSING": "on"}, tmp_path)
    assert (read.media, read.generate) == (tmp_path / "media", Generate.ON)
    assert read.unwatched is Unwatched.BLUR
    assert dict(read.certificates) == {"Plex": str(authority)}


def test_a_variable_is_stronger_than_the_settings_but_the_demo_library_is_not(tmp_path):
    write_own_settings(tmp_path, MediaPath="/media")
    assert read_environment({"MEDIA_PATH": "/films"}, tmp_path).media == Path("/films")
    assert read_environment({"MEDIA_PATH": str(tmp_path / "demo")}, tmp_path).media == Path("/media")
    assert read_environment({}, tmp_path / "other").media is None


def test_an_own_setting_that_cannot_be_used_is_named(tmp_path):
    write_own_settings(tmp_path, UnwatchedCards="hide")
    with pytest.raises(BadEnvironment, match="UnwatchedCards is 'hide'; set it to show, blur or typographic"):
        read_environment({}, tmp_path)
    write_own_settings(tmp_path, CollectionArt="yes")
    with pytest.raises(BadEnvironment, match="CollectionArt is 'yes'; set it to false or true"):
        read_environment({}, tmp_path)
    write_own_settings(tmp_path, CollectionArt="True")
    assert read_environment({}, tmp_path).own_kinds == {Kind.COLLECTION}


@pytest.mark.parametrize("content", ["{", "[]", "5"])
def test_a_damaged_file_of_settings_ends_with_one_sentence(tmp_path, content):
    (tmp_path / "engine.json").write_text(content)
    with pytest.raises(BadEnvironment, match="engine.json.*correct the file, or delete it"):
        read_environment({}, tmp_path)


def test_what_becomes_of_kometas_overlay_is_keep_or_replace(tmp_path):
    for word, choice in (("", KometaOverlay.KEEP), ("Replace", KometaOverlay.REPLACE)):
        write_own_settings(tmp_path, KometaOverlay=word)
        assert read_environment({}, tmp_path).kometa_overlay is choice
    write_own_settings(tmp_path, KometaOverlay="remove")
    with pytest.raises(BadEnvironment, match="keep or replace"):
        read_environment({}, tmp_path)


def test_the_limits_of_cache_and_plans_are_whole_numbers(tmp_path):
    for settings, limits in (({}, (256, 1024)), ({"CacheMegabytes": "0", "PlansMegabytes": "9"}, (0, 9))):
        write_own_settings(tmp_path, **settings)
        environment = read_environment({}, tmp_path)
        assert (environment.cache_megabytes, environment.plans_megabytes) == limits


@pytest.mark.parametrize(
    ("settings", "limits"),
    [
        ({}, StoreLimits(2048, 90)),
        ({"StoreMegabytes": "0", "StoreDays": " 7 "}, StoreLimits(0, 7)),
    ],
)
def test_the_limits_of_the_store_are_whole_numbers(tmp_path, settings, limits):
    write_own_settings(tmp_path, **settings)
    assert read_environment({}, tmp_path).store == limits
    write_own_settings(tmp_path, StoreDays="ever")
    with pytest.raises(BadEnvironment, match="StoreDays is 'ever'"):
        read_environment({}, tmp_path)

"""The settings of the web page: merged, bounded, and never in the way."""

import json
import threading

import pytest

from app.core.errors import Invalid
from app.core.settings.webui_settings import LARGEST_FILE, MOST_SETTINGS, WebuiSettings, is_onboarded


@pytest.fixture
def settings(paths):
    return WebuiSettings(paths, "INFO")


DEFAULTS = {"log_level": "INFO", "theme": "dark", "auto_refresh_interval": 180}


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (None, {}),
        (
            '{"log_level": "DEBUG", "theme": "light", "own": [1]}',
            {"log_level": "DEBUG", "theme": "light", "own": [1]},
        ),
        ('\ufeff{"theme": "light"}', {"theme": "light"}),
        ('{"log_level": "loud"}', {}),
        ('{"log_level": 7}', {}),
        ("{broken", {}),
        ("[]", {}),
        ('{"own": NaN}', {}),
    ],
)
def test_what_is_stored_stands_over_the_defaults_and_a_broken_file_counts_as_none(
    settings, paths, content, read
):
    if content is not None:
        paths.webui_settings.write_text(content, encoding="utf-8")
    assert settings.read() == DEFAULTS | read


def test_settings_are_merged_beside_those_that_are_there(settings, paths):
    settings.merge({"log_level": "debug", "own": {"a": 1}, "half": "\ud800"})
    expected = {"log_level": "DEBUG", "own": {"a": 1}, "half": "\ud800", "theme": None}
    assert settings.merge({"theme": None}) == DEFAULTS | expected
    assert json.loads(paths.webui_settings.read_text()) == expected


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({"log_level": "loud"}, "one of DEBUG, INFO, WARNING, ERROR, CRITICAL"),
        ({"log_level": None}, "one of DEBUG"),
        ({"": 1}, "1 to 100 characters"),
        ({"x" * 101: 1}, "1 to 100 characters"),
        ({"own": float("inf")}, "not finite"),
        ({"own": "x" * LARGEST_FILE}, "64 KiB at most"),
        ({str(number): 1 for number in range(MOST_SETTINGS + 1)}, "200 settings"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_changes(settings, sent, reason):
    settings.merge({"theme": "light"})
    with pytest.raises(Invalid, match=reason):
        settings.merge(sent)
    assert settings.read() == DEFAULTS | {"theme": "light"}


def test_values_nested_too_deep_are_refused(settings):
    deep = []
    for _ in range(30):
        deep = [deep]
    with pytest.raises(Invalid, match="nested"):
        settings.merge({"deep": deep})


def test_two_that_save_at_once_both_count(settings, paths):
    savers = [
        threading.Thread(target=WebuiSettings(paths, "INFO").merge, args=({f"n{number}": number},))
        for number in range(8)
    ]
    for saver in savers:
        saver.start()
    for saver in savers:
        saver.join()
    assert settings.read() == DEFAULTS | {f"n{number}": number for number in range(8)}


@pytest.mark.parametrize(
    ("stored", "config", "expected"),
    [
        ({}, {}, False),
        ({"onboarding_completed": True}, {}, True),
        ({"onboarding_completed": "yes"}, {}, False),
        ({}, {"ApiPart": {"tmdbtoken": "", "tvdbapi": "TVDBAPIKEY"}}, False),
        ({}, {"WebUI": {"basicAuthPassword": "a password"}}, False),
        ({}, {"ApiPart": {"PlexToken": "a token"}}, True),
    ],
)
def test_the_introduction_is_over_once_it_was_ended_or_a_token_is_there(stored, config, expected):
    assert is_onboarded(stored, config) is expected

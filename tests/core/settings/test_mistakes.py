"""What an edit may not do is told by name, by the rules of the command."""

import pytest

from app.core.settings.config_check import check_config
from app.core.settings.mistakes import (
    InvalidSettings,
    findings,
    refuse_mistakes,
    refuse_settings,
    refuse_unknown,
)
from tests.core.settings.making import make_config


def errors_of(before, after, checks):
    with pytest.raises(InvalidSettings) as caught:
        refuse_mistakes(before, after, checks)
    return caught.value.errors


def test_a_mistake_is_told_by_its_flat_name(checks):
    after = make_config(PosterOverlayPart={"text_offset": "up"}, PlexPart={"LibstoExclude": "Music"})
    assert errors_of(make_config(), after, checks) == {
        "PlexLibstoExclude": 'must be a list of texts, but is "Music"',
        "PosterTextOffset": 'must be a whole number, but is "up"',
    }


def test_the_words_are_those_of_the_command(checks):
    after = make_config(PrerequisitePart={"logLevel": "9", "AssetPath": "/"})
    told = {finding.key: finding.message for finding in findings(after, checks)}
    assert errors_of(make_config(), after, checks) == told
    assert set(told) == {"logLevel", "AssetPath"}
    assert set(check_config(after)) <= set(findings(after, checks))


def test_mistakes_of_the_file_do_not_hinder_other_edits(checks):
    before = make_config(PrerequisitePart={"logLevel": "9"})
    after = make_config(PrerequisitePart={"logLevel": "9", "maxLogs": "7"})
    refuse_mistakes(before, after, checks)


def test_a_mistake_may_not_give_way_to_another(checks):
    before = make_config(PrerequisitePart={"logLevel": "9"})
    assert "logLevel" in errors_of(before, make_config(PrerequisitePart={"logLevel": "8"}), checks)


def test_sizes_and_servers_are_held_against_each_other(checks):
    sizes = make_config(BackgroundOverlayPart={"minPointSize": "500"})
    assert list(errors_of(make_config(), sizes, checks)) == ["BackgroundMinPointSize"]
    servers = make_config(PlexPart={"UsePlex": "true"}, EmbyPart={"UseEmby": "true"})
    assert list(errors_of(make_config(), servers, checks)) == ["UseEmby"]


def test_a_broken_section_is_told_by_its_name(checks):
    assert list(errors_of(make_config(), make_config() | {"OverlayPart": 1}, checks)) == ["OverlayPart"]


def test_unknown_settings_are_no_mistake(checks):
    refuse_mistakes(make_config(), make_config(Mine={"a": 1}), checks)


def test_where_nobody_could_read_the_file_only_dangers_count(checks):
    refuse_mistakes(None, make_config(PrerequisitePart={"logLevel": "9"}), checks)
    assert list(errors_of(None, make_config(WebUI={"basicAuthPassword": ""}), checks)) == [
        "basicAuthPassword"
    ]


def test_unknown_names_are_told_with_the_one_that_may_be_meant():
    with pytest.raises(InvalidSettings) as caught:
        refuse_unknown(["PosterTextOfset", "PlexUrl", "zzz"], {"PosterTextOffset": 1, "PlexUrl": 2})
    assert caught.value.errors == {
        "PosterTextOfset": "is no setting known here; perhaps PosterTextOffset is meant",
        "zzz": "is no setting known here",
    }
    refuse_unknown(["PlexUrl"], {"PlexUrl": 2})


def test_the_sentence_stays_readable_however_many_and_long_the_names_are():
    with pytest.raises(InvalidSettings) as caught:
        refuse_unknown([f"{number}{'x' * 5000}" for number in range(2000)], {"PlexUrl": 2})
    assert len(caught.value.detail) < 700
    assert caught.value.detail.endswith("; and 1995 more.")
    assert len(caught.value.errors) == 50


def test_no_error_refuses_nothing():
    refuse_settings({})
    with pytest.raises(InvalidSettings, match=r"^Nothing was saved: a: is wrong\.$"):
        refuse_settings({"a": "is wrong"})

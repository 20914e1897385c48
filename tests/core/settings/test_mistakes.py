"""What an edit may not do is told by name, by the rules of the command."""

import pytest

from app.core.settings.config_check import check_config
from app.core.settings.mistakes import InvalidSettings, findings, refuse, refuse_mistakes, refuse_unknown
from tests.core.settings.making import make_config


def errors_of(before, after, rails):
    with pytest.raises(InvalidSettings) as caught:
        refuse_mistakes(before, after, rails)
    return caught.value.errors


def test_a_mistake_is_told_by_its_flat_name(rails):
    after = make_config(PosterOverlayPart={"text_offset": "up"}, PlexPart={"LibstoExclude": "Music"})
    assert errors_of(make_config(), after, rails) == {
        "PlexLibstoExclude": 'must be a list of texts, but is "Music"',
        "PosterTextOffset": 'must be a whole number, but is "up"',
    }


def test_the_words_are_those_of_the_command(rails):
    after = make_config(PrerequisitePart={"logLevel": "9", "AssetPath": "/"})
    told = {finding.key: finding.message for finding in findings(after, rails)}
    assert errors_of(make_config(), after, rails) == told
    assert set(told) == {"logLevel", "AssetPath"}
    assert set(check_config(after)) <= set(findings(after, rails))


def test_mistakes_of_the_file_do_not_hinder_other_edits(rails):
    before = make_config(PrerequisitePart={"logLevel": "9"})
    after = make_config(PrerequisitePart={"logLevel": "9", "maxLogs": "7"})
    refuse_mistakes(before, after, rails)


def test_a_mistake_may_not_give_way_to_another(rails):
    before = make_config(PrerequisitePart={"logLevel": "9"})
    assert "logLevel" in errors_of(before, make_config(PrerequisitePart={"logLevel": "8"}), rails)


def test_sizes_and_servers_are_held_against_each_other(rails):
    sizes = make_config(BackgroundOverlayPart={"minPointSize": "500"})
    assert list(errors_of(make_config(), sizes, rails)) == ["BackgroundMinPointSize"]
    servers = make_config(PlexPart={"UsePlex": "true"}, EmbyPart={"UseEmby": "true"})
    assert list(errors_of(make_config(), servers, rails)) == ["UseEmby"]


def test_a_broken_section_is_told_by_its_name(rails):
    assert list(errors_of(make_config(), make_config() | {"OverlayPart": 1}, rails)) == ["OverlayPart"]


def test_unknown_settings_are_no_mistake(rails):
    refuse_mistakes(make_config(), make_config(Mine={"a": 1}), rails)


def test_where_nobody_could_read_the_file_only_dangers_count(rails):
    refuse_mistakes(None, make_config(PrerequisitePart={"logLevel": "9"}), rails)
    assert list(errors_of(None, make_config(WebUI={"basicAuthPassword": ""}), rails)) == ["basicAuthPassword"]


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
    refuse({})
    with pytest.raises(InvalidSettings, match=r"^Nothing was saved: a: is wrong\.$"):
        refuse({"a": "is wrong"})

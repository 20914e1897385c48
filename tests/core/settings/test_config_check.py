"""Findings about config.json, in words that a person can act on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.config_file import default_config
from app.core.settings.config_check import SettingFinding, check_config

DEFAULTS = default_config()
PLACES = [(section, key) for section, settings in DEFAULTS.items() for key in settings]

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
json_values = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


def make_config(**sections):
    """The defaults with some settings replaced: make_config(WebUI={"basicAuthUsername": 1})."""
    settings = default_config()
    for section, values in sections.items():
        settings[section].update(values)
    return settings


def findings_of(section, key, value):
    return check_config({section: {key: value}})


def message_of(section, key, value):
    (finding,) = findings_of(section, key, value)
    assert (finding.section, finding.key, finding.note) == (section, key, False)
    return finding.message


def test_the_defaults_are_without_a_finding():
    assert check_config(default_config()) == []


def test_settings_that_are_not_there_are_no_mistake():
    assert check_config({}) == []
    assert check_config({"WebUI": {}}) == []


def test_null_is_a_mistake_in_every_setting():
    assert len(PLACES) > 200 and all(message_of(section, key, None) for section, key in PLACES)


@pytest.mark.parametrize("value", [True, False, "true", "False", "TRUE"])
@pytest.mark.parametrize(("section", "key"), [("WebUI", "basicAuthEnabled"), ("PrerequisitePart", "UseLogo")])
def test_a_switch_takes_texts_and_real_booleans(section, key, value):
    assert findings_of(section, key, value) == []


@pytest.mark.parametrize("value", ["yes", "", 1, [], "truetrue"])
def test_a_switch_takes_nothing_else(value):
    assert message_of("PrerequisitePart", "AssetCleanup", value).startswith(
        'must be "true" or "false", but is'
    )


@pytest.mark.parametrize("value", ["+430", "-20", "0", "12", 12, -3])
def test_an_offset_is_a_whole_number_with_or_without_a_sign(value):
    assert findings_of("PosterOverlayPart", "text_offset", value) == []


@pytest.mark.parametrize("value", ["4.5", "ten", "", "++1", "1" * 5000, "٣", True, 1.5, ["1"]])
def test_an_offset_is_nothing_but_a_whole_number(value):
    assert message_of("PosterOverlayPart", "text_offset", value).startswith("must be a whole number")


@pytest.mark.parametrize(
    ("section", "key", "value", "message"),
    [
        ("PrerequisitePart", "logLevel", "4", "must be between 1 and 3, but is 4"),
        ("PrerequisitePart", "logLevel", "0", "must be between 1 and 3, but is 0"),
        ("PrerequisitePart", "maxLogs", "0", "must be at least 1, but is 0"),
        ("PrerequisitePart", "maxLogs", "many", 'must be a whole number, but is "many"'),
        ("PrerequisitePart", "ParallelJobs", "-1", "must be at least 1, but is -1"),
        ("ApiPart", "PosterMinWidth", "-1", "must be at least 0, but is -1"),
        ("BackgroundOverlayPart", "borderwidth", "-1", "must be at least 0, but is -1"),
        ("TitleCardEPTextPart", "MaxWidth", "0", "must be at least 1, but is 0"),
    ],
)
def test_a_number_outside_of_its_range_is_told_with_the_range(section, key, value, message):
    assert message_of(section, key, value) == message


@pytest.mark.parametrize("value", ["1%", "92%", "100%", "85"])
def test_a_quality_is_a_percentage(value):
    assert findings_of("OverlayPart", "outputQuality", value) == []


@pytest.mark.parametrize("value", ["0%", "101%", "%", "92 %", "high", 92, "-5%"])
def test_a_quality_beyond_a_percentage_is_told(value):
    assert "percentage" in message_of("OverlayPart", "outputQuality", value)


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("ApiPart", "FavProvider", "FANART"),
        ("ApiPart", "FavProvider", ""),
        ("ApiPart", "tmdb_vote_sorting", "primary"),
        ("ApiPart", "ProviderOrder", ["plex", "TMDB"]),
        ("PosterOverlayPart", "TextGravity", "NorthWest"),
        ("PlexPart", "PlexUrl", "https://plex.example:32400"),
        ("PlexPart", "PlexUrl", "HTTP://me:word@[::1]:32400/plex"),
        ("PlexPart", "PlexUrl", ""),
    ],
)
def test_a_value_of_an_enumeration_is_taken(section, key, value):
    assert findings_of(section, key, value) == []


@pytest.mark.parametrize(
    ("section", "key", "value", "part"),
    [
        ("ApiPart", "FavProvider", "imdb", 'must be one of tmdb, tvdb, fanart, plex, but is "imdb"'),
        ("ApiPart", "tmdb_vote_sorting", "best", "vote_average, vote_count, primary"),
        ("ApiPart", "ProviderOrder", ["TMDB", "IMDB"], 'but holds "IMDB"'),
        ("ApiPart", "ProviderOrder", "TMDB", "must be a list of texts"),
        ("ShowTitleOnSeasonPosterPart", "TextGravity", "bottom", "southwest, south, southeast"),
        ("PlexPart", "PlexUrl", "192.168.1.9:32400", "must begin with http:// or https://"),
        ("EmbyPart", "EmbyUrl", "http://", "must begin with http:// or https://"),
        ("EmbyPart", "EmbyUrl", "http://:8096", "must begin with http:// or https://"),
        ("PlexPart", "PlexUrl", "http://[::1:32400", "must begin with http:// or https://"),
        ("PlexPart", "PlexUrl", "http://plex:324000", "must begin with http:// or https://"),
    ],
)
def test_a_value_outside_of_an_enumeration_is_told_with_what_is_allowed(section, key, value, part):
    assert part in message_of(section, key, value)


@pytest.mark.parametrize(
    "value", ["white", "Black", "#fff", "#1e90ff", "#1e90ff80", "rgb(1,2,3)", "red1", "transparent", "none"]
)
def test_a_colour_is_a_name_or_a_code(value):
    assert findings_of("PosterOverlayPart", "fontcolor", value) == []


@pytest.mark.parametrize("value", ["", "whit", "#12", "#fff99", "ffffff", 0, ["white"]])
@pytest.mark.parametrize("key", ["fontcolor", "strokecolor", "bordercolor"])
def test_what_is_no_colour_is_told(key, value):
    assert "colour" in message_of("PosterOverlayPart", key, value)


def test_the_colour_of_flat_logos_is_a_colour_and_the_switch_beside_it_is_none():
    assert "colour" in message_of("PrerequisitePart", "LogoFlatColor", "whit")
    assert findings_of("PrerequisitePart", "ConvertLogoColor", "true") == []


@pytest.mark.parametrize("value", [["xx", "en", "de"], [], ["pt"]])
def test_a_language_list_holds_codes(value):
    assert findings_of("ApiPart", "PreferredLanguageOrder", value) == []


@pytest.mark.parametrize("value", ["EN", "eng", "english", "", "PleaseFillMe"])
def test_what_is_no_language_code_is_told(value):
    assert "language codes" in message_of("ApiPart", "PreferredLanguageOrder", ["en", value])


def test_every_list_but_the_first_may_take_over_the_poster_list():
    lists = [key for key in DEFAULTS["ApiPart"] if key.endswith("LanguageOrder")]
    taking = [key for key in lists if findings_of("ApiPart", key, ["PleaseFillMe"]) == []]
    assert len(lists) == 5
    assert taking == lists[1:]
    assert message_of("ApiPart", lists[1], ["PleaseFillMe", "en"])


def test_the_languages_of_single_libraries_are_checked_too():
    fine = {"Anime": {"PreferredLanguageOrder": ["ja", "en"]}, "Films": {}}
    assert findings_of("ApiPart", "LibraryLanguageOverrides", fine) == []


@pytest.mark.parametrize(
    ("value", "part"),
    [
        (["Anime"], "must be an object of library names"),
        ({"Anime": ["ja"]}, 'for the library "Anime"'),
        ({"Anime": {"PreferredLanguageOrder": ["jp1"]}}, 'for the library "Anime": "PreferredLanguageOrder"'),
        ({"Films": {}, "Anime": {"Languages": ["ja"]}}, '"Languages" is no language list known here'),
    ],
)
def test_a_mistake_in_the_languages_of_a_library_names_the_library(value, part):
    assert part in message_of("ApiPart", "LibraryLanguageOverrides", value)


def test_word_replacements_are_texts():
    assert findings_of("PrerequisitePart", "NewLineWords", {"A-B": "A-\nB"}) == []
    assert "word and replacement" in message_of("PrerequisitePart", "NewLineWords", {"A": 1})


def test_a_list_holds_texts_only():
    assert "list of texts" in message_of("PlexPart", "LibstoExclude", ["Films", 4])


def test_an_unknown_section_and_an_unknown_setting_are_notes():
    section, key = check_config({"Mine": {"a": 1}, "WebUI": {"colour": "red"}})
    assert (section.section, section.key, section.note) == ("Mine", "", True)
    assert (key.section, key.key, key.note) == ("WebUI", "colour", True)
    assert all("PowerShell poster script removes it" in finding.message for finding in (section, key))


def test_a_value_beside_the_sections_is_a_note():
    (finding,) = check_config({"onboarding_completed": True})
    assert finding.note


def test_a_setting_or_section_in_the_wrong_letter_case_is_told_with_the_right_one():
    section, key = check_config({"plexpart": {}, "PlexPart": {"useplex": "true"}})
    assert (section.section, section.note) == ("plexpart", False)
    assert section.message.startswith("is written PlexPart:")
    assert (key.key, key.note) == ("useplex", False)
    assert key.message.startswith("is written UsePlex:")


def test_a_section_that_is_no_object_is_told():
    (finding,) = check_config({"ApiPart": "token"})
    assert finding == SettingFinding("ApiPart", "", "must be an object of settings between { and }")


def test_one_media_server_may_be_on_and_a_second_one_may_not():
    assert check_config(make_config(EmbyPart={"UseEmby": "true"})) == []
    (finding,) = check_config(make_config(PlexPart={"UsePlex": "TRUE"}, EmbyPart={"UseEmby": True}))
    assert (finding.section, finding.key) == ("EmbyPart", "UseEmby")
    assert finding.message.startswith("UsePlex and UseEmby are on together")


def test_a_smallest_font_size_above_the_largest_is_told():
    (finding,) = check_config(make_config(TitleCardEPTextPart={"minPointSize": "81"}))
    assert finding.message == "is 81, which is more than maxPointSize (80)"
    assert check_config(make_config(TitleCardEPTextPart={"minPointSize": "80"})) == []


@pytest.mark.parametrize("value", [12, ["secret-word"], {"secret-word": 1}])
def test_what_stands_in_a_secret_is_never_repeated(value):
    message = message_of("ApiPart", "PlexToken", value)
    assert "secret-word" not in message
    assert message == "must be a text in double quotes"


def test_an_address_with_a_password_is_not_repeated():
    assert "hunter2" not in message_of("PlexPart", "PlexUrl", "me:hunter2@plex:32400")


def test_a_long_value_is_cut():
    assert len(message_of("PrerequisitePart", "AssetCleanup", "x" * 10_000)) < 120


def test_findings_come_in_the_order_of_the_file():
    findings = check_config({"OverlayPart": {"outputQuality": 1}, "WebUI": {"basicAuthEnabled": 1}})
    assert [finding.section for finding in findings] == ["OverlayPart", "WebUI"]


@given(values=st.dictionaries(st.text(), json_values))
def test_any_settings_are_checked_without_an_error(values):
    assert all(isinstance(finding, SettingFinding) for finding in check_config(values))


@given(place=st.sampled_from(PLACES), value=json_values)
def test_any_value_in_any_known_setting_is_checked_without_an_error(place, value):
    section, key = place
    for finding in check_config({section: {key: value}}):
        assert (finding.section, finding.key) == (section, key)
        assert finding.message

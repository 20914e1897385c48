"""Values come in many spellings and are kept in the one that a PowerShell script can read."""

import pytest
from hypothesis import given

from app.core.settings.config_check import check_config
from app.core.settings.mapping import SettingPlace, defaults, known_places
from app.core.settings.spelling import stored_spelling
from tests.core.settings.making import json_values

QUALITY = SettingPlace("OverlayPart", "outputQuality")
SWITCH = SettingPlace("Notification", "SendNotification")
NUMBER = SettingPlace("PrerequisitePart", "maxLogs")
OFFSET = SettingPlace("PosterOverlayPart", "text_offset")
SPACING = SettingPlace("PosterOverlayPart", "lineSpacing")
LOGIN = SettingPlace("WebUI", "basicAuthEnabled")
ORDER = SettingPlace("ApiPart", "OverrideProviderOrder")


@pytest.mark.parametrize(
    ("place", "sent", "kept"),
    [
        (SWITCH, "True", "true"),
        (SWITCH, "FALSE", "false"),
        (SWITCH, "true", "true"),
        (SWITCH, True, "true"),
        (SWITCH, False, "false"),
        (LOGIN, "false", False),
        (LOGIN, "True", True),
        (LOGIN, True, True),
        (ORDER, "true", True),
        (NUMBER, 7, "7"),
        (NUMBER, " 7 ", "7"),
        (OFFSET, "+10", "+10"),
        (OFFSET, "-5", "-5"),
        (OFFSET, "10", "+10"),
        (OFFSET, 10, "+10"),
        (OFFSET, -5, "-5"),
        (SPACING, "-30", "-30"),
        (SPACING, 5, "5"),
        (QUALITY, "80", "80%"),
        (QUALITY, 80, "80%"),
        (QUALITY, "80%", "80%"),
        (SettingPlace("PrerequisitePart", "font"), " a.ttf", " a.ttf"),
        (SettingPlace("PlexPart", "LibstoExclude"), ["True", "1"], ["True", "1"]),
        (SettingPlace("PrerequisitePart", "NewLineWords"), {"a": "b"}, {"a": "b"}),
        (SettingPlace("Mine", "unknown"), True, True),
    ],
)
def test_a_value_is_kept_in_the_spelling_of_the_file(place, sent, kept):
    assert stored_spelling(place, sent) == kept
    assert type(stored_spelling(place, sent)) is type(kept)


@pytest.mark.parametrize(
    ("place", "sent"),
    [
        *((SWITCH, value) for value in ("yes", "", 1, None, ["true"])),
        *((LOGIN, value) for value in ("yes", 1, None)),
        *((NUMBER, value) for value in ("many", True, 1.5, None, "")),
        *((OFFSET, value) for value in ("++1", "", None, "1.5")),
        *((QUALITY, value) for value in (True, None, [])),
    ],
)
def test_what_fits_no_spelling_is_left_for_the_rules_which_refuse_it(place, sent):
    kept = stored_spelling(place, sent)
    assert kept == sent
    assert check_config({place.section: {place.key: kept}})


def test_the_defaults_are_spelled_as_they_are_kept():
    for place in known_places().values():
        default = defaults()[place.section][place.key]
        assert stored_spelling(place, default) == default


@given(json_values)
def test_spelling_twice_changes_nothing_more(value):
    for place in (QUALITY, SWITCH, NUMBER, OFFSET, SPACING, LOGIN):
        once = stored_spelling(place, value)
        assert stored_spelling(place, once) == once


@given(json_values)
def test_only_two_settings_are_ever_kept_as_a_json_boolean(value):
    for place in known_places().values():
        if not check_config({place.section: {place.key: stored_spelling(place, value)}}):
            assert isinstance(stored_spelling(place, value), bool) <= (place in (LOGIN, ORDER))

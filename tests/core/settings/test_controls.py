"""Each setting has the control that its values need."""

import pytest

from app.core.settings.config_rules import GRAVITIES, rule_for
from app.core.settings.controls import Control, control_of
from app.core.settings.mapping import SettingPlace, known_places
from app.core.settings.spelling import default_of


@pytest.mark.parametrize(
    ("section", "key", "value", "control"),
    [
        ("PosterOverlayPart", "AddBorder", "true", Control("switch")),
        ("WebUI", "basicAuthEnabled", True, Control("switch")),
        ("PosterOverlayPart", "AddBorder", "maybe", Control("text")),
        ("PosterOverlayPart", "borderwidth", "30", Control("number", (), 0)),
        ("PosterOverlayPart", "borderwidth", "wide", Control("text")),
        ("PosterOverlayPart", "text_offset", "+430", Control("offset")),
        ("PosterOverlayPart", "TextGravity", "South", Control("choice", GRAVITIES)),
        ("PosterOverlayPart", "fontcolor", "white", Control("colour")),
        ("PrerequisitePart", "ConvertLogoColor", "false", Control("switch")),
        ("EnginePart", "StoreDays", "90", Control("number", (), 0, 999_999)),
        ("PrerequisitePart", "logLevel", "2", Control("choice", ("1", "2", "3"))),
        ("PrerequisitePart", "font", "", Control("font")),
        ("PrerequisitePart", "showoverlayfile", "", Control("overlay")),
        ("PrerequisitePart", "4KDoVi", "overlay.png", Control("overlay")),
        ("OverlayPart", "outputQuality", "92%", Control("percent")),
        ("ApiPart", "tmdbtoken", "", Control("secret")),
        ("PlexPart", "PlexUrl", "http://plex:32400", Control("address")),
        ("PlexPart", "PlexUrl", "http://me:word@plex:32400", Control("secret")),
        ("PlexPart", "LibstoExclude", "Music", Control("text")),
        ("ApiPart", "LogoLanguageOrder", ["en"], Control("languages")),
        ("Mine", "own", ["a"], Control("texts")),
        ("Mine", "own", "true", Control("switch")),
        ("Mine", "own", None, Control("text")),
    ],
)
def test_the_control_of_a_setting_and_of_what_somebody_wrote_into_the_file(section, key, value, control):
    found = control_of(SettingPlace(section, key), value)
    assert found == control


def test_a_choice_offers_nothing_that_the_rules_refuse():
    for name, place in known_places().items():
        control = control_of(place, default_of(place))
        rule = rule_for(place.key, default_of(place))
        if control.kind == "choice":
            assert [choice for choice in control.choices if rule(choice)] == [], name
        if control.lowest is not None:
            assert rule(str(control.lowest)) is None and rule(str(control.lowest - 1)), name

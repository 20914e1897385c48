"""Every setting is named, explained and in one group."""

import re

import pytest
from hypothesis import given

from app.core.settings.mapping import Naming, SettingPlace, known_places
from app.core.settings.wording import (
    FOREIGN,
    USUAL_GROUP,
    group_names,
    grouped,
    known_labels,
    label_of,
    labels,
    own_labels,
)
from tests.core.settings.making import nested_configs

# The pages of the existing client ask for these groups, in this order.
GROUPS = {
    "WebUI Settings": 3,
    "General Settings": 24,
    "API Keys & Tokens": 5,
    "Language & Preferences": 4,
    "Image Filters": 5,
    "Plex Settings": 6,
    "Jellyfin Settings": 6,
    "Emby Settings": 6,
    "Notifications": 6,
    "Fonts": 5,
    "Overlay Files": 5,
    "Resolution Overlays": 18,
    "Image Processing": 2,
    "Text Formatting": 3,
    "Poster Settings": 17,
    "Season Poster Settings": 18,
    "Background Settings": 17,
    "Title Card Overlay": 6,
    "Title Card Title Text": 13,
    "Title Card Episode Text": 15,
    "Show Title on Season": 13,
    "Collection Title": 14,
    "Collection Poster": 17,
}


def sentences(text):
    return [part for part in re.split(r"(?<=[.;])\s", text) if part]


def test_the_groups_are_those_of_the_existing_client_in_its_order():
    assert set(group_names()) == set(GROUPS)
    assert sum(GROUPS.values()) == 228
    assert all(len(names) >= GROUPS[group] for group, names in grouped(Naming({})).items())


@given(nested_configs)
def test_every_setting_is_in_exactly_one_group(values):
    naming = Naming(values)
    names = [name for names in grouped(naming).values() for name in names]
    assert sorted(names) == sorted(naming.places)


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("basicAuthEnabled", "WebUI Settings"),
        ("PlexUpload", "Plex Settings"),
        ("PosterMinWidth", "Image Filters"),
        ("ProviderOrder", "API Keys & Tokens"),
        ("LogoLanguageOrder", "Language & Preferences"),
        ("showoverlayfile", "Overlay Files"),
        ("UseLogo", "Image Processing"),
        ("NewLineWords", "Text Formatting"),
        ("SeasonPosterOverrideSeasonName", "Season Poster Settings"),
        ("TitleCardSkipWords", "Title Card Overlay"),
        ("ShowTitleFontcolor", "Show Title on Season"),
        ("CollectionPosterTextGravity", "Collection Poster"),
    ],
)
def test_a_setting_is_where_a_person_looks_for_it(name, group):
    assert known_labels()[name].group == group


def test_a_label_is_short_and_the_explanation_whole_sentences():
    for name in known_places():
        label = known_labels()[name]
        assert 3 <= len(label.name) <= 50, name
        assert label.name[0].isupper() or label.name[0].isdigit(), name
        assert 20 <= len(label.tooltip) <= 260, name
        assert label.tooltip[-1] == ".", name
        assert not re.search(r"[{}]|  ", label.tooltip.replace("{}", "x")), name


def test_within_a_group_no_two_settings_are_called_alike():
    pairs = [(label.group, label.name) for label in known_labels().values()]
    assert len(set(pairs)) == len(pairs)


def test_no_two_settings_are_explained_alike():
    tooltips = [label.tooltip for name, label in known_labels().items() if not name.startswith("TitleCard")]
    assert len(set(tooltips)) == len(tooltips)


def test_labels_are_of_settings_that_exist():
    assert set(own_labels()) <= set(known_places())
    stored_keys = {place.key for place in known_places().values()}
    assert set(labels()["lettering"]) <= stored_keys
    assert all(words["group"] in GROUPS for words in labels()["sections"].values())


def test_an_explanation_speaks_of_its_own_kind_of_picture():
    tooltips = {
        name: known_labels()[name].tooltip for name in ("BackgroundMaxWidth", "CollectionPosterBorderwidth")
    }
    assert "3840" in tooltips["BackgroundMaxWidth"]
    assert "collection posters" in tooltips["CollectionPosterBorderwidth"]


def test_a_foreign_setting_is_called_by_its_key_and_stands_beside_its_neighbours():
    assert label_of("my_own_key", SettingPlace("PosterOverlayPart", "my_own_key")) == (
        "Poster Settings",
        "My Own Key",
        FOREIGN,
    )
    assert label_of("x", SettingPlace("Mine", "x")).group == USUAL_GROUP

"""Flat names: the 259 of the reference, and one of its own for whatever else a file holds."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.config_file import default_config
from app.core.settings.mapping import (
    Naming,
    SettingPlace,
    flatten_config,
    known_places,
    natural_name,
    pascal_case,
)
from app.core.settings.own_settings import OWN_DEFAULTS, SECTION
from tests.core.settings.making import json_values, keys, nested_configs, prefixed_sections

FLAT_KEYS = [line.split() for line in Path(__file__).with_name("flat_keys.txt").read_text().splitlines()]


def sections_of(values):
    """What has flat names: the settings of every section, and nothing that stands outside of one."""
    return {name: dict(inner) for name, inner in values.items() if isinstance(inner, dict) and inner}


def test_every_known_setting_has_the_flat_name_of_the_reference():
    known = [[place.section, place.key, name] for name, place in known_places().items()]
    assert known == FLAT_KEYS + [[SECTION, key, key] for key in OWN_DEFAULTS]


def test_the_reference_holds_259_different_flat_names():
    assert len({name for _, _, name in FLAT_KEYS}) == len(FLAT_KEYS) == 259


@pytest.mark.parametrize(
    ("section", "key", "name"),
    [
        ("PlexPart", "LibstoExclude", "PlexLibstoExclude"),
        ("JellyfinPart", "LibstoExclude", "JellyfinLibstoExclude"),
        ("EmbyPart", "ReplaceThumbwithBackdrop", "EmbyReplaceThumbwithBackdrop"),
        ("PlexPart", "PlexUrl", "PlexUrl"),
        ("PrerequisitePart", "PlexUpload", "PlexUpload"),
        ("PosterOverlayPart", "text_offset", "PosterTextOffset"),
        ("TitleCardEPTextPart", "text_offset", "TitleCardEPTextOffset"),
        ("CollectionTitlePosterPart", "CollectionTitle", "CollectionTitleCollectionTitle"),
        ("ApiPart", "PosterMinWidth", "PosterMinWidth"),
        ("ApiPart", "tmdb_vote_sorting", "tmdb_vote_sorting"),
        ("PrerequisitePart", "4KDoVi", "4KDoVi"),
        ("PrerequisitePart", "Poster1080p", "Poster1080p"),
        ("PrerequisitePart", "LibstoExclude", "LibstoExclude"),
        ("Mine", "some_key", "some_key"),
    ],
)
def test_names_follow_from_section_and_key(section, key, name):
    assert natural_name(SettingPlace(section, key)) == name


def unflatten(flat, naming):
    nested = {}
    for name, value in flat.items():
        place = naming.places[name]
        nested.setdefault(place.section, {})[place.key] = value
    return nested


@pytest.mark.parametrize(
    ("key", "name"),
    [("text_offset", "TextOffset"), ("fontAllCaps", "FontAllCaps"), ("AddText", "AddText"), ("", "")],
)
def test_keys_turn_to_capitalised_words(key, name):
    assert pascal_case(key) == name


def test_the_defaults_come_back_from_their_flat_form():
    defaults = default_config()
    assert unflatten(flatten_config(defaults), Naming(defaults)) == defaults


def test_values_outside_of_a_section_have_no_flat_name():
    assert flatten_config({"version": 3, "list": [1], "Mine": {"a": 1}}) == {"a": 1}


def test_a_known_setting_keeps_its_name_and_the_other_is_called_by_its_place():
    values = {"PosterOverlayPart": {"MinWidth": "1", "FontAllCaps": "true", "fontAllCaps": "false"}}
    assert flatten_config(values) == {
        "PosterOverlayPart.MinWidth": "1",
        "PosterOverlayPart.FontAllCaps": "true",
        "PosterFontAllCaps": "false",
    }


def test_the_name_of_a_known_setting_is_kept_free_where_the_file_does_not_have_it():
    assert flatten_config({"Mine": {"PlexUrl": "x"}}) == {"Mine.PlexUrl": "x"}


def test_names_that_even_look_like_a_place_stay_apart():
    values = {"Mine": {"Mine.PlexUrl": 1, "PlexUrl": 2}, "Other": {"Mine.PlexUrl (2)": 3}}
    flat = flatten_config(values)
    assert sorted(flat.values()) == [1, 2, 3]
    assert unflatten(flat, Naming(values)) == values


@given(nested_configs)
def test_nothing_is_lost_on_the_way_to_flat_names_and_back(values):
    assert unflatten(flatten_config(values), Naming(values)) == sections_of(values)


@given(prefixed_sections, st.dictionaries(keys, json_values, min_size=2, max_size=8), st.data())
def test_settings_that_collide_are_told_apart(section, settings, data):
    values = {
        section: settings,
        "Mine": data.draw(st.dictionaries(st.sampled_from(sorted(settings)), json_values)),
    }
    assert len(flatten_config(values)) == sum(map(len, values.values()))
    assert unflatten(flatten_config(values), Naming(values)) == sections_of(values)


@given(nested_configs)
def test_every_name_leads_to_one_place_and_back(values):
    naming = Naming(values)
    assert {name: naming.names[place] for name, place in naming.places.items()} == {
        name: name for name in naming.places
    }
    assert known_places().items() <= naming.places.items()

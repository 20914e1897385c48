from app.core.settings.masking import MASK
from app.core.settings.overview import config_overview
from app.core.settings.own_settings import OWN_DEFAULTS
from app.core.settings.store import snapshot
from tests.core.settings.making import make_config, write_config


def shown(paths, values):
    write_config(paths, values)
    return config_overview(snapshot(paths))


def test_all_settings_are_shown_flat_with_name_group_and_explanation(paths):
    answer = shown(paths, make_config(Mine={"some_key": [1]}))
    assert len(answer["config"]) == 260 + len(OWN_DEFAULTS)
    assert set(answer["config"]) == set(answer["display_names"]) == set(answer["tooltips"])
    assert {name for names in answer["ui_groups"].values() for name in names} == set(answer["config"])
    assert answer["config"]["PosterTextOffset"] == "+430"
    assert answer["config"]["basicAuthEnabled"] is True
    assert answer["config"]["some_key"] == [1]
    assert answer["display_names"]["some_key"] == "Some Key"
    assert answer["using_flat_structure"] is True
    assert answer["_root"] == {"onboarding_completed": True}
    assert answer["revision"] == snapshot(paths).revision


def test_the_keys_of_providers_have_the_names_under_which_people_look_for_them(paths):
    names = shown(paths, make_config())["display_names"]
    assert (names["tvdbapi"], names["tmdbtoken"]) == ("TVDB API Key", "TMDB API Token")


def test_no_secret_is_shown(paths):
    secrets = {"ApiPart": {"PlexToken": "hush-1", "tvdbapi": "hush-2"}, "Mine": {"api_key": "hush-3"}}
    answer = shown(paths, make_config(**secrets, Notification={"Discord": "https://discord.com/hush-4"}))
    assert "hush" not in str(answer)
    assert [answer["config"][name] for name in ("PlexToken", "api_key", "Discord")] == [MASK] * 3
    assert answer["config"]["JellyfinAPIKey"] == ""


def test_a_setting_that_the_file_leaves_out_is_shown_with_its_default(paths):
    answer = shown(paths, {"version": 1, "PlexPart": "broken"})
    assert len(answer["config"]) == 259 + len(OWN_DEFAULTS)
    assert answer["config"]["outputQuality"] == "92%"
    assert answer["config"]["UsePlex"] == "false"

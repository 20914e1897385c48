"""Proper values can still shut or open the wrong door."""

import pytest

from app.core.errors import Forbidden
from app.core.settings.login_and_folder_checks import dangers, exposes, refuse_strangers
from tests.core.settings.making import PASSWORD_HASH, make_checks, make_config


def keys(findings):
    return [(finding.section, finding.key) for finding in findings]


def login(**settings):
    return make_config(WebUI=settings)


def test_the_defaults_with_a_password_are_safe(paths, checks):
    assert dangers(make_config(), checks) == []


@pytest.mark.parametrize("enabled", [True, "true", "maybe", None, 1])
def test_a_login_without_a_password_locks_everybody_out(checks, enabled):
    (found,) = dangers(login(basicAuthEnabled=enabled, basicAuthPassword=""), checks)
    assert found.message == "must not be empty while basicAuthEnabled is on, since no user could log in"


@pytest.mark.parametrize("enabled", [False, "false", "no", 0])
def test_without_a_login_no_password_is_needed(checks, enabled):
    assert dangers(login(basicAuthEnabled=enabled, basicAuthPassword=""), checks) == []


def test_a_password_from_outside_opens_the_door_too(paths):
    values = login(basicAuthPassword="")
    assert dangers(values, make_checks(paths, has_admin_password=True)) == []


def test_a_file_without_a_login_section_counts_as_one_with_the_login_on(checks):
    assert keys(dangers({}, checks)) == [("WebUI", "basicAuthPassword")]
    assert keys(dangers({"WebUI": 5}, checks)) == [("WebUI", "basicAuthPassword")]


def test_a_user_name_with_a_colon_could_never_be_sent(checks):
    assert keys(dangers(login(basicAuthUsername="a:b"), checks)) == [("WebUI", "basicAuthUsername")]


@pytest.mark.parametrize(
    "folder", [".", "/", "", "database", "./runs/x", "config_backups", "UILogs", "assets/.."]
)
@pytest.mark.parametrize("setting", ["AssetPath", "ManualAssetPath", "BackupPath"])
def test_a_folder_with_the_servers_own_files_is_no_folder_for_artwork(checks, setting, folder):
    expected = [("PrerequisitePart", setting)] if folder else []
    assert keys(dangers(make_config(PrerequisitePart={setting: folder}), checks)) == expected


def test_the_folder_around_the_data_and_links_to_it_are_told_too(paths, checks, tmp_path):
    (tmp_path / "innocent").symlink_to(paths.data)
    assert exposes(paths.data, str(tmp_path))
    assert exposes(paths.data, str(tmp_path / "innocent"))
    assert exposes(paths.data, "../data/database")


@pytest.mark.parametrize(
    "folder", ["/assets", "assets", "assets/films", "../artwork", "/databases", "database2"]
)
def test_other_folders_may_hold_artwork(paths, folder):
    assert not exposes(paths.data, folder)


@pytest.mark.parametrize("folder", [None, 5, ["/"], "  ", "/\0"])
def test_what_is_no_path_exposes_nothing(paths, folder):
    assert not exposes(paths.data, folder)


def test_only_an_administrator_changes_the_login(paths):
    stranger = make_checks(paths, may_change_login=False)
    before = make_config()
    for change in (
        {"basicAuthPassword": "x"},
        {"basicAuthEnabled": False},
        {"basicAuthUsername": "eve"},
        {"new": 1},
    ):
        with pytest.raises(Forbidden, match="'admin'"):
            refuse_strangers(before, login(**change), stranger)
        refuse_strangers(before, login(**change), make_checks(paths))
    refuse_strangers(before, make_config(ApiPart={"FavProvider": "tvdb"}), stranger)
    refuse_strangers(before, login(basicAuthPassword=PASSWORD_HASH), stranger)


SERVER = {"ApiPart": {"PlexToken": "stored"}, "PlexPart": {"PlexUrl": "http://plex:32400"}}


@pytest.mark.parametrize(
    ("address", "token", "is_refused"),
    [
        ("http://evil:1", "stored", True),
        ("", "stored", True),
        ("http://evil:1", "another", False),
        ("http://evil:1", "", False),
        ("http://plex:32400", "another", False),
    ],
)
def test_a_stored_token_is_not_sent_to_an_address_of_whoever_may_not_see_it(
    paths, address, token, is_refused
):
    after = make_config(ApiPart={"PlexToken": token}, PlexPart={"PlexUrl": address})
    stranger = make_checks(paths, may_change_login=False)
    refuse_strangers(make_config(**SERVER), after, make_checks(paths))
    if is_refused:
        with pytest.raises(Forbidden, match="PlexUrl: .* Send the token as well"):
            refuse_strangers(make_config(**SERVER), after, stranger)
    else:
        refuse_strangers(make_config(**SERVER), after, stranger)
    refuse_strangers(make_config(PlexPart=SERVER["PlexPart"]), after, stranger)

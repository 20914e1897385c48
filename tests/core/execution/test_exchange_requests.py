"""What callers choose of a sync, a backup, a restore or a reset becomes arguments that no script misreads."""

import json

import pytest

from app.core.errors import Invalid
from app.core.execution.exchange_requests import exchange_run, reset_run, restore_arguments
from app.core.modes import command_line

ROUTE = {"from": "plex", "to": "emby"}
PATHS = ["Movies/Alien (1979)/poster.jpg"]
FORBIDDEN = ("-ForceReplace", " -x", "\N{EN DASH}x", "a\nb", "a\0b", "\x7f", " ")


@pytest.mark.parametrize(
    ("mode", "fields", "wanted"),
    [
        ("backup", {}, ("backup", [])),
        (
            "backup",
            {"from": "jellyfin", "kinds": ["poster", "season"]},
            ("backup", ["-From", "jellyfin", "-Kinds", "poster,season"]),
        ),
        (
            "backup",
            {"libraries": ["TV, old", "TV, old", " Ünï "]},
            ("backup", ["-Libraries", json.dumps(["TV, old", "Ünï"])]),
        ),
        ("restore", {"item": " Alien ", "to": "emby"}, ("restore", ["-To", "emby", "-RestoreItem", "Alien"])),
        (
            "restore",
            {"force_replace": True, "take": PATHS},
            ("restore", ["-ForceReplace", "-Take", json.dumps(PATHS)]),
        ),
        ("restore", {"plan": True, "kinds": ["poster"]}, ("plan", ["-Restore", "-Kinds", "poster"])),
        ("sync", ROUTE, ("sync", ["-From", "plex", "-To", "emby"])),
        ("sync", {**ROUTE, "plan": True}, ("plan", ["-Sync", "-From", "plex", "-To", "emby"])),
        ("syncjelly", {"plan": True}, ("plan", ["-SyncJelly"])),
    ],
)
def test_fields_become_arguments_that_reach_the_script_as_they_are(tmp_path, mode, fields, wanted):
    run = exchange_run(mode, fields, tmp_path)
    assert run == wanted
    words = command_line("", run.mode, run.arguments)
    assert words[-len(run.arguments) :] == run.arguments or not run.arguments


@pytest.mark.parametrize("fields", [{}, {"from": "plex"}, {"to": "plex"}, {"from": "plex", "to": "plex"}])
def test_a_sync_needs_two_servers(tmp_path, fields):
    with pytest.raises(Invalid, match="from and to"):
        exchange_run("sync", fields, tmp_path)


@pytest.mark.parametrize("name", FORBIDDEN)
def test_names_that_could_be_switches_or_hold_control_characters_are_refused(tmp_path, name):
    for fields in ({"libraries": ["Movies", name]}, {"item": name}):
        with pytest.raises(Invalid, match="cannot be passed"):
            exchange_run("restore", fields, tmp_path)
    if name.strip():
        for names in ((name, "", ""), ("", name, "")):
            with pytest.raises(Invalid, match="cannot be passed"):
                restore_arguments(*names)


def test_a_reset_names_its_library_or_several(tmp_path):
    assert reset_run(" -TV ", {}, tmp_path) == ("reset", ["-LibraryToReset", " -TV"])
    several = {"libraries": ["A", "B"], "kinds": ["season"], "force_replace": True}
    named = ["-Kinds", "season", "-Libraries", '["A", "B"]', "-ForceReplace"]
    assert reset_run("", several, tmp_path) == ("reset", named)
    planned = reset_run("TV", {"plan": True, "kinds": ["season"]}, tmp_path)
    assert planned == ("plan", ["-PosterReset", "-LibraryToReset", "TV", "-Kinds", "season"])
    with pytest.raises(Invalid, match="name of a library"):
        reset_run(" ", {}, tmp_path)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("", "", ""), []),
        (("TV", "", ""), ["-RestoreLibrary", "TV"]),
        (
            ("TV", " Dark ", "Title Card"),
            ["-RestoreLibrary", "TV", "-RestoreItem", "Dark", "-RestoreType", "titlecard"],
        ),
        (("", "", "EPISODE"), ["-RestoreType", "titlecard"]),
    ],
)
def test_a_restore_by_the_names_of_existing_clients(names, words):
    assert restore_arguments(*names) == words


def test_an_unknown_kind_is_refused_with_those_that_there_are():
    with pytest.raises(Invalid, match="poster, season, background, titlecard"):
        restore_arguments("", "", "logo")


def test_a_long_list_of_assets_is_kept_in_a_file_and_a_plan_takes_the_same_one(tmp_path):
    paths = [f"Movies/{number:04}/poster.jpg" for number in range(5000)]
    run = exchange_run("restore", {"take": paths}, tmp_path)
    plan = exchange_run("restore", {"take": paths, "plan": True}, tmp_path)
    assert plan == ("plan", ["-Restore", *run.arguments])
    assert len(run.arguments) == 2 and len(run.arguments[1]) < 1000
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    "nothing", [{}, {"kinds": []}, {"libraries": [], "item": "", "take": []}, {"from": ""}]
)
def test_fields_that_hold_nothing_become_no_argument(tmp_path, nothing):
    assert exchange_run("backup", nothing | {"force_replace": False, "plan": False}, tmp_path) == (
        "backup",
        [],
    )


@pytest.mark.parametrize(
    ("library", "fields"),
    [("", {}), ("\t", {"libraries": []}), ("", {"libraries": None, "kinds": ["poster"]})],
)
def test_a_reset_of_nothing_named_is_not_one_of_everything(tmp_path, library, fields):
    with pytest.raises(Invalid, match="name of a library"):
        reset_run(library, fields, tmp_path)
    with pytest.raises(Invalid, match="cannot be passed"):
        reset_run("", {"libraries": [" "]}, tmp_path)

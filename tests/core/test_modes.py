import sys

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.core.errors import Invalid
from app.core.modes import (
    DASHES,
    MODES,
    command_line,
    harmless_argument,
    harmless_arguments,
    script_command,
    script_environment,
)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("", [sys.executable, "-m", "app.poster"]),
        ("/app/Posterizarr.ps1", ["pwsh", "-File", "/app/Posterizarr.ps1"]),
        ("/x/Y.PS1", ["pwsh", "-File", "/x/Y.PS1"]),
        ("/x/poster.py", [sys.executable, "/x/poster.py"]),
        ("/x/poster", ["/x/poster"]),
    ],
)
def test_the_kind_of_script_decides_who_runs_it(script, expected):
    assert script_command(script) == expected


@pytest.mark.parametrize(
    ("mode", "switches"),
    [
        ("normal", []),
        ("scheduled", ["-UISchedule"]),
        ("testing", ["-Testing"]),
        ("backup", ["-Backup"]),
        ("syncjelly", ["-SyncJelly"]),
        ("reset", ["-PosterReset"]),
        ("logoupdater", ["-LogoUpdater"]),
        ("logorevert", ["-LogoRevert"]),
    ],
)
def test_a_mode_is_a_switch(mode, switches):
    assert command_line("/x/run", mode, []) == ["/x/run", *switches]


def test_an_unknown_mode_is_refused_by_name():
    with pytest.raises(Invalid, match="Invalid mode: x"):
        command_line("", "x", [])


def test_names_and_switches_stay_and_values_are_made_harmless():
    given = [
        "-PicturePath",
        "-Testing",
        "-SeasonPoster",
        "-Titletext",
        "-SeasonPoster",
        "-Evil",
        "-arr_year",
        "-1",
    ]
    expected = [
        "-PicturePath",
        " -Testing",
        "-SeasonPoster",
        "-Titletext",
        " -SeasonPoster",
        " -Evil",
        "-arr_year",
        " -1",
    ]
    assert harmless_arguments(given) == expected


def test_typographic_dashes_count_as_dashes_since_powershell_reads_them_so():
    assert [harmless_argument(f"{dash}x") for dash in DASHES] == [f" {dash}x" for dash in DASHES]


def test_control_characters_are_taken_out():
    assert harmless_argument("a\x00b\nc\r\x1b[1m\x85\u2028d") == "abc[1md"


@given(some.lists(some.text()))
def test_no_value_can_begin_with_a_dash_hold_a_control_character_or_fail_to_be_passed_on(words):
    for word in harmless_arguments(words):
        word.encode()
        assert "\0" not in word and "\n" not in word
        assert not word.startswith(DASHES) or word in words


@given(some.lists(some.text(alphabet="-aé\u2014")))
def test_making_arguments_harmless_twice_changes_nothing(words):
    once = harmless_arguments(words)
    assert harmless_arguments(once) == once


def test_the_built_in_script_finds_its_package_and_nothing_of_the_data_folder():
    found = script_environment("", {"PYTHONPATH": "/mine"})
    assert found["PYTHONPATH"].endswith(":/mine") and found["PYTHONSAFEPATH"] == "1"
    assert script_environment("/x.ps1", {"A": "1"}) == {"A": "1"}


def test_each_mode_is_known_by_its_own_name_and_log():
    assert all(mode.name == name and mode.log.endswith("log.log") for name, mode in MODES.items())

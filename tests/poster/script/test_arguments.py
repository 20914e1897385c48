import json

import pytest

from app.poster.modes.run import WORK
from app.poster.script.arguments import MODE_OF_SWITCH, BadArguments, Mode, parse
from app.poster.script.usage import USAGE


def test_no_switch_is_the_full_run():
    assert parse([]).mode is Mode.NORMAL


@pytest.mark.parametrize("token", ["-Testing", "-testing", "-TESTING", "--testing", "-Te", "-Testing:$true"])
def test_a_switch_is_known_in_any_case_by_a_unique_beginning_and_with_two_dashes(token):
    assert parse([token]).mode is Mode.TESTING


@pytest.mark.parametrize("token", ["-S", "-Title", "-Syn", "-r"])
def test_a_beginning_of_several_names_is_refused_with_the_names(token):
    with pytest.raises(BadArguments, match="may mean"):
        parse([token])


def test_an_exact_name_wins_over_longer_names_that_it_begins():
    order = parse(["-Manual", "-seasonposter", "-SeasonPosterName", "Season 1"])
    assert order.switches == {"Manual", "SeasonPoster"}
    assert order.value("SeasonPosterName") == "Season 1"


def test_a_switch_can_be_switched_off():
    assert parse(["-Testing:$false"]).mode is Mode.NORMAL


def test_a_switch_with_another_value_is_refused():
    with pytest.raises(BadArguments, match=r"takes \$true or \$false"):
        parse(["-Testing:perhaps"])


def test_a_value_may_be_attached_by_a_colon_and_keeps_its_own_colons():
    assert parse(["-Manual", "-PicturePath:http://host/a.jpg"]).value("PicturePath") == "http://host/a.jpg"


def test_a_value_may_begin_with_a_dash_when_it_names_no_argument():
    assert parse(["-Manual", "-Titletext", "-30-"]).value("Titletext") == "-30-"


def test_the_blank_that_guards_a_dash_is_taken_off():
    assert parse(["-Manual", "-Titletext", " -Manual"]).value("Titletext") == "-Manual"


@pytest.mark.parametrize("tokens", [["-Titletext"], ["-Titletext", "-FolderName", "F"]])
def test_a_missing_value_is_refused(tokens):
    with pytest.raises(BadArguments, match="-Titletext needs a value"):
        parse(["-Manual", *tokens])


def test_an_empty_value_is_a_value():
    assert parse(["-Manual", "-Titletext", "", "-FolderName", "F"]).value("FolderName") == "F"


def test_a_value_given_twice_is_refused():
    with pytest.raises(BadArguments, match="given twice"):
        parse(["-Titletext", "a", "-titletext", "b"])


@pytest.mark.parametrize("token", ["-Testng", "stray", "-", "--", "-arr_movie_title"])
def test_an_unknown_argument_is_refused_instead_of_starting_a_full_run(token):
    with pytest.raises(BadArguments, match="Unknown argument"):
        parse([token])


def test_an_arr_trigger_keeps_what_it_brings():
    order = parse(["-ArrTrigger", "-arr_platform", "Radarr", "-arr_movie_title", "Alien"])
    assert order.mode is Mode.ARR
    assert order.rest == ["-arr_platform", "Radarr", "-arr_movie_title", "Alien"]


@pytest.mark.parametrize(
    ("tokens", "mode"),
    [
        (["-Testing", "-Manual"], Mode.MANUAL),
        (["-Backup", "-Testing"], Mode.TESTING),
        (["-PosterReset", "-SyncEmby"], Mode.SYNC_EMBY),
        (["-UISchedule"], Mode.SCHEDULED),
        (["-ContainerSchedule"], Mode.SCHEDULED),
        (["-dev"], Mode.NORMAL),
        (["-Undo", "12"], Mode.UNDO),
        (["-Undo", "12", "-Plan"], Mode.PLAN),
        (["-Version", "ab", "-Only", '["a"]'], Mode.VERSION),
        (["-Take", '["a"]'], Mode.NORMAL),
        (["-Restore", "-RestoreType", "poster"], Mode.RESTORE),
    ],
)
def test_the_mode_is_the_first_of_the_contract_that_is_switched_on(tokens, mode):
    assert parse(tokens).mode is mode


def test_bytes_that_are_no_text_become_a_sign_that_can_be_drawn():
    assert (
        parse(["-Manual", "-Titletext", "Am\udce9lie"]).value("Titletext") == "Am\N{REPLACEMENT CHARACTER}lie"
    )


def test_the_words_of_the_running_file_are_those_of_the_contract():
    assert {mode.word for mode in Mode} == {
        *("Normal", "Testing", "Manual", "Backup", "Restore", "Sync", "SyncJelly", "SyncEmby", "Reset"),
        *("Tautulli", "arr", "LogoUpdater", "LogoRevert", "GatherLogs", "Plan", "Undo", "Version"),
        "Preflight",
    }


def test_the_help_lists_the_modes_that_the_script_can_do_and_no_other():
    listed = {switch for switch in MODE_OF_SWITCH if f"-{switch} " in USAGE or f"-{switch}," in USAGE}
    # Support zips are made without a run.
    assert listed == {switch for switch, mode in MODE_OF_SWITCH.items() if mode in WORK} | {"GatherLogs"}


def test_lists_of_assets_are_json_or_the_lines_of_a_file(tmp_path):
    names = ("Movies/Amélie (2001)/poster.jpg", "TV/a, b/S01E01.jpg")
    listed = tmp_path / "list"
    listed.write_text("\n".join(names) + "\n\n", "utf-8")
    for text in (json.dumps(names), f"@{listed}"):
        assert parse(["-Take", text]).paths("Take") == set(names)
    assert parse([]).paths("Take") == set()


@pytest.mark.parametrize("text", ["poster.jpg", "[1]", '{"a": 1}', "", "@/no/such/file"])
def test_a_list_of_another_form_is_refused_with_what_it_should_be(text):
    with pytest.raises(BadArguments, match=r"-Only (needs a JSON array|: /no/such/file)|-Only: /no"):
        parse(["-Only", text])


def test_a_clean_up_belongs_to_runs_that_list_every_library():
    for tokens in (["-Clean"], ["-UISchedule", "-Clean"], ["-Plan", "-Clean"]):
        assert "Clean" in parse(tokens).switches
    with pytest.raises(BadArguments, match="-Clean belongs to a full run"):
        parse(["-Testing", "-Clean"])

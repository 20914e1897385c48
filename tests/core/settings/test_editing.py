"""Edits of config.json: merged, refused as a whole, backed up, and safe against others."""

import json
import multiprocessing
import os
import signal
import threading
import time

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings

from app.core.access.credentials import expected_login, is_hash, login_matches, password_matches
from app.core.config_file import ConfigFile, default_config, parse_config
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.settings import backups
from app.core.settings.changes import LONE_MASK
from app.core.settings.editing import copy_of_config, import_settings, replace_by_backup, save
from app.core.settings.mapping import Naming
from app.core.settings.masking import MASK
from app.core.settings.mistakes import InvalidSettings
from app.core.settings.overview import config_overview
from app.core.settings.store import snapshot
from tests.core.settings.making import (
    make_checks,
    make_config,
    make_paths,
    nested_configs,
    stored,
    write_config,
)


def errors_of(edit, *arguments):
    with pytest.raises(InvalidSettings) as caught:
        edit(*arguments)
    return caught.value.errors


def shown_config(paths):
    return config_overview(snapshot(paths))["config"]


def test_what_is_sent_is_merged_into_what_is_there(paths, checks):
    values = make_config(Mine={"kept": [1]}, ApiPart={"agregarr": "x"}) | {"version": 3, "list": [1]}
    write_config(paths, values)
    saved = save(paths, {"PosterTextOffset": "+10", "UsePlex": "true"}, checks)
    values["PosterOverlayPart"]["text_offset"] = "+10"
    values["PlexPart"]["UsePlex"] = "true"
    assert stored(paths) == values
    assert list(stored(paths)) == list(values)
    assert saved.changed == ("PosterTextOffset", "UsePlex")
    assert saved.revision == snapshot(paths).revision


def test_the_state_before_is_backed_up(paths, checks):
    before = paths.config.read_bytes()
    saved = save(paths, {"maxLogs": "9"}, checks)
    assert backups.content_of(paths, saved.backup) == before


def test_what_is_sent_as_it_was_shown_leaves_the_file_untouched(paths, checks):
    status = paths.config.stat()
    saved = save(paths, shown_config(paths), checks)
    assert saved == ((), snapshot(paths).revision, None)
    assert paths.config.stat() == status
    assert backups.list_backups(paths) == []


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nested_configs)
def test_whatever_the_file_holds_sending_it_back_changes_nothing(paths, checks, values):
    before = write_config(paths, values)
    assert save(paths, shown_config(paths), checks).changed == ()
    assert paths.config.read_bytes() == before


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nested_configs)
def test_whatever_the_file_holds_an_edit_loses_none_of_it(paths, checks, values):
    values |= {"OverlayPart": {}}
    write_config(paths, values)
    save(paths, {**shown_config(paths), "outputQuality": "50%"}, checks)
    assert stored(paths) == values | {"OverlayPart": {"outputQuality": "50%"}}


def test_an_unknown_setting_of_the_file_can_be_edited_too(paths, checks):
    write_config(paths, make_config(Mine={"colour": "red", "depth": {"token": "t", "port": 1}}))
    save(paths, {"colour": {"a": [True]}}, checks)
    assert stored(paths)["Mine"] == {"colour": {"a": [True]}, "depth": {"token": "t", "port": 1}}


def test_a_setting_that_the_file_leaves_out_is_written_once_it_differs_from_its_default(paths, checks):
    values = make_config()
    del values["OverlayPart"], values["PlexPart"]["UsePlex"]
    write_config(paths, values)
    assert save(paths, {"outputQuality": "92%", "UsePlex": "False"}, checks).changed == ()
    assert save(paths, {"outputQuality": "80", "UsePlex": "True"}, checks).changed == (
        "outputQuality",
        "UsePlex",
    )
    assert stored(paths)["OverlayPart"] == {"outputQuality": "80%"}
    assert stored(paths)["PlexPart"]["UsePlex"] == "true"


def test_masked_secrets_stay_new_ones_are_kept_and_empty_ones_are_taken_away(paths, checks):
    write_config(paths, make_config(ApiPart={"PlexToken": "old", "tvdbapi": "tv", "tmdbtoken": "tm"}))
    save(paths, {"PlexToken": MASK, "tvdbapi": "", "tmdbtoken": "new", "Discord": MASK}, checks)
    kept = stored(paths)
    assert {name: kept["ApiPart"][name] for name in ("PlexToken", "tvdbapi", "tmdbtoken")} == {
        "PlexToken": "old",
        "tvdbapi": "",
        "tmdbtoken": "new",
    }
    assert kept["Notification"]["Discord"] == ""


def test_a_mask_within_a_changed_value_means_the_secret_that_was_shown_there(paths, checks):
    write_config(
        paths, make_config(Mine={"server": {"token": "t", "port": 1, "deep": {"key": "", "pin": 1}}})
    )
    save(paths, {"server": {"token": MASK, "port": 2, "deep": {"pin": 2}}}, checks)
    assert stored(paths)["Mine"]["server"] == {"token": "t", "port": 2, "deep": {"pin": 2}}
    assert save(paths, {"server": {"token": MASK, "port": 2, "deep": {"pin": 2}}}, checks).changed == ()


def test_a_library_with_a_telling_name_lets_those_of_others_be_changed(paths, checks):
    lists = {"PreferredLanguageOrder": ["de"]}
    write_config(paths, make_config(ApiPart={"LibraryLanguageOverrides": {"Top Secret": lists}}))
    sent = {"Top Secret": MASK, "TV": {"PreferredLanguageOrder": ["en"]}}
    save(paths, {"LibraryLanguageOverrides": sent}, checks)
    assert stored(paths)["ApiPart"]["LibraryLanguageOverrides"] == {**sent, "Top Secret": lists}


def test_items_of_a_list_keep_their_secrets_where_it_is_clear_which_is_meant(paths, checks):
    servers = [{"name": "a", "token": "1"}, {"name": "b", "token": "2"}]
    write_config(paths, make_config(Mine={"servers": servers}))
    b, c = {"name": "b", "token": MASK}, {"name": "c", "token": "3"}
    save(paths, {"servers": [b, c]}, checks)
    assert stored(paths)["Mine"]["servers"] == [servers[1], c]


@pytest.mark.parametrize(
    "sent",
    [[{"name": "new", "token": MASK}], [{"name": "twin", "token": MASK}], [MASK], {"token": MASK}, [[MASK]]],
)
def test_a_mask_of_which_nobody_can_tell_what_it_stands_for_is_refused(paths, checks, sent):
    servers = [{"name": "twin", "token": "1"}, {"name": "twin", "token": "2"}, {"name": "a", "token": "3"}]
    before = write_config(paths, make_config(Mine={"servers": servers}))
    assert errors_of(save, paths, {"servers": sent}, checks) == {"servers": LONE_MASK}
    shown = [{**server, "token": MASK} for server in servers]
    assert save(paths, {"servers": shown}, checks).changed == ()
    assert paths.config.read_bytes() == before


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({"maxLogs": "9", "logLevel": "7"}, {"logLevel": "must be between 1 and 3, but is 7"}),
        ({"maxLogs": "9", "nowhere": 1}, {"nowhere": "is no setting known here"}),
        ({"AssetPath": ""}, {"AssetPath": "must be the path of a folder"}),
        ({"AssetPath": "/a\0b"}, {"AssetPath": "must not hold a NUL character"}),
        ({"BackupPath": "x\0"}, {"BackupPath": "must not hold a NUL character"}),
        (
            {"SendNotification": "perhaps"},
            {"SendNotification": 'must be "true" or "false", but is "perhaps"'},
        ),
        ({"basicAuthPassword": "x" * 1025}, {"basicAuthPassword": "must not be longer than 1024 characters"}),
        ({"basicAuthPassword": None}, {"basicAuthPassword": "must be a text in double quotes"}),
        ({"PlexToken": 12345}, {"PlexToken": "must be a text in double quotes"}),
        ({"PlexUrl": "plex:32400"}, {"PlexUrl": "must begin with http:// or https:// and a host"}),
    ],
)
def test_one_bad_setting_keeps_all_from_being_saved(paths, checks, sent, errors):
    before = paths.config.read_bytes()
    assert errors_of(save, paths, sent, checks) == errors
    assert paths.config.read_bytes() == before
    assert backups.list_backups(paths) == []


def test_every_setting_refuses_null_with_a_sentence(paths, checks):
    for name in Naming({}).places:
        assert list(errors_of(save, paths, {name: None}, checks)) == [name]


def test_half_a_surrogate_pair_is_refused(paths, checks):
    with pytest.raises(Invalid, match="no proper text"):
        save(paths, {"font": "\ud800"}, checks)


def test_a_section_that_is_none_is_left_for_a_person_to_repair(paths, checks):
    before = write_config(paths, make_config() | {"OverlayPart": "gone"})
    with pytest.raises(Conflict, match="OverlayPart in config.json is no object"):
        save(paths, {"outputQuality": "80%"}, checks)
    assert paths.config.read_bytes() == before
    assert save(paths, {"outputQuality": "92%"}, checks).changed == ()


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe"])
def test_an_unreadable_file_is_never_overwritten(paths, checks, content):
    paths.config.write_bytes(content)
    for edit in (save, import_settings):
        with pytest.raises(Conflict, match="Correct the file"):
            edit(paths, {}, checks)
    assert paths.config.read_bytes() == content


def test_a_missing_file_is_not_made_by_an_edit(paths, checks):
    paths.config.unlink()
    with pytest.raises(Conflict, match="cannot be opened"):
        save(paths, {"maxLogs": "9"}, checks)
    assert not paths.config.exists()


def test_an_edit_of_a_past_state_is_refused(paths, checks):
    revision = snapshot(paths).revision
    newer = save(paths, {"maxLogs": "9"}, checks, {revision}).revision
    for edit in (save, import_settings):
        with pytest.raises(Conflict, match="changed by another edit"):
            edit(paths, {}, checks, {revision})
    assert save(paths, {"maxLogs": "8"}, checks, {newer}).changed == ("maxLogs",)


def test_without_a_revision_the_last_writer_wins_and_still_merges(paths, checks):
    save(paths, {"maxLogs": "9", "logLevel": "3"}, checks)
    save(paths, {"maxLogs": "8"}, checks)
    assert (stored(paths)["PrerequisitePart"]["maxLogs"], stored(paths)["PrerequisitePart"]["logLevel"]) == (
        "8",
        "3",
    )


def test_a_new_password_is_kept_as_a_hash_and_opens_the_door_at_once(paths, checks):
    config = ConfigFile(paths.config)
    assert not login_matches(expected_login(config, ""), "kim", "Grüße")
    save(paths, {"basicAuthUsername": "kim", "basicAuthPassword": "Grüße"}, checks)
    kept = stored(paths)["WebUI"]["basicAuthPassword"]
    assert kept.startswith("$argon2")
    assert password_matches(kept, "Grüße")
    assert login_matches(expected_login(config, ""), "kim", "Grüße")


@pytest.mark.parametrize("password", ["$2b$12$short", "$argon2id$v=19$bad", "\ud800 odd", "$2a$", " "])
def test_a_password_that_only_looks_like_a_hash_is_hashed(paths, checks, password):
    save(paths, {"basicAuthPassword": password}, checks)
    assert is_hash(stored(paths)["WebUI"]["basicAuthPassword"])
    assert password_matches(stored(paths)["WebUI"]["basicAuthPassword"], password)


def test_a_hash_is_kept_as_it_is_and_the_same_password_changes_nothing(paths, checks):
    save(paths, {"basicAuthPassword": "first"}, checks)
    kept = stored(paths)["WebUI"]["basicAuthPassword"]
    assert save(paths, {"basicAuthPassword": "first"}, checks).changed == ()
    save(paths, {"basicAuthPassword": "second"}, checks)
    save(paths, {"basicAuthPassword": kept}, checks)
    assert stored(paths)["WebUI"]["basicAuthPassword"] == kept


def test_nobody_is_locked_out(paths, checks):
    message = "must not be empty while basicAuthEnabled is on, since no user could log in"
    assert errors_of(save, paths, {"basicAuthPassword": ""}, checks) == {"basicAuthPassword": message}
    save(paths, {"basicAuthPassword": "", "basicAuthEnabled": False}, checks)
    assert errors_of(save, paths, {"basicAuthEnabled": True}, checks) == {"basicAuthPassword": message}
    save(paths, {"basicAuthEnabled": "true"}, make_checks(paths, has_admin_password=True))
    assert stored(paths)["WebUI"]["basicAuthEnabled"] is True


def test_a_caller_without_the_right_edits_all_but_the_login(paths):
    stranger = make_checks(paths, may_change_login=False)
    save(paths, {**shown_config(paths), "maxLogs": "9"}, stranger)
    with pytest.raises(Forbidden):
        save(paths, {"basicAuthPassword": "mine now"}, stranger)
    with pytest.raises(Forbidden):
        import_settings(paths, {"WebUI": {"basicAuthEnabled": False}}, stranger)


def test_an_import_merges_sections_and_objects_key_by_key(paths, checks):
    words = {"one": "1", "two": "2"}
    write_config(paths, make_config(PrerequisitePart={"NewLineWords": words}))
    sent = {
        "PrerequisitePart": {"NewLineWords": {"two": "3", "new": "4"}},
        "PosterOverlayPart": {"fontcolor": "red"},
    }
    saved = import_settings(paths, sent, checks)
    assert stored(paths)["PrerequisitePart"]["NewLineWords"] == {"one": "1", "two": "3", "new": "4"}
    assert saved.changed == ("NewLineWords", "PosterFontcolor")
    assert backups.list_backups(paths)
    assert import_settings(paths, sent, checks).changed == ()


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({"PlexPart": 5}, {"PlexPart": "must be an object of settings between { and }"}),
        ({"version": "2"}, {"version": "must be an object of settings between { and }"}),
        ({"ApiPart": {"PlexToken": MASK}}, {"PlexToken": LONE_MASK}),
        (
            {"PlexPart": {"plexUrl": ""}},
            {"PlexPart.plexUrl": "is no setting known here; perhaps PlexPart.PlexUrl is meant"},
        ),
        ({"PosterOverlayPart": {"fontcolor": "reddish"}}, None),
        ({"Nowhere": {"x": 1}}, None),
    ],
)
def test_an_import_is_refused_as_a_save_is(paths, checks, sent, errors):
    before = paths.config.read_bytes()
    found = errors_of(import_settings, paths, sent, checks)
    assert found == errors if errors else len(found) == 1
    assert paths.config.read_bytes() == before


def test_a_backup_is_restored_byte_by_byte_and_can_be_undone(paths, checks):
    first = paths.config.read_bytes()
    saved = save(paths, {"maxLogs": "9", "basicAuthUsername": "kim"}, checks)
    second = paths.config.read_bytes()
    back = replace_by_backup(paths, saved.backup, checks)
    assert paths.config.read_bytes() == first
    assert back.changed == ("basicAuthUsername", "maxLogs")
    replace_by_backup(paths, back.backup, checks)
    assert paths.config.read_bytes() == second


def test_restoring_what_is_there_already_changes_nothing(paths, checks):
    name = copy_of_config(paths)
    assert replace_by_backup(paths, name, checks) == ((), snapshot(paths).revision, None)
    assert len(backups.list_backups(paths)) == 1


@pytest.mark.parametrize("damage", [b"{ broken", None])
def test_a_backup_repairs_a_broken_or_missing_file(paths, checks, damage):
    good = paths.config.read_bytes()
    name = copy_of_config(paths)
    paths.config.unlink() if damage is None else paths.config.write_bytes(damage)
    saved = replace_by_backup(paths, name, checks)
    assert paths.config.read_bytes() == good
    assert (saved.backup is None) == (damage is None)
    assert damage is None or backups.content_of(paths, saved.backup) == damage


def test_only_an_administrator_repairs_a_file_whose_login_nobody_can_read(paths):
    name = copy_of_config(paths)
    paths.config.write_text("{")
    with pytest.raises(Forbidden):
        replace_by_backup(paths, name, make_checks(paths, may_change_login=False))


def test_a_backup_with_mistakes_or_of_no_use_is_not_restored(paths, checks):
    good = paths.config.read_bytes()
    write_config(paths, make_config(PrerequisitePart={"logLevel": "9"}))
    wrong = copy_of_config(paths)
    paths.config.write_bytes(b"{")
    broken = copy_of_config(paths)
    paths.config.write_bytes(good)
    assert list(errors_of(replace_by_backup, paths, wrong, checks)) == ["logLevel"]
    with pytest.raises(Invalid, match=rf"^{broken} cannot be restored: it is not valid JSON at line 1"):
        replace_by_backup(paths, broken, checks)
    with pytest.raises(NotFound):
        replace_by_backup(paths, "../config.json", checks)
    with pytest.raises(Conflict):
        replace_by_backup(paths, wrong, checks, {"past"})
    assert paths.config.read_bytes() == good


def test_there_is_nothing_to_back_up_without_a_file(paths):
    paths.config.unlink()
    with pytest.raises(Conflict, match="nothing to back up"):
        copy_of_config(paths)


OVERLAYS = [
    name
    for name, place in Naming({}).places.items()
    if place.key in ("strokewidth", "borderwidth", "MaxWidth")
]


def change_some(folder, names, value):
    paths = make_paths(folder)
    for name in names:
        save(paths, {name: value}, make_checks(paths))


def test_two_writers_at_once_lose_nothing(paths):
    context = multiprocessing.get_context("spawn")
    halves = (OVERLAYS[::2], "11"), (OVERLAYS[1::2], "22")
    writers = [context.Process(target=change_some, args=(paths.data, *half)) for half in halves]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    shown = shown_config(paths)
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert {name: shown[name] for name in OVERLAYS} == {
        name: value for names, value in halves for name in names
    }


def test_threads_of_one_worker_lose_nothing_either(paths):
    threads = [threading.Thread(target=change_some, args=(paths.data, [name], "33")) for name in OVERLAYS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert {shown_config(paths)[name] for name in OVERLAYS} == {"33"}


def test_of_two_editors_of_one_state_the_second_is_told(paths, checks):
    revision = snapshot(paths).revision
    outcomes = []

    def edit(value):
        try:
            outcomes.append(save(paths, {"maxLogs": value}, checks, {revision}).changed)
        except Conflict:
            outcomes.append("conflict")

    threads = [threading.Thread(target=edit, args=(str(number),)) for number in range(6, 14)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(map(str, outcomes)) == sorted(["('maxLogs',)"] + ["conflict"] * 7)


def write_without_end(folder):
    paths = make_paths(folder)
    for number in range(1, 1_000_000):
        save(paths, {"maxLogs": str(number), "NewLineSymbols": ["x" * 2000] * 50}, make_checks(paths))


@pytest.mark.parametrize("seconds", [0.05, 0.11, 0.17, 0.23])
def test_a_writer_that_is_killed_leaves_a_whole_file_and_no_lock(paths, checks, seconds):
    writer = multiprocessing.get_context("spawn").Process(target=write_without_end, args=(paths.data,))
    writer.start()
    wait_for(lambda: len(backups.list_backups(paths)) > 1)
    time.sleep(seconds)
    os.kill(writer.pid, signal.SIGKILL)
    writer.join(10)
    assert int(stored(paths)["PrerequisitePart"]["maxLogs"]) >= 1
    for entry in backups.list_backups(paths):
        assert parse_config(backups.content_of(paths, entry["file"]))
    save(paths, {"maxLogs": "5000000"}, checks)
    assert set(stored(paths)) == set(default_config())


def wait_for(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_readers_never_see_half_a_file(paths):
    writer = multiprocessing.get_context("spawn").Process(target=write_without_end, args=(paths.data,))
    writer.start()
    seen = set()
    try:
        wait_for(
            lambda: (
                seen.add(json.loads(paths.config.read_bytes())["PrerequisitePart"]["maxLogs"])
                or len(seen) > 20
            )
        )
    finally:
        writer.kill()
        writer.join(10)
    assert len(seen) > 20

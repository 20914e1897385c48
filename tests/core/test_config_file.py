"""config.json: created once, read when it changed, and never a surprise."""

import json
import os
import stat
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import json_file
from app.core.config_file import (
    ConfigFile,
    create_config,
    default_config,
    truthy,
)
from app.core.errors import ConfigUnreadable

SECTION_SIZES = {
    "WebUI": 3,
    "ApiPart": 21,
    "PlexPart": 4,
    "JellyfinPart": 5,
    "EmbyPart": 5,
    "Notification": 6,
    "PrerequisitePart": 79,
    "OverlayPart": 2,
    "PosterOverlayPart": 17,
    "SeasonPosterOverlayPart": 21,
    "ShowTitleOnSeasonPosterPart": 13,
    "CollectionTitlePosterPart": 14,
    "CollectionPosterOverlayPart": 17,
    "BackgroundOverlayPart": 17,
    "TitleCardOverlayPart": 7,
    "TitleCardTitleTextPart": 13,
    "TitleCardEPTextPart": 15,
}

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
json_values = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "config.json"


@pytest.fixture(scope="module")
def module_path(tmp_path_factory):
    return tmp_path_factory.mktemp("config") / "config.json"


def write_settled(path, content):
    """Write the file as if it had been saved a minute ago, so that a reader may trust its time stamp."""
    path.write_text(content, encoding="utf-8")
    minute_ago = time.time_ns() - 60_000_000_000
    os.utime(path, ns=(minute_ago, minute_ago))


def read_config(path):
    return ConfigFile(path).values()


def reason(path):
    with pytest.raises(ConfigUnreadable) as caught:
        read_config(path)
    return str(caught.value)


def test_the_defaults_hold_every_setting_of_every_section_in_the_order_of_the_file():
    sizes = {section: len(settings) for section, settings in default_config().items()}
    assert list(sizes.items()) == list(SECTION_SIZES.items())
    assert sum(sizes.values()) == 259


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("WebUI", "basicAuthEnabled", True),
        ("WebUI", "basicAuthUsername", "admin"),
        ("ApiPart", "ProviderOrder", ["TMDB", "TVDB", "Fanart", "Plex"]),
        ("ApiPart", "PreferredLanguageOrder", ["xx", "en", "de"]),
        ("ApiPart", "LibraryLanguageOverrides", {}),
        ("PlexPart", "UsePlex", "false"),
        ("PrerequisitePart", "AssetPath", "/assets"),
        ("PrerequisitePart", "NewLineSymbols", [" - "]),
        ("PrerequisitePart", "NewLineWords", {}),
        ("PrerequisitePart", "telemetry", "false"),
        ("OverlayPart", "outputQuality", "92%"),
        ("PosterOverlayPart", "text_offset", "+430"),
        ("TitleCardOverlayPart", "SkipWords", ["TBA"]),
        ("TitleCardEPTextPart", "TextGravity", "south"),
    ],
)
def test_a_fresh_machine_gets_the_default(section, key, value):
    assert default_config()[section][key] == value


def test_the_defaults_hold_no_secret_and_no_foreign_address():
    defaults = default_config()
    secrets = ["tvdbapi", "tmdbtoken", "FanartTvAPIKey", "PlexToken", "JellyfinAPIKey", "EmbyAPIKey"]
    assert all(defaults["ApiPart"][name] == "" for name in secrets)
    assert all(defaults["Notification"][name] == "" for name in ("Discord", "AppriseUrl", "UptimeKumaUrl"))
    assert defaults["WebUI"]["basicAuthPassword"] == ""
    addresses = [value for part in defaults.values() for value in part.values() if "://" in str(value)]
    assert addresses
    assert all(address.startswith("http://127.0.0.1:") for address in addresses)


def test_all_five_fonts_are_the_packaged_one():
    fonts = [
        value
        for value in default_config()["PrerequisitePart"].values()
        if str(value).endswith((".ttf", ".otf"))
    ]
    assert fonts == ["BebasNeue-Bold.otf"] * 5


def test_changing_the_defaults_one_was_given_changes_nobody_elses():
    default_config()["ApiPart"]["ProviderOrder"].clear()
    assert default_config()["ApiPart"]["ProviderOrder"]


def test_a_missing_file_is_created_with_the_defaults_for_its_owner_alone(path):
    assert create_config(path, {}) is True
    assert read_config(path) == default_config()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_created_file_reads_well_in_an_editor(path):
    create_config(path, {"PrerequisitePart": {"AssetPath": "/mnt/Über"}})
    text = path.read_text(encoding="utf-8")
    assert '\n  "PrerequisitePart": {\n' in text
    assert '"AssetPath": "/mnt/Über"' in text
    assert text.endswith("}\n")


def test_overrides_replace_single_settings_and_leave_their_neighbours(path):
    create_config(path, {"PrerequisitePart": {"AssetPath": "/mnt/a"}, "Mine": {"key": 1}})
    settings = read_config(path)
    assert settings["PrerequisitePart"]["AssetPath"] == "/mnt/a"
    assert settings["PrerequisitePart"]["BackupPath"] == "/assetsbackup"
    assert settings["Mine"] == {"key": 1}


@pytest.mark.parametrize("content", ['{"Mine": {"unknown": 1}}', "{ half a file", ""])
def test_an_existing_file_is_never_rewritten_even_if_it_cannot_be_read(path, content):
    path.write_text(content)
    assert create_config(path, {"PrerequisitePart": {"AssetPath": "/mnt/a"}}) is False
    assert path.read_text() == content


def test_a_link_that_leads_nowhere_is_left_to_its_owner(path):
    path.symlink_to(path.parent / "not-mounted" / "config.json")
    assert create_config(path, {}) is False
    assert path.is_symlink()
    assert reason(path) == "config.json does not exist"


def test_a_folder_that_cannot_be_written_is_told_and_left_clean(tmp_path):
    with pytest.raises(OSError):
        create_config(tmp_path / "absent" / "config.json", {})
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_is_told(path):
    assert reason(path) == "config.json does not exist"


def test_a_folder_in_place_of_the_file_is_told(path):
    path.mkdir()
    assert reason(path) == "config.json cannot be opened: Is a directory"


def test_a_missing_comma_is_told_with_line_and_column(path):
    path.write_text('{\n  "WebUI": {\n    "a": 1\n    "b": 2\n  }\n}')
    assert reason(path).startswith("config.json is not valid JSON at line 4, column 5:")


def test_text_that_is_not_utf8_is_told_with_line_and_column(path):
    path.write_bytes(b'{\n "a": "\xff"}')
    assert reason(path) == "config.json is not UTF-8 text at line 2, column 8"


@pytest.mark.parametrize("content", ["[]", '"text"', "null", "1"])
def test_a_root_that_is_no_object_is_told(path, content):
    path.write_text(content)
    assert "must hold one object" in reason(path)


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_a_constant_that_other_readers_refuse_is_refused(path, constant):
    path.write_text(f'{{"a": {constant}}}')
    assert reason(path) == f"config.json is not valid JSON: {constant} is not a JSON value"


def test_half_a_surrogate_pair_is_refused(path):
    path.write_text('{"a": "\\ud800"}')
    assert "surrogate" in reason(path)


@pytest.mark.parametrize("depth", [30, 100_000])
def test_a_bottomless_file_is_refused(path, depth):
    path.write_text('{"a": ' + "[" * depth + "]" * depth + "}")
    assert reason(path) == "config.json is nested more than 20 levels deep"


def test_a_number_of_many_thousand_digits_is_refused(path):
    path.write_text('{"a": ' + "1" * 10_000 + "}")
    assert reason(path).startswith("config.json is not valid JSON:")


def test_a_byte_order_mark_is_no_fault(path):
    path.write_bytes(b'\xef\xbb\xbf{"WebUI": {}}')
    assert read_config(path) == {"WebUI": {}}


def test_unknown_settings_and_loose_values_are_read_as_they_are(path):
    path.write_text('{"Mine": {"x": [1, null]}, "loose": "y"}')
    assert ConfigFile(path).values() == {"Mine": {"x": [1, None]}, "loose": "y"}


def test_a_setting_is_read_and_a_missing_one_is_the_callers_default(path):
    path.write_text('{"WebUI": {"basicAuthUsername": "me"}, "loose": "y"}')
    config = ConfigFile(path)
    assert config.setting("WebUI", "basicAuthUsername", "admin") == "me"
    assert config.setting("WebUI", "absent", "default") == "default"
    assert config.setting("Absent", "key", "default") == "default"
    assert config.setting("loose", "key", "default") == "default"


def test_a_change_of_the_file_shows_at_once(path):
    write_settled(path, '{"WebUI": {"a": 1}}')
    config = ConfigFile(path)
    assert config.setting("WebUI", "a", 0) == 1
    path.write_text('{"WebUI": {"a": 2}}')
    assert config.setting("WebUI", "a", 0) == 2


def test_a_file_replaced_by_one_of_the_same_size_and_time_shows_at_once(path):
    write_settled(path, '{"WebUI": {"a": 1}}')
    config = ConfigFile(path)
    config.values()
    before = path.stat().st_mtime_ns
    beside = path.with_name("new")
    beside.write_text('{"WebUI": {"a": 2}}')
    os.utime(beside, ns=(before, before))
    beside.replace(path)
    assert config.setting("WebUI", "a", 0) == 2


def test_two_writes_within_one_tick_of_the_clock_both_show(path, monkeypatch):
    # A tick of an hour, so that a busy machine is quick enough too.
    monkeypatch.setattr(json_file, "CLOCK_TICK_NS", 3_600_000_000_000)
    config, now = ConfigFile(path), time.time_ns()
    for number in (1, 2):
        path.write_text(f'{{"WebUI": {{"a": {number}}}}}')
        os.utime(path, ns=(now, now))
        assert config.setting("WebUI", "a", 0) == number


def test_an_unchanged_file_is_read_once(path):
    write_settled(path, '{"WebUI": {"a": 1}}')
    config = ConfigFile(path)
    config.values()
    stamp = path.stat().st_mtime_ns
    with path.open("r+") as file:
        file.write('{"WebUI": {"a": 2}}')
    os.utime(path, ns=(stamp, stamp))
    assert config.setting("WebUI", "a", 0) == 1


def test_what_a_caller_does_to_its_copy_stays_with_the_caller(path):
    write_settled(path, '{"ApiPart": {"ProviderOrder": ["TMDB"]}}')
    config = ConfigFile(path)
    config.values()["ApiPart"]["ProviderOrder"].clear()
    config.setting("ApiPart", "ProviderOrder", []).clear()
    assert config.setting("ApiPart", "ProviderOrder", []) == ["TMDB"]


def test_a_file_that_breaks_is_told_and_a_repaired_one_is_read_again(path):
    write_settled(path, '{"WebUI": {"a": 1}}')
    config = ConfigFile(path)
    config.values()
    path.write_text("{")
    for _ in range(2):
        with pytest.raises(ConfigUnreadable):
            config.values()
    path.unlink()
    with pytest.raises(ConfigUnreadable, match="does not exist"):
        config.setting("WebUI", "a", 0)
    path.write_text('{"WebUI": {"a": 3}}')
    assert config.setting("WebUI", "a", 0) == 3


def test_threads_that_read_while_the_file_is_replaced_see_whole_settings(path):
    path.write_text(json.dumps({"WebUI": {"a": 0, "b": 0}}))
    config, done, seen = ConfigFile(path), threading.Event(), []

    def read():
        while not done.is_set():
            seen.append(config.values()["WebUI"])

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(100):
        beside = path.with_name("new")
        beside.write_text(json.dumps({"WebUI": {"a": number, "b": number}}))
        beside.replace(path)
    done.set()
    for reader in readers:
        reader.join(10)
    assert seen
    assert all(settings["a"] == settings["b"] for settings in seen)
    assert config.setting("WebUI", "a", 0) == 99


@pytest.mark.parametrize("value", [True, "true", "True", " TRUE ", "1", "yes", "YES", 1])
def test_yes_in_every_spelling_is_truthy(value):
    assert truthy(value) is True


@pytest.mark.parametrize("value", [False, "false", "0", "no", "", "maybe", 0, 2, None, [], ["true"], {}, 0.5])
def test_everything_else_is_not_truthy(value):
    assert truthy(value) is False


@given(value=json_values)
def test_any_json_is_read_or_refused_in_words(module_path, value):
    module_path.write_text(json.dumps(value), encoding="utf-8")
    try:
        settings = ConfigFile(module_path).values()
    except ConfigUnreadable as error:
        assert str(error).startswith("config.json ")
    else:
        assert settings == value


@given(content=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_words(module_path, content):
    module_path.write_bytes(content)
    try:
        assert isinstance(read_config(module_path), dict)
    except ConfigUnreadable as error:
        assert str(error).startswith("config.json ")

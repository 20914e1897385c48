import json

import pytest

from app.poster.settings import DEFAULTS, Settings, read_settings

DEFAULT_VALUES = json.loads(DEFAULTS.read_text("utf-8"))


def make_settings(section: str, **values) -> Settings:
    return Settings({section: values}, DEFAULT_VALUES)


@pytest.mark.parametrize(("stored", "read"), [("true", True), ("False", False), (True, True), (False, False)])
def test_a_switch_may_be_text_or_a_real_boolean(stored, read):
    assert make_settings("OverlayPart", ImageProcessing=stored).flag("OverlayPart", "ImageProcessing") is read


@pytest.mark.parametrize(
    ("stored", "read"),
    [("+430", 430), ("-50", -50), ("92%", 92), (77, 77), (77.0, 77), (" 8 ", 8), ("9px", 9)],
)
def test_a_number_may_be_text_with_a_sign_or_a_unit(stored, read):
    settings = make_settings("PosterOverlayPart", text_offset=stored)
    assert settings.whole("PosterOverlayPart", "text_offset", -100, 1000) == read
    assert settings.notes == []


@pytest.mark.parametrize("stored", ["large", "", None, True, [], "1e3", "999999999999", "٤", "5000"])
def test_a_number_that_cannot_be_used_yields_to_the_default_and_is_named(stored):
    settings = make_settings("PosterOverlayPart", text_offset=stored)
    assert settings.whole("PosterOverlayPart", "text_offset", -100, 1000) == 430
    assert len(settings.notes) == 1
    assert settings.notes[0].startswith("PosterOverlayPart.text_offset: ")
    assert "using the default '+430'" in settings.notes[0]


def test_a_value_that_is_read_twice_is_complained_about_once():
    settings = make_settings("OverlayPart", ImageProcessing="perhaps")
    assert [settings.flag("OverlayPart", "ImageProcessing") for _ in range(2)] == [True, True]
    assert len(settings.notes) == 1


@pytest.mark.parametrize(
    ("method", "key", "stored", "default"),
    [
        ("color", "fontcolor", "reddish", "white"),
        ("text", "fontcolor", ["white"], "white"),
    ],
)
def test_other_types_yield_to_the_default_too(method, key, stored, default):
    settings = make_settings("PosterOverlayPart", **{key: stored})
    assert getattr(settings, method)("PosterOverlayPart", key) == default
    assert len(settings.notes) == 1


@pytest.mark.parametrize("stored", ["", "  ", "a\0b", "a\ud83d", None, []])
def test_what_names_no_folder_yields_to_the_default(stored):
    settings = make_settings("PrerequisitePart", AssetPath=stored)
    assert settings.folder("PrerequisitePart", "AssetPath") == "/assets"
    assert len(settings.notes) == 1


@pytest.mark.parametrize("path", ["/media/my art", "art", "D:\\Kunst", "/m/日本"])
def test_a_folder_is_taken_as_it_is(path):
    settings = make_settings("PrerequisitePart", AssetPath=path)
    assert settings.folder("PrerequisitePart", "AssetPath") == path
    assert settings.notes == []


@pytest.mark.parametrize("color", ["white", "#fff", "#F3AC7C", "Black"])
def test_colors_are_names_or_hexadecimal(color):
    assert (
        make_settings("PosterOverlayPart", fontcolor=color).color("PosterOverlayPart", "fontcolor") == color
    )


def test_a_choice_is_known_in_any_case():
    settings = make_settings("PosterOverlayPart", TextGravity="SouthEast")
    assert settings.choice("PosterOverlayPart", "TextGravity", ("south", "southeast")) == "southeast"


def test_lists_and_objects_must_hold_texts():
    settings = make_settings("PrerequisitePart", NewLineSymbols=[" - ", 3], NewLineWords={"A": 1})
    assert settings.words("PrerequisitePart", "NewLineSymbols") == (" - ",)
    assert isinstance(settings.replacements("PrerequisitePart", "NewLineWords"), dict)
    assert len(settings.notes) == 2


def test_a_section_that_is_no_object_yields_to_its_defaults():
    settings = Settings({"OverlayPart": "none"}, DEFAULT_VALUES)
    assert settings.whole("OverlayPart", "outputQuality", 1, 100) == 92
    assert len(settings.notes) == 1


@pytest.mark.parametrize("section", ["false", False, 5, None, ["false"], []])
def test_a_section_that_is_no_object_is_not_the_value_of_its_settings(section):
    settings = Settings({"PrerequisitePart": section}, DEFAULT_VALUES)
    default = DEFAULT_VALUES["PrerequisitePart"]
    assert settings.flag("PrerequisitePart", "SkipTBA") is (str(default["SkipTBA"]).lower() == "true")
    assert settings.text("PrerequisitePart", "logLevel") == str(default["logLevel"])
    assert len(settings.notes) == 2 and "the section is no object" in settings.notes[0]


def test_a_section_of_secrets_that_is_no_object_is_not_shown():
    settings = Settings({"Notification": "planted-address"}, DEFAULT_VALUES)
    assert (
        settings.text("Notification", "DiscordUserName") == DEFAULT_VALUES["Notification"]["DiscordUserName"]
    )
    assert "planted" not in " ".join(settings.notes)


def test_without_a_file_the_defaults_are_used_and_that_is_no_trouble(tmp_path):
    settings = read_settings(tmp_path / "config.json")
    assert settings.trouble is None
    assert settings.flag("PosterOverlayPart", "AddText") is True


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff\xfe\x00", b"null", b"[" * 100_000])
def test_a_file_that_cannot_be_used_is_trouble_with_its_name(tmp_path, content):
    (tmp_path / "config.json").write_bytes(content)
    assert "config.json" in read_settings(tmp_path / "config.json").trouble


def test_a_byte_order_mark_is_no_trouble(tmp_path):
    (tmp_path / "config.json").write_text('{"OverlayPart": {"outputQuality": "80%"}}', "utf-8-sig")
    assert read_settings(tmp_path / "config.json").whole("OverlayPart", "outputQuality", 1, 100) == 80

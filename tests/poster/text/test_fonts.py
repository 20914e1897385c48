"""Fonts of the package and of the user."""

import pytest

from app.poster.text.fonts import (
    DEFAULT_FONT,
    FALLBACK_FONTS,
    FOLDER,
    THIN_FONTS,
    TextLayout,
    coverage,
    find_font,
    font_chain,
    load_font,
)
from app.poster.text.script_runs import fonts_in_use
from tests.poster.text.living_scripts import characters_by_script

CHARACTERS = {
    "Latin": "AZaz09éßŁőžẤ½“”„‟‘’‚‛`´«»‹›…•",
    "Greek": "ΑΩάώ",
    "Cyrillic": "АЯЇЈЉ",
    "Chinese and Japanese": "漢字国龍アあー「」、。",
    "Korean": "한국게임",
    "emoji and symbols": "😀🎬🚀❤★♥",
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "Colus-Regular.ttf").write_bytes(DEFAULT_FONT.read_bytes())
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    return tmp_path


@pytest.mark.parametrize("name", ["Colus-Regular.ttf", "colus-regular.TTF"])
def test_a_font_is_found_by_its_name_in_any_case(folder, name):
    assert find_font(name, [folder / "missing", folder]) == (folder / "Colus-Regular.ttf", None)


def test_the_fonts_of_the_package_are_found_by_name(folder):
    assert find_font("DejaVuSans-Bold.ttf", [folder]) == (FOLDER / "DejaVuSans-Bold.ttf", None)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Gone.ttf", "was not found"),
        ("", "was not found"),
        ("../Colus-Regular.ttf", "was not found"),
        ("/etc/passwd", "was not found"),
        ("broken.ttf", "is no font file"),
        ("BebasNeue.LICENSE.txt", "is no font file"),
    ],
)
def test_an_unusable_font_gives_way_to_the_default_with_a_reason(folder, name, reason):
    path, note = find_font(name, [folder])
    assert path == DEFAULT_FONT
    assert reason in note and repr(name) in note


def test_a_broken_file_does_not_hide_a_sound_one_of_the_same_name(folder, tmp_path_factory):
    sound = tmp_path_factory.mktemp("fonts")
    (sound / "broken.ttf").write_bytes(DEFAULT_FONT.read_bytes())
    assert find_font("broken.ttf", [folder, sound]) == (sound / "broken.ttf", None)


@pytest.fixture(scope="module")
def covered():
    return frozenset().union(*map(coverage, (DEFAULT_FONT, *FALLBACK_FONTS)))


@pytest.mark.parametrize("script", CHARACTERS)
def test_the_package_has_every_character_of_a_script_in_some_font(script, covered):
    assert [character for character in CHARACTERS[script] if ord(character) not in covered] == []


def test_the_package_has_the_letters_of_every_living_script(covered):
    letters = {script: list(filter(str.isalpha, text)) for script, text in characters_by_script().items()}
    shares = {
        script: sum(ord(one) in covered for one in text) / len(text) for script, text in letters.items()
    }
    # Some scripts have letters that are newer than their font.
    assert len(shares) > 60 and {script: share for script, share in shares.items() if share < 0.75} == {}


def test_the_wanted_font_comes_first_and_only_once():
    chain, note = font_chain(FALLBACK_FONTS[2])
    assert chain[:2] == (FALLBACK_FONTS[2], DEFAULT_FONT)
    assert len(chain) == len(set(chain)) == 1 + len(FALLBACK_FONTS)
    assert note is None


def test_a_font_that_cannot_be_read_is_noted(folder):
    chain, note = font_chain(str(folder / "broken.ttf"))
    assert chain[0] == DEFAULT_FONT
    assert note == "the font 'broken.ttf' cannot be read, BebasNeue-Bold is used instead"


def test_a_file_without_characters_cannot_be_asked_for_them(folder):
    with pytest.raises(ValueError, match="cannot be read"):
        coverage(folder / "broken.ttf")


def test_each_font_in_the_folder_is_used_and_has_its_licence():
    fonts = {path for path in FOLDER.iterdir() if path.suffix in (".ttf", ".otf")}
    assert fonts == {DEFAULT_FONT, *FALLBACK_FONTS} and set(THIN_FONTS) <= fonts
    licences = tuple(path.name.removesuffix(".LICENSE.txt") for path in FOLDER.glob("*.LICENSE.txt"))
    assert [path.name for path in fonts if not path.name.startswith(licences)] == []


def test_the_fonts_leave_the_package_below_forty_megabytes():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 24_000_000


def test_only_the_fonts_that_a_text_needs_are_read():
    coverage.cache_clear()
    assert fonts_in_use("Dune – “Part Two”…", (DEFAULT_FONT, *FALLBACK_FONTS)) == (DEFAULT_FONT,)
    assert coverage.cache_info().currsize == 1


def test_a_font_is_opened_once_per_size():
    assert load_font(DEFAULT_FONT, 33, TextLayout.BASIC) is load_font(DEFAULT_FONT, 33, TextLayout.BASIC)
    assert load_font(DEFAULT_FONT, 33, TextLayout.BASIC) is not load_font(DEFAULT_FONT, 34, TextLayout.BASIC)

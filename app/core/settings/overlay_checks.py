"""Fonts and overlays that config.json names and that do not exist."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.core.config_file import ConfigFile, default_config
from app.core.errors import ConfigUnreadable
from app.core.modes import PACKAGE_HOME
from app.core.overlay_files import KINDS, overlay_files
from app.core.settings.config_check import SettingFinding
from app.core.settings.login_and_folder_checks import settings_section

SECTION = "PrerequisitePart"
PACKAGED_FONTS = PACKAGE_HOME / "app" / "poster" / "fonts"
FONTS = ("font", "collectionfont", "RTLFont", "backgroundfont", "titlecardfont")
INSTEAD = {"font": "another font is used until then", "image": "the packaged overlay is used until then"}


def missing_files(values: dict[str, Any], folder: Path) -> list[SettingFinding]:
    """Each setting whose font or overlay is neither in the folder of overlays nor in the package."""
    packaged = default_config()[SECTION]
    known = {file["name"].casefold() for file in [*overlay_files(folder), *overlay_files(PACKAGED_FONTS)]}
    known |= {value.casefold() for value in packaged.values() if is_file_name(value)}
    return [
        SettingFinding(SECTION, key, sentence)
        for key, name in files_named_in(settings_section(values, SECTION), packaged)
        if (sentence := missing_file(name, known, "font" if key in FONTS else "image", folder))
    ]


def note_of_deletion(config: ConfigFile, name: str) -> str:
    """What a deleted file means for the settings that name it, "" where none does or none can be read."""
    try:
        values = config.values()
    except ConfigUnreadable:
        return ""
    packaged = default_config()[SECTION]
    named = files_named_in(settings_section(values, SECTION), packaged)
    keys = [key for key, used in named if used.casefold() == name.casefold()]
    if not keys:
        return ""
    if name.casefold() in {value.casefold() for value in packaged.values() if is_file_name(value)}:
        return f"{', '.join(keys)} in config.json still names it: what comes with the package is used again."
    instead = INSTEAD[KINDS[Path(name).suffix.lower()]]
    return f"{', '.join(keys)} in config.json still names it: choose another one there; {instead}."


def files_named_in(settings: dict[str, Any], packaged: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (setting, file name) of the settings that name a font or an overlay."""
    for key, value in settings.items():
        is_named = key in FONTS or is_file_name(packaged.get(key)) or key.lower().endswith("overlayfile")
        if is_named and isinstance(value, str) and value.strip():
            yield key, value.strip()


def is_file_name(value: object) -> bool:
    return isinstance(value, str) and Path(value).suffix.lower() in KINDS


def missing_file(name: str, known: set[str], kind: str, folder: Path) -> str:
    """What is wrong with a named file, and what to do; "" where nothing is."""
    if KINDS.get(Path(name).suffix.lower()) != kind:
        endings = ", ".join(ending for ending, of in KINDS.items() if of == kind)
        return f"is {name}, which is no file for it: name a file that ends in one of {endings}"
    if name.casefold() in known:
        return ""
    advice = f"put it into {folder}, or name a file that is there; {INSTEAD[kind]}"
    return f"is {name}, which does not exist: {advice}"

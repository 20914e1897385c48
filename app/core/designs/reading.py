"""Reads design.json, from a folder or as somebody sends it: valid parts are kept, the others reported."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.core.config_file import DEEPEST_NESTING, nested_deeper
from app.core.designs.design_record import (
    DESIGN_ID,
    FONT_PLACES,
    FORMAT,
    VERSION,
    DesignFont,
    DesignRecord,
    design_places,
    overlay_places,
    whole_settings,
)
from app.core.errors import Invalid
from app.core.json_file import refuse_constant
from app.core.overlay_edits import overlay_name
from app.core.overlay_files import overlay_files
from app.core.settings.config_check import check_config
from app.core.settings.config_rules import rule_for
from app.core.settings.mapping import Nested, SettingPlace, defaults, places_in
from app.core.settings.overlay_checks import PACKAGED_FONTS
from app.core.settings.spelling import stored_spelling

LANGUAGES = ("en", "de")
LONGEST_NAME, LONGEST_DESCRIPTION = 60, 300
MOST_FILES = 32
MOST_NOTES = 20
DEFAULT_OVERLAYS = ("overlay-innerglow.png", "backgroundoverlay-innerglow.png")
LICENCE_ENDING = ".txt"


@dataclass
class DesignReading:
    """The parts of a design.json, and a sentence for each that was left out."""

    notes: list[str] = field(default_factory=list)

    def leave_out(self, name: str, why: str) -> None:
        if len(self.notes) < MOST_NOTES:
            self.notes.append(f"{name[:80]} was left out: {why}.")


def parse_design(content: bytes, folder: Path, is_own: bool) -> tuple[DesignRecord, list[str]]:
    """(design, a sentence for each part that was left out); `Invalid` for what is no design at all."""
    values, reading = parse_document(content), DesignReading()
    fonts = tuple(read_fonts(values.get("fonts", []), reading))
    overlays = tuple(read_overlays(values.get("overlays", []), reading))
    named = read_design_settings(values.get("settings", {}), reading)
    drop_strange_files(named, {*overlays, *(font.file for font in fonts)}, reading)
    record = DesignRecord(
        id=values["id"] if DESIGN_ID.fullmatch(str(values.get("id", ""))) else folder.name,
        names=texts_by_language(values.get("name"), LONGEST_NAME) or {"en": folder.name},
        descriptions=texts_by_language(values.get("description"), LONGEST_DESCRIPTION),
        settings=whole_settings(named),
        overlays=overlays,
        fonts=fonts,
        folder=folder,
        is_own=is_own,
    )
    return record, reading.notes


def parse_document(content: bytes) -> dict[str, Any]:
    try:
        values = json.loads(content.decode("utf-8-sig"), parse_constant=refuse_constant)
        json.dumps(values, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        raise Invalid("design.json is no proper JSON text.") from error
    if not isinstance(values, dict) or nested_deeper(values, DEEPEST_NESTING):
        raise Invalid("design.json must hold one object between { and }, and no deep nesting.")
    if values.get("format") != FORMAT:
        raise Invalid(f'design.json is not of this kind: its "format" must be "{FORMAT}".')
    if values.get("version") != VERSION:
        raise Invalid("The design is of a version that is not known here: update this server to use it.")
    return values


def texts_by_language(value: Any, longest: int) -> dict[str, str]:
    """The texts by language; a bare text counts as English."""
    given = {"en": value} if isinstance(value, str) else value if isinstance(value, dict) else {}
    texts = {language: given.get(language) for language in LANGUAGES}
    return {
        language: shown_text(text, longest)
        for language, text in texts.items()
        if isinstance(text, str) and shown_text(text, longest)
    }


def shown_text(text: str, longest: int) -> str:
    """One line of printable characters."""
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()[:longest].strip()


def read_overlays(listed: Any, reading: DesignReading) -> Iterator[str]:
    yield from dict.fromkeys(name for name in some(listed, reading) if is_file_of(name, "image", reading))


def read_fonts(listed: Any, reading: DesignReading) -> Iterator[DesignFont]:
    """The fonts with what is said about their licences."""
    for entry in some(listed, reading):
        values = entry if isinstance(entry, dict) else {}
        name = values.get("file")
        if is_file_of(name, "font", reading):
            yield DesignFont(
                file=name,
                name=shown_text(str(values.get("name", "")), LONGEST_NAME) or Path(name).stem,
                licence=shown_text(str(values.get("licence", "")), LONGEST_DESCRIPTION),
                licence_file=licence_name(values.get("licence_file")),
            )


def some(listed: Any, reading: DesignReading) -> list[Any]:
    """The entries of a list, as many as a design may have."""
    if not isinstance(listed, list):
        reading.leave_out("A list of files", "it is no list")
        return []
    if len(listed) > MOST_FILES:
        raise Invalid(f"A design may have {MOST_FILES} overlays and as many fonts at most.")
    return listed


def is_file_of(name: Any, kind: str, reading: DesignReading) -> bool:
    """Whether it is the plain name of a file of that kind."""
    try:
        if isinstance(name, str) and overlay_name(name, (kind,)) == name:
            return True
    except Invalid:
        pass
    reading.leave_out(
        str(name), f"it is not the plain name of {'a font' if kind == 'font' else 'an overlay'}"
    )
    return False


def licence_name(name: Any) -> str:
    """The plain name of a text, else nothing."""
    is_plain = isinstance(name, str) and name.endswith(LICENCE_ENDING) and len(name) < 100
    return name if is_plain and name.replace("-", "").replace("_", "").replace(".", "").isalnum() else ""


def read_design_settings(sent: Any, reading: DesignReading) -> Nested:
    """The settings that a design may have and whose values are right."""
    sections = sent if isinstance(sent, dict) else {}
    named: Nested = {}
    for place in places_in(sections):
        value = sections[place.section][place.key]
        why = reason_against(place, value)
        if why:
            reading.leave_out(f"{place.section}.{place.key}", why)
        else:
            named.setdefault(place.section, {})[place.key] = stored_spelling(place, value)
    drop_contradictions(named, reading)
    return named


def reason_against(place: SettingPlace, value: Any) -> str:
    """Why a design may not set this, "" where it may; no value of what does not belong to it is said."""
    known = defaults().get(place.section, {})
    if place.key not in known:
        return "it is no setting known here"
    if place not in design_places():
        return "it does not belong to a design"
    return rule_for(place.key, known[place.key])(stored_spelling(place, value)) or ""


def drop_contradictions(named: Nested, reading: DesignReading) -> None:
    """Leave out sizes that contradict each other, so that the packaged ones count."""
    for finding in check_config(whole_settings(named)):
        section = named.get(finding.section, {})
        for key in ("minPointSize", "maxPointSize"):
            section.pop(key, None)
        reading.leave_out(f"{finding.section}.{finding.key}", finding.message)


def drop_strange_files(named: Nested, own: set[str], reading: DesignReading) -> None:
    """Leave out settings that name a file which neither the design nor the package has."""
    fonts = {file["name"] for file in overlay_files(PACKAGED_FONTS)} | own | {""}
    overlays = {*DEFAULT_OVERLAYS, *own, ""}
    for places, known in ((FONT_PLACES, fonts), (overlay_places(), overlays)):
        drop_files_but(named, places, known, reading)


def drop_files_but(
    named: Nested, places: Iterable[SettingPlace], known: set[str], reading: DesignReading
) -> None:
    for section, key in places:
        name = named.get(section, {}).get(key)
        if name is not None and name not in known:
            del named[section][key]
            reading.leave_out(f"{section}.{key}", f"the design has no file {name[:60]!r}")

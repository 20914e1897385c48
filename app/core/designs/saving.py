"""Keeps the present settings as a design of the user's own, with the overlays and fonts that they name."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from app.core.designs.design_record import (
    FONT_PLACES,
    DesignFont,
    DesignRecord,
    design_places,
    overlay_places,
)
from app.core.designs.importing import facts_of_files
from app.core.designs.keeping import keep_design
from app.core.designs.reading import DEFAULT_OVERLAYS
from app.core.designs.shelf import all_designs
from app.core.engine_calls import EngineCalls
from app.core.errors import Invalid, NotFound, Unavailable, reason_of
from app.core.overlay_files import file_of_kind, font_names
from app.core.paths import Paths
from app.core.settings.changes import current_value
from app.core.settings.mapping import Nested
from app.core.settings.store import snapshot

Contents = dict[str, bytes]


def save_present_settings(paths: Paths, engine: EngineCalls, name: str) -> DesignRecord:
    """The design as it is kept; a file that is named and not there is left out, as a run does."""
    values = snapshot(paths).values
    settings: Nested = {}
    for place in design_places():
        settings.setdefault(place.section, {})[place.key] = current_value(values, place)
    overlays = overlays_named_in(paths, settings, overlay_places(), "image")
    fonts = overlays_named_in(paths, settings, FONT_PLACES, "font")
    record = DesignRecord(
        id="new",
        names={"en": name},
        descriptions={},
        settings=settings,
        overlays=tuple(overlays),
        fonts=tuple(DesignFont(file, "", "") for file in fonts),
        folder=paths.designs / "new",
        is_own=True,
    )
    described, licences = described_fonts(paths, engine, record, {**overlays, **fonts})
    return keep_design(paths, replace(record, fonts=described), {**overlays, **fonts, **licences})


def overlays_named_in(paths: Paths, settings: Nested, places, kind: str) -> Contents:
    """The files among the overlays that the settings name, by the names that the files really have."""
    found: Contents = {}
    for section, key in places:
        name = str(settings[section][key]).strip()
        path = own_file_of(paths, name, kind)
        if path is None:
            continue
        settings[section][key] = path.name
        try:
            found[path.name] = path.read_bytes()
        except OSError as error:
            raise Unavailable(f"{name} cannot be read: {reason_of(error)}.") from error
    return found


def own_file_of(paths: Paths, name: str, kind: str) -> Path | None:
    """The file of that name, None for one of the package or where there is none."""
    if not name or name in DEFAULT_OVERLAYS:
        return None
    # The engine finds a font by its name in any case.
    written = {one.casefold(): one for one in font_names(paths.overlays)} if kind == "font" else {}
    try:
        return file_of_kind(paths.overlays, written.get(name.casefold(), name), kind)
    except (NotFound, Invalid):
        return None


def described_fonts(
    paths: Paths, engine: EngineCalls, record: DesignRecord, files: Contents
) -> tuple[tuple[DesignFont, ...], Contents]:
    """(what a design with the same font says of it, else the font itself, the texts of licences)."""
    facts, known, licences = facts_of_files(engine, record, files), known_fonts(paths), {}
    fonts = []
    for font in record.fonts:
        said = facts[font.file]
        own = DesignFont(font.file, said["name"] or Path(font.file).stem, said["licence"])
        found, text = known.get(sha256(files[font.file]).hexdigest(), (own, b""))
        if text:
            licences[found.licence_file] = text
        fonts.append(replace(found, file=font.file, licence_file=found.licence_file if text else ""))
    return tuple(fonts), licences


def known_fonts(paths: Paths) -> dict[str, tuple[DesignFont, bytes]]:
    """Each font of a design with the text of its licence, by the digest of its bytes."""
    known = {}
    for record in all_designs(paths):
        for font in record.fonts:
            content = content_or_none(record.folder / font.file)
            text = content_or_none(record.folder / font.licence_file) if font.licence_file else b""
            known[sha256(content).hexdigest()] = font, text
    return known


def content_or_none(path: Path) -> bytes:
    """The bytes of the file, none where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""

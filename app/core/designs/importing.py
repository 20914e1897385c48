"""A design that somebody sends: valid parts are kept, and each part that is left out is reported."""

from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from app.core.designs.design_record import FILE, DesignRecord, overlay_places
from app.core.designs.keeping import keep_design
from app.core.designs.packing import unpacked_design
from app.core.designs.reading import parse_design
from app.core.engine_calls import EngineCalls
from app.core.errors import Invalid
from app.core.overlay_edits import spooled_copy
from app.core.overlay_files import KINDS
from app.core.paths import Paths

CHECK_FILES = "overlay-files"
# For all files together.
CHECK_SECONDS = 60.0
TALL, WIDE = (2000, 3000), (3840, 2160)
LONGEST_LICENCE = 100_000


@dataclass(frozen=True)
class Imported:
    """The design as it is kept, and a sentence for each part of the file that was left out."""

    record: DesignRecord
    notes: tuple[str, ...]


def import_design(paths: Paths, engine: EngineCalls, content: bytes) -> Imported:
    """Check and keep a design; `Invalid` where it is none, or one of its files cannot be drawn."""
    files = unpacked_design(content)
    if FILE not in files:
        raise Invalid(f"The file is no design: it holds no {FILE}.")
    record, notes = parse_design(files[FILE], Path("design"), True)
    require_files(record, files)
    facts = facts_of_files(engine, record, files)
    for name in record.overlays:
        require_overlay_size(record, name, tuple(facts[name]["size"]))
    record = with_readable_licences(record, files)
    unused = sorted(set(files) - {FILE, *record.files, *record.licence_files})
    notes += [f"{name} was left out: the design does not name it." for name in unused]
    return Imported(keep_design(paths, record, files), tuple(notes))


def require_files(record: DesignRecord, files: dict[str, bytes]) -> None:
    missing = [name for name in record.files if name not in files]
    if missing:
        raise Invalid(f"The design names {', '.join(missing[:5])}, which the file does not hold.")


def require_overlay_size(record: DesignRecord, name: str, size: tuple[int, int]) -> None:
    """`Invalid` for an overlay that has not the size of the pictures it is for."""
    for wanted in {size_of_place(key) for key in places_naming(record, name)} - {size}:
        has, needs = (f"{width}x{height}" for width, height in (size, wanted))
        raise Invalid(f"{name} of the design has {has} pixels, but lies on pictures of {needs}.")


def places_naming(record: DesignRecord, name: str) -> list[str]:
    """The settings that name the overlay."""
    return [place.key for place in overlay_places() if record.settings[place.section][place.key] == name]


def size_of_place(key: str) -> tuple[int, int]:
    return WIDE if "background" in key or "titlecard" in key else TALL


def facts_of_files(
    engine: EngineCalls, record: DesignRecord, files: dict[str, bytes]
) -> dict[str, dict[str, Any]]:
    """What the poster engine finds in each file, in a process of its own; `Invalid` where it cannot draw one.

    By the name of the file {"problem"}, with {"size"} of an image and {"name", "licence"} of a font.
    """
    if not record.files:
        return {}
    kinds = {name: KINDS[Path(name).suffix.lower()] for name in record.files}
    listed = [{"kind": kind, "bytes": len(files[name])} for name, kind in kinds.items()]
    with spooled_copy(BytesIO(b"".join(files[name] for name in kinds))) as content:
        answer = engine.inquire(CHECK_FILES, {"files": listed}, CHECK_SECONDS, content)
    found = dict(zip(kinds, answer["files"], strict=True))
    for name, facts in found.items():
        if facts["problem"]:
            raise Invalid(f"{name} of the design cannot be used: {facts['problem']}.")
    return found


def with_readable_licences(record: DesignRecord, files: dict[str, bytes]) -> DesignRecord:
    """The design without the names of licences that the file does not hold, or that are no text."""
    fonts = tuple(
        font if is_text_file(files.get(font.licence_file, b"")) else replace(font, licence_file="")
        for font in record.fonts
    )
    return replace(record, fonts=fonts)


def is_text_file(content: bytes) -> bool:
    try:
        return 0 < len(content) <= LONGEST_LICENCE and "\0" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False

"""Takes a design: files go among the overlays, settings into config.json, and one press undoes it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from app.core.designs.design_record import FONT_PLACES, DesignRecord, design_places, overlay_places
from app.core.errors import Conflict, Unavailable, reason_of
from app.core.file_lock import held
from app.core.overlay_edits import write_overlay
from app.core.paths import Paths, replacing
from app.core.settings.changes import Changes, current_value, effective_changes, nested_changes
from app.core.settings.editing import Saved, edit
from app.core.settings.login_and_folder_checks import LoginAndFolderChecks
from app.core.settings.mapping import Naming, Nested, SettingPlace
from app.core.settings.masking import is_same_value
from app.core.settings.store import Revisions

LAST_TAKEN = ".taken.json"
MOST_NAMES = 1000


@dataclass(frozen=True)
class TakenDesign:
    """What came of it: the settings that changed, and the name of each file among the overlays."""

    saved: Saved
    installed: dict[str, str]


@dataclass(frozen=True)
class LastTaken:
    """The design that was taken last, with each setting as it was before and after."""

    design: str
    before: Nested
    after: Nested


def take_design(
    paths: Paths, record: DesignRecord, checks: LoginAndFolderChecks, expected: Revisions = None
) -> TakenDesign:
    """Install the files and merge the settings; what a user changed under the same name stays as it is."""
    installed = install_files(paths, record)
    settings, before = renamed_files(record.settings, installed), {}

    def find(values: Nested) -> Changes:
        changes = nested_changes(values, settings)
        before.update({place: current_value(values, place) for place in changes})
        return changes

    saved = edit(paths, checks, expected, find)
    if saved.changed:
        after = {place: settings[place.section][place.key] for place in before}
        remember_taken(paths, LastTaken(record.id, nested(before), nested(after)))
    return TakenDesign(saved, installed)


def undo_taking(paths: Paths, checks: LoginAndFolderChecks) -> Saved:
    """Put back what the last taking changed and nobody changed since; `Conflict` where nothing was taken."""
    last = last_taken(paths)
    if last is None:
        raise Conflict("No design was taken that could be undone.")

    def find(values: Nested) -> Changes:
        unchanged = {
            place: last.before[place.section][place.key]
            for place in design_places()
            if place.key in last.after.get(place.section, {})
            and is_same_value(current_value(values, place), last.after[place.section][place.key])
        }
        return effective_changes(values, unchanged, Naming(values))

    saved = edit(paths, checks, None, find)
    (paths.designs / LAST_TAKEN).unlink(missing_ok=True)
    return saved


def last_taken(paths: Paths) -> LastTaken | None:
    """What can be undone, if anything."""
    try:
        values = json.loads((paths.designs / LAST_TAKEN).read_text("utf-8"))
        return LastTaken(str(values["design"]), dict(values["before"]), dict(values["after"]))
    except (OSError, ValueError, LookupError, TypeError):
        return None


def remember_taken(paths: Paths, taken: LastTaken) -> None:
    content = json.dumps(vars(taken), ensure_ascii=False).encode()
    try:
        paths.designs.mkdir(exist_ok=True)
        with replacing(paths.designs / LAST_TAKEN, mode=0o600) as file:
            file.write(content)
    except OSError as error:
        raise Unavailable(
            f"The design was taken, but cannot be undone with one press: {reason_of(error)}."
        ) from error


def nested(values: dict[SettingPlace, Any]) -> Nested:
    sections: Nested = {}
    for place, value in values.items():
        sections.setdefault(place.section, {})[place.key] = value
    return sections


def install_files(paths: Paths, record: DesignRecord) -> dict[str, str]:
    """The name among the overlays of each file, which is copied there where it is not yet."""
    with held(paths.overlay_lock, "The folder of overlays"):
        return {name: install_file(paths.overlays, record.folder / name) for name in record.files}


def install_file(overlays: Path, source: Path) -> str:
    """The name under which the same bytes lie there; another file of that name stays as it is."""
    try:
        content = source.read_bytes()
        name = next(
            (one for one in possible_file_names(source.name) if may_be_at(overlays / one, content)), None
        )
    except OSError as error:
        raise Unavailable(f"{source.name} cannot be put among the overlays: {reason_of(error)}.") from error
    if name is None:
        raise Conflict(f"There are too many files like {source.name} among the overlays.")
    if not (overlays / name).exists():
        write_overlay(overlays, name, BytesIO(content))
    return name


def may_be_at(target: Path, content: bytes) -> bool:
    """Whether nothing stands there, or a file of the same bytes."""
    return not target.exists() or (target.is_file() and target.read_bytes() == content)


def possible_file_names(name: str) -> Iterable[str]:
    path = Path(name)
    yield name
    yield from (f"{path.stem}-{number}{path.suffix}" for number in range(2, MOST_NAMES))


def renamed_files(settings: Nested, installed: dict[str, str]) -> Nested:
    """The settings with the names under which the files lie among the overlays."""
    renamed = {section: dict(values) for section, values in settings.items()}
    for section, key in (*FONT_PLACES, *overlay_places()):
        name = renamed[section][key]
        renamed[section][key] = installed.get(name, name)
    return renamed


def is_present_design(paths: Paths, record: DesignRecord, values: Nested) -> bool:
    """Whether the settings are those of the design, with its files whatever they are named."""
    files = {*FONT_PLACES, *overlay_places()}
    plain = (place for place in design_places() if place not in files)
    if not all(has_value(values, place, record.settings[place.section][place.key]) for place in plain):
        return False
    return all(
        is_file_of_design(
            paths, record, record.settings[place.section][place.key], current_value(values, place)
        )
        for place in files
    )


def has_value(values: Nested, place: SettingPlace, wanted: Any) -> bool:
    return str(current_value(values, place)).strip().lower() == str(wanted).strip().lower()


def is_file_of_design(paths: Paths, record: DesignRecord, wanted: str, present: Any) -> bool:
    if wanted not in record.files:
        return wanted == present
    try:
        return (paths.overlays / str(present)).read_bytes() == (record.folder / wanted).read_bytes()
    except (OSError, ValueError):
        return False

"""The runs that callers may request, and their arguments."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.core.errors import ApplicationError, Invalid
from app.core.execution.asset_lists import asset_list
from app.core.execution.exchange_requests import EXCHANGE_FIELDS, RequestedRun, exchange_run
from app.core.modes import (
    CLEAN,
    FILM_POSTER,
    FORCE,
    MODES,
    ONLY,
    RESET,
    SHOW_POSTER,
    SYNC,
    TAKE,
    TARGET,
    TITLE_TEXT,
    VALUE_NAMES,
    harmless_argument,
    known_mode,
)
from app.core.paths import inside

STARTABLE = ("normal", "testing", "backup", "restore", "syncjelly", "syncemby", SYNC)
ELSEWHERE = {
    "manual": "Manual mode needs arguments: use POST /api/run-manual.",
    "reset": "A reset needs a library: use POST /api/reset-posters.",
    "logoupdater": "A logo update needs a library or all: use POST /api/run-logoupdater.",
    "logorevert": "Putting logos back needs a library or all: use POST /api/run-logoupdater with revert.",
    "undo": "An undo needs a run: use POST /api/runs/{id}/undo.",
    "version": "An earlier version belongs to an asset: use POST /api/assets/{path}/versions.",
}
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tiff", ".tif")
# The switch of each kind, and the names it takes beside title, folder and library.
KINDS = {
    "standard": ((), ()),
    "season": (("-SeasonPoster",), ("seasonPosterName",)),
    "collection": (("-CollectionCard",), ()),
    "titlecard": (("-TitleCard",), ("epTitleName", "seasonPosterName", "episodeNumber")),
    "background": (("-BackgroundCard",), ()),
}
NAMES = {
    "seasonPosterName": "-SeasonPosterName",
    "epTitleName": "-EPTitleName",
    "episodeNumber": "-EpisodeNumber",
}
MEDIUM_SWITCHES = {"movie": FILM_POSTER, "tv": SHOW_POSTER, "show": SHOW_POSTER}
# What a manual run writes is a JPEG.
TARGETS = (".jpg", ".jpeg")
ALWAYS = ("picturePath", "folderName", "libraryName")
HELP = ("-h", "--help", "-Help")
PICTURE, LIBRARY = "-PicturePath", "-LibraryName"
ALWAYS_TYPED = (PICTURE, "-FolderName", LIBRARY)


def startable(mode: str) -> str:
    """The mode, where a caller may start it without arguments."""
    if mode in ELSEWHERE:
        raise Invalid(ELSEWHERE[mode])
    if mode not in STARTABLE or mode not in MODES:
        known = ", ".join((*STARTABLE, *ELSEWHERE))
        raise Invalid(f"Invalid mode: {harmless_argument(mode)[:64]}. There are {known}.")
    return mode


def requested_run(folder: Path, mode: str, fields: Mapping[str, Any]) -> RequestedRun:
    """The run in that mode with what was chosen for it; long lists are kept in the folder."""
    if mode in EXCHANGE_FIELDS:
        return exchange_run(mode, fields, folder)
    return RequestedRun(mode, field_arguments(folder, fields))


def field_arguments(folder: Path, fields: Mapping[str, Any]) -> list[str]:
    """The arguments that the fields of a full run become; a long list is kept in the folder."""
    taken = fields["take"]
    listed = [TAKE, asset_list(folder, taken)] if taken else []
    return [*listed, CLEAN] if fields["clean"] else listed


def redraw_arguments(asset: str, text: str | None) -> list[str]:
    """The arguments of a full run over one asset alone, which is drawn with the text where there is one."""
    named = json.dumps([asset])
    return [ONLY, named, TAKE, named, *([] if text is None else [TITLE_TEXT, json.dumps(text)])]


def manual_arguments(form: Mapping[str, Any], roots: Iterable[Path], is_built_in: bool = False) -> list[str]:
    """The arguments of one manual run; `Invalid` names what is missing or cannot be used.

    Only the built-in script is given what a poster is of, where it lies, and that a picture shows its title.
    """
    kind = form["posterType"]
    switches, names = KINDS[kind]
    require(form, (*ALWAYS, *names), kind)
    return [
        PICTURE,
        picture(form["picturePath"], roots),
        *switches,
        *(own_arguments(form) if is_built_in else ()),
        TITLE_TEXT,
        "" if is_built_in and takes_title(form) else harmless_argument(manual_title(form)),
        "-FolderName",
        one_folder("folderName", form["folderName"]),
        "-LibraryName",
        one_folder("libraryName", form["libraryName"]),
        *(word for name in names for word in (NAMES[name], harmless_argument(form[name].strip()))),
    ]


def manual_title(form: Mapping[str, Any]) -> str:
    return form["epTitleName"] if form["posterType"] == "titlecard" else form["titletext"]


def takes_title(form: Mapping[str, Any]) -> bool:
    """Whether the picture has its title already; the text of a season is drawn all the same."""
    return bool(form.get("posterWithText")) and form["posterType"] != "season"


def own_arguments(form: Mapping[str, Any]) -> list[str]:
    """What a poster or background is of, and where the asset lies, as far as the form has it."""
    is_of_title = form["posterType"] in ("standard", "background")
    switch = MEDIUM_SWITCHES.get(form.get("mediaType") or "") if is_of_title else None
    target = form.get("target") or ""
    named = [TARGET, harmless_argument(target)] if target.lower().endswith(TARGETS) else []
    return [*([switch] if switch else []), *named]


def require(form: Mapping[str, str], names: Iterable[str], kind: str) -> None:
    missing = [name for name in names if not form[name].strip()]
    if missing:
        raise Invalid(f"A {kind} needs {', '.join(missing)}.")


def picture(value: str, roots: Iterable[Path]) -> str:
    """A picture that the script may fetch, or move away: an address, or a file in a folder for pictures."""
    text = value.strip()
    if "://" in text:
        return web_picture(text)
    return str(local_picture(text, list(roots)))


def web_picture(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise Invalid("picturePath is no address of a picture.") from error
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise Invalid("picturePath must be an http or https address, or a file.")
    return harmless_argument(address)


def local_picture(text: str, roots: list[Path]) -> Path:
    if not text.lower().endswith(PICTURES):
        raise Invalid(f"picturePath must end in one of {', '.join(PICTURES)}.")
    found = next((path for root in roots if (path := contained(root, text))), None)
    if found is None:
        places = ", ".join(str(root) for root in roots)
        raise Invalid(f"picturePath is no file in one of these folders: {places}")
    return found


def contained(root: Path, text: str) -> Path | None:
    """The file that an absolute or relative path means below the root, None where there is none."""
    base = root.resolve()
    path = Path(text)
    try:
        name = str(path.resolve().relative_to(base)) if path.is_absolute() else text
        target = inside(base, name)
        return target if target.is_file() else None
    except (ApplicationError, OSError, RuntimeError, ValueError):
        return None


def one_folder(name: str, value: str) -> str:
    """A name that stays one folder when it is joined to a path."""
    # What is taken out of it can leave other names than it showed.
    text = harmless_argument(value).strip()
    if text in ("", ".", "..") or any(mark in text for mark in "/\\"):
        raise Invalid(f"{name} must be the name of one folder.")
    return harmless_argument(text)


def logo_arguments(library: str, force_replace: bool) -> list[str]:
    """The arguments of a run over the logos of one library, or of "all"."""
    if not library.strip():
        raise Invalid("Logos need the name of a library, or all.")
    return [LIBRARY, harmless_argument(library.strip()), *([FORCE] if force_replace else [])]


def asks_for_help(words: Sequence[str]) -> bool:
    """Whether one of the words that a person typed after a mode asks for help, and is not a value."""
    previous = ("", *words)
    return any(
        word in HELP and before not in VALUE_NAMES for before, word in zip(previous, words, strict=False)
    )


def typed_arguments(mode: str, words: Sequence[str], folder: Path) -> list[str]:
    """The arguments that a person typed after a mode in a folder, with the picture's path made absolute.

    `Invalid` where there is no such mode, or lists all names that the mode needs and that have no value.
    """
    known_mode(mode)
    typed = list(words)
    places = {name: place for place, name in enumerate(typed[:-1], start=1) if name in VALUE_NAMES}
    missing = [name for name in needed(mode, typed) if name not in places or not typed[places[name]].strip()]
    if missing:
        raise Invalid(f"The mode {mode} needs a value for each of these: {', '.join(missing)}.")
    if (place := places.get(PICTURE)) and "://" not in typed[place]:
        typed[place] = str(folder / typed[place])
    return typed


def needed(mode: str, words: Sequence[str]) -> tuple[str, ...]:
    """The names without which the script refuses the mode."""
    if mode != "manual":
        return (RESET,) if mode == "reset" else ()
    names = next((names for switches, names in KINDS.values() if {*switches} & {*words}), ())
    return (*ALWAYS_TYPED, *(NAMES[name] for name in names))

"""Where a picture that a person made belongs."""

from collections.abc import Mapping
from typing import Any

from app.core.editing.places import new_path
from app.core.errors import Invalid
from app.core.execution.run_requests import one_folder
from app.core.replacing.asset_place import COLLECTIONS, asset_place

STEMS = {"poster": "poster", "collection": "poster", "background": "background"}
# The kinds of previews by the kind of a place.
OF_PLACES = {"standard": "poster", "titlecard": "title_card"}
NEEDED = {"season": ("season",), "title_card": ("season", "episode")}
NO_PLACE = "Say where it belongs: choose a picture of the library, or name a library and a folder."


def made_path(kind: str, place: Mapping[str, Any], has_folders: bool) -> str:
    """The path below the asset folder.

    `place` is {"asset"}, the path of a picture, or {"library", "folder", "season", "episode"} of a new one.
    `Invalid` where something is missing, or the kind is another than that of the picture.
    """
    if asset := place.get("asset"):
        return path_of_kind(kind, new_path(asset))
    if not (place.get("library") and place.get("folder")):
        raise Invalid(NO_PLACE)
    if missing := [name for name in NEEDED.get(kind, ()) if place.get(name) is None]:
        raise Invalid(f"A picture of this kind needs its {' and '.join(missing)}.")
    library, folder = one_folder("library", place["library"]), one_folder("folder", place["folder"])
    return new_path(name_of_new(kind, library, folder, place, has_folders))


def path_of_kind(kind: str, path: str) -> str:
    found = kind_of_path(path)
    if found != kind:
        raise Invalid(
            f"{path} is a {found.replace('_', ' ')}, and what you made is a {kind.replace('_', ' ')}."
        )
    return path


def kind_of_path(path: str) -> str:
    """The kind of preview that the artwork of that path is."""
    kind = asset_place(path).kind
    return OF_PLACES.get(kind, kind)


def name_of_new(kind: str, library: str, folder: str, place: Mapping[str, Any], has_folders: bool) -> str:
    """As the poster script names it, by library folders or flat."""
    stem = STEMS.get(kind) or numbered_stem(kind, place)
    if kind == "collection":
        return (
            f"{COLLECTIONS}/{library}/{folder}/{stem}.jpg"
            if has_folders
            else f"{COLLECTIONS}/{folder}_{stem}.jpg"
        )
    if has_folders:
        return f"{library}/{folder}/{stem}.jpg"
    return f"{folder}.jpg" if kind == "poster" else f"{folder}_{stem}.jpg"


def numbered_stem(kind: str, place: Mapping[str, Any]) -> str:
    season = place["season"]
    return f"Season{season:02}" if kind == "season" else f"S{season:02}E{place['episode']:02}"

"""A picture that takes the place of one asset, as a caller asks for it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.assets.browse import safe_relative_path
from app.core.errors import Invalid
from app.core.modes import plain_text
from app.core.paths import untrusted_asset_path
from app.core.replacing.asset_place import COLLECTIONS, asset_place
from app.core.replacing.picture_content import Measured
from app.core.samples import is_image

# How far a picture's ratio may be from that of the asset, as a part of it.
# Posters of Fanart.tv are 1000 x 1426.
TOLERANCE = 0.06
SEASON_NUMBER = re.compile(r"([0-9]{1,4})[^0-9]*$")
UPRIGHT, WIDE = (2, 3), (16, 9)
RATIOS = {"background": WIDE, "titlecard": WIDE}
# The kinds of manual runs by the types of assets.
TYPES = {"poster": "standard", **{kind: kind for kind in ("season", "background", "titlecard", "collection")}}


@dataclass(frozen=True)
class Replacement:
    """Which asset gets the picture, and what a manual run is to draw on it; `kind` is a posterType.

    `overlay_params` are what the queue shows of it.
    """

    path: str
    kind: str
    manual_form: Mapping[str, Any]
    overlay_params: Mapping[str, Any]
    with_overlays: bool
    to_queue: bool


def read_replacement(query: Mapping[str, Any]) -> Replacement:
    """The replacement of a request; `Invalid` or `Forbidden` for what is no path of an image.

    Library, folder, kind and numbers that the request leaves out are those of the path.
    """
    path = untrusted_asset_path(safe_relative_path(query["asset_path"]))
    if not is_image(path.rpartition("/")[2]):
        raise Invalid(f"asset_path must end in .jpg, .jpeg, .png or .webp: {path[:200]!r} does not.")
    place = asset_place(path)
    kind = replacement_kind(query["asset_type"], place.kind)
    season = place.season if query["season_number"] is None else query["season_number"]
    episode = place.episode if query["episode_number"] is None else query["episode_number"]
    form = {
        "posterType": kind,
        "titletext": plain_text(query["title_text"]),
        "folderName": name_or(query["folder_name"], place.folder),
        "libraryName": name_or(query["library_name"], place.library),
        "seasonPosterName": season_name(season, plain_text(query.get("season_title", ""))),
        "posterWithText": query.get("poster_with_text", False),
        "epTitleName": plain_text(query["episode_title"]),
        "episodeNumber": "" if episode is None else str(episode),
        "mediaType": query["mediaType"],
        "target": path,
    }
    return Replacement(
        path=path,
        kind=kind,
        manual_form=form,
        overlay_params=overlay_params(form, query["process_with_overlays"], season, episode),
        with_overlays=query["process_with_overlays"],
        to_queue=query["add_to_queue"],
    )


def season_name(season: int | None, title: str) -> str:
    """The season by its number and, before a bar, the text that is drawn for it."""
    number = "" if season is None else f"Season {season}"
    return f"{title.strip()} | {number}" if number and title.strip() else number


def name_or(text: str, of_path: str) -> str:
    """The name as it was sent, which may have blanks at its ends; that of the path where it is blank."""
    name = plain_text(text)
    return name if name.strip() else of_path


def replacement_kind(asset_type: str, of_path: str) -> str:
    """The kind that the caller names; that of the path where he names none, or a poster of a collection."""
    named = TYPES.get(asset_type, "")
    return of_path if not named or (named == "standard" and of_path == "collection") else named


def overlay_params(
    form: Mapping[str, Any], with_overlays: bool, season: int | str | None, episode: int | str | None
) -> dict[str, Any]:
    """What the queue shows of a picture, by the names of the request."""
    return {
        "asset_type": form["posterType"],
        "title_text": form["titletext"],
        "folder_name": form["folderName"],
        "library_name": form["libraryName"],
        "season_number": season,
        "episode_number": episode,
        "episode_title": form["epTitleName"],
        "process_with_overlays": with_overlays,
    }


def require_ratio(measured: Measured, kind: str) -> None:
    """Raise `Invalid` for a picture that has not the shape of the asset."""
    across, down = RATIOS.get(kind, UPRIGHT)
    if abs(measured.ratio / (across / down) - 1) > TOLERANCE:
        raise Invalid(
            f"A {kind} needs a picture of {across}:{down}, but this one has {measured.width} x "
            f"{measured.height} pixels. Crop it, or choose another one."
        )


def manual_asset_path(form: Mapping[str, Any]) -> str:
    """The path that the asset of a manual run has where each library has a folder, for the queue to show."""
    season = SEASON_NUMBER.search(form["seasonPosterName"])
    number = int(season[1]) if season else 0
    episode = form["episodeNumber"].strip()
    names = {
        "background": "background",
        "season": f"Season{number:02}",
        "titlecard": f"S{number:02}E{episode.zfill(2)}",
    }
    folders = (COLLECTIONS,) if form["posterType"] == "collection" else ()
    name = f"{names.get(form['posterType'], 'poster')}.jpg"
    return plain_text("/".join((*folders, form["libraryName"], form["folderName"], name)))

"""File names in the asset folder, and the numbers and words they are made of."""

import re
from dataclasses import dataclass
from pathlib import Path, PurePath

from app.poster.kinds import Kind

LONGEST_NAME = 200
SEPARATORS_AND_CONTROL = re.compile(r"[/\\\x00-\x1f\x7f-\x9f]")
NOT_IN_COLLECTIONS = re.compile(r'[\\/:*?"<>|\[\]{}]')
SPECIALS = re.compile(r"speci|spezi|espec|spécia|extra|bonus", re.IGNORECASE)


class BadName(ValueError):
    """A name or number that no file name can be made of."""


@dataclass(frozen=True)
class Asset:
    """What a file in the asset folder depicts; the names are as the user gave them."""

    kind: Kind
    library: str
    folder: str
    season: int | None = None
    episode: int | None = None


def asset_path(assets: Path, asset: Asset, by_library: bool, follow_links: bool) -> Path:
    """Where the asset belongs, by library folders or flat; always inside `assets`.

    Links below `assets` that lead elsewhere are only followed where the user says so.
    """
    path = assets / relative_path(asset, by_library)
    if not follow_links and not path.resolve().is_relative_to(assets.resolve()):
        raise BadName(f"{path} leads out of the asset folder {assets}")
    return path


def relative_path(asset: Asset, by_library: bool) -> PurePath:
    if asset.kind is Kind.COLLECTION:
        return collection_path(asset, by_library)
    folder = component(asset.folder)
    if by_library:
        return PurePath(component(asset.library), folder, f"{stem(asset)}.jpg")
    return PurePath(f"{folder}.jpg" if asset.kind is Kind.POSTER else f"{folder}_{stem(asset)}.jpg")


def collection_path(asset: Asset, by_library: bool) -> PurePath:
    name = component(NOT_IN_COLLECTIONS.sub("_", asset.folder).strip().rstrip(". "))
    if by_library:
        return PurePath("Collections", component(asset.library), name, "poster.jpg")
    return PurePath("Collections", f"{name}_poster.jpg")


def stem(asset: Asset) -> str:
    if asset.kind is Kind.SEASON:
        return f"Season{asset.season:02}"
    if asset.kind is Kind.TITLE_CARD:
        return f"S{asset.season:02}E{asset.episode:02}"
    return asset.kind.value


def component(name: str) -> str:
    """The name as one harmless part of a path; BadName when nothing is left of it, or far too much.

    A dot at its end stays, as in "R.I.P.D.": a full run looks for the files of the item under its own name.
    """
    cleaned = SEPARATORS_AND_CONTROL.sub("_", name).strip()
    if not cleaned.strip("._ "):
        raise BadName(f"{name!r} cannot be the name of a folder")
    if len(cleaned.encode()) > LONGEST_NAME:
        raise BadName(f"The name {cleaned[:40]!r}... is longer than {LONGEST_NAME} bytes")
    return cleaned


def season_number(name: str) -> int:
    """The number that a season's name ends with or contains; 0 for names like Specials."""
    digits = re.search(r"(\d{1,4})\s*$", name) or re.search(r"(?<!\d)(\d{1,4})(?!\d)", name)
    if digits:
        return int(digits[1])
    if SPECIALS.search(name):
        return 0
    raise BadName(f"{name!r} holds no season number")


def episode_number(text: str) -> int:
    """The first number in the text."""
    digits = re.search(r"\d{1,9}", text)
    if not digits:
        raise BadName(f"{text!r} holds no episode number")
    return int(digits[0])

"""What the path of an asset says about the asset."""

import re
from dataclasses import dataclass

from app.core.errors import ApplicationError
from app.core.paths import untrusted_asset_path

COLLECTIONS = "Collections"
NAME = re.compile(
    r"(?:(?P<item>.+)_)?"
    r"(?:(?P<background>background)|season(?P<season>[0-9]{1,4})|s(?P<of>[0-9]{1,4})e(?P<episode>[0-9]{1,5})|poster)"
    r"\.[a-z]+",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class AssetPlace:
    """Library and item folder, "" where the path does not say; `kind` is a posterType of a manual run."""

    library: str = ""
    folder: str = ""
    kind: str = "standard"
    season: int | None = None
    episode: int | None = None

    @property
    def is_collection(self) -> bool:
        return self.kind == "collection"


UNKNOWN = AssetPlace()


def asset_place(untrusted: str) -> AssetPlace:
    """The place that a path below the asset folder means, `UNKNOWN` for a text that is no such path."""
    try:
        *folders, name = untrusted_asset_path(untrusted).split("/")
    except ApplicationError:
        return UNKNOWN
    found = NAME.fullmatch(name)
    if found is None and not folders:
        return AssetPlace(folder=name.rpartition(".")[0])
    parts = found.groupdict() if found else {}
    is_collection = len(folders) > 1 and folders[0] == COLLECTIONS
    library = folders[1 if is_collection else 0] if len(folders) > 1 else ""
    season = parts.get("season") or parts.get("of")
    return AssetPlace(
        library=library,
        folder=parts.get("item") or (folders[-1] if folders else ""),
        kind=kind_of_parts(parts, is_collection),
        season=int(season) if season else None,
        episode=int(parts["episode"]) if parts.get("episode") else None,
    )


def kind_of_parts(parts: dict[str, str | None], is_collection: bool) -> str:
    if parts.get("background"):
        return "background"
    if parts.get("season"):
        return "season"
    if parts.get("episode"):
        return "titlecard"
    return "collection" if is_collection else "standard"

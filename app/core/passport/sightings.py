"""What is known of an asset that has or had a picture: of what it was made, and what is there now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.assets.naming import asset_kind
from app.core.assets.recent import image_title, item_name
from app.core.catalogue.contents import DIGITS
from app.core.decisions.content_traces import FOUND, SENT, SHOWN, record_of_step, traces_of
from app.core.decisions.record import decision_of
from app.core.decisions.versions import AssetPath, Version, versions_of
from app.core.errors import ApplicationError
from app.core.passport.holders import LIES, ArtworkTrees, ContentHolder

ASSETS = "assets"
# How the picture came to be: a run made it, a person put it there, or it lay there before any run.
MADE, PUT, FOREIGN = "made", "put", "foreign"
PUT_BY_HAND, EDIT = "put_by_hand", "edit"
# What lies at the asset's place now: this picture, another one, or none.
THIS, ANOTHER, NO_FILE = "this", "another", "none"
# States of an upload whose picture the server shows.
SHOWS = ("applied", "re_encoded")


@dataclass(frozen=True)
class ServerPlace:
    """One place at a media server, as the run that looked last, `at`, found it; `is_this` picture there."""

    server: str
    slot: str
    state: str
    at: datetime | None
    is_this: bool


@dataclass(frozen=True)
class Sighting:
    """An asset with one content; `version` is None where the journal has no version of those bytes.

    `role` is that of the holder, `origin` how the picture came to be, `disk` what lies there now. `record` is
    what the built-in script knew when it made it, None where it knows nothing any more. `is_as_now` says
    that it was drawn by the settings of the present picture, None where that is not known.
    """

    root: str
    path: str
    kind: str
    title: str
    role: str
    origin: str
    disk: str
    version: Version | None = None
    record: Mapping[str, Any] | None = None
    places: tuple[ServerPlace, ...] = ()
    is_as_now: bool | None = None
    can_redraw: bool = False

    @property
    def source(self) -> dict[str, str] | None:
        """{"provider", "address", "language"} of what it was drawn from; None where that is not known."""
        decision = (self.record or {}).get("decision") or {}
        chosen = decision.get("chosen")
        if not chosen or self.origin != MADE:
            return None
        return {
            "provider": chosen["provider"],
            "address": chosen.get("address", ""),
            "language": decision.get("language", ""),
        }

    @property
    def text(self) -> str:
        """The text that it was drawn with, "" for none."""
        treatment = ((self.record or {}).get("decision") or {}).get("treatment") or {}
        shown = treatment.get("with_text", True) and self.origin == MADE
        return treatment.get("title", "") if shown else ""

    @property
    def can_restore(self) -> bool:
        return bool(self.root == ASSETS and self.version and self.version.is_kept and self.disk != THIS)


def sighting_of(trees: ArtworkTrees, digest: str, holder: ContentHolder) -> Sighting:
    """All that is known of the holder of a content."""
    name = holder.path.rpartition("/")[2]
    common = {"root": holder.root, "path": holder.path, "kind": asset_kind(name) or "other"}
    if holder.root != ASSETS:
        disk = THIS if holder.role == LIES else ANOTHER
        title = title_of_picture(holder.path, None)
        return Sighting(**common, title=title, role=holder.role, origin=FOREIGN, disk=disk)
    versions, present = known_versions(trees, holder.path), present_record(trees, holder.path)
    beginning = digest_of_shown(trees, holder, digest)
    version = next((each for each in versions if each.sha256.startswith(beginning)), None)
    record = record_of_sighting(trees, holder, version, present)
    return Sighting(
        **common,
        title=title_of_picture(holder.path, record or present),
        role=holder.role,
        origin=content_origin(holder, version),
        disk=disk_of(versions, version),
        version=version,
        record=record,
        places=tuple(places_of(present, {digest, beginning[:DIGITS]})),
        is_as_now=is_as_now(record, present),
        can_redraw=present is not None,
    )


def known_versions(trees: ArtworkTrees, path: str) -> list[Version]:
    try:
        return versions_of(AssetPath(trees.engine, trees.folder(ASSETS), path))
    except ApplicationError:
        return []


def present_record(trees: ArtworkTrees, path: str) -> dict[str, Any] | None:
    try:
        return decision_of(trees.engine, path)
    except ApplicationError:
        return None


def digest_of_shown(trees: ArtworkTrees, holder: ContentHolder, digest: str) -> str:
    """The SHA-256 of the file of which a server got or shows these bytes, else what is known of its own."""
    if holder.role not in (SENT, SHOWN):
        return holder.sha256 or digest
    record = record_of_step(trees.engine, holder.step) or {}
    for upload in record.get("uploads", ()):
        if holder.sha256 in (upload.get("sent_sha256"), (upload.get("shown") or {}).get("sha256")):
            return upload.get("file_sha256") or upload.get("sent_sha256") or digest
    return holder.sha256


def record_of_sighting(
    trees: ArtworkTrees, holder: ContentHolder, version: Version | None, present: dict[str, Any] | None
) -> Mapping[str, Any] | None:
    """The record of the step that wrote it, or that of the asset where it is the present picture."""
    steps = [holder.step] if holder.step and holder.role != FOUND else []
    if version and not steps:
        beginning = version.sha256[:DIGITS]
        steps = [each.number for each in traces_of(trees.engine, [beginning]) if each.path == holder.path]
    found = (record_of_step(trees.engine, step) for step in sorted(steps, reverse=True))
    return next(filter(None, found), present if version and version.is_present else None)


def content_origin(holder: ContentHolder, version: Version | None) -> str:
    if version is None:
        return MADE if holder.role in (SENT, SHOWN) else FOREIGN
    if version.reason == PUT_BY_HAND or version.mode == EDIT:
        return PUT
    return MADE if version.reason or version.mode else FOREIGN


def disk_of(versions: list[Version], version: Version | None) -> str:
    present = next((each for each in versions if each.is_present), None)
    if present is None:
        return NO_FILE
    return THIS if present is version else ANOTHER


def title_of_picture(path: str, record: Mapping[str, Any] | None) -> str:
    decision = (record or {}).get("decision") or {}
    folder, _, name = path.rpartition("/")
    return decision.get("title") or image_title(item_name(folder, name), name)


def places_of(record: Mapping[str, Any] | None, digests: set[str]) -> Iterator[ServerPlace]:
    for upload in (record or {}).get("uploads", ()):
        place, shown = upload["place"], upload.get("shown") or {}
        names = upload.get("sent_sha256"), upload.get("file_sha256"), shown.get("sha256")
        is_this = upload["state"] in SHOWS and any(name and name[:DIGITS] in digests for name in names)
        at = datetime.fromisoformat(upload["at"]) if upload.get("at") else None
        yield ServerPlace(place["server"], place["slot"], upload["state"], at, is_this)


def is_as_now(record: Mapping[str, Any] | None, present: Mapping[str, Any] | None) -> bool | None:
    """Whether both were drawn by the same settings and overlay, whatever their texts and sources."""
    both = [(each or {}).get("ingredients") for each in (record, present)]
    if not all(both):
        return None
    return all(both[0].get(name) == both[1].get(name) for name in ("design", "overlay"))

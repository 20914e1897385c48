"""What the section of a picture's candidates shows, on the page of the picture and on its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import request, url_for

from app.core.assets.naming import address
from app.core.assets.roots import PLACES
from app.core.choices.wanted_place import wanted_path
from app.core.coded_sentences import CodedSentence
from app.core.config_file import truthy
from app.core.decisions.record import decision_of
from app.core.errors import ApplicationError
from app.core.paths import file_inside
from app.core.replacing.asset_place import asset_place
from app.core.replacing.candidate_list import (
    ListedCandidate,
    joined_candidates,
    offered_candidates,
    provider_name,
    recorded_candidates,
)
from app.core.replacing.offered_address import smaller_address
from app.core.replacing.provider_search import KEYS, has_key
from app.core.replacing.replacement_queue import unstarted_count
from app.core.replacing.why_not import why_not_of
from app.extensions import Machine, machine
from app.models import ImageChoice
from app.services.artwork_edits import artwork_tree
from app.services.offered_pictures import preview_queries
from app.ui.candidate_query import CANDIDATES_A_PAGE, CandidateQuery, candidate_cookie, candidate_query
from app.ui.candidate_search import found_candidates, medium_of_asset
from app.ui.page_numbers import PageNumbers

PREVIEW = "candidate_previews.candidate_preview"
TILE_WIDTH, LARGE_WIDTH = 320, 960
WIDE = ("background", "titlecard")
# Settings that leave the title away on a picture that shows it.
SKIPPING = ("SkipAddText", "SkipAddTextAndOverlay")


@dataclass(frozen=True)
class CandidateTile:
    """A candidate with the addresses of its pictures on this server, None where it cannot be shown."""

    candidate: ListedCandidate
    provider: str
    why: CodedSentence | None
    preview: str | None = None
    large: str | None = None


@dataclass(frozen=True)
class CandidateSection:
    """Everything that the template shows; `failed` are (provider, setting of its key or "", reason)."""

    asset: str
    kind: str
    query: CandidateQuery
    tiles: Sequence[CandidateTile]
    pages: PageNumbers
    total: int
    choices: Mapping[str, Sequence[Any]]
    order: Mapping[str, Any]
    present: str
    medium: str
    waiting: int
    is_searched: bool = False
    trouble: str = ""
    failed: Sequence[tuple[str, str, str]] = ()
    is_wide: bool = field(default=False)

    @property
    def cookie(self) -> str:
        return candidate_cookie(self.kind)

    @property
    def item(self) -> str:
        """The folder of the film or show, the whole path where it does not say."""
        return asset_place(self.asset).folder or self.asset


def stored_section(asset: str, record: Mapping[str, Any] | None) -> CandidateSection:
    """The candidates that the last decision saw: what is known without asking anybody."""
    query = candidate_query(request.args, request.cookies, asset_place(asset).kind)
    return section_of(machine(), asset, record, query, recorded_candidates(record))


def missing_candidates(own: Machine, choice_id: int) -> CandidateSection | None:
    """Those for a choice of which there is no picture, None where nothing says where it belongs."""
    with own.database.reading() as session:
        choice = session.get(ImageChoice, choice_id)
        asset = wanted_path(choice, artwork_tree(own).flat) if choice else None
    return stored_section(asset, known_record(own, asset)) if asset else None


def known_record(own: Machine, asset: str) -> dict[str, Any] | None:
    """The decision record, None where there is none, or none that can be read now."""
    try:
        return decision_of(own.paths.engine, asset)
    except ApplicationError:
        return None


def searched_section(asset: str, record: Mapping[str, Any] | None) -> CandidateSection:
    """These and what the providers offer now; where the search fails, the stored ones and the reason."""
    own = machine()
    query = candidate_query(request.args, request.cookies, asset_place(asset).kind)
    recorded = recorded_candidates(record)
    try:
        found = found_candidates(own, asset, record, query)
    except ApplicationError as error:
        return section_of(own, asset, record, query, recorded, is_searched=True, trouble=str(error))
    # What was typed is another title: the record's pictures are not of it.
    listed = joined_candidates([] if query.title else recorded, offered_candidates(found.offers))
    failed = [failed_provider(own, name, reason) for name, reason in found.failed.items()]
    return section_of(own, asset, record, query, listed, is_searched=True, failed=failed)


def failed_provider(own: Machine, name: str, reason: str) -> tuple[str, str, str]:
    return provider_name(name), "" if has_key(own.config, name) else KEYS[name][0], reason


def section_of(
    own: Machine,
    asset: str,
    record: Mapping[str, Any] | None,
    query: CandidateQuery,
    listed: Sequence[ListedCandidate],
    **facts: Any,
) -> CandidateSection:
    kind, decision = asset_place(asset).kind, (record or {}).get("decision") or {}
    shown = query.shown(listed)
    pages = PageNumbers(query.page, CANDIDATES_A_PAGE, len(shown))
    first = (query.page - 1) * CANDIDATES_A_PAGE
    return CandidateSection(
        asset=asset,
        kind=kind,
        query=query,
        tiles=tiles_of(own, shown[first : first + CANDIDATES_A_PAGE]),
        pages=pages,
        total=len(listed),
        choices=query.choices(listed),
        order=order_of(own, asset, decision),
        present=present_picture(own, asset),
        medium=query.medium or medium_of_asset(own, asset, decision),
        waiting=waiting_pictures(own),
        is_wide=kind in WIDE,
        **facts,
    )


def waiting_pictures(own: Machine) -> int:
    with own.database.reading() as session:
        return unstarted_count(session)


def tiles_of(own: Machine, candidates: Sequence[ListedCandidate]) -> list[CandidateTile]:
    addresses = [each.address for each in candidates if each.is_takeable]
    known = preview_queries(own, {*addresses, *map(smaller_address, addresses)})
    return [tile_of(each, known) for each in candidates]


def tile_of(candidate: ListedCandidate, known: Mapping[str, Mapping[str, str]]) -> CandidateTile:
    provider = provider_name(candidate.provider)
    why = why_not_of(candidate.why_not) if candidate.why_not else None
    if not candidate.is_takeable:
        return CandidateTile(candidate, provider, why)
    small, whole = known[smaller_address(candidate.address)], known[candidate.address]
    preview = url_for(PREVIEW, width=TILE_WIDTH, **small)
    return CandidateTile(candidate, provider, why, preview, url_for(PREVIEW, width=LARGE_WIDTH, **whole))


def order_of(own: Machine, asset: str, decision: Mapping[str, Any]) -> dict[str, Any]:
    """What a request to replace the asset says of it, so that a run draws what the last one drew.

    `skips_text` says that the settings draw no title on a picture that has one.
    """
    place, treatment = asset_place(asset), decision.get("treatment") or {}
    title, second = treatment.get("title", ""), treatment.get("second", "")
    texts = {
        "season": {"title_text": second, "season_title": title},
        "titlecard": {"episode_title": title},
    }.get(place.kind, {"title_text": title or decision.get("title", "")})
    settings = [own.config.setting("PrerequisitePart", name, False) for name in SKIPPING]
    return {
        **texts,
        "library_name": decision.get("library", ""),
        "folder_name": decision.get("root_folder", ""),
        "mediaType": medium_of_asset(own, asset, decision),
        "skips_text": any(map(truthy, settings)),
    }


def present_picture(own: Machine, asset: str) -> str:
    """The address of the asset's present picture, "" where there is none."""
    root = own.roots.path("assets")
    try:
        is_there = root is not None and file_inside(root, asset).is_file()
    except ApplicationError:
        return ""
    return f"{request.script_root}{address(PLACES['assets'].prefix, asset)}" if is_there else ""

"""A search at the providers for the candidates of one asset, by what its decision record knows."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Flask

from app.core.exports.library_types import LibraryTypes
from app.core.fingerprint import fingerprint
from app.core.replacing.asset_place import asset_place
from app.core.replacing.candidate_list import OF_SHOW_KINDS
from app.core.replacing.provider_search import FoundOffers, has_key, search_providers
from app.core.replacing.search_request import replacement_search
from app.core.state_cache import StateCache
from app.extensions import Extension, Machine
from app.ui.candidate_query import CandidateQuery

# Filters and pages of one list ask for it again and again.
KEPT_SEARCHES = 32
SECONDS = 300
found_offers = Extension[StateCache]("found_offers")
MEDIA_OF_RECORDS = {"movie": "movie", "show": "tv", "collection": "movie"}


def init_app(app: Flask) -> None:
    found_offers.attach(app, StateCache(KEPT_SEARCHES, SECONDS))


def found_candidates(
    machine: Machine, asset: str, record: Mapping[str, Any] | None, query: CandidateQuery
) -> FoundOffers:
    """What the providers offer; `Invalid` where there is nothing to search by."""
    form = search_form(machine, asset, record, query)
    with machine.database.reading() as session:
        search, _ = replacement_search(session, form)
    search = replace(search, with_show=search.kind in OF_SHOW_KINDS)
    key, state = search.query(search.providers), fingerprint(machine.paths.config)
    if kept := found_offers().find(key, state):
        return kept.value
    found = search_providers(machine.engine, machine.config, search)
    # A provider that failed is asked again by the next look.
    is_whole = not any(has_key(machine.config, name) for name in found.failed)
    return found_offers().store(key, found, state) if is_whole else found


def search_form(
    machine: Machine, asset: str, record: Mapping[str, Any] | None, query: CandidateQuery
) -> dict[str, Any]:
    """The fields of a request for other pictures: a title that a person typed counts alone."""
    place, decision = asset_place(asset), (record or {}).get("decision") or {}
    known = {} if query.title else ids_of_record(decision)
    return {
        "asset_path": asset,
        "asset_type": place.kind,
        "media_type": query.medium or medium_of_asset(machine, asset, decision),
        "title": query.title or decision.get("title", ""),
        "show_title": "",
        "year": None,
        "tmdb_id": known.get("tmdb", ""),
        "tvdb_id": known.get("tvdb", ""),
        "imdb_id": known.get("imdb", ""),
        "library_name": decision.get("library", ""),
        "folder_name": "",
        "season_number": place.season,
        "episode_number": place.episode,
        "is_manual_search": bool(query.title),
    }


def ids_of_record(decision: Mapping[str, Any]) -> dict[str, str]:
    """The ids of film, show or collection; those of a season or episode belong to something else."""
    return {
        one["authority"]: one["value"]
        for one in decision.get("ids") or []
        if one.get("medium") in MEDIA_OF_RECORDS
    }


def medium_of_asset(machine: Machine, asset: str, decision: Mapping[str, Any]) -> str:
    """What the record says, else path and exports; a poster of which nobody knows counts as a film's."""
    if known := MEDIA_OF_RECORDS.get(decision.get("medium", "")):
        return known
    place = asset_place(asset)
    if place.season is not None:
        return "tv"
    with machine.database.reading() as session:
        return "tv" if LibraryTypes(session).holds_shows(place.library) else "movie"

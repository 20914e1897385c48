"""What a caller asks the providers for, completed by what is known of the asset."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.core.config_file import ConfigFile
from app.core.errors import Invalid
from app.core.modes import plain_text
from app.core.replacing.asset_place import UNKNOWN, asset_place
from app.core.replacing.known_ids import known_ids
from app.core.replacing.provider_search import Search, has_key, id_in_title, is_number, no_key

ID_FIELDS = {"tmdb_id": "tmdb", "tvdb_id": "tvdb", "imdb_id": "imdb"}


def replacement_search(session: Session, form: Mapping[str, Any]) -> tuple[Search, str | None]:
    """(search, provider whose id the title is) for the fields of a request for other pictures of an asset.

    A manual search goes by what the caller wrote; any other also by the ids and the folder of the asset.
    """
    is_manual, title = form["is_manual_search"], plain_text(form["show_title"] or form["title"])
    detected, ids = id_in_title(title)
    ids |= {name: form[field] for field, name in ID_FIELDS.items() if form[field]}
    place = UNKNOWN if is_manual else asset_place(form["asset_path"])
    library = plain_text(form["library_name"]) or place.library
    folder = "" if is_manual else plain_text(form["folder_name"]) or place.folder
    is_collection = place.is_collection and form["asset_type"] in ("poster", "standard", "collection")
    search = Search(
        kind="collection" if is_collection else form["asset_type"],
        medium="collection" if is_collection or form["asset_type"] == "collection" else form["media_type"],
        title="" if detected else title,
        year=form["year"],
        ids=ids or known_ids(session, library, folder),
        folder="" if detected else folder,
        library=library,
        season=place.season if form["season_number"] is None else form["season_number"],
        episode=place.episode if form["episode_number"] is None else form["episode_number"],
    )
    return search, detected or None


def tmdb_search(config: ConfigFile, form: Mapping[str, Any]) -> Search:
    """A search of TMDB alone by title or id; `Invalid` where it has no key. A number may be either."""
    if not has_key(config, "tmdb"):
        raise Invalid(no_key("tmdb"))
    query = plain_text(form["query"]).strip()
    detected, ids = id_in_title(query)
    return Search(
        kind=form["poster_type"],
        medium="collection" if form["poster_type"] == "collection" else form["media_type"],
        title="" if detected else query,
        year=form["year"],
        ids={"tmdb": query} if is_number(query) else ids,
        season=form["season_number"],
        episode=form["episode_number"],
        providers=("tmdb",),
        also_by_title=is_number(query),
    )

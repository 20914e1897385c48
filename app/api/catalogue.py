"""The catalogue of artwork: searched, filtered, sorted and counted."""

from flask import Response
from sqlalchemy.orm import Session

from app.api.api_blueprint import ApiBlueprint
from app.api.asset_answers import kept_answer
from app.api.pages import page_fields
from app.api.schemas.assets import SearchQuery
from app.api.schemas.catalogue import CatalogueIndexSchema, CataloguePageSchema, CatalogueQuery, FilterQuery
from app.core.assets.arrangement import Arrangement
from app.core.assets.roots import PLACES
from app.core.catalogue.facets import facet_counts
from app.core.catalogue.listing import catalogued_entries, entry_count
from app.core.catalogue.selection import Selection
from app.core.catalogue.table import is_being_made
from app.http.security import requires
from app.services.system_readers import system_readers

Filters = tuple[str, tuple[tuple[str, object], ...]]

blueprint = ApiBlueprint("catalogue", __name__, description="Artwork, searched, filtered and counted.")


@blueprint.get("/assets/catalogue")
@blueprint.arguments(CatalogueQuery, location="query")
@blueprint.arguments(FilterQuery, location="query")
@blueprint.response(200, CataloguePageSchema)
@requires("read")
def catalogue(arrangement: Arrangement, filters: Filters) -> Response:
    """List pictures, and choices without a picture, with all that is known of each."""
    root, pairs = filters

    def content(session: Session, root_id: int | None) -> dict:
        selection = Selection(root_id, tuple(arrangement.words), pairs)
        total = entry_count(session, selection)
        found = list(catalogued_entries(session, selection, arrangement, PLACES[root].prefix, total))
        fields = page_fields("assets", found, total, arrangement._asdict())
        return fields | {"scanning": is_being_made(session)}

    also = system_readers().latest_export()
    return kept_answer("catalogue", root, content, page=(arrangement, filters), also=also)


@blueprint.get("/assets/catalogue/index")
@blueprint.arguments(SearchQuery, location="query")
@blueprint.arguments(FilterQuery, location="query")
@blueprint.response(200, CatalogueIndexSchema)
@requires("read")
def catalogue_index(query: dict, filters: Filters) -> Response:
    """Count the entries of each letter, year, library and other facet; a facet ignores its own filter."""
    root, pairs = filters
    words = tuple(Arrangement(query["search"]).words)

    def content(session: Session, root_id: int | None) -> dict:
        counts = facet_counts(session, Selection(root_id, words, pairs))
        return {"success": True, **counts, "scanning": is_being_made(session)}

    return kept_answer("catalogue index", root, content, page=(words, filters))

"""Galleries of the asset tree by kind of image."""

from collections.abc import Callable

from flask import Response
from sqlalchemy.orm import Session

from app.api.api_blueprint import ApiBlueprint
from app.api.asset_answers import kept_answer, root_id, streamed
from app.api.schemas import assets as schemas
from app.api.system_readers import system_readers
from app.core.assets import pictures
from app.core.assets.browse import safe_relative_path
from app.core.assets.naming import PLURALS
from app.core.errors import Invalid
from app.http.security import requires

blueprint = ApiBlueprint("asset galleries", __name__, description="Galleries of the asset tree.")


def gallery(address: str) -> Callable:
    """Register a view that lists images a page at a time."""

    def register(view: Callable) -> Callable:
        answering = blueprint.response(200, schemas.ImagePageSchema)(requires("read")(view))
        return blueprint.get(address)(blueprint.arguments(schemas.GalleryQuery, location="query")(answering))

    return register


@gallery("/gallery")
def posters(query: dict) -> Response:
    """List posters by path."""
    return gallery_page("posters", query)


@gallery("/backgrounds-gallery")
def backgrounds(query: dict) -> Response:
    """List backgrounds by path."""
    return gallery_page("backgrounds", query)


@gallery("/seasons-gallery")
def seasons(query: dict) -> Response:
    """List season posters by path."""
    return gallery_page("seasons", query)


@gallery("/titlecards-gallery")
def title_cards(query: dict) -> Response:
    """List title cards by path."""
    return gallery_page("titlecards", query)


def gallery_page(plural: str, query: dict) -> Response:
    def content(session: Session, root: int | None) -> dict:
        wanted = pictures.images_of(root, plural).limit(query["limit"]).offset(query["offset"])
        found = list(pictures.image_entries(session, wanted))
        return {"images": found, "total": pictures.image_count(session, root, plural)}

    place = query["limit"], query["offset"]
    return kept_answer(plural, "assets", content, page=place, also=system_readers().latest_export())


@blueprint.get("/assets-folder-images/<plural>/<path:folder>")
@blueprint.response(200, schemas.ImagesSchema)
@requires("read")
def folder_images(plural: str, folder: str) -> Response:
    """List all images of one kind below a folder, by path."""
    if plural not in PLURALS:
        raise Invalid(f"There are {', '.join(PLURALS)} and no {plural!r}.")
    wanted = pictures.only_below(pictures.images_of(root_id(), plural), safe_relative_path(folder))
    return streamed("images", lambda session: pictures.image_entries(session, wanted))
